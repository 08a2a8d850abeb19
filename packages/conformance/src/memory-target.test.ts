import { describe, expect, it } from 'vitest';
import { conform } from './conform.ts';
import { givenFor } from './memory-given.testing.ts';
import { type MemoryBooks, memoryBooks, memoryTarget } from './memory-target.ts';
import { sampleDocuments } from './sample-documents.ts';

const kept = memoryBooks({ items: true });
conform(memoryTarget(kept), givenFor(kept));

describe('the books in memory', () => {
  const [invoice] = sampleDocuments(900);
  const call = (own: MemoryBooks, key: string, former?: { externalId: string; externalVersion?: string }) => {
    const { delivery } = memoryTarget(own);
    if (delivery.by !== 'push') throw new Error('The target in memory pushes.');
    const item = {
      seq: 1,
      record: invoice!.record,
      operation: invoice!.operation,
      key,
      payload: structuredClone(invoice) as never,
    };
    const items = [former ? { ...item, former } : item];
    return delivery.push({ connectionId: 'c-1' }, { requestId: key, attempt: 1, items, references: {} });
  };

  it('a lost reply leaves the document in the books, and the same call finds it there', async () => {
    const own = memoryBooks();
    own.faults.push('lost-reply');
    await expect(call(own, 'k-1')).rejects.toMatchObject({ kind: 'transient', code: 'target-unreachable' });
    expect(own.held.size).toBe(1);
    expect(await call(own, 'k-1')).toMatchObject([{ status: 'existed', receipt: { externalId: 'invoice-1' } }]);
    expect(own.held.size).toBe(1);
  });

  it.each([
    ['throttled', { kind: 'transient', code: 'target-throttled', retryAfterMs: 1000 }],
    ['unreachable', { kind: 'transient', code: 'target-unreachable' }],
    ['access-lost', { kind: 'access', code: 'access-lost' }],
  ] as const)('a call that is %s puts nothing into the books', async (fault, error) => {
    const own = memoryBooks();
    own.faults.push(fault);
    await expect(call(own, 'k-1')).rejects.toMatchObject(error);
    expect(own.held.size).toBe(0);
  });

  it('a document that a person changed in the books is a conflict, and stays as the person left it', async () => {
    const own = memoryBooks();
    await call(own, 'k-1');
    own.held.get('invoice-1')!.version += 1;
    expect(await call(own, 'k-2', { externalId: 'invoice-1', externalVersion: '1' })).toMatchObject([
      { status: 'conflict', externalId: 'invoice-1' },
    ]);
    expect(own.held.get('invoice-1')!.version).toBe(2);
  });

  it('books with another total report it in their receipt', async () => {
    const own = memoryBooks();
    own.differing.set('900-1', 3);
    expect(await call(own, 'k-1')).toMatchObject([{ status: 'created', receipt: { total: 18879 } }]);
  });

  it('an old key gets its old answer, even when the document was deleted', async () => {
    const own = memoryBooks();
    await call(own, 'k-1');
    own.held.clear();
    expect(await call(own, 'k-1')).toMatchObject([{ status: 'existed' }]);
    expect(own.held.size).toBe(0);
  });
});
