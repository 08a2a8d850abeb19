import type { NamedItem } from '@ledgerpost/store';
import { describe, expect, it } from 'vitest';
import { namePayloads, type Payload, unnamePayloads } from './name-payloads.ts';

const BATCH = '019ad9d2-7c1e-7000-8000-000000000001';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const json = (value: unknown, encoding = 'json/plain'): Payload => ({
  metadata: { encoding: base64(encoding) },
  data: base64(JSON.stringify(value)),
});
const read = ({ data }: Payload) => JSON.parse(Buffer.from(data!, 'base64').toString('utf8'));

const customer = { id: 'c-1', name: 'Lê Thị “Tran”', externalId: '58', nameInBooks: 'Lee Tran' };
const ITEMS: readonly NamedItem[] = [
  { seq: 1, type: 'invoice', number: '5601', customer },
  { seq: 2, type: 'creditMemo', number: '', customer: null },
];
const asked: unknown[] = [];
const namesOf = async (batchId: string, seqs: readonly number[]) => {
  asked.push([batchId, ...seqs]);
  return ITEMS.filter(({ seq }) => seqs.includes(seq));
};
const result = {
  sent: 2,
  total: '2 documents, $178.00',
  cancel: false,
  documents: {
    batchId: BATCH,
    first: [
      { seq: 2, state: 'refused', problem: 'refused-by-target' },
      { seq: 1, state: 'posted' },
      { seq: 9, state: 'posted' },
    ],
    more: true,
  },
};

describe('what Temporal shows of a step', () => {
  it('gets each document’s customer by today’s name, with its id in the books; the rest of it stays', async () => {
    asked.length = 0;
    const [named, again] = await namePayloads([json(result), json(result)], namesOf);
    expect(read(named!)).toEqual({
      ...result,
      documents: {
        ...result.documents,
        first: [
          { ...result.documents.first[0], document: 'credit memo', customer: null, customerInBooks: null },
          { seq: 1, state: 'posted', document: 'invoice 5601', customer: customer.name, customerInBooks: '58' },
          { seq: 9, state: 'posted' },
        ],
      },
    });
    expect(again).toEqual(named);
    expect(asked).toEqual([[BATCH, 2, 1, 9]]);
  });

  it.each<[string, Payload]>([
    ['a result without documents', json({ sent: 2, cancel: false })],
    ['what is no JSON', { metadata: { encoding: base64('json/plain') }, data: base64('{"documents":') }],
    ['bytes', { metadata: { encoding: base64('binary/plain') }, data: json(result).data }],
    ['nothing', { metadata: { encoding: base64('binary/null') } }],
    ['a payload without metadata', { data: json(result).data }],
    ['a batch that is none', json({ documents: { batchId: 'x', first: [{ seq: 1, state: 'posted' }] } })],
    ['a number that is none', json({ documents: { batchId: BATCH, first: [{ seq: 0, state: 'posted' }] } })],
    ['more documents than a step shows', json({ documents: { batchId: BATCH, first: Array(101).fill({ seq: 1, state: 'x' }) } })],
    ['a list', json([result])],
    ['what is too long for a result', json({ ...result, filler: 'x'.repeat(200_000) })],
  ])('stays byte for byte as it is: %s', async (_, payload) => {
    asked.length = 0;
    const [same] = await namePayloads([payload], namesOf);
    expect([same, asked]).toEqual([payload, []]);
    expect(unnamePayloads([payload])).toEqual([payload]);
  });

  it('loses its names on the way back, so that no history gets them', async () => {
    expect(unnamePayloads(await namePayloads([json(result)], namesOf))).toEqual([json(result)]);
  });

  it('reads the documents of so many batches and no more', async () => {
    asked.length = 0;
    const of = (at: number) => ({
      documents: { batchId: BATCH.slice(0, -2) + String(10 + at), first: [{ seq: 1, state: 'posted' }] },
    });
    await namePayloads(
      Array.from({ length: 80 }, (_, at) => json(of(at))),
      namesOf,
    );
    expect(asked).toHaveLength(50);
  });
});
