import { describe, expect, it } from 'vitest';
import { fairReads } from './fair-reads.ts';

/** Reads that end when they are told to, and what began so far. */
function slowReads(limits?: { perCompany: number; inAll: number }) {
  const reads = fairReads(limits);
  const began: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  return {
    began,
    beside: reads.beside,
    ask(company: string, question: string) {
      return reads.ask(company, question, () => {
        began.push(`${company}/${question}`);
        const { promise, resolve, reject } = Promise.withResolvers<string>();
        ends.set(`${company}/${question}`, (error) => (error === undefined ? resolve(question) : reject(error)));
        return promise;
      });
    },
    async end(name: string, error?: Error) {
      ends.get(name)!(error);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('reads that cost much', () => {
  it('of a quiet company begin at once while twenty of another wait', () => {
    const reads = slowReads({ perCompany: 2, inAll: 4 });
    for (let n = 0; n < 20; n++) void reads.ask('loud', `${n}`);
    void reads.ask('quiet', 'list');
    expect(reads.began).toEqual(['loud/0', 'loud/1', 'quiet/list']);
  });

  it('take turns by company where all places are taken, however many one of them waits for', async () => {
    const reads = slowReads({ perCompany: 1, inAll: 1 });
    for (const n of [1, 2, 3]) void reads.ask('loud', `${n}`);
    void reads.ask('quiet', '1');
    void reads.ask('quiet', '2');
    for (const name of ['loud/1', 'loud/2', 'quiet/1', 'loud/3', 'quiet/2']) await reads.end(name);
    expect(reads.began).toEqual(['loud/1', 'loud/2', 'quiet/1', 'loud/3', 'quiet/2']);
  });

  it('of the same question share an answer that is read after all of them asked, and no answer of another company', async () => {
    const reads = slowReads({ perCompany: 1, inAll: 1 });
    const first = reads.ask('a', 'list');
    const [second, third, other] = [reads.ask('a', 'list'), reads.ask('a', 'list'), reads.ask('b', 'list')];
    expect(reads.began).toEqual(['a/list']);
    await reads.end('a/list');
    expect(await first).toBe('list');
    // Who asks now asked too late for the read that runs.
    const late = reads.ask('a', 'list');
    await reads.end('a/list');
    await reads.end('b/list');
    await reads.end('a/list');
    expect(await Promise.all([second, third, other, late])).toEqual(['list', 'list', 'list', 'list']);
    expect(reads.began).toEqual(['a/list', 'a/list', 'b/list', 'a/list']);
  });

  it('have one place fewer while the company does something large beside them, and other companies have theirs', async () => {
    const reads = slowReads({ perCompany: 2, inAll: 2 });
    const { promise, resolve } = Promise.withResolvers<void>();
    const large = Promise.all([1, 2, 3].map(() => reads.beside('a', () => promise)));
    for (const n of ['1', '2']) void reads.ask('a', n);
    void reads.ask('b', '1');
    expect(reads.began).toEqual(['a/1', 'b/1']);
    await reads.end('b/1');
    expect(reads.began).toEqual(['a/1', 'b/1']);
    resolve();
    await large;
    expect(reads.began).toEqual(['a/1', 'b/1', 'a/2']);
  });

  it('share nothing where each is its caller’s alone', async () => {
    const reads = fairReads({ perCompany: 1, inAll: 1 });
    let ran = 0;
    const turns = [1, 2, 3].map((n) => reads.turn('a', async () => [n, ++ran]));
    expect(await Promise.all(turns)).toEqual([1, 2, 3].map((n) => [n, n]));
  });

  it('that fail give their place to the next, and fail for those who shared them', async () => {
    const reads = slowReads({ perCompany: 1, inAll: 1 });
    const first = reads.ask('a', '1');
    const [second, third, other] = [reads.ask('a', '2'), reads.ask('a', '2'), reads.ask('a', '3')];
    const failed = Promise.allSettled([first, second, third]);
    await reads.end('a/1', new Error('broken'));
    await reads.end('a/2', new Error('broken too'));
    await reads.end('a/3');
    expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await other).toBe('3');
  });
});
