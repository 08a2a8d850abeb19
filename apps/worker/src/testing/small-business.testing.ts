import type { CreditMemoRecord, InvoiceRecord, PaymentRecord, SourceLine, SourceRecord } from '@ledgerpost/core';

/*
 * A business with a bit of everything, and the sums that its books must show. The sums are made while the records are,
 * in whole cents, and know nothing of documents: what the engine makes of the records has to come to the same.
 */

/** Cents by name. */
export type Sums = Record<string, number>;

/** What records add to the books. Accounts: credits above zero, but for deposits. */
export interface Expected {
  readonly income: Sums;
  readonly classes: Sums;
  readonly tax: number;
  readonly receivable: number;
  readonly deposits: Sums;
  /** Of payments that were in the books already. */
  readonly refunded: number;
  readonly operations: Readonly<Record<string, { documents: number; amount: number }>>;
}

export const ACCOUNTS = {
  income: 'Services',
  discount: 'Discounts given',
  depositTo: 'Undeposited Funds',
  refund: 'Checking',
  receivable: 'Accounts Receivable (A/R)',
};

export const SETTINGS = {
  accounts: ACCOUNTS,
  categories: { 'HVAC work': 'Services', Parts: 'Sales of Product Income', Coupons: 'Discounts given' },
  taxCodes: { 'San Mateo': 'California', Pima: 'Tucson' },
  paymentMethods: { Card: 'Credit Card' },
  classes: { mode: 'line', default: 'Office' },
};
export const CLASSES = ['HVAC', 'Plumbing', 'Office'];

/** name, unit price in cents, account, class, taxable */
const SERVICES = [
  ['s-tune', 'Tune-up', 18_900, 'HVAC work', 'HVAC', false],
  ['s-part', 'Condenser fan', 28_437, 'Parts', 'HVAC', true],
  ['s-drain', 'Drain cleaning', 24_500, undefined, 'Plumbing', false],
  ['s-pipe', 'Copper pipe, per foot', 187, 'Parts', 'Plumbing', true],
] as const;

const ACCOUNT_OF = { 'HVAC work': 'Services', Parts: 'Sales of Product Income' } as const;

export function smallBusiness(seed: number, invoices = 40) {
  const random = randomFrom(seed);
  const records: SourceRecord[] = [
    { type: 'department', id: 'd-1', name: 'Field' },
    ...SERVICES.map(
      ([id, name, , accountingCategory, accountingClass, taxable]): SourceRecord => ({
        type: 'service',
        id,
        name,
        accountingClass,
        taxable,
        ...(accountingCategory === undefined ? {} : { accountingCategory }),
      }),
    ),
  ];
  const sums = emptySums();
  const customers = Array.from({ length: 9 }, (_, n) => `c-${n}`);
  for (const id of customers) {
    records.push({
      type: 'customer',
      id,
      accountingKey: id === 'c-8' ? 'Customer c-7:Garage' : `Customer ${id}`,
      taxExempt: id === 'c-0',
    });
  }

  const bills = new Map<string, Bill>();
  for (let n = 0; n < invoices; n++) {
    const customerId = customers[n % customers.length]!;
    const bill = someBill(random, customerId === 'c-0', n === 5);
    records.push({
      type: 'invoice',
      id: `i-${n}`,
      number: `${10_001 + n}`,
      customerId,
      departmentId: 'd-1',
      status: 'finalized',
      date: `2026-10-${String((n % 28) + 1).padStart(2, '0')}`,
      dueDate: '2026-11-30',
      terms: 'Net 30',
      ...bill.record,
    } satisfies InvoiceRecord);
    bills.set(`i-${n}`, bill);
    book(sums, bill, 1);
    count(sums, 'invoice.insert', bill.total);
  }
  // One check over two invoices of a customer, one in part, the others in full; some customers owe.
  const pay = (
    id: string,
    more: Partial<PaymentRecord>,
    cents: number,
    parts: readonly (readonly [string, number])[] = [],
    refunded = 0,
  ) => {
    records.push({
      type: 'payment',
      id,
      reference: `CHK-${id}`,
      customerId: 'c-1',
      method: 'Check',
      date: '2026-11-02',
      amount: usd(cents),
      status: 'received',
      ...more,
      allocations: parts.map(([invoiceId, part]) => ({ invoiceId, amount: usd(part) })),
    });
    receive(sums, cents - refunded);
    count(sums, 'payment.insert', cents - refunded);
  };
  const owed = (id: string) => bills.get(id)!.total;
  pay('p-1', { customerId: 'c-1', method: 'Card' }, owed('i-1') + owed('i-10'), [
    ['i-1', owed('i-1')],
    ['i-10', owed('i-10')],
  ]);
  pay('p-2', { customerId: 'c-2' }, 5_000, [['i-2', 5_000]]);
  for (const n of [3, 4, 12, 13, 17])
    pay(`p-${n}`, { customerId: customers[n % 9]!, method: 'Cash' }, owed(`i-${n}`), [[`i-${n}`, owed(`i-${n}`)]]);
  pay('p-dep', { customerId: 'c-6' }, 25_000);
  // More than the invoice: the rest is a deposit. And one that was refunded in part before.
  pay('p-over', { customerId: 'c-7' }, owed('i-7') + 1_234, [['i-7', owed('i-7')]]);
  records.push({ type: 'refund', id: 'r-0', paymentId: 'p-net', date: '2026-11-03', amount: '10.01' });
  pay('p-net', { customerId: 'c-2' }, owed('i-11'), [['i-11', owed('i-11')]], 1_001);
  for (let n = 0; n < 3; n++) {
    const bill = someBill(random, false, false);
    records.push({
      type: 'creditMemo',
      id: `m-${n}`,
      number: `CM-${n}`,
      customerId: customers[n + 2]!,
      departmentId: 'd-1',
      date: '2026-11-04',
      ...bill.record,
    } satisfies CreditMemoRecord);
    book(sums, bill, -1);
    count(sums, 'creditMemo.insert', bill.total);
  }
  const sent = <T extends SourceRecord>(id: string) => records.find((record) => record.id === id) as T;

  /** An edit, a void, a deposit that is put on its invoice, a refund of what was paid, and new work. */
  function nextChapter(): { readonly records: readonly SourceRecord[]; readonly sums: Expected } {
    const next = emptySums();
    const edited = someBill(random, false, false);
    book(next, bills.get('i-20')!, -1);
    book(next, edited, 1);
    count(next, 'invoice.update', edited.total);
    book(next, bills.get('i-21')!, -1);
    count(next, 'invoice.update', 0);
    count(next, 'payment.update', 25_000);
    count(next, 'journal.insert', 1_500);
    next.refunded = 1_500;
    next.receivable += 1_500;
    const { tax: _, ...former } = sent<InvoiceRecord>('i-20');
    const part = Math.min(25_000, owed('i-6'));
    return {
      records: [
        { ...former, ...edited.record, memo: 'Corrected' },
        { ...sent<InvoiceRecord>('i-21'), status: 'void' },
        { ...sent<PaymentRecord>('p-dep'), allocations: [{ invoiceId: 'i-6', amount: usd(part) }] },
        { type: 'refund', id: 'r-1', paymentId: 'p-3', date: '2026-11-05', amount: '15.00', reason: 'goodwill' },
      ],
      sums: next,
    };
  }
  return { records, sums: sums as Expected, nextChapter };
}

interface Bill {
  readonly record: Pick<InvoiceRecord, 'lines' | 'tax' | 'total'>;
  readonly lines: readonly { readonly cents: number; readonly account: string; readonly class: string }[];
  readonly tax: number;
  readonly total: number;
}

/** Lines with their tax and total in cents. */
function someBill(random: () => number, exempt: boolean, free: boolean): Bill {
  const lines: SourceLine[] = [];
  const booked: { cents: number; account: string; class: string }[] = [];
  let taxable = 0;
  const add = (line: SourceLine, cents: number, account: string, own: string) => {
    lines.push(line);
    booked.push({ cents, account, class: own });
    if (line.taxable) taxable += cents;
  };
  const count = 1 + Math.floor(random() * 3);
  const first = Math.floor(random() * SERVICES.length);
  for (let n = 0; n < count; n++) {
    const [serviceId, name, price, category, own, isTaxable] = SERVICES[(first + n) % SERVICES.length]!;
    // Thousandths, since pipe is sold by the foot.
    const thousandths = serviceId === 's-pipe' ? 1 + Math.floor(random() * 90_000) : 1_000;
    const cents = Math.floor((2 * thousandths * price + 1_000) / 2_000);
    const line = {
      serviceId,
      name,
      quantity: decimal(thousandths, 3),
      unitPrice: usd(price),
      amount: usd(cents),
      taxable: isTaxable,
    };
    add(line, cents, category === undefined ? 'Services' : ACCOUNT_OF[category], own);
  }
  if (random() < 0.3) {
    const off = -Math.floor(random() * 900) - 1;
    const promo = {
      name: 'Promo SPRING10',
      quantity: '1',
      unitPrice: usd(off),
      amount: usd(off),
      taxable: false,
      accountingCategory: 'Coupons',
    };
    add(promo, off, 'Discounts given', 'Office');
  }
  if (free) {
    const all = -booked.reduce((sum, { cents }) => sum + cents, 0);
    add(
      { name: 'Warranty', quantity: '1', unitPrice: usd(all), amount: usd(all), taxable: false },
      all,
      'Discounts given',
      'Office',
    );
  }
  const net = booked.reduce((sum, { cents }) => sum + cents, 0);
  const [name, rate, perMille] = random() < 0.5 ? (['San Mateo', '8', 80] as const) : (['Pima', '9.1', 91] as const);
  const tax = exempt || free || taxable <= 0 ? 0 : Math.floor((2 * taxable * perMille + 1_000) / 2_000);
  const record = {
    lines,
    ...(tax === 0 ? {} : { tax: { name, rate, amount: usd(tax) } }),
    total: usd(net + tax),
  };
  return { record, lines: booked, tax, total: net + tax };
}

interface Sum {
  income: Sums;
  classes: Sums;
  tax: number;
  receivable: number;
  deposits: Sums;
  refunded: number;
  operations: Record<string, { documents: number; amount: number }>;
}

function emptySums(): Sum {
  return { income: {}, classes: {}, tax: 0, receivable: 0, deposits: {}, refunded: 0, operations: {} };
}

function book(sums: Sum, bill: Bill, sign: 1 | -1): void {
  for (const line of bill.lines) {
    plus(sums.income, line.account, sign * line.cents);
    plus(sums.classes, line.class, sign * line.cents);
  }
  sums.tax += sign * bill.tax;
  sums.receivable += sign * bill.total;
}

function receive(sums: Sum, cents: number): void {
  plus(sums.deposits, ACCOUNTS.depositTo, cents);
  sums.receivable -= cents;
}

function count(sums: Sum, operation: string, amount: number): void {
  sums.operations[operation] ??= { documents: 0, amount: 0 };
  sums.operations[operation].documents += 1;
  sums.operations[operation].amount += amount;
}

function plus(sums: Sums, name: string, cents: number): void {
  sums[name] = (sums[name] ?? 0) + cents;
}

/** Cents as records write them. */
export function usd(cents: number): string {
  return decimal(cents, 2);
}

function decimal(value: number, digits: number): string {
  const text = String(Math.abs(value)).padStart(digits + 1, '0');
  return `${value < 0 ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
