import { type Conformance, type HeldDocument, type HeldLine, SAMPLE_NAMES, sampleDocuments } from '@ledgerpost/conformance';
import type { AnyTarget, Document, Money } from '@ledgerpost/core';
import { openDesk } from './desk.testing.ts';
import { moneyIn, quickbooksOnline } from './index.ts';

const settings = { classes: { mode: 'line' } };
const KINDS = ['Invoice', 'Payment', 'CreditMemo', 'JournalEntry'];
const TROUBLES = {
  'lost-reply': { kind: 'replyLost' },
  throttled: { kind: 'throttle' },
  'access-lost': { kind: 'accessLost' },
} as const;
type Row = Readonly<Record<string, unknown>>;

/** QuickBooks at the simulator, and what its author tells the kit. */
export async function conformanceOf(): Promise<{ target: AnyTarget; given: Conformance; stop(): Promise<void> }> {
  // The usual preference of companies: credits are applied automatically, so QuickBooks links documents by itself.
  const desk = await openDesk(
    {},
    { classes: [...SAMPLE_NAMES.classes], preferences: { bookCloseDate: '2019-12-31', autoApplyCredit: true } },
  );
  const { chart: source } = quickbooksOnline;
  if (source.by !== 'discovered') throw new Error('QuickBooks has a chart.');
  const chart = await source.discover(desk.open(settings));
  const { company, simulator } = desk;
  const supportIds: string[] = [];

  function find(externalId: string): readonly [string, Row] | undefined {
    for (const kind of KINDS) {
      const one = company.records(kind).find(({ Id }) => Id === externalId);
      if (one !== undefined) return [kind, one];
    }
    return undefined;
  }
  const nameOf = (list: readonly { readonly id?: string | undefined; readonly name: string }[] | undefined, ref: unknown) =>
    list?.find(({ id }) => id === idIn(ref))?.name ?? null;
  function lineOf(line: Row): readonly HeldLine[] {
    const sold = line.SalesItemLineDetail as Row | undefined;
    const entry = line.JournalEntryLineDetail as Row | undefined;
    const detail = sold ?? entry;
    if (detail === undefined) return [];
    const item = company.records('Item').find(({ Id }) => Id === idIn(sold?.ItemRef));
    const account = nameOf(chart.accounts, sold === undefined ? entry?.AccountRef : item?.IncomeAccountRef);
    const side = entry?.PostingType === 'Credit' ? -1 : 1;
    return [{ account, class: nameOf(chart.classes, detail.ClassRef), amount: cents(side * Number(line.Amount)) }];
  }
  function heldIn(kind: string, one: Row): HeldDocument {
    const lines = (one.Line ?? []) as readonly Row[];
    return {
      number: String(one.DocNumber ?? one.PaymentRefNum),
      total: totalIn(kind, one),
      customer: kind === 'JournalEntry' ? null : (idIn(one.CustomerRef) ?? null),
      date: String(one.TxnDate),
      dueDate: one.DueDate === undefined ? null : String(one.DueDate),
      words: [(one.CustomerMemo as Row | undefined)?.value, ...lines.map(({ Description }) => Description)].flatMap((text) =>
        text === undefined ? [] : [String(text)],
      ),
      lines: lines.flatMap(lineOf),
      applied:
        kind !== 'Payment'
          ? null
          : lines.map((line) => ({
              externalId: (line.LinkedTxn as readonly { TxnId: string }[])[0]!.TxnId,
              amount: cents(Number(line.Amount)),
            })),
    };
  }

  const given: Conformance = {
    settings,
    chart,
    context: {
      ...desk.context,
      // Changes are requested by the clock of the books.
      now: () => simulator.control.clock.now(),
      async fetch(input, init) {
        const answer = await desk.context.fetch(input, init);
        const id = answer.headers.get('intuit_tid');
        if (id !== null) supportIds.push(id);
        return answer;
      },
    },
    amountOf: moneyIn,
    documents: (series) => sampleDocuments(series).map(inTheseBooks),
    refused: (document) => ({ ...document, date: '2019-12-31' }) as Document,
    reason: 'account period has closed',
    supportIds: () => supportIds,
    maxPerRequest: 30,
    // By their marker: where credit is applied automatically, QuickBooks writes a payment of its own for it.
    count: () => KINDS.flatMap((kind) => company.records(kind)).filter(({ PrivateNote }) => isMarked(PrivateNote)).length,
    look: async (externalId) => {
      const [kind, one] = find(externalId) ?? [];
      return one === undefined ? undefined : heldIn(kind!, one);
    },
    edit: (externalId) => {
      const [entity] = find(externalId)!;
      company.act({ act: 'edit', entity, id: externalId, changes: { TxnDate: '2026-10-06' } });
    },
    stranger: (document) => {
      if (document.kind === 'journal' || document.kind === 'warning') return null;
      const CustomerRef = { value: String(company.records('Customer')[0]!.Id) };
      if (document.kind === 'payment') {
        const record = { CustomerRef, PaymentRefNum: document.refNo, TotalAmt: 0.77, TxnDate: document.date };
        return String(company.act({ act: 'create', entity: 'Payment', record }).Id);
      }
      const ItemRef = { value: String(company.records('Item')[0]!.Id) };
      const Line = [{ DetailType: 'SalesItemLineDetail', Amount: 0.77, SalesItemLineDetail: { ItemRef } }];
      const entity = document.kind === 'invoice' ? 'Invoice' : 'CreditMemo';
      const record = { CustomerRef, DocNumber: document.number, TxnDate: document.date, Line };
      return String(company.act({ act: 'create', entity, record }).Id);
    },
    trouble: async (kind, during, from = 1) => {
      const { control } = simulator;
      const aim = kind === 'lost-reply' ? { aim: { operation: 'batch' } } : {};
      control.addFault({ trouble: TROUBLES[kind], ...aim, times: 'always', skip: from - 1 });
      return during().finally(() => control.removeFaults());
    },
  };
  return { target: quickbooksOnline, given, stop: () => simulator.stop() };
}

function idIn(ref: unknown): string | undefined {
  return (ref as { readonly value?: string } | undefined)?.value;
}

function cents(amount: number): Money {
  return Math.round(amount * 100) as Money;
}

function isMarked(note: unknown): boolean {
  return String(note).startsWith('Ledgerpost ');
}

/** As the books have it, in cents. A journal entry has no total of its own. */
function totalIn(kind: string, one: Row): Money {
  const debits = ((one.Line ?? []) as { Amount: number; JournalEntryLineDetail?: { PostingType: string } }[])
    .filter((line) => line.JournalEntryLineDetail?.PostingType === 'Debit')
    .reduce((sum, line) => sum + line.Amount, 0);
  return cents(Number(kind === 'JournalEntry' ? debits : one.TotalAmt));
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
