import { describe, expect, it } from 'vitest';
import { actInWords, detailsInWords } from './journal-words.ts';

describe('the journal of a batch, in words', () => {
  it.each([
    ['batch.moved', { from: 'pushing', to: 'posted-in-part', name: 'October' }, 'Sending → Partly posted'],
    ['batch.moved', { from: 'pushing', to: 'held', reason: { code: 'x', message: 'y' } }, 'Sending → On hold, reason: y'],
    [
      'batch.started',
      { name: 'a', target: 'qbo', selection: {}, acknowledged: [] },
      'accounting system: qbo, records: everything',
    ],
    [
      'batch.started',
      {
        selection: {
          invoices: { choose: 'all', except: [{ type: 'invoice', id: 'i-1' }] },
          payments: { choose: 'ids', ids: [{ type: 'payment', id: 'p-1' }] },
        },
        acknowledged: ['payments-without-invoices'],
      },
      'records: all invoices except 1 record and 1 of the payments, accepted: payments without their invoices',
    ],
    [
      'batch.started',
      { selection: { invoices: { choose: 'filter', filter: { from: '2026-10-01' } } } },
      'records: all invoices with (from 2026-10-01)',
    ],
  ] as const)('%s %j: %s', (act, details, words) => {
    expect(detailsInWords(act, details)).toBe(words);
  });

  it('keeps the word for an act that it does not know', () => {
    expect([actInWords('batch.moved'), actInWords('batch.dreamt')]).toEqual(['Status changed', 'batch.dreamt']);
  });
});
