import type { Company } from '@ledgerpost/qbo-simulator';
import { expect, it } from 'vitest';
import { DriftOracle, type DriftRow } from './drift-oracle.ts';
import { noHands } from './hands.ts';
import { actInBooks } from './person.ts';

const RECORD = { type: 'invoice', id: 'i-1' };
const invoice = {
  Id: '5',
  DocNumber: '10001',
  TxnDate: '2026-10-04',
  TotalAmt: 7.42,
  Line: [],
  PrivateNote: 'Ledgerpost invoice i-1',
};

/** Books with one invoice, whose number a person changed, and somebody decided to send it again. */
function toBeSentAgain() {
  const held: Record<string, unknown>[] = [{ ...invoice }];
  const company = {
    records: (entity: string) => (entity === 'Invoice' ? held : []),
    act: ({ act, changes }: { act: string; changes: object }) =>
      held.splice(0, 1, ...(act === 'delete' ? [] : [{ ...held[0], ...changes }])),
  } as unknown as Company;
  const hands = noHands();
  const person = (act: 'change' | 'remove', turn = 1) =>
    expect(actInBooks(company, new Map(), hands, { act, record: 'invoice/i-1', what: 'number', turn } as never)).toBe(true);
  const oracle = new DriftOracle(company, hands);
  person('change');
  const row = { record: RECORD, externalId: '5', status: 'changed', total: 742 } as DriftRow;
  expect(oracle.compare([row], 1, new Map([['5', 'invoice/i-1']]))).toEqual([]);
  oracle.decided(row, 'send-again');
  return { oracle, person };
}

it('a document that was to be sent again, and was not, is found unless a problem explains it', () => {
  const { oracle } = toBeSentAgain();
  expect(oracle.unsent(new Set())).toEqual([expect.stringMatching(/^invoice\/i-1 was to be sent again over document 5/)]);
  expect(oracle.unsent(new Set(['invoice/i-1']))).toEqual([]);
});

it('what a person did to it after the decision explains it too', () => {
  const changed = toBeSentAgain();
  changed.person('change', 2);
  expect(changed.oracle.unsent(new Set())).toEqual([]);
  const removed = toBeSentAgain();
  removed.person('remove');
  expect(removed.oracle.unsent(new Set())).toEqual([]);
});
