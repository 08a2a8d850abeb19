import { parseRecord } from '@ledgerpost/core/schemas';
import { describe, expect, it } from 'vitest';
import { csv, type Imported, importFiles } from '../import.testing.ts';
import { recognise } from '../match/recognise.ts';
import { PRESETS } from './index.ts';
import { jobberInvoices, jobberPayments, jobberTransactions } from './jobber.ts';
import { fieldEdge, housecallPayments, stripeBalance, stripePayments, workizJobs } from './others.ts';
import { serviceTitan } from './service-titan.ts';

const mappings = PRESETS.map(({ mapping }) => mapping);

/** Of one type, each by its number, else its id. */
function ofType(imported: Imported, type: string) {
  const found = imported.records.filter((record) => record.type === type);
  for (const record of found) expect(parseRecord(record, 'USD')).toMatchObject({ ok: true });
  return found as readonly Record<string, unknown>[];
}

describe('every preset', () => {
  it.each(PRESETS.map((preset) => [preset.mapping.name, preset] as const))(
    '%s is recognised by its own headers',
    (_, { mapping }) => {
      for (const [role, { known }] of Object.entries(mapping.files)) {
        expect(recognise([...known, 'Something else'].toReversed(), mappings)).toEqual({ mapping, role });
      }
    },
  );

  it.each(PRESETS.map((preset) => [preset.mapping.name, preset] as const))(
    '%s reads only columns that its files have',
    (_, { mapping }) => {
      for (const { known, columns, total, leaveOut } of Object.values(mapping.files)) {
        const headers = Object.values(columns).flat();
        expect(known.filter((header) => header.length > 0)).toEqual(known);
        for (const field of [total, ...(leaveOut ?? []).map(({ field }) => field)]) {
          if (field !== undefined) expect(Object.keys(columns)).toContain(field);
        }
        expect(new Set(headers).size).toBe(headers.length);
      }
    },
  );

  it('has a grade, and notes on what is uncertain', () => {
    for (const { grade, notes } of PRESETS) {
      expect(['documented', 'used', 'guess']).toContain(grade);
      expect(notes.length).toBeGreaterThan(0);
    }
  });
});

describe('Jobber', () => {
  const header = [
    'Invoice #',
    'Client name',
    'Client email',
    'Issued date',
    'Created date',
    'Due date',
    'Status',
    'Line items',
    'Pre-tax total ($)',
    'Total ($)',
    'Tip ($)',
    'Balance ($)',
    'Tax (%)',
    'Discount ($)',
    'Tax amount ($)',
    'Subject',
  ];
  const row = (over: Partial<Record<string, string>>) =>
    header.map(
      (name) =>
        ({
          'Invoice #': '1041',
          'Client name': 'Acme Dental',
          'Issued date': 'Nov 03, 2026',
          'Created date': 'Nov 02, 2026',
          Status: 'Paid',
          'Line items': 'Tune-up (1, $129), Filter 16x25 (2, $18.5)',
          'Pre-tax total ($)': '166.0',
          'Total ($)': '178.04',
          'Tax (%)': '7.25',
          'Discount ($)': '0.0',
          'Tax amount ($)': '12.04',
          Subject: 'For services',
          ...over,
        })[name] ?? '-',
    );
  const invoices = (...rows: string[][]) => importFiles(jobberInvoices.mapping, { invoices: `\uFEFF${csv([header, ...rows])}` });

  it('splits the line items of a cell if they add up', async () => {
    const [invoice] = ofType(await invoices(row({})), 'invoice');
    expect(invoice).toMatchObject({
      id: 'jobber:invoice:1041',
      status: 'finalized',
      date: '2026-11-03',
      customerId: 'jobber:customer:Acme Dental',
      total: '178.04',
      tax: { name: 'Sales tax', rate: '7.25', amount: '12.04' },
      lines: [
        { name: 'Tune-up', quantity: '1', unitPrice: '129', amount: '129.00' },
        { name: 'Filter 16x25', quantity: '2', unitPrice: '18.5', amount: '37.00' },
      ],
    });
  });

  it('reads the dollars in a cell as the whole line’s where that is what adds up', async () => {
    const [invoice] = ofType(await invoices(row({ 'Line items': 'Tune-up (1, $129), Filter 16x25 (2, $37)' })), 'invoice');
    expect(invoice).toMatchObject({ lines: [{ amount: '129' }, { quantity: '2', unitPrice: '18.5', amount: '37' }] });
  });

  it('makes one line of an invoice whose line items don’t add up, and adds a note', async () => {
    const imported = await invoices(row({ 'Line items': 'Tune-up (1, $100)' }));
    expect(ofType(imported, 'invoice')).toMatchObject([
      { lines: [{ name: 'For services', description: 'Tune-up (1, $100)', amount: '166' }], total: '178.04' },
    ]);
    expect(imported.notes).toMatchObject([{ code: 'lines-not-split', row: 2 }]);
  });

  it('keeps brackets and commas in the name of a line', async () => {
    const name = 'Install (2-ton) heat pump, incl. pad';
    const [invoice] = ofType(
      await invoices(row({ 'Line items': `${name} (1, $4,850)`, 'Pre-tax total ($)': '4850.0', 'Total ($)': '4862.04' })),
      'invoice',
    );
    expect(invoice).toMatchObject({ lines: [{ name, unitPrice: '4850' }] });
  });

  it('takes a discount off as a line of its own', async () => {
    const [invoice] = ofType(await invoices(row({ 'Discount ($)': '50.0', 'Total ($)': '128.04' })), 'invoice');
    expect(invoice).toMatchObject({ lines: [{}, {}, { name: 'Discount', amount: '-50' }], total: '128.04' });
  });

  it('takes a draft’s date from its creation, and its status over', async () => {
    const [draft, voided] = ofType(
      await invoices(row({ Status: 'Draft', 'Issued date': '-' }), row({ 'Invoice #': '1046', Status: 'Voided' })),
      'invoice',
    );
    expect(draft).toMatchObject({ status: 'draft', date: '2026-11-02' });
    expect(voided).toMatchObject({ status: 'void' });
  });

  it('stops an invoice whose status it does not know, and no other', async () => {
    const imported = await invoices(row({ Status: 'Abandoned' }), row({ 'Invoice #': '1042' }));
    expect(ofType(imported, 'invoice')).toMatchObject([{ number: '1042' }]);
    expect(imported.unreadable).toMatchObject([{ row: 2, column: 'Status', value: 'Abandoned', code: 'unknown-value' }]);
  });

  it('never reads what changes with each payment', async () => {
    const [before] = ofType(await invoices(row({ 'Balance ($)': '178.04', Status: 'Awaiting Payment' })), 'invoice');
    const [after] = ofType(await invoices(row({ 'Balance ($)': '0.0', Status: 'Paid' })), 'invoice');
    expect(after).toEqual(before);
  });

  const report = [
    'Client name',
    'Date',
    'Time',
    'Type',
    'Paid with',
    'Total $',
    'Tip $',
    'Fee $',
    'Note',
    'Card ending #',
    'Invoice #',
  ];
  const payment = (type: string, total: string, tip: string, invoice: string) => [
    'Acme Dental',
    '2026-11-10',
    '14:41',
    type,
    'Credit card',
    total,
    tip,
    '6.04',
    '',
    '2222',
    invoice,
  ];

  it('turns the report’s negative amounts into payments, and its total agrees', async () => {
    const imported = await importFiles(jobberPayments.mapping, {
      payments: csv([
        report,
        payment('Deposit', '-1000.00', '', ''),
        payment('Payment', '-198.04', '20.00', '1041'),
        payment('Payment (incomplete)', '-95.45', '', '1044'),
        payment('Refund', '18.50', '', '1041'),
        ['Report totals:', '', '', '', '', '-$1,274.99', '$20.00', '', '', '', ''],
      ]),
    });
    expect(ofType(imported, 'payment')).toMatchObject([
      { amount: '1000', status: 'received' },
      { amount: '198.04', allocations: [{ invoiceId: 'jobber:invoice:1041', amount: '178.04' }] },
    ]);
    expect(imported.totals).toEqual([
      { file: 'payments.csv', column: 'Total $', stated: '-1274.99', ours: '-1274.99', agrees: true },
    ]);
    expect(imported.notes).toMatchObject([{ code: 'tip-left-out' }]);
    expect(imported.leftOut).toMatchObject([
      { row: 4, why: 'condition' },
      { row: 6, why: 'totals' },
    ]);
  });

  it('adds up the tips that it leaves out, or makes a line of each, by the mapping', async () => {
    const header = [
      'Invoice #',
      'Client name',
      'Issued date',
      'Status',
      'Line items',
      'Pre-tax total ($)',
      'Total ($)',
      'Tax amount ($)',
      'Tip ($)',
    ];
    const row = (number: string, tip: string) => [
      number,
      'Amy',
      'Nov 02, 2026',
      'Paid',
      'Oven (1, $20)',
      '20',
      '21.5',
      '1.5',
      tip,
    ];
    const invoices = csv([header, row('1', '5.00'), row('2', ''), row('3', '2.50')]);
    const left = await importFiles(jobberInvoices.mapping, { invoices });
    expect(left.notes).toMatchObject([{ code: 'tips-left-out', message: expect.stringContaining('Tips of 7.5 in “Tip ($)”') }]);
    const totals = ({ records }: Imported) =>
      records.filter(({ type }) => type === 'invoice').map(({ total, lines }) => [total, (lines as []).length]);
    expect(totals(left)).toEqual([
      ['21.5', 1],
      ['21.5', 1],
      ['21.5', 1],
    ]);
    const asLines = await importFiles(
      { ...jobberInvoices.mapping, constants: { ...jobberInvoices.mapping.constants, tipLine: 'Tip' } },
      { invoices },
    );
    expect([totals(asLines), asLines.notes]).toEqual([
      [
        ['26.5', 2],
        ['21.5', 1],
        ['24', 2],
      ],
      [],
    ]);
  });

  it('makes one customer of a name, and warns of other contact data under it', async () => {
    const header = [
      'Invoice #',
      'Client name',
      'Client email',
      'Issued date',
      'Status',
      'Line items',
      'Pre-tax total ($)',
      'Total ($)',
      'Tax amount ($)',
    ];
    const row = (number: string, email: string) => [
      number,
      'Birch Bakery',
      email,
      'Nov 02, 2026',
      'Paid',
      'Oven (1, $20)',
      '20',
      '20',
      '',
    ];
    const { records, notes } = await importFiles(jobberInvoices.mapping, {
      invoices: csv([header, row('1', 'a@birch.example'), row('2', 'b@birch.example'), row('3', '')]),
    });
    expect(records.filter(({ type }) => type === 'customer')).toHaveLength(1);
    expect(notes).toMatchObject([
      { code: 'differs', message: expect.stringContaining('“a@birch.example” and “b@birch.example”') },
    ]);
  });

  it('holds a refund back that does not name its payment', async () => {
    const imported = await importFiles(jobberPayments.mapping, {
      payments: csv([report, payment('Refund', '18.50', '', '1041')]),
    });
    expect(ofType(imported, 'refund')).toEqual([]);
    expect(imported.heldBack).toMatchObject([{ code: 'refund-to-match', rows: [2] }]);
  });

  it('gives payments that say the same an ordinal, so that each comes in once at every import', async () => {
    const same = payment('Payment', '-50.00', '', '1041');
    const first = ofType(await importFiles(jobberPayments.mapping, { payments: csv([report, same]) }), 'payment');
    const both = ofType(await importFiles(jobberPayments.mapping, { payments: csv([report, same, same]) }), 'payment');
    expect(both).toHaveLength(2);
    expect(both[0]!.id).toBe(first[0]!.id);
    expect(both[1]!.id).toBe(`${String(first[0]!.id)}-2`);
  });

  it('finds the transaction list below its totals, and leaves invoices out', async () => {
    const imported = await importFiles(jobberTransactions.mapping, {
      transactions: csv([
        ['Totals'],
        [''],
        ['Total Transactions', '3'],
        [''],
        ['Client name', 'Date', 'Type', 'Total $', 'Tip $', 'Note', 'Cheque #', 'Invoice #', 'Method', 'Transaction ID'],
        ['Acme', '2026-11-03', 'Invoice', '178.04', '', '', '', '1041', '', ''],
        ['Northside', '2026-11-15', 'Payment', '-300.00', '', '', '2071', '1031, 1033', 'Cheque', ''],
        ['Acme', '2026-11-10', 'Payment', '-178.04', '', '', '', '1041', 'Jobber Payments', 'ch_1'],
      ]),
    });
    expect(ofType(imported, 'payment')).toMatchObject([
      { reference: '2071', amount: '300', method: 'Cheque' },
      { amount: '178.04', allocations: [{ invoiceId: 'jobber:invoice:1041', amount: '178.04' }] },
    ]);
    expect(ofType(imported, 'payment')[0]).not.toHaveProperty('allocations');
    expect(imported.notes).toMatchObject([{ code: 'unapplied', message: expect.stringContaining('1031 and 1033') }]);
  });
});

describe('ServiceTitan', () => {
  const invoices = [
    [
      'Invoice ID',
      'Invoice #',
      'Invoice Date',
      'Invoice Status',
      'Invoice Business Unit',
      'Customer ID',
      'Customer Name',
      'Tax',
      'Total',
    ],
    ['1', '55120', '11/03/2026', 'Exported', 'HVAC', '70001', 'Hill Family', '$29.87', '$441.87'],
    ['2', '55120-A', '11/09/2026', 'Posted', 'HVAC', '70001', 'Hill Family', '($5.95)', '($87.95)'],
  ];
  const items = [
    ['Invoice ID', 'Item Code', 'Item Name', 'Quantity', 'Item Price', 'Taxable'],
    ['1', 'TUNE', 'Tune-up', '1', '$129.00', 'Yes'],
    ['1', 'BLWR', 'Blower motor', '2', '$333.00', 'Yes'],
    ['1', 'DISC', 'Member discount', '1', '($50.00)', 'Yes'],
    ['2', 'ADJ', 'Adjustment', '1', '($82.00)', 'Yes'],
  ];
  const payments = [
    ['Payment ID', 'Customer ID', 'Invoice ID', 'Paid On', 'Payment Type', 'Payment Method', 'Amount'],
    ['88', '70001', '1', '11/03/2026', 'Visa', 'Credit Card', '$441.87'],
  ];
  const titan = (over: Partial<Record<'invoices' | 'items' | 'payments', string[][]>> = {}) =>
    importFiles(serviceTitan.mapping, {
      invoices: csv([['Invoice Report'], ['Date Range: 11/1/2026 - 11/30/2026'], [''], ...(over.invoices ?? invoices)]),
      items: csv(over.items ?? items),
      payments: csv(over.payments ?? payments),
    });

  it('joins invoices, items and payments by id', async () => {
    const imported = await titan();
    expect(ofType(imported, 'invoice')).toMatchObject([
      {
        id: '1',
        date: '2026-11-03',
        customerId: '70001',
        departmentId: 'servicetitan:department:HVAC',
        tax: { amount: '29.87' },
        lines: [{ quantity: '2', unitPrice: '166.5', amount: '333' }, { name: 'Tune-up' }, { amount: '-50' }],
      },
    ]);
    expect(ofType(imported, 'payment')).toMatchObject([
      { id: '88', amount: '441.87', allocations: [{ invoiceId: '1', amount: '441.87' }] },
    ]);
    expect(ofType(imported, 'customer')).toHaveLength(1);
    expect(imported.heldBack).toEqual([]);
  });

  it('makes a credit memo of a negative invoice', async () => {
    expect(ofType(await titan(), 'creditMemo')).toMatchObject([
      { id: '2', total: '87.95', tax: { amount: '5.95' }, lines: [{ amount: '82', unitPrice: '82' }] },
    ]);
  });

  it('holds an invoice back whose items are not all there', async () => {
    const imported = await titan({ items: items.slice(0, 3) });
    expect(ofType(imported, 'invoice')).toEqual([]);
    expect(imported.heldBack).toMatchObject([
      { code: 'maybe-cut', message: expect.stringContaining('441.87') },
      { code: 'maybe-cut', message: expect.stringContaining('87.95') },
    ]);
  });

  it('holds items back whose invoice is in no file', async () => {
    const imported = await titan({ invoices: invoices.slice(0, 2) });
    expect(imported.heldBack).toMatchObject([{ code: 'header-missing', rows: [5] }]);
  });

  it('adds up a payment’s parts, and holds it back if each row may repeat the whole', async () => {
    const split = (second: string) => [
      payments[0]!,
      ['88', '70001', '1', '11/03/2026', 'Visa', 'Credit Card', '$100.00'],
      ['88', '70001', '2', '11/03/2026', 'Visa', 'Credit Card', second],
    ];
    expect(ofType(await titan({ payments: split('$50.00') }), 'payment')).toMatchObject([{ amount: '150' }]);
    expect((await titan({ payments: split('$100.00') })).heldBack).toMatchObject([{ code: 'amount-repeated' }]);
  });

  it('leaves totals and section rows out, and lists them', async () => {
    const imported = await titan({
      invoices: [
        invoices[0]!,
        ['HVAC - Service', '', '', '', '', '', '', '', ''],
        ...invoices.slice(1),
        ['', '', '', '', '', '', '', '$23.92', '$353.92'],
      ],
    });
    expect(imported.leftOut.map(({ why }) => why)).toEqual(
      ['preamble', 'preamble', 'blank', 'section', 'totals'].filter((why) => why !== 'blank'),
    );
    expect(imported.totals).toMatchObject([{ stated: '353.92', ours: '353.92', agrees: true }]);
  });

  it('lists a row twice in different words, and takes neither', async () => {
    const imported = await titan({
      invoices: [...invoices, ['1', '55120', '11/04/2026', 'Exported', 'HVAC', '70001', 'Hill Family', '$29.87', '$441.87']],
    });
    expect(imported.heldBack).toMatchObject([{ code: 'rows-disagree', rows: [5, 7] }]);
  });
});

describe('the others', () => {
  it('Housecall Pro: a payment on a job, on the company’s own day', async () => {
    const imported = await importFiles(housecallPayments.mapping, {
      payments: csv([
        [
          'Job ID',
          'Payment Received Date',
          'Customer ID',
          'Customer Name',
          'Invoice Number',
          'Payment Amount',
          'Tip Amount',
          'Payment Type',
        ],
        ['360', '2026-11-06T23:40:00-06:00', 'cus_1', 'Priya Nair', '1201', '6,280.00', '0', 'credit card'],
      ]),
    });
    expect(ofType(imported, 'payment')).toMatchObject([
      { jobId: '360', customerId: 'cus_1', date: '2026-11-06', amount: '6280' },
    ]);
  });

  it('FieldEdge: one line per invoice', async () => {
    const imported = await importFiles(fieldEdge.mapping, {
      invoices: csv([
        ['Invoice #', 'Customer', 'WO #', 'Date', 'Due Date', 'Total', 'Due'],
        ['20312', 'Gable, Ruth', 'WO-1', '11/04/2026', '11/14/2026', '1,204.00', '604.00'],
      ]),
    });
    expect(ofType(imported, 'invoice')).toMatchObject([
      { total: '1204', date: '2026-11-04', lines: [{ name: 'Services', amount: '1204' }] },
    ]);
  });

  it('Workiz: jobs and customers, no invoices', async () => {
    const imported = await importFiles(workizJobs.mapping, {
      jobs: csv([
        ['Job #', 'Client', 'Phone', 'Status', 'Source', 'Job Created', 'Scheduled', 'Total'],
        ['4101', 'Gus Wolfe', '5550100100', 'Done', 'Google', 'Mon Nov 02, 2026 10:30 am', '', '$1,250.00'],
      ]),
    });
    expect(imported.records.map(({ type }) => type).sort()).toEqual(['customer', 'job']);
  });

  it('Stripe: paid charges, in the company’s days, and refunds with their charge', async () => {
    const charges = await importFiles(stripePayments.mapping, {
      payments: csv([
        ['id', 'Created date (UTC)', 'Amount', 'Amount Refunded', 'Currency', 'Status', 'Customer Email'],
        ['ch_1', '2026-11-04 02:12:33', '178.04', '0.00', 'usd', 'Paid', 'books@acme.example'],
        ['ch_3', '2026-11-06 11:00:00', '95.45', '0.00', 'usd', 'Failed', ''],
      ]),
    });
    expect(ofType(charges, 'payment')).toMatchObject([{ id: 'ch_1', date: '2026-11-03', amount: '178.04' }]);
    const balance = await importFiles(stripeBalance.mapping, {
      balance: csv([
        ['balance_transaction_id', 'created_utc', 'gross', 'reporting_category', 'source_id', 'charge_id', 'description'],
        ['txn_1', '2026-11-08 16:00:00', '-50.00', 'refund', 're_2', 'ch_2', 'REFUND'],
        ['txn_2', '2026-11-09 06:00:00', '-413.58', 'payout', 'po_1', '', 'STRIPE PAYOUT'],
      ]),
    });
    expect(ofType(balance, 'refund')).toMatchObject([{ id: 're_2', paymentId: 'ch_2', amount: '50' }]);
    expect(balance.leftOut).toMatchObject([{ row: 3, why: 'condition' }]);
  });
});
