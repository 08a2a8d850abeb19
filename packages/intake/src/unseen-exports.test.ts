import { describe, expect, it } from 'vitest';
import { csv, type Imported, importFiles } from './import.testing.ts';
import type { Mapping } from './map/mapping.ts';
import { KNOWN_PRESETS, readOwnMapping } from './mappings/own-mapping.ts';
import { assignFiles, type SeenFile } from './match/assign-files.ts';
import { fileOf } from './read/source-file.ts';

/** What a person chooses in the console where a header is not understood, and adds to the tables of values. */
interface ByHand {
  readonly columns?: Readonly<Record<string, string>>;
  readonly values?: Mapping['values'];
}

async function seenAs(text: string): Promise<SeenFile> {
  return (await assignFiles([fileOf('a.csv', text)], KNOWN_PRESETS)).files[0]!;
}

/** Imports as a person does who confirms what is proposed, and completes it. */
async function imported(rows: readonly (readonly string[])[], { columns, values = {} }: ByHand = {}): Promise<Imported> {
  const text = csv(rows);
  const { use, mapping: known, proposal } = await seenAs(text);
  const name = use === 'read' ? known! : proposal!.template;
  const preset = KNOWN_PRESETS.find(({ mapping }) => mapping.name === name)!.mapping;
  const [[role, file]] = Object.entries(proposal?.mapping?.files ?? preset.files) as [[string, Mapping['files'][string]]];
  const chosen = { ...(proposal?.columns ?? file.columns), ...columns } as Record<string, string>;
  const read = readOwnMapping({
    extends: name,
    values,
    ...(use === 'read' ? {} : { files: { [role]: { ...file, known: Object.values(chosen), columns: chosen } } }),
  });
  expect(read).toHaveProperty('known');
  return importFiles((read as { known: { mapping: Mapping } }).known.mapping, { [role]: text });
}

const invoices = ({ records, unreadable, heldBack }: Imported) => {
  expect([unreadable, heldBack]).toEqual([[], []]);
  return records
    .filter(({ type }) => type === 'invoice')
    .map(({ number, date, total, tax, lines }) => [
      number,
      date,
      total,
      (tax as { amount: string } | undefined)?.amount ?? '0',
      (lines as readonly unknown[]).length,
    ]);
};

/** Headers are guesses: these systems publish none. A stranger's file has such words, and another order. */
const INVOICES: readonly { system: string; header: string; row: string; byHand?: ByHand }[] = [
  {
    system: 'Service Fusion',
    header: 'Invoice #,Job #,Customer,Invoice Date,Due Date,Terms,Status,Subtotal,Tax,Total,Payments,Balance Due',
    row: '1001,J-7,Amy,11/13/2026,11/30/2026,Net 15,Past Due,100.00,8.25,108.25,0.00,108.25',
  },
  {
    system: 'mHelpDesk',
    header: 'Invoice #,Customer,Date,Due Date,Status,Subtotal,Tax,Total,Amount Paid,Balance',
    row: '1001,Amy,11/13/2026,11/30/2026,Partially Paid,100.00,8.25,$108.25,50.00,58.25',
  },
  {
    system: 'Sera',
    header: 'Invoice Number,Invoice Date,Customer,Job Number,Technician,Department,Subtotal,Sales Tax,Total,Paid,Balance',
    row: '1001,11/13/2026,Amy,J-7,Bo,HVAC,100.00,8.25,108.25,0.00,108.25',
  },
  {
    system: 'Kickserv',
    header: 'Invoice Number,Job Number,Customer,Invoiced On,Due On,Status,Subtotal,Sales Tax,Total,Balance Due',
    row: '1001,7,Amy,2026-11-13,2026-11-30,Sent,100.00,8.25,108.25,108.25',
  },
  {
    system: 'Workiz',
    header: 'Invoice #,Client,Job #,Date Created,Due Date,Status,Subtotal,Tax,Total,Amount Due,Amount Paid',
    row: '1001,Amy,7,Fri Nov 13 2026,Mon Nov 30 2026,Paid,100.00,8.25,108.25,0,108.25',
  },
  {
    system: 'simPRO',
    header: 'Invoice No.,Date Issued,Customer,Job No.,Cost Centre,Total (Ex Tax),Tax,Total (Inc Tax),Balance Due,Date Due',
    row: '1001,13/11/2026,Amy,7,Plumbing,100.00,8.25,108.25,0.00,30/11/2026',
  },
  {
    system: 'ServiceM8: the job’s number is the invoice’s',
    header: 'Job Number,Status,Date,Customer Name,Job Address,Work Completed Date,GST,Invoice Total,Amount Paid',
    row: '1001,Completed,13/11/2026,Amy,1 Main St,13/11/2026,8.25,108.25,0',
    byHand: { columns: { number: 'Job Number' }, values: { status: { Completed: 'finalized' } } },
  },
  {
    system: 'Housecall Pro: the list of jobs',
    header: 'Job #,Customer,Job description,Job status,Job completed date,Invoice #,Job amount,Due amount,Tax',
    row: '7,Amy,Repair,Complete,11/13/2026,1001,108.25,0.00,8.25',
    byHand: { columns: { date: 'Job completed date', total: 'Job amount' } },
  },
  {
    system: 'Successware',
    header: 'Invoice No,Invoice Date,Customer Name,Job No,Dept,Invoice Amt,Tax Amt,Total Amt,Amount Paid',
    row: '1001,11/13/2026,Amy,7,01,100.00,8.25,108.25,0.00',
  },
  {
    system: 'Commusoft',
    header: 'Invoice no,Customer name,Invoice date,Net,VAT,Gross,Balance',
    row: '1001,Amy,13/11/2026,100.00,8.25,108.25,0.00',
  },
  {
    system: 'a tax column with the rate beside one with the amount',
    header: 'Invoice #,Client,Date,Tax,Tax Amount,Total',
    row: '1001,Amy,11/13/2026,8.25,8.25,108.25',
  },
  {
    system: 'a program in another language',
    header: 'Rechnungsnummer,Kunde,Rechnungsdatum,USt,Brutto',
    row: '1001,Amy,13.11.2026,"8,25","108,25"',
    byHand: { columns: { number: 'Rechnungsnummer', customer: 'Kunde', date: 'Rechnungsdatum', tax: 'USt', total: 'Brutto' } },
  },
];

const cells = (line: string) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((cell) => cell.replaceAll('"', ''));

describe('invoices of a system that no preset knows', () => {
  it.each(INVOICES)('come in to the cent, with their tax: $system', async ({ header, row, byHand }) => {
    expect(invoices(await imported([header, row].map(cells), byHand))).toEqual([['1001', '2026-11-13', '108.25', '8.25', 1]]);
  });

  it.each([
    [
      'Zoho',
      'Invoice Date,Invoice ID,Invoice Number,Invoice Status,Customer Name,Currency Code,Item Name,Item Desc,Quantity,Item Price,Item Tax,Item Tax %,Item Tax Amount,Item Total,SubTotal,Total,Balance',
      [
        '2026-11-13,9,1001,Sent,Amy,USD,Work,Day,2,30.00,CA,8.25,4.95,60.00,100.00,108.25,0',
        '2026-11-13,9,1001,Sent,Amy,USD,Part,,1,40.00,CA,8.25,3.30,40.00,100.00,108.25,0',
      ],
    ],
    [
      'Xero',
      'ContactName,InvoiceNumber,InvoiceDate,DueDate,Total,TaxTotal,Description,Quantity,UnitAmount,LineAmount,TaxAmount,Currency,Status',
      [
        'Amy,1001,13/11/2026,,108.25,8.25,Work,2,30.00,60.00,4.95,USD,Authorised',
        'Amy,1001,13/11/2026,,108.25,8.25,Part,1,40.00,40.00,3.30,USD,Authorised',
      ],
    ],
    [
      'a list of lines with the headers of our template for invoices',
      'Invoice Number,Customer,Invoice Date,Item,Qty,Price,Amount,Tax,Total',
      ['1001,Amy,2026-11-13,Work,2,30.00,60.00,8.25,108.25', '1001,Amy,2026-11-13,Part,1,40.00,40.00,8.25,108.25'],
    ],
  ] as const)('of one row a line, with each of its lines: %s', async (_, header, rows) => {
    expect(invoices(await imported([header, ...rows].map(cells)))).toEqual([['1001', '2026-11-13', '108.25', '8.25', 2]]);
  });

  it('FreshBooks: two amounts and two taxes of a line are asked about, never chosen', async () => {
    const header =
      'Client Name,Invoice #,Date Issued,Invoice Status,Item Name,Rate,Quantity,Line Subtotal,Tax 1 Amount,Tax 2 Amount,Line Total';
    const { proposal } = await seenAs(csv([header.split(',')]));
    expect(proposal).toMatchObject({ template: 'row-per-line', unclear: [{ column: 'amount' }, { column: 'tax' }] });
    expect(proposal!.mapping).toBeUndefined();
  });

  it('never makes an invoice of a rate in the column of the tax', async () => {
    const { unreadable, records } = await imported([
      ['Invoice Number', 'Customer', 'Invoice Date', 'Tax', 'Total'],
      ['1001', 'Amy', '2026-11-13', '8.25%', '108.25'],
    ]);
    expect([unreadable[0]!.code, records.filter(({ type }) => type === 'invoice')]).toEqual(['no-amount', []]);
  });
});

describe('payments of a system that no preset knows', () => {
  it.each([
    ['Service Fusion', 'Date,Customer,Invoice #,Payment Type,Check #,Amount,Memo', '11/13/2026,Amy,1001,Check,2071,108.25,'],
    ['mHelpDesk', 'Payment Date,Customer,Invoice #,Payment Type,Reference #,Amount', '11/13/2026,Amy,1001,Check,2071,108.25'],
    [
      'Workiz',
      'Date,Client,Invoice #,Job #,Payment Method,Amount,Tip,Status,Confirmation code',
      '11/13/2026,Amy,1001,7,Check,108.25,,Paid,2071',
    ],
    [
      'Zoho',
      'Payment Number,Mode,Amount,Reference Number,Currency Code,Customer Name,Date,Invoice Number',
      '5,Check,108.25,2071,USD,Amy,2026-11-13,1001',
    ],
    [
      'a list without a word of its own',
      'Date,Customer Name,Invoice Number,Method,Amount,Reference',
      '11/13/2026,Amy,1001,Check,108.25,2071',
    ],
  ])('are payments, not invoices: %s', async (_, header, row) => {
    const { records, unreadable } = await imported([header, row].map(cells));
    expect(unreadable).toEqual([]);
    expect(records.filter(({ type }) => type !== 'customer')).toMatchObject([
      {
        type: 'payment',
        date: '2026-11-13',
        amount: '108.25',
        method: 'Check',
        reference: '2071',
        allocations: [{ amount: '108.25' }],
      },
    ]);
  });

  it('are left out and listed while the money has not come in, and stop at a status that nobody knows', async () => {
    const row = (status: string, amount: string) => ['2026-11-13', 'Amy', amount, 'Card', status];
    const { records, leftOut, unreadable } = await imported([
      ['Payment Date', 'Customer', 'Payment Amount', 'Payment Method', 'Status'],
      row('Completed', '1.00'),
      row('Declined', '2.00'),
      row('pending', '3.00'),
      row('Voided', '4.00'),
      row('On its way', '5.00'),
      row('', '6.00'),
    ]);
    expect(records.filter(({ type }) => type === 'payment').map(({ amount, status }) => [amount, status])).toEqual([
      ['1', 'received'],
      ['4', 'removed'],
      ['6', 'received'],
    ]);
    expect(leftOut.map(({ row: at, why }) => [at, why])).toEqual([
      [3, 'condition'],
      [4, 'condition'],
    ]);
    expect(unreadable).toMatchObject([{ row: 6, code: 'unknown-value', value: 'On its way' }]);
  });
});
