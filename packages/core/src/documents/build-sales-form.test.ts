import { describe, expect, it } from 'vitest';
import type { Operation } from '../batch/operations.ts';
import type { BatchedRecord, CustomerRecord, InvoiceRecord, SourceLine, SourceRecord } from '../records/records.ts';
import type { PostedFacts } from '../standing/standing.ts';
import { contextOf } from '../test-context.ts';
import type { Money } from '../values/money.ts';
import { buildDocument } from './build-document.ts';
import type { CreditMemoDocument, InvoiceDocument } from './documents.ts';

const customer: CustomerRecord = {
  type: 'customer',
  id: 'c-1',
  accountingKey: "Amy's Bird Sanctuary",
  name: 'Amy Lauterbach',
  email: 'birds@example.com',
  billingAddress: { line1: '4581 Finch St.', city: 'Bayshore' },
};
const line = (change: Partial<SourceLine> = {}): SourceLine => ({
  name: 'Work',
  quantity: '1',
  unitPrice: '100',
  amount: '100.00',
  ...change,
});
const invoice = (change: Partial<InvoiceRecord> = {}): InvoiceRecord => ({
  type: 'invoice',
  id: 'i-1',
  number: '10427',
  customerId: 'c-1',
  status: 'finalized',
  date: '2026-10-03',
  lines: [line()],
  total: '100.00',
  ...change,
});
const WORLD: readonly SourceRecord[] = [
  customer,
  { type: 'department', id: 'd-1', name: 'HVAC Service', accountingClass: 'HVAC' },
  { type: 'service', id: 's-1', name: 'Tune-up', accountingCategory: 'Services', taxable: true },
  { type: 'job', id: 'j-1', number: 'J-1042', customerId: 'c-1', departmentId: 'd-1' },
];
const posted = (change: Partial<PostedFacts> = {}): PostedFacts => ({
  kind: 'invoice',
  operation: 'invoice.insert',
  contentHash: '',
  number: '10427',
  amount: 10000 as Money,
  ...change,
});

type World = Parameters<typeof contextOf>[0];

function build(
  record: BatchedRecord,
  { records = WORLD, ...rest }: NonNullable<World> = {},
  operation: Operation = 'invoice.insert',
) {
  const context = contextOf({ records: [...records, record], ...rest });
  const built = buildDocument(record, operation, context);
  return { ...built, document: built.document as InvoiceDocument, codes: built.problems.map((p) => p.code) };
}

/** The world with the customer changed. */
const withCustomer = (change: Partial<CustomerRecord>) => [...WORLD.slice(1), { ...customer, ...change }];

describe('an invoice', () => {
  it('has what the record has, in the books’ terms', () => {
    const record = invoice({
      jobId: 'j-1',
      departmentId: 'd-1',
      dueDate: '2026-11-02',
      terms: 'Net 30',
      memo: 'Thanks',
      lines: [
        line({ serviceId: 's-1', name: 'Tune-up', description: 'Spring', unitPrice: '189', amount: '189.00' }),
        line({ name: 'Promo SPRING10', unitPrice: '-18.90', amount: '-18.90', taxable: false, accountingCategory: 'Coupons' }),
      ],
      tax: { name: 'San Mateo', rate: '9.875', amount: '18.66' },
      total: '188.76',
    });
    const settings = {
      classes: { mode: 'line', default: 'Company' },
      taxCodes: { 'San Mateo': 'CA-SM' },
      categories: { Coupons: 'Marketing:Coupons' },
    };
    expect(build(record, { settings })).toMatchObject({
      problems: [],
      nothingToSend: false,
      document: {
        kind: 'invoice',
        operation: 'invoice.insert',
        record: { type: 'invoice', id: 'i-1' },
        currency: 'USD',
        date: '2026-10-03',
        marker: 'Ledgerpost invoice i-1',
        number: '10427',
        dueDate: '2026-11-02',
        terms: 'Net 30',
        message: 'Thanks',
        job: { id: 'j-1', number: 'J-1042', imported: false },
        department: { id: 'd-1', name: 'HVAC Service' },
        customer: { id: 'c-1', name: "Amy's Bird Sanctuary", taxExempt: false },
        lines: [
          { item: { name: 'Tune-up', account: 'Services' }, description: 'Spring', amount: 18900, taxable: true, class: 'HVAC' },
          {
            item: { name: 'Coupons', account: 'Marketing:Coupons' },
            description: 'Promo SPRING10',
            amount: -1890,
            taxable: false,
            class: 'HVAC',
          },
        ],
        tax: { name: 'San Mateo', code: 'CA-SM', rate: '9.875', amount: 1866 },
        total: 18876,
      },
    });
  });

  it('is the same before and after JSON', () => {
    const { document } = build(invoice({ jobId: 'j-1' }));
    expect(JSON.parse(JSON.stringify(document))).toStrictEqual(document);
  });

  it('case 53: edited before it was ever batched, it is still an insert without problems', () => {
    expect(build(invoice({ total: '100' })).problems).toEqual([]);
  });

  it.each<[string, Partial<InvoiceRecord>]>([
    ['over zero', { lines: [line({ quantity: '0', amount: '0' })], total: '0' }],
    ['discounted in full', { lines: [line(), line({ name: 'Free', unitPrice: '-100', amount: '-100' })], total: '0.00' }],
  ])('case 5: an invoice %s is fine', (_, change) => {
    expect(build(invoice(change)).codes).toEqual([]);
  });

  it('case 5: a total below zero needs a credit memo', () => {
    const { problems } = build(invoice({ lines: [line({ unitPrice: '-5', amount: '-5' })], total: '-5.00' }));
    expect(problems).toMatchObject([
      { code: 'negative-total', message: expect.stringContaining('-$5.00, which is below zero. Make it a credit memo') },
    ]);
  });
});

describe('what is wrong with an invoice', () => {
  const settings = { classes: { mode: 'line' } };
  it.each<[string, Partial<InvoiceRecord>, NonNullable<World>, object]>([
    [
      'no customer',
      { customerId: undefined },
      {},
      { code: 'no-customer', field: 'customerId', record: { type: 'invoice', id: 'i-1' } },
    ],
    ['a blank customer', { customerId: ' ' }, {}, { code: 'no-customer' }],
    ['a customer never sent', { customerId: 'c-9' }, {}, { code: 'unknown-customer', record: { type: 'customer', id: 'c-9' } }],
    [
      'case 25: a customer without a key',
      {},
      { records: withCustomer({ accountingKey: undefined }) },
      { code: 'no-accounting-key', record: { type: 'customer', id: 'c-1' } },
    ],
    [
      'case 25: a customer with a blank key',
      {},
      { records: withCustomer({ accountingKey: '  ' }) },
      { code: 'no-accounting-key' },
    ],
    [
      'case 25: a key that is only a number',
      {},
      { records: withCustomer({ accountingKey: '17850' }) },
      { code: 'odd-accounting-key', severity: 'warning' },
    ],
    [
      'case 24: a key with a space at its end',
      {},
      { records: withCustomer({ accountingKey: 'Amy ' }) },
      { code: 'odd-accounting-key', severity: 'warning' },
    ],
    [
      'real case 09: a key with HTML’s entities',
      {},
      { records: withCustomer({ accountingKey: 'Warrior&#39;s Gym &amp; Spa' }) },
      { code: 'odd-accounting-key', severity: 'warning' },
    ],
    [
      'case 24: a sub-customer of nobody',
      {},
      { records: withCustomer({ accountingKey: ':Amy' }) },
      { code: 'odd-accounting-key' },
    ],
    [
      'a key that is only what separates names',
      {},
      { records: withCustomer({ accountingKey: ' : ' }) },
      { code: 'no-accounting-key', message: expect.stringContaining('has no name in it') },
    ],
    [
      'case 24: a key of 101 characters',
      {},
      { records: withCustomer({ accountingKey: 'x'.repeat(101) }) },
      { code: 'customer-name-too-long' },
    ],
    ['a department never sent', { departmentId: 'd-9' }, {}, { code: 'unknown-department' }],
    ['a job never sent', { jobId: 'j-9' }, {}, { code: 'unknown-job' }],
    [
      'a service never sent',
      { lines: [line({ serviceId: 's-9' })] },
      {},
      { code: 'unknown-service', field: 'lines[0].serviceId' },
    ],
    ['no number', { number: ' ' }, {}, { code: 'no-number', field: 'number' }],
    ['a number of 22 characters', { number: 'x'.repeat(22) }, {}, { code: 'number-too-long' }],
    [
      'a number of 12 where the books accept 11',
      { number: 'x'.repeat(12) },
      { limits: { number: 11, refNo: 11, customerName: 41 } },
      { code: 'number-too-long', message: expect.stringContaining('12 characters, and the books accept 11') },
    ],
    ['no lines', { lines: [], total: '0' }, {}, { code: 'no-lines' }],
    [
      'case 39: a total that is not the sum',
      { total: '100.01' },
      {},
      { code: 'total-mismatch', message: expect.stringMatching(/\$100\.01.*\$100\.00/) },
    ],
    [
      'a tax without a code',
      { tax: { name: 'San Mateo', amount: '9.88' }, total: '109.88' },
      {},
      { code: 'unmapped-tax', field: 'tax.name' },
    ],
    ['a line without a class', {}, { settings }, { code: 'no-class', field: 'lines[0].accountingClass' }],
    ['a draft', { status: 'draft' }, {}, { code: 'not-finalized' }],
    ['voided since it was selected', { status: 'void' }, {}, { code: 'not-finalized' }],
  ])('is a problem: %s', (_, change, world, expected) => {
    const { problems, document } = build(invoice(change), world);
    expect(problems).toMatchObject([expected]);
    expect(document.lines.length).toBe((change.lines ?? [0]).length);
  });

  it('real case 13: the amount counts where it is not quantity × unit price, with a warning', () => {
    const record = invoice({ lines: [line({ quantity: '3', unitPrice: '33.33', amount: '100.00' })], total: '100.00' });
    const files = build(record);
    expect(files.problems).toMatchObject([{ code: 'amount-mismatch', severity: 'warning' }]);
    expect(files.document.lines).toMatchObject([{ quantity: '1', unitPrice: '100.00', amount: 10000 }]);
    // A push target sends the amount alone.
    const push = build(record, { delivery: 'push' });
    expect(push.problems).toMatchObject([{ code: 'amount-mismatch' }]);
    expect(push.document.lines).toMatchObject([{ quantity: '3', unitPrice: '33.33', amount: 10000 }]);
  });

  it('case 34: a line amount that is not quantity × unit price is reported with the right one', () => {
    const record = invoice({ lines: [line({ quantity: '0.333', unitPrice: '9.99', amount: '3.32' })], total: '3.32' });
    expect(build(record).problems).toMatchObject([
      {
        code: 'amount-mismatch',
        field: 'lines[0].amount',
        message: expect.stringMatching(/has the amount \$3\.32, but 0\.333 × 9\.99 is \$3\.33/),
      },
    ]);
    expect(
      build({ ...record, lines: [line({ quantity: '0.333', unitPrice: '9.99', amount: '3.33' })], total: '3.33' }).problems,
    ).toEqual([]);
  });

  it('never throws, whatever is wrong at once', () => {
    const record = invoice({
      customerId: 'nobody',
      number: undefined,
      date: 'x',
      lines: [line({ quantity: '9999999999', unitPrice: '9999999999', amount: '9999999999999.99', serviceId: 'constructor' })],
      total: '1',
      tax: { name: '__proto__', amount: '9999999999999.99' },
    });
    expect(build(record).codes).toEqual([
      'unknown-customer',
      'no-number',
      'unknown-service',
      'amount-mismatch',
      'total-mismatch',
      'unmapped-tax',
    ]);
  });
});

describe('names of customers', () => {
  it.each([
    "O'Brien & Søns, Ltd.",
    'Zoë Núñez',
    'Parent:Child',
    'amy',
    'AMY',
    'x'.repeat(100),
    `${'p'.repeat(100)}:${'c'.repeat(100)}`,
  ])('case 24: %s is sent to the character', (accountingKey) => {
    const { document, codes } = build(invoice(), { records: withCustomer({ accountingKey }) });
    expect(document.customer!.name).toBe(accountingKey);
    expect(codes).toEqual([]);
  });
});

describe('tax', () => {
  const settings = { taxCodes: { City: 'CITY' } };
  it('case 35: every line is taxed by its own flag, else the service’s, else as the document', () => {
    const services = [...WORLD, { type: 'service', id: 's-2', name: 'Labor', taxable: false } as const];
    const lines = [
      line({ taxable: true, serviceId: 's-2' }),
      line({ taxable: false, serviceId: 's-1' }),
      line({ serviceId: 's-1' }),
      line({ serviceId: 's-2' }),
      line(),
    ];
    const taxed = invoice({ lines, tax: { name: 'City', amount: '10.00' }, total: '510' });
    expect(build(taxed, { settings, records: services }).document.lines.map((l) => l.taxable)).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
    const untaxed = invoice({ lines, total: '500' });
    expect(build(untaxed, { records: services }).document.lines.every((l) => !l.taxable)).toBe(true);
  });

  it('case 35: no line of an exempt customer is taxed', () => {
    const { document, codes } = build(invoice({ lines: [line({ taxable: true })] }), {
      records: withCustomer({ taxExempt: true }),
    });
    expect(document.lines[0]!.taxable).toBe(false);
    expect(codes).toEqual([]);
  });

  it('case 35: an exempt customer who is charged tax gets a warning, and the record stays as it is', () => {
    const record = invoice({ lines: [line({ taxable: true })], tax: { name: 'City', amount: '9.00' }, total: '109.00' });
    const { document, problems } = build(record, { records: withCustomer({ taxExempt: true }), settings });
    expect(document.lines[0]!.taxable).toBe(true);
    expect(problems).toMatchObject([{ code: 'exempt-but-taxed', severity: 'warning' }]);
  });

  it('case 31 and real case 10: a bad e-mail address is a notice on the customer, and stops nothing', () => {
    const { problems } = build(invoice({}), { records: withCustomer({ email: 'amy at birds, amy@example.com' }) });
    expect(problems).toMatchObject([{ code: 'bad-email', severity: 'notice', record: { type: 'customer', id: 'c-1' } }]);
  });

  it('real case 11: terms go by the settings’ map, and unchanged where it lacks them', () => {
    const settings = { terms: { 'Due upon receipt': 'Due on receipt' } };
    expect(build(invoice({ terms: 'Due upon receipt' }), { settings }).document).toMatchObject({ terms: 'Due on receipt' });
    expect(build(invoice({ terms: 'Net 30' }), { settings }).document).toMatchObject({ terms: 'Net 30' });
  });

  it.each(['448.39', '448.40'])('case 32: 9.975 % of 4495.16 is the source’s own amount: %s', (amount) => {
    const total = amount === '448.39' ? '4943.55' : '4943.56';
    const record = invoice({
      lines: [line({ unitPrice: '4495.16', amount: '4495.16' })],
      tax: { name: 'City', rate: '9.975', amount },
      total,
    });
    expect(build(record, { settings }).problems).toEqual([]);
  });

  it('case 33: tax over 30 lines counts once, by the total', () => {
    const lines = Array.from({ length: 30 }, () => line({ unitPrice: '0.33', amount: '0.33', taxable: true }));
    const record = invoice({ lines, tax: { name: 'City', rate: '9.875', amount: '0.98' }, total: '10.88' });
    expect(build(record, { settings })).toMatchObject({ problems: [], document: { tax: { amount: 98 }, total: 1088 } });
  });

  it('of zero needs no code, and is no tax on an exempt customer', () => {
    const record = invoice({ tax: { name: 'None', amount: '0.00' } });
    expect(build(record).problems).toEqual([]);
    expect(build(record, { records: withCustomer({ taxExempt: true }) }).problems).toEqual([]);
  });
});

describe('an item’s own account in the books', () => {
  it('is the line’s where the settings let it decide, beside the mapping’s; a line without any account has it too', () => {
    const record = invoice({ lines: [line({ serviceId: 's-1' }), line(), line({ accountingCategory: 'Parts' })], total: '300' });
    const of = { 'service:s-1': 'Labor', 'name:Work': 'Other income', 'category:Parts': 'Parts' } as Readonly<
      Record<string, string>
    >;
    const context = { ...contextOf({ records: [...WORLD, record] }), ownAccount: ({ key }: { key?: string }) => of[key!] };
    const { document } = buildDocument(record, 'invoice.insert', context);
    expect((document as InvoiceDocument).lines.map(({ item: { account, mappedTo } }) => [account, mappedTo])).toEqual([
      ['Labor', 'Services'],
      ['Other income', undefined],
      ['Parts', undefined],
    ]);
  });
});

describe('discounts', () => {
  it('case 37: a promotion line is sent with its own category and class', () => {
    const promo = line({
      name: 'Promo',
      unitPrice: '-10',
      amount: '-10',
      accountingCategory: 'Coupons',
      accountingClass: 'Marketing',
    });
    const { document } = build(invoice({ lines: [line(), promo], total: '90' }), {
      settings: { classes: { mode: 'line', default: 'Company' } },
    });
    expect(document.lines[1]).toMatchObject({ item: { name: 'Coupons', account: 'Coupons' }, class: 'Marketing', amount: -1000 });
  });

  it('case 38: a rounding line below zero is a line like any other', () => {
    const record = invoice({ lines: [line(), line({ name: 'Rounding', unitPrice: '-0.01', amount: '-0.01' })], total: '99.99' });
    const { document, problems } = build(record, { settings: { accounts: { income: 'Sales', discount: 'Discounts' } } });
    expect(document.lines[1]).toMatchObject({
      item: { name: 'Discounts', account: 'Discounts' },
      description: 'Rounding',
      amount: -1,
    });
    expect(problems).toEqual([]);
  });
});

describe('classes', () => {
  const lines = [line({ accountingClass: 'HVAC' }), line({ accountingClass: 'Plumbing' })];
  const classes = (built: ReturnType<typeof build>) => [built.document.class, ...built.document.lines.map((l) => l.class)];

  it('case 67: without classes none is sent', () => {
    expect(classes(build(invoice({ lines, total: '200' })))).toEqual([undefined, undefined, undefined]);
  });

  it('case 67: one per line is each line’s own', () => {
    expect(classes(build(invoice({ lines, total: '200' }), { settings: { classes: { mode: 'line' } } }))).toEqual([
      undefined,
      'HVAC',
      'Plumbing',
    ]);
  });

  it.each<[string, Partial<InvoiceRecord>, object, string | undefined, string[]]>([
    ['the one that all lines have', { lines: [lines[0]!, lines[0]!] }, {}, 'HVAC', []],
    ['the one that some lines have', { lines: [lines[0]!, line()] }, {}, 'HVAC', []],
    ['of mixed lines the department’s', { lines, departmentId: 'd-1' }, {}, 'HVAC', ['mixed-classes']],
    ['of mixed lines the job’s department’s', { lines, jobId: 'j-1' }, {}, 'HVAC', ['mixed-classes']],
    ['else the company’s', { lines }, { default: 'Company' }, 'Company', ['mixed-classes']],
    ['the department’s before the company’s', { lines, departmentId: 'd-1' }, { default: 'Company' }, 'HVAC', ['mixed-classes']],
    ['else that of the first line', { lines }, {}, 'HVAC', ['mixed-classes']],
    ['none, which is a problem', { lines: [line(), line()] }, {}, undefined, ['no-class']],
  ])('case 67: one per transaction is %s', (_, change, more, expected, codes) => {
    const built = build(invoice({ total: '200', ...change }), { settings: { classes: { mode: 'transaction', ...more } } });
    expect(classes(built)).toEqual([expected, expected, expected]);
    expect(built.codes).toEqual(codes);
  });
});

it('a service that the books can’t name is renamed, with a notice', () => {
  const records = [...WORLD, { type: 'service', id: 's-2', name: 'Repair: pump' } as const];
  const { problems } = build(invoice({ lines: [line({ serviceId: 's-2' })] }), { records });
  expect(problems).toMatchObject([
    { code: 'item-renamed', severity: 'notice', message: expect.stringContaining('“Repair: pump”') },
  ]);
});

describe('an update', () => {
  const context = { posted: { 'invoice/i-1': posted() } };
  it('case 47: sends all lines again', () => {
    const { document, problems } = build(invoice({ lines: [line(), line()], total: '200' }), context, 'invoice.update');
    expect(document).toMatchObject({ operation: 'invoice.update', total: 20000, lines: [{}, {}] });
    expect(problems).toEqual([]);
  });

  it('of an invoice that went back to draft is a problem', () => {
    expect(build(invoice({ status: 'draft' }), context, 'invoice.update').codes).toEqual(['was-posted']);
  });

  it('case 50: below what is applied to it reports what becomes an open credit', () => {
    const { problems } = build(
      invoice({ lines: [line({ unitPrice: '80', amount: '80' })], total: '80' }),
      { ...context, appliedTo: () => 10000 as Money },
      'invoice.update',
    );
    expect(problems).toMatchObject([
      { code: 'invoice-overpaid', severity: 'warning', message: expect.stringContaining('$20.00 becomes an open credit') },
    ]);
  });
});

describe('case 50: an invoice that was below what was applied to it', () => {
  const below = { posted: { 'invoice/i-1': posted({ amount: 6000 as Money }) }, appliedTo: () => 10000 as Money };

  it('and is raised again, reports how much of the credit belongs to it', () => {
    const { problems } = build(
      invoice({ lines: [line({ unitPrice: '90', amount: '90' })], total: '90' }),
      below,
      'invoice.update',
    );
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([
      ['invoice-overpaid', 'warning'],
      ['credit-to-apply', 'warning'],
    ]);
    expect(problems[1]!.message).toBe(
      'Invoice 10427 was lowered to $60.00, below the $100.00 applied to it, and is now raised to $90.00. Apply up to $30.00 of the customer’s open credit to it in the books.',
    );
    expect(build(invoice(), below, 'invoice.update').codes).toEqual(['credit-to-apply']);
  });

  it('at a push target, reports nothing: the target restores what it released', () => {
    expect(build(invoice(), { ...below, delivery: 'push' }, 'invoice.update').codes).toEqual([]);
  });

  it('and is lowered further, or was never below, reports nothing of the kind', () => {
    const lower = invoice({ lines: [line({ unitPrice: '50', amount: '50' })], total: '50' });
    expect(build(lower, below, 'invoice.update').codes).toEqual(['invoice-overpaid']);
    const raised = invoice({ lines: [line({ unitPrice: '150', amount: '150' })], total: '150' });
    expect(build(raised, { ...below, posted: { 'invoice/i-1': posted() } }, 'invoice.update').codes).toEqual([]);
  });
});

describe('case 42: an invoice whose date moves after it was batched', () => {
  const context = { posted: { 'invoice/i-1': posted({ date: '2026-10-31' }) } };

  it('is an update that names the months it changes, and what to decide', () => {
    const { document, problems } = build(invoice({ date: '2026-11-02' }), context, 'invoice.update');
    expect(document.formerDate).toBe('2026-10-31');
    expect(problems).toMatchObject([
      {
        code: 'crosses-period',
        severity: 'warning',
        field: 'date',
        message:
          'Invoice 10427 is dated 2026-10-31 in the books, and the update moves it to 2026-11-02. The reports of 2026-10 and 2026-11 change. Continue if both months are still open to you. Otherwise restore the earlier date in the field-service system.',
      },
    ]);
  });

  it('is reported where the invoice is voided at the same time, too', () => {
    expect(build(invoice({ date: '2026-11-02', status: 'void' }), context, 'invoice.update').codes).toEqual(['crosses-period']);
  });

  it('within the month is not reported', () => {
    expect(build(invoice({ date: '2026-10-03' }), context, 'invoice.update').codes).toEqual([]);
  });

  it('is known from the posted document, where the posting has no date', () => {
    const former = build(invoice({ date: '2026-10-31' })).document;
    const world = { posted: { 'invoice/i-1': posted() }, postedDocument: () => former };
    expect(build(invoice({ date: '2026-11-02' }), world, 'invoice.update').codes).toEqual(['crosses-period']);
  });

  it('never batched is an insert like any other', () => {
    const { document, codes } = build(invoice({ date: '2026-11-02' }));
    expect([document.formerDate, codes]).toEqual([undefined, []]);
  });
});

describe('names and defaults that changed since an invoice was posted', () => {
  const before = { id: 'c-1', name: 'Amy’s Birds' };
  const former = build(invoice(), { settings: { accounts: { income: 'Old sales' } } }).document;
  const update = (record: InvoiceRecord, world: NonNullable<World>) => build(record, world, 'invoice.update');

  it('case 26: a changed accounting key is a notice on the update', () => {
    const { problems } = update(invoice(), { posted: { 'invoice/i-1': posted({ customer: before }) } });
    expect(problems).toMatchObject([
      { code: 'reference-changed', severity: 'notice', record: { type: 'customer', id: 'c-1' }, field: 'accountingKey' },
    ]);
    expect(problems[0]!.message).toContain("under customer “Amy’s Birds”, whose accounting key is now “Amy's Bird Sanctuary”");
  });

  it('another customer is the record’s own change, and no notice', () => {
    const world = { posted: { 'invoice/i-1': posted({ customer: { id: 'c-9', name: 'Bob' } }) } };
    expect(update(invoice(), world).codes).toEqual([]);
  });

  it('an account mapping or a class default that changed is reported once for lines that are the same', () => {
    const world = {
      posted: { 'invoice/i-1': posted() },
      postedDocument: () => former,
      settings: { accounts: { income: 'Sales' }, classes: { mode: 'line', default: 'HVAC' } },
    };
    const { problems } = update(invoice({ lines: [line(), line()], total: '200' }), world);
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      [
        'reference-changed',
        'Invoice 10427 uses other accounts or classes than when it was posted, although its lines did not change: “Work” moves from account “Old sales” to “Sales”; “Work” moves from class (none) to “HVAC”. If that is not intended, check the mapping in the settings.',
      ],
    ]);
  });

  it('lines that were edited are the record’s own change', () => {
    const world = {
      posted: { 'invoice/i-1': posted() },
      postedDocument: () => former,
      settings: { accounts: { income: 'Sales' } },
    };
    expect(update(invoice({ lines: [line({ unitPrice: '90', amount: '90' })], total: '90' }), world).codes).toEqual([]);
  });
});

describe('a voided invoice', () => {
  const context = { posted: { 'invoice/i-1': posted() } };
  const taxed = invoice({
    status: 'void',
    lines: [line(), line({ quantity: '2', amount: '200' })],
    tax: { name: 'City', amount: '9' },
    total: '309',
  });

  it.each(['invoice.update', 'invoice.void'] as const)('is an %s with every line at zero and no tax', (operation) => {
    const { document, problems } = build(taxed, context, operation);
    expect(document).toMatchObject({
      operation,
      total: 0,
      lines: [
        { quantity: '1', unitPrice: '0', amount: 0 },
        { quantity: '2', unitPrice: '0', amount: 0 },
      ],
    });
    expect(document).not.toHaveProperty('tax');
    expect(problems).toEqual([]);
  });

  it('without lines still has one, since books refuse an invoice without lines', () => {
    expect(build(invoice({ status: 'void', lines: [], total: '0' }), context, 'invoice.update').document.lines).toHaveLength(1);
  });

  it('case 65: with payments on it reports what becomes an open credit', () => {
    expect(build(taxed, { ...context, appliedTo: () => 10000 as Money }, 'invoice.update').codes).toEqual(['invoice-overpaid']);
  });

  const memoOf = (record: InvoiceRecord, world: NonNullable<World>) => {
    const built = build(record, world, 'creditMemo.insert');
    return { ...built, document: built.document as unknown as CreditMemoDocument };
  };

  it('is a credit memo of what is posted, where the settings ask for that', () => {
    const { document, codes } = memoOf(invoice({ status: 'void' }), context);
    expect(document).toMatchObject({
      kind: 'creditMemo',
      number: 'CM-10427',
      total: 10000,
      invoiceId: 'i-1',
      record: { type: 'invoice', id: 'i-1' },
    });
    expect(codes).toEqual(['credit-unapplied']);
  });

  it('is one of exactly the posted document, where that is kept', () => {
    const former = build(invoice()).document;
    const record = invoice({ status: 'void', lines: [], total: '0' });
    const { document, codes } = memoOf(record, { ...context, postedDocument: () => former });
    expect(document).toMatchObject({ total: 10000, lines: [{ amount: 10000 }] });
    expect(codes).toEqual(['credit-unapplied']);
  });

  it('case 51: edited before the void, with no posted document kept, a person decides', () => {
    const { codes } = memoOf(
      invoice({ status: 'void', lines: [line({ unitPrice: '120', amount: '120' })], total: '120' }),
      context,
    );
    expect(codes).toContain('changed-after-batch');
  });

  it('gets a memo number that fits, one per invoice', () => {
    const numbers = ['A', 'B'].map((end) => {
      const number = `${'9'.repeat(20)}${end}`;
      return memoOf(invoice({ status: 'void', number }), { posted: { 'invoice/i-1': posted({ number }) } }).document.number;
    });
    expect(numbers.every((number) => number.length === 21 && number.startsWith('CM-999'))).toBe(true);
    expect(new Set(numbers).size).toBe(2);
  });
});

describe('a credit memo', () => {
  const memo = {
    type: 'creditMemo',
    id: 'm-1',
    number: 'CM-7',
    customerId: 'c-1',
    date: '2026-10-22',
    lines: [line()],
    total: '100.00',
  } as const;

  it('is sent unapplied, with a warning', () => {
    const { document, problems } = build({ ...memo, invoiceId: 'i-1' }, {}, 'creditMemo.insert');
    expect(document).toMatchObject({ kind: 'creditMemo', number: 'CM-7', invoiceId: 'i-1', total: 10000 });
    expect(problems).toMatchObject([{ code: 'credit-unapplied', severity: 'warning' }]);
  });

  it('names the invoices that it is used for, where they are in the books and take it', () => {
    const allocations = [
      { invoiceId: 'i-1', amount: '60' },
      { invoiceId: 'i-2', amount: '10' },
      { invoiceId: 'i-3', amount: '10' },
      { invoiceId: 'i-4', amount: '20' },
    ];
    const others = [invoice(), invoice({ id: 'i-2' }), invoice({ id: 'i-3', customerId: 'c-2' }), invoice({ id: 'i-4' })];
    const world = {
      records: [...WORLD, ...others],
      posted: { 'invoice/i-1': posted({ number: '10427A' }), 'invoice/i-4': posted() },
      inBatch: ['i-3'],
      appliedTo: (id: string) => (id === 'i-4' ? 9000 : 0) as Money,
    };
    const built = (over: object, more: object = {}, operation: Operation = 'creditMemo.insert') =>
      (build({ ...memo, ...over }, { ...world, delivery: 'push', ...more }, operation).document as unknown as CreditMemoDocument)
        .applied;
    expect(built({ allocations })).toEqual([{ invoiceId: 'i-1', invoiceNumber: '10427A', amount: 6000 }]);
    // More than the memo has: nobody knows which is right. Files have no such thing, and neither has a memo without allocations.
    expect(built({ allocations: [{ invoiceId: 'i-1', amount: '100.01' }] })).toBeUndefined();
    expect(built({ allocations }, { delivery: 'files' })).toBeUndefined();
    expect(built({ invoiceId: 'i-1' })).toBeUndefined();
  });

  it('below zero needs an invoice', () => {
    expect(
      build({ ...memo, lines: [line({ unitPrice: '-1', amount: '-1' })], total: '-1' }, {}, 'creditMemo.insert').codes,
    ).toContain('negative-total');
  });

  it('removed since it was selected stays out', () => {
    expect(build({ ...memo, status: 'removed' }, {}, 'creditMemo.insert').codes).toContain('changed-after-batch');
  });
});

describe('the tax of a line', () => {
  it('is what the record states for it, with the code of its name, and nothing where it states none', () => {
    const lines = [line({ tax: { amount: '9.88' } }), line({ tax: { name: 'Food', amount: '0.50' } }), line()];
    const tax = { name: 'San Mateo', rate: '9.875', amount: '10.38' };
    const settings = { taxCodes: { 'San Mateo': 'SM County', Food: 'FOOD' } };
    const { document } = build(invoice({ lines, tax, total: '310.38' }), { settings });
    expect(document.lines.map((one) => one.tax)).toEqual([
      { code: 'SM County', amount: 988 },
      { code: 'FOOD', amount: 50 },
      undefined,
    ]);
    expect(document.tax).toMatchObject({ amount: 1038 });
  });

  it('is no longer in an invoice that was voided', () => {
    const record = invoice({
      status: 'void',
      lines: [line({ tax: { amount: '5' } })],
      tax: { name: 'T', amount: '5' },
      total: '105',
    });
    expect(build(record, {}, 'invoice.update').document.lines).toMatchObject([{ amount: 0, unitPrice: '0' }]);
    expect(JSON.stringify(build(record, {}, 'invoice.update').document)).not.toContain('"tax"');
  });
});

it('an operation that the record cannot have is our defect', () => {
  expect(() => build(invoice(), {}, 'payment.insert')).toThrow(TypeError);
});
