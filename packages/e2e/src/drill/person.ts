import type { CustomerRecord, InvoiceRecord, SourceRecord } from '@ledgerpost/core';
import type { Company } from '@ledgerpost/qbo-simulator';
import { cents } from './cents.ts';
import type { PersonAct } from './script.ts';

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
}

export function noHands(): Hands {
  return { touched: new Map(), under: new Map(), own: new Set(), customers: new Set() };
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
type Told = Record<string, any>;

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
