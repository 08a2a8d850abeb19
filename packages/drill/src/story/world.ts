import type {
  CustomerRecord,
  InvoiceRecord,
  PaymentRecord,
  ServiceRecord,
  SourceLine,
  SourceRecord,
  SourceTax,
} from '@ledgerpost/core';
import { cents, usd } from '../books/cents.ts';
import type { Chance } from './chance.ts';

/** The accounts of a drill company at QuickBooks. The comparison with the books uses the same names. */
export const ACCOUNTS = {
  income: 'Services',
  discount: 'Discounts given',
  depositTo: 'Undeposited Funds',
  refund: 'Checking',
  receivable: 'Accounts Receivable (A/R)',
} as const;
export const TAX_PAYABLE = 'Sales Tax Payable';
/** Percent of what is taxable, where the books compute the tax. Our own is another. */
export const TAX_PERCENT = 8;
export const TAX = { source: 'San Mateo', books: 'California' } as const;
const CATEGORIES = ['Services', 'Sales of Product Income'] as const;
export const CLASSES = ['HVAC', 'Plumbing'] as const;

export function keyOf({ type, id }: { readonly type: string; readonly id: string }): string {
  return `${type}/${id}`;
}

/** An ordinary invoice, for a batch that has nothing else to send. */
export function oneMore(id: string): InvoiceRecord {
  const line = { name: 'Parts', description: 'One more', quantity: '1', unitPrice: '10', amount: '10.00', taxable: false };
  return {
    ...{ type: 'invoice', id, number: id, customerId: 'c-0', status: 'finalized', date: '2026-10-28' },
    ...{ lines: [{ ...line, accountingClass: CLASSES[0] }], total: '10.00' },
  } as const;
}

/** A small field-service business that creates records and changes them. Its chance alone decides how. */
export class World {
  readonly records = new Map<string, SourceRecord>();
  /** Records that no batch may send unchanged. */
  readonly wrong = new Set<string>();
  readonly #chance: Chance;
  #fresh: SourceRecord[] = [];
  #count = 0;

  constructor(chance: Chance) {
    this.#chance = chance;
    for (let at = 0; at < chance.int(2, 5); at++) this.#customer(at);
    for (const name of chance.take(chance.int(2, 4), ['Tune-up', 'Repair', 'Filter', 'Inspection', 'Travel'])) {
      this.#put({
        type: 'service',
        id: `s-${name}`,
        name,
        accountingCategory: chance.pick(CATEGORIES),
        taxable: chance.percent(50),
        ...(chance.percent(40) ? { accountingClass: chance.pick(CLASSES) } : {}),
      });
    }
    this.#put({ type: 'department', id: 'd-1', name: 'HVAC Service', accountingClass: 'HVAC' });
  }

  /** The records since the last call, in an order that nothing may rely on. */
  taken(): readonly SourceRecord[] {
    const fresh = this.#fresh;
    this.#fresh = [];
    return this.#chance.percent(30) ? this.#chance.take(fresh.length, fresh) : fresh;
  }

  /** More jobs: invoices, and what belongs to them. */
  work(invoices: number, wrong: boolean): void {
    const chance = this.#chance;
    for (let at = 0; at < invoices; at++) {
      const invoice = this.#invoice(wrong && chance.percent(12));
      if (chance.percent(45)) this.#payment(invoice);
      if (chance.percent(6)) this.#memo(invoice.customerId!);
    }
    if (chance.percent(60)) this.#deposit();
    for (const payment of this.#all<PaymentRecord>('payment')) if (chance.percent(8)) this.#refund(payment);
  }

  /** Later changes of records: edits, voids, withdrawals, allocations of deposits, refunds. */
  change(times: number): void {
    const chance = this.#chance;
    for (let at = 0; at < times; at++) {
      const invoices = this.#all<InvoiceRecord>('invoice');
      const payments = this.#all<PaymentRecord>('payment');
      const invoice = chance.pick(invoices);
      const payment = payments.length === 0 ? undefined : chance.pick(payments);
      switch (chance.int(0, 7)) {
        case 0:
        case 1:
          if (invoice.status !== 'void') this.#put(this.#billed({ ...invoice, status: 'finalized' }));
          break;
        case 2:
          if (!this.#isPaid(invoice)) this.#put({ ...invoice, status: 'void' });
          break;
        case 3:
          this.#put({ ...invoice, memo: `Thanks ${this.#next()}` });
          break;
        case 4:
          if (payment !== undefined) this.#refund(payment);
          break;
        case 5:
          if (payment?.allocations === undefined) break;
          if (payment.allocations.length === 0) this.#allocate(payment);
          else if (chance.percent(50)) this.#put({ ...payment, allocations: payment.allocations.slice(1) });
          break;
        case 6:
          if (payment !== undefined && chance.percent(30))
            this.#put({ ...payment, status: chance.pick(['removed', 'disputed'] as const) });
          break;
        default:
          if (!this.#isPaid(invoice) && invoice.status === 'finalized') this.#payment(invoice);
      }
    }
  }

  /** Edits this invoice. */
  rebill(key: string): void {
    const invoice = this.records.get(key) as InvoiceRecord;
    if (invoice.status !== 'void') this.#put(this.#billed({ ...invoice, status: 'finalized' }));
  }

  /** Another customer with the name of the first. */
  namesake(): void {
    const first = this.records.get('customer/c-0') as CustomerRecord;
    this.#put({ ...first, id: `c-${this.#all('customer').length}`, email: 'namesake@example.com' });
  }

  /** Another name for a customer or a service. Its id stays. */
  rename(type: 'customer' | 'service'): void {
    const turn = this.#next();
    if (type === 'service') {
      const service = this.#chance.pick(this.#all<ServiceRecord>('service'));
      this.#put({ ...service, name: `${service.id.slice(2)} ${turn}` });
      return;
    }
    const customer = this.#chance.pick(this.#all<CustomerRecord>('customer'));
    this.#put({ ...customer, accountingKey: `${customer.accountingKey} ${turn}` });
  }

  /** An invoice that belongs to another customer from now on: with all its payments, or without them. */
  giveAway(withPayments: boolean): void {
    const chance = this.#chance;
    const invoice = chance.pick(this.#all<InvoiceRecord>('invoice'));
    const others = this.#all<CustomerRecord>('customer').filter(({ id }) => id !== invoice.customerId);
    if (invoice.status === 'void' || others.length === 0) return;
    const customerId = chance.pick(others).id;
    this.#put({ ...invoice, customerId });
    if (!withPayments) return;
    for (const payment of this.#all<PaymentRecord>('payment')) {
      const paid = payment.allocations?.map(({ invoiceId }) => invoiceId) ?? [];
      if (paid.includes(invoice.id) && paid.length === 1) this.#put({ ...payment, customerId });
    }
  }

  #customer(at: number): void {
    const chance = this.#chance;
    const name = `${chance.pick(['Amy', 'Bill', 'Cool', 'Diego', 'Élan', 'Freeman'])} ${chance.pick(['Sporting', 'Cars', 'Bird Sanctuary', 'Realty'])} ${at}`;
    const parent = at > 0 && chance.percent(20) ? (this.records.get('customer/c-0') as CustomerRecord).accountingKey : undefined;
    this.#put({
      type: 'customer',
      id: `c-${at}`,
      accountingKey: parent === undefined ? name : `${parent}:${name}`,
      name,
      ...(chance.percent(40) ? { email: `c${at}@example.com` } : {}),
    });
  }

  #invoice(wrong: boolean): InvoiceRecord {
    const chance = this.#chance;
    const at = this.#next();
    const customer = chance.pick(this.#all<CustomerRecord>('customer'));
    const status = chance.percent(8) ? 'draft' : chance.percent(3) ? 'void' : 'finalized';
    const head = {
      type: 'invoice',
      id: `i-${at}`,
      number: `${10_000 + at}`,
      customerId: customer.id,
      status,
      date: this.#day(),
      lines: [],
      total: '0',
    } as const;
    const department = chance.percent(30) ? { departmentId: 'd-1' } : {};
    const terms = chance.percent(30) ? { terms: 'Net 30' } : {};
    const invoice = this.#billed({ ...head, ...department, ...terms });
    if (!wrong) return this.#put(invoice);
    this.wrong.add(keyOf(invoice));
    if (chance.percent(50)) return this.#put({ ...invoice, total: usd(cents(invoice.total) + 1) });
    const twin = this.#put(this.#billed({ ...invoice, id: `i-${this.#next()}` }));
    this.wrong.add(keyOf(twin));
    return this.#put(invoice);
  }

  /** The invoice with new lines, its tax and total in agreement. */
  #billed(invoice: InvoiceRecord): InvoiceRecord {
    const { tax: _, ...rest } = invoice;
    return { ...rest, ...this.#bill() };
  }

  #bill(): { lines: readonly SourceLine[]; tax?: SourceTax; total: string } {
    const chance = this.#chance;
    const services = this.#all<ServiceRecord>('service');
    const lines: SourceLine[] = [];
    for (let at = 0; at < chance.int(1, 3); at++) {
      const [hundredths, quantity] = chance.pick([
        [100, '1'],
        [100, '1'],
        [300, '3'],
        [150, '1.5'],
        [33, '0.33'],
      ] as const);
      const price = chance.int(1, 30_000);
      const amount = usd(Math.floor((hundredths * price + 50) / 1e2));
      const base = { quantity, unitPrice: usd(price), amount, description: `Job ${this.#next()}` };
      const service = chance.pick(services);
      if (chance.percent(75)) {
        lines.push({
          ...base,
          serviceId: service.id,
          name: service.name,
          ...(chance.percent(10) ? { accountingCategory: chance.pick(CATEGORIES) } : {}),
        });
      } else
        lines.push({
          ...base,
          name: 'Parts',
          ...(chance.percent(50) ? { accountingCategory: chance.pick(CATEGORIES) } : {}),
          taxable: chance.percent(50),
        });
    }
    const net = lines.reduce((sum, line) => sum + cents(line.amount), 0);
    if (chance.percent(15) && net > 100) {
      const off = usd(-chance.int(1, Math.floor(net / 2)));
      lines.push({ name: 'Promo SPRING10', quantity: '1', unitPrice: off, amount: off, taxable: false });
    }
    const after = lines.reduce((sum, line) => sum + cents(line.amount), 0);
    const taxable = lines.some((line) => line.taxable ?? services.find(({ id }) => id === line.serviceId)?.taxable ?? false);
    if (!taxable || !chance.percent(60)) return { lines, total: usd(after) };
    const tax = Math.floor(after / 12) + 1;
    return { lines, tax: { name: TAX.source, rate: '8.25', amount: usd(tax) }, total: usd(after + tax) };
  }

  #payment(invoice: InvoiceRecord): void {
    const chance = this.#chance;
    const owed = cents(invoice.total);
    if (owed <= 0 || invoice.status === 'void') return;
    const at = this.#next();
    const applied = chance.percent(70) ? owed : chance.int(1, owed);
    const over = chance.percent(12) ? chance.int(1, 5_000) : 0;
    this.#put({
      type: 'payment',
      id: `p-${at}`,
      ...(chance.percent(80) ? { reference: chance.percent(15) ? '77' : `R${at}` } : {}),
      customerId: invoice.customerId!,
      method: chance.pick(['Check', 'Cash', 'Card']),
      date: this.#day(),
      amount: usd(applied + over),
      status: 'received',
      allocations: [{ invoiceId: invoice.id, amount: usd(applied) }],
    });
  }

  #deposit(): void {
    const at = this.#next();
    const customer = this.#chance.pick(this.#all<CustomerRecord>('customer'));
    this.#put({
      type: 'payment',
      id: `p-${at}`,
      reference: `D${at}`,
      customerId: customer.id,
      method: 'Check',
      date: this.#day(),
      amount: usd(this.#chance.int(1_000, 60_000)),
      status: 'received',
      allocations: [],
    });
  }

  /** Allocates a deposit to an unpaid invoice of the customer. */
  #allocate(payment: PaymentRecord): void {
    const invoice = this.#all<InvoiceRecord>('invoice').find(
      (one) =>
        one.customerId === payment.customerId &&
        one.status === 'finalized' &&
        cents(one.total) > 0 &&
        !this.#isPaid(one) &&
        !this.wrong.has(keyOf(one)),
    );
    if (invoice === undefined) return;
    const amount = Math.min(cents(invoice.total), cents(payment.amount));
    this.#put({ ...payment, allocations: [{ invoiceId: invoice.id, amount: usd(amount) }] });
  }

  #refund(payment: PaymentRecord): void {
    const refunded = this.#all('refund').reduce(
      (sum, one) => (one.type === 'refund' && one.paymentId === payment.id ? sum + cents(one.amount) : sum),
      0,
    );
    const left = cents(payment.amount) - refunded;
    if (left <= 0) return;
    const amount = this.#chance.percent(20) ? left : this.#chance.int(1, left);
    this.#put({
      type: 'refund',
      id: `r-${this.#next()}`,
      paymentId: payment.id,
      date: this.#day(),
      amount: usd(amount),
      method: 'Check',
      reason: 'goodwill',
    });
  }

  #memo(customerId: string): void {
    const at = this.#next();
    const { lines, tax, total } = this.#bill();
    this.#put({
      type: 'creditMemo',
      id: `m-${at}`,
      number: `CM-${at}`,
      customerId,
      date: this.#day(),
      lines,
      ...(tax === undefined ? {} : { tax }),
      total,
    });
  }

  #isPaid(invoice: InvoiceRecord): boolean {
    return this.#all<PaymentRecord>('payment').some(
      (one) => one.allocations?.some(({ invoiceId }) => invoiceId === invoice.id) ?? false,
    );
  }

  #all<R extends SourceRecord = SourceRecord>(type: R['type']): R[] {
    return [...this.records.values()].filter((record) => record.type === type) as R[];
  }

  #put<R extends SourceRecord>(record: R): R {
    this.records.set(keyOf(record), record);
    this.#fresh.push(record);
    return record;
  }

  #day(): string {
    return `2026-10-${String(this.#chance.int(1, 28)).padStart(2, '0')}`;
  }

  #next(): number {
    this.#count += 1;
    return this.#count;
  }
}
