import { describe, expect, it } from 'vitest';
import { actInWords, detailsInWords } from './journal-words.ts';

describe('the journal of a batch, in words', () => {
  it.each([
    ['batch.moved', { from: 'pushing', to: 'posted-in-part', name: 'October' }, 'Sending → Posted in part'],
    [
      'batch.moved',
      { from: 'pushing', to: 'held', reason: { code: 'x', message: 'y' } },
      'Sending → Held, reason: (code x, message y)',
    ],
    ['batch.started', { name: 'a', target: 'qbo', selection: {}, acknowledged: [] }, 'target: qbo, selection: everything'],
    [
      'batch.started',
      {
        selection: {
          invoices: { choose: 'all', except: [{ type: 'invoice', id: 'i-1' }] },
          payments: { choose: 'ids', ids: [{ type: 'payment', id: 'p-1' }] },
        },
        acknowledged: ['payments-without-invoices'],
      },
      'selection: all of the invoices but 1 record and 1 of the payments, acknowledged: payments-without-invoices',
    ],
    [
      'batch.started',
      { selection: { invoices: { choose: 'filter', filter: { from: '2026-10-01' } } } },
      'selection: (from 2026-10-01) of the invoices',
    ],
  ] as const)('%s %j: %s', (act, details, words) => {
    expect(detailsInWords(act, details)).toBe(words);
  });

  it('keeps the word for an act that it does not know', () => {
    expect([actInWords('batch.moved'), actInWords('batch.dreamt')]).toEqual(['Moved it on', 'batch.dreamt']);
  });
});
