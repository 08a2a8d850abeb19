import { conform, sampleDocuments } from '@ledgerpost/conformance';
import type { Document, Money } from '@ledgerpost/core';
import { afterAll } from 'vitest';
import { openDesk } from './desk.testing.ts';
import { moneyIn, quickbooksOnline } from './index.ts';

const settings = { classes: { mode: 'line' } };
// As companies come: credits are applied automatically, so documents are linked that nobody linked.
const desk = await openDesk({}, { classes: ['HVAC'], preferences: { bookCloseDate: '2019-12-31', autoApplyCredit: true } });
const { chart: source } = quickbooksOnline;
if (source.by !== 'discovered') throw new Error('QuickBooks has a chart.');
const chart = await source.discover(desk.open(settings));
afterAll(() => desk.simulator.stop());

conform(quickbooksOnline, {
  settings,
  chart,
  context: desk.context,
  amountOf: moneyIn,
  documents: (series) => sampleDocuments(series).map(inTheseBooks),
  refused: (document) => ({ ...document, date: '2019-12-31' }) as Document,
  look: async (externalId) => {
    for (const kind of ['Invoice', 'Payment', 'CreditMemo', 'JournalEntry']) {
      const one = desk.company.records(kind).find(({ Id }) => Id === externalId);
      if (one === undefined) continue;
      return { number: String(one.DocNumber ?? one.PaymentRefNum), total: Math.round(Number(one.TotalAmt) * 100) as Money };
    }
    return undefined;
  },
});

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
