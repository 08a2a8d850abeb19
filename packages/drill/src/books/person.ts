import type { CustomerRecord, InvoiceRecord, SourceRecord } from '@ledgerpost/core';
import type { Company } from '@ledgerpost/qbo-simulator';
import type { PersonAct } from '../story/steps.ts';
import { cents } from './cents.ts';
import { contentOf, ENTITIES, ENTITY_OF, type Held, ours } from './documents.ts';
import type { Hands } from './hands.ts';

/** Acts in the books as a person. False if there was nothing to act on, or the books refused. */
export function actInBooks(company: Company, records: ReadonlyMap<string, SourceRecord>, hands: Hands, act: PersonAct): boolean {
  try {
    return acted(company, records, hands, act);
  } catch (error) {
    if (error instanceof Error && error.constructor.name === 'Fault') return false;
    throw error;
  }
}

function acted(company: Company, records: ReadonlyMap<string, SourceRecord>, hands: Hands, act: PersonAct): boolean {
  switch (act.act) {
    case 'edit': {
      const invoice = ours(company, 'Invoice', act.invoice);
      if (invoice === undefined) return false;
      const [first, ...rest] = (invoice.Line as Held[]).filter((line) => line.DetailType !== 'SubTotalLineDetail');
      const { Qty: _, UnitPrice: __, ...detail } = first!.SalesItemLineDetail as Held;
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
      else {
        stick(company, hands, 'CustomerRef', customer.Id);
        company.act({ act: 'deactivate', entity: 'Customer', id: customer.Id });
      }
      hands.customers.add(customer.Id);
      return true;
    }
    case 'deactivate item':
    case 'rename item': {
      const item = (company.records('Item') as Held[]).find((one) => one.Name === act.item);
      if (item === undefined) return false;
      if (act.act === 'rename item') {
        company.act({ act: 'rename', entity: 'Item', id: item.Id, name: `${item.Name}, as the accountant calls it` });
        hands.own.add(`Item:${item.Id}`);
      } else {
        stick(company, hands, 'ItemRef', item.Id);
        company.act({ act: 'deactivate', entity: 'Item', id: item.Id });
      }
      return true;
    }
    case 'merge': {
      const [from, into] = [act.from, act.into].map((key) =>
        customerNamed(company, (records.get(key) as CustomerRecord | undefined)?.accountingKey ?? ''),
      );
      if (from === undefined || into === undefined || from.Id === into.Id) return false;
      stick(company, hands, 'CustomerRef', from.Id);
      company.act({ act: 'merge', from: from.Id, into: into.Id });
      hands.customers.add(into.Id);
      hands.merged.set(`Customer/${from.Id}`, into.Id);
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
    case 'remove':
    case 'restore':
    case 'note':
    case 'unapply':
      return actOnDocument(company, hands, act);
    case 'remove obstacles':
      company.act({ act: 'closeBooks', date: null });
      company.setLapsed(false);
      for (const entity of ['Customer', 'Item'] as const) {
        for (const one of company.records(entity) as Held[])
          if (one.Active === false) company.act({ act: 'reactivate', entity, id: one.Id });
      }
      return true;
    default:
      return act satisfies never;
  }
}

/** Remembers the documents that use a name which ends now. */
function stick(company: Company, hands: Hands, member: 'CustomerRef' | 'ItemRef', id: string): void {
  for (const entity of ENTITIES) {
    for (const held of company.records(entity) as Held[]) {
      const lines = (held.Line ?? []) as Held[];
      const refs = lines.flatMap((line) => [line.SalesItemLineDetail?.ItemRef, line.JournalEntryLineDetail?.Entity?.EntityRef]);
      const used = member === 'CustomerRef' ? [held.CustomerRef, ...refs] : refs;
      if (used.some((ref: Held | undefined) => ref?.value === id)) hands.stuck.add(held.Id);
    }
  }
}

type OnDocument = Extract<PersonAct, { readonly record: string }>;

function actOnDocument(company: Company, hands: Hands, act: OnDocument): boolean {
  const entity = ENTITY_OF[act.record.split('/')[0]!]!;
  const held = ours(company, entity, act.record);
  if (held === undefined) return false;
  const id: string = held.Id;
  const edit = (changes: Held) => void company.act({ act: 'edit', entity, id, changes });
  switch (act.act) {
    case 'note':
      edit({ PrivateNote: `${held.PrivateNote}\nSeen by the accountant` });
      return true;
    case 'unapply':
      if (entity !== 'Payment' || (held.Line as Held[]).length === 0) return false;
      edit({ ...held, Line: [], sparse: false });
      for (const line of held.Line as Held[]) for (const { TxnId } of line.LinkedTxn as Held[]) hands.linked.add(TxnId);
      hands.linked.add(id);
      return true;
    case 'remove':
      company.act({ act: 'delete', entity, id });
      hands.touched.set(id, 'gone');
      hands.left.delete(id);
      hands.yielded.delete(id);
      break;
    case 'void':
      if (entity === 'JournalEntry' || entity === 'CreditMemo') return false;
      company.act({ act: 'void', entity, id });
      break;
    case 'restore': {
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
  // Payments keep their links to a removed invoice: they apply again once it is sent again.
  if (act.act === 'remove') return true;
  const lines = [held, ...((held.Line ?? []) as Held[])];
  for (const { TxnId } of lines.flatMap((one) => (one.LinkedTxn ?? []) as Held[])) hands.linked.add(TxnId);
  const now = contentOf(entity, ours(company, entity, act.record)!);
  if (now === contentOf(entity, held)) return true;
  if (!hands.former.has(id)) hands.former.set(id, held);
  hands.touched.set(id, 'changed');
  hands.left.set(id, now);
  return true;
}

function changed(entity: string, held: Held, { what, turn }: Extract<PersonAct, { readonly act: 'change' }>): Held {
  const more = (amount: unknown) => (cents(amount) + turn) / 1e2;
  if (what === 'date') return { TxnDate: `2026-0${1 + (turn % 9)}-${10 + (turn % 19)}` };
  if (what === 'number') return entity === 'Payment' ? { PaymentRefNum: `H-${turn}` } : { DocNumber: `H-${turn}` };
  const lines = (held.Line as Held[]).filter((line) => line.DetailType !== 'SubTotalLineDetail');
  if (entity === 'Payment') return { TotalAmt: more(held.TotalAmt) };
  if (entity === 'JournalEntry')
    return { ...held, Line: lines.map((line) => ({ ...line, Amount: more(line.Amount) })), sparse: false };
  const [first, ...rest] = lines;
  if (what === 'text') return { ...held, Line: [{ ...first, Description: `As agreed, ${turn}` }, ...rest], sparse: false };
  const { Qty: _, UnitPrice: __, ...detail } = first!.SalesItemLineDetail as Held;
  return {
    ...held,
    Line: [{ ...first, Amount: more(first!.Amount), SalesItemLineDetail: detail }, ...rest],
    sparse: false,
  };
}

function customerNamed(company: Company, name: string): Held | undefined {
  return (company.records('Customer') as Held[]).find((one) => one.FullyQualifiedName === name);
}
