import type { CustomerRecord, InvoiceRecord, SourceRecord } from '@ledgerpost/core';
import type { Company } from '@ledgerpost/qbo-simulator';
import type { PersonAct } from '../story/script.ts';
import { cents } from './cents.ts';

/** What the drill knows of hands other than ours in the books. */
export interface Hands {
  /** Transactions of ours that a person changed or took out, by id. */
  readonly touched: Map<string, 'changed' | 'gone'>;
  /** What stood in a transaction when a person changed it, as `batch/item`: none of it may be taken back or written over. */
  readonly under: Map<string, ReadonlySet<string>>;
  /** Transactions and names that a person made. */
  readonly own: Set<string>;
  /** What customers were called before a person renamed or merged them, or that a person changed in another way. */
  readonly customers: Set<string>;
  /** What a person left in those of ours that are changed, in the words of `contentOf`. */
  readonly left: Map<string, string>;
  /** What they were before a person first changed them. */
  readonly former: Map<string, Told>;
  /** Whatever of ours a person ever changed or took out. */
  readonly ever: Set<string>;
  /** What a person applied otherwise, and invoices that somebody else pays. */
  readonly linked: Set<string>;
  /** Of those changed: somebody said that ours may go over what they hold, which is that. */
  readonly yielded: Map<string, string>;
  /** Items that went over a person's change, as `batch/item`, with the document: nobody has what stood before. */
  readonly over: Map<string, string>;
}

export function noHands(): Hands {
  return {
    touched: new Map(),
    under: new Map(),
    own: new Set(),
    customers: new Set(),
    left: new Map(),
    former: new Map(),
    ever: new Set(),
    linked: new Set(),
    yielded: new Map(),
    over: new Map(),
  };
}

/** Acts in the books, and says whether there was anything to act on. The books may refuse a person, too. */
export function actInBooks(company: Company, records: ReadonlyMap<string, SourceRecord>, hands: Hands, act: PersonAct): boolean {
  try {
    return acted(company, records, hands, act);
  } catch (error) {
    if (error instanceof Error && error.constructor.name === 'Fault') return false;
    throw error;
  }
}

// biome-ignore lint/suspicious/noExplicitAny: what the books tell has many shapes
export type Told = Record<string, any>;

function acted(company: Company, records: ReadonlyMap<string, SourceRecord>, hands: Hands, act: PersonAct): boolean {
  switch (act.act) {
    case 'edit': {
      const invoice = ours(company, 'Invoice', act.invoice);
      if (invoice === undefined) return false;
      const [first, ...rest] = (invoice.Line as Told[]).filter((line) => line.DetailType !== 'SubTotalLineDetail');
      const { Qty: _, UnitPrice: __, ...detail } = first!.SalesItemLineDetail as Told;
      const line = { ...first, Amount: (cents(first!.Amount) + 500) / 1e2, SalesItemLineDetail: detail };
      const body = { ...invoice, Line: [line, ...rest], sparse: false };
      company.act({ act: 'edit', entity: 'Invoice', id: invoice.Id, changes: body });
      hands.touched.set(invoice.Id, 'changed');
      return true;
    }
    case 'delete': {
      const invoice = ours(company, 'Invoice', act.invoice);
      if (invoice === undefined) return false;
      company.act({ act: 'delete', entity: 'Invoice', id: invoice.Id });
      hands.touched.set(invoice.Id, 'gone');
      return true;
    }
    case 'pay': {
      const invoice = ours(company, 'Invoice', act.invoice);
      if (invoice === undefined || cents(invoice.Balance) <= 0) return false;
      const line = { Amount: invoice.Balance, LinkedTxn: [{ TxnId: invoice.Id, TxnType: 'Invoice' }] };
      const record = { CustomerRef: invoice.CustomerRef, TotalAmt: invoice.Balance, Line: [line] };
      hands.own.add(String(company.act({ act: 'create', entity: 'Payment', record }).Id));
      hands.linked.add(invoice.Id);
      return true;
    }
    case 'deposit': {
      const payment = ours(company, 'Payment', act.payment);
      if (payment === undefined) return false;
      hands.own.add(String(company.act({ act: 'deposit', payments: [payment.Id], account: 'Checking' }).Id));
      return true;
    }
    case 'rename':
    case 'deactivate':
    case 'vendor': {
      const name = (records.get(act.customer) as CustomerRecord | undefined)?.accountingKey;
      if (name === undefined) return false;
      if (act.act === 'vendor') {
        company.act({ act: 'create', entity: 'Vendor', record: { DisplayName: name.split(':').at(-1) } });
        return true;
      }
      const customer = customerNamed(company, name);
      if (customer === undefined) return false;
      if (act.act === 'rename')
        company.act({ act: 'rename', entity: 'Customer', id: customer.Id, name: `${customer.DisplayName} & Sons` });
      else company.act({ act: 'deactivate', entity: 'Customer', id: customer.Id });
      hands.customers.add(customer.Id);
      return true;
    }
    case 'deactivate item': {
      const item = (company.records('Item') as Told[]).find((one) => one.Name === act.item);
      if (item === undefined) return false;
      company.act({ act: 'deactivate', entity: 'Item', id: item.Id });
      return true;
    }
    case 'merge': {
      const [from, into] = [act.from, act.into].map((key) =>
        customerNamed(company, (records.get(key) as CustomerRecord | undefined)?.accountingKey ?? ''),
      );
      if (from === undefined || into === undefined || from.Id === into.Id) return false;
      company.act({ act: 'merge', from: from.Id, into: into.Id });
      hands.customers.add(into.Id);
      return true;
    }
    case 'enter': {
      const invoice = records.get(act.invoice) as InvoiceRecord;
      const name = (records.get(`customer/${invoice.customerId}`) as CustomerRecord).accountingKey!;
      if (name.includes(':')) return false;
      const customer =
        customerNamed(company, name) ?? company.act({ act: 'create', entity: 'Customer', record: { DisplayName: name } });
      hands.own.add(`Customer:${customer.Id}`);
      const total = act.same ? cents(invoice.total) : cents(invoice.total) + 100;
      if (total < 0) return false;
      const record = {
        CustomerRef: { value: customer.Id },
        TxnDate: invoice.date,
        DocNumber: invoice.number,
        Line: [
          {
            Amount: total / 1e2,
            DetailType: 'SalesItemLineDetail',
            SalesItemLineDetail: { ItemRef: { value: '1' }, TaxCodeRef: { value: 'NON' } },
          },
        ],
      };
      hands.own.add(String(company.act({ act: 'create', entity: 'Invoice', record }).Id));
      return true;
    }
    case 'close books':
      company.act({ act: 'closeBooks', date: act.through });
      return true;
    case 'lapse':
      company.setLapsed(true);
      return true;
    case 'change':
    case 'void':
    case 'take out':
    case 'put right':
    case 'note':
    case 'unapply':
      return actOnDocument(company, hands, act);
    case 'clear the way':
      company.act({ act: 'closeBooks', date: null });
      company.setLapsed(false);
      for (const entity of ['Customer', 'Item'] as const) {
        for (const one of company.records(entity) as Told[])
          if (one.Active === false) company.act({ act: 'reactivate', entity, id: one.Id });
      }
      return true;
    default:
      return act satisfies never;
  }
}

type OnDocument = Extract<PersonAct, { readonly record: string }>;

function actOnDocument(company: Company, hands: Hands, act: OnDocument): boolean {
  const entity = ENTITY_OF[act.record.split('/')[0]!]!;
  const held = ours(company, entity, act.record);
  if (held === undefined) return false;
  const id: string = held.Id;
  const edit = (changes: Told) => void company.act({ act: 'edit', entity, id, changes });
  switch (act.act) {
    case 'note':
      edit({ PrivateNote: `${held.PrivateNote}\nSeen by the accountant` });
      return true;
    case 'unapply':
      if (entity !== 'Payment' || (held.Line as Told[]).length === 0) return false;
      edit({ ...held, Line: [], sparse: false });
      for (const line of held.Line as Told[]) for (const { TxnId } of line.LinkedTxn as Told[]) hands.linked.add(TxnId);
      hands.linked.add(id);
      return true;
    case 'take out':
      company.act({ act: 'delete', entity, id });
      hands.touched.set(id, 'gone');
      hands.left.delete(id);
      hands.yielded.delete(id);
      break;
    case 'void':
      if (entity === 'JournalEntry' || entity === 'CreditMemo') return false;
      company.act({ act: 'void', entity, id });
      break;
    case 'put right': {
      const former = hands.former.get(id);
      if (former === undefined) return false;
      const { Id: _, SyncToken: __, MetaData: ___, Balance: ____, ...content } = former;
      edit({ ...content, sparse: false });
      if (contentOf(entity, ours(company, entity, act.record)!) === contentOf(entity, former)) {
        hands.touched.delete(id);
        hands.under.delete(id);
        hands.left.delete(id);
        return true;
      }
      break;
    }
    case 'change':
      edit(changed(entity, held, act));
      break;
    default:
      return act satisfies never;
  }
  hands.ever.add(id);
  hands.linked.add(id);
  // Payments of an invoice that is taken out get it back where it is sent again.
  if (act.act === 'take out') return true;
  const lines = [held, ...((held.Line ?? []) as Told[])];
  for (const { TxnId } of lines.flatMap((one) => (one.LinkedTxn ?? []) as Told[])) hands.linked.add(TxnId);
  const now = contentOf(entity, ours(company, entity, act.record)!);
  if (now === contentOf(entity, held)) return true;
  if (!hands.former.has(id)) hands.former.set(id, held);
  hands.touched.set(id, 'changed');
  hands.left.set(id, now);
  return true;
}

const ENTITY_OF: Readonly<Record<string, string>> = {
  invoice: 'Invoice',
  creditMemo: 'CreditMemo',
  payment: 'Payment',
  refund: 'JournalEntry',
};

function changed(entity: string, held: Told, { what, turn }: Extract<PersonAct, { readonly act: 'change' }>): Told {
  const more = (amount: unknown) => (cents(amount) + turn) / 1e2;
  if (what === 'date') return { TxnDate: `2026-0${1 + (turn % 9)}-${10 + (turn % 19)}` };
  if (what === 'number') return entity === 'Payment' ? { PaymentRefNum: `H-${turn}` } : { DocNumber: `H-${turn}` };
  const lines = (held.Line as Told[]).filter((line) => line.DetailType !== 'SubTotalLineDetail');
  if (entity === 'Payment') return { TotalAmt: more(held.TotalAmt) };
  if (entity === 'JournalEntry')
    return { ...held, Line: lines.map((line) => ({ ...line, Amount: more(line.Amount) })), sparse: false };
  const [first, ...rest] = lines;
  if (what === 'text') return { ...held, Line: [{ ...first, Description: `As agreed, ${turn}` }, ...rest], sparse: false };
  const { Qty: _, UnitPrice: __, ...detail } = first!.SalesItemLineDetail as Told;
  return {
    ...held,
    Line: [{ ...first, Amount: more(first!.Amount), SalesItemLineDetail: detail }, ...rest],
    sparse: false,
  };
}

/** What a transaction says, as a bookkeeper reads it: neither what is paid of it nor what is linked. */
export function contentOf(entity: string, held: Told): string {
  const lines = entity === 'Payment' ? [] : (held.Line as Told[]).filter((line) => line.DetailType !== 'SubTotalLineDetail');
  return JSON.stringify([
    held.CustomerRef?.value ?? null,
    held.TxnDate,
    held.DocNumber ?? held.PaymentRefNum ?? null,
    entity === 'JournalEntry' ? null : cents(held.TotalAmt),
    cents(held.TxnTaxDetail?.TotalTax ?? 0),
    held.DepositToAccountRef?.value ?? null,
    lines.map((line) => [
      cents(line.Amount),
      line.Description ?? '',
      line.SalesItemLineDetail?.ItemRef?.value ?? null,
      line.JournalEntryLineDetail?.PostingType ?? null,
      line.JournalEntryLineDetail?.AccountRef?.value ?? null,
    ]),
  ]);
}

/** The transaction with our marker for a record. */
export function ours(company: Company, entity: string, key: string): Told | undefined {
  const marker = `Ledgerpost ${key.replace('/', ' ')}`;
  return (company.records(entity) as Told[]).find((one) => markerOf(one) === marker);
}

/** The line of a private note that says whose document it is; undefined for one that is not ours. */
export function markerOf(told: Readonly<Record<string, unknown>>): string | undefined {
  const lines = String(told.PrivateNote ?? '')
    .split('\n')
    .map((line) => line.trim().replace(/^Voided( - )?/, ''));
  return lines.find((line) => line.startsWith('Ledgerpost '));
}

function customerNamed(company: Company, name: string): Told | undefined {
  return (company.records('Customer') as Told[]).find((one) => one.FullyQualifiedName === name);
}
