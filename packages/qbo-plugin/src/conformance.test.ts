import { conform, sampleDocuments } from '@ledgerpost/conformance';
import type { Document, Money } from '@ledgerpost/core';
import { afterAll } from 'vitest';
import { openDesk } from './desk.testing.ts';
import { moneyIn, quickbooksOnline } from './index.ts';

const settings = { classes: { mode: 'line' } };
// The usual preference of companies: credits are applied automatically, so QuickBooks links documents by itself.
const desk = await openDesk({}, { classes: ['HVAC'], preferences: { bookCloseDate: '2019-12-31', autoApplyCredit: true } });
const { chart: source } = quickbooksOnline;
if (source.by !== 'discovered') throw new Error('QuickBooks has a chart.');
const chart = await source.discover(desk.open(settings));
const KINDS = ['Invoice', 'Payment', 'CreditMemo', 'JournalEntry'];
const TROUBLES = {
  'lost-reply': { kind: 'replyLost' },
  throttled: { kind: 'throttle' },
  'access-lost': { kind: 'accessLost' },
} as const;
afterAll(() => desk.simulator.stop());

conform(quickbooksOnline, {
  settings,
  chart,
  // Changes are requested by the clock of the books.
  context: { ...desk.context, now: () => desk.simulator.control.clock.now() },
  amountOf: moneyIn,
  documents: (series) => sampleDocuments(series).map(inTheseBooks),
  refused: (document) => ({ ...document, date: '2019-12-31' }) as Document,
  // By their marker: where credit is applied automatically, QuickBooks writes a payment of its own for it.
  count: () => KINDS.flatMap((kind) => desk.company.records(kind)).filter(({ PrivateNote }) => isMarked(PrivateNote)).length,
  look: async (externalId) => {
    const [kind, one] = find(externalId) ?? [];
    if (one === undefined) return undefined;
    return { number: String(one.DocNumber ?? one.PaymentRefNum), total: totalIn(kind!, one) };
  },
  edit: (externalId) => {
    const [entity] = find(externalId)!;
    desk.company.act({ act: 'edit', entity, id: externalId, changes: { TxnDate: '2026-10-04' } });
  },
  trouble: async (kind, during) => {
    const { control } = desk.simulator;
    control.addFault({ trouble: TROUBLES[kind], aim: { operation: 'batch' }, times: 'always' });
    return during().finally(() => control.removeFaults());
  },
});

function isMarked(note: unknown): boolean {
  return String(note).startsWith('Ledgerpost ');
}

/** As the books have it, in cents. A journal entry has no total of its own. */
function totalIn(kind: string, one: Readonly<Record<string, unknown>>): Money {
  const debits = ((one.Line ?? []) as { Amount: number; JournalEntryLineDetail?: { PostingType: string } }[])
    .filter((line) => line.JournalEntryLineDetail?.PostingType === 'Debit')
    .reduce((sum, line) => sum + line.Amount, 0);
  return Math.round(Number(kind === 'JournalEntry' ? debits : one.TotalAmt) * 100) as Money;
}

function find(externalId: string): readonly [string, Readonly<Record<string, unknown>>] | undefined {
  for (const kind of KINDS) {
    const one = desk.company.records(kind).find(({ Id }) => Id === externalId);
    if (one !== undefined) return [kind, one];
  }
  return undefined;
}

/** The kit's names are another chart's. */
function inTheseBooks(document: Document): Document {
  if (document.kind === 'journal') {
    const lines = document.lines.map((line) =>
      line.side === 'debit' ? { ...line, account: 'Accounts Receivable (A/R)' } : line,
    );
    return { ...document, lines };
  }
  if ((document.kind !== 'invoice' && document.kind !== 'creditMemo') || document.tax === undefined) return document;
  return { ...document, tax: { ...document.tax, code: 'California' } };
}
