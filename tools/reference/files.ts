import type { Field } from '../../packages/saasant-plugin/src/fields.ts';
import { PROFILES, type Profile, type Sheet } from '../../packages/saasant-plugin/src/profiles.ts';
import { FILES } from '../../packages/saasant-plugin/src/render.ts';
import { BOUNDS } from '../../packages/saasant-plugin/src/xlsx-file.ts';
import { cell, madeFrom } from './page.ts';

/** What stands in a column; where it differs from file to file, by sheet. */
const MEANINGS: Record<Field, string | Partial<Record<Sheet, string>>> = {
  number: {
    invoices: 'The invoice’s number; repeated on each of its rows',
    payments:
      'The payment’s Ref No, one per payment: its reference if that is unique and short enough, else shortened with a hash',
    journals: '`RF-` and the refund’s id',
    creditMemos: 'The memo’s number; `CM-` and the invoice’s number for a voided invoice',
    warnings: 'The payment’s Ref No, or the refund’s number',
  },
  customer: 'The customer’s accounting key, to the character; `Parent:Sub` for a sub-customer',
  date: 'The document’s date, as text in the date format of the settings',
  dueDate: 'The due date, as text',
  terms: 'The payment terms',
  billingLine1: 'The billing address',
  billingLine2: 'The billing address',
  billingLine3: 'The billing address',
  billingCity: 'The billing address',
  billingPostalCode: 'The billing address',
  billingCountry: 'The billing address',
  billingRegion: 'The billing address',
  memo: 'The marker `Ledgerpost <type> <id>`, by which the source record is found again',
  message: 'The record’s memo, for the customer to read',
  email: 'The customer’s e-mail address',
  taxCode: 'The tax code that the settings map the tax to',
  taxAmount: 'The document’s tax, on its first row alone',
  item: 'The product or service',
  description: { invoices: 'The line’s text', creditMemos: 'The line’s text', journals: 'What was refunded, and why' },
  quantity: 'The quantity, as a number',
  rate: 'The unit price, as a number',
  amount: {
    invoices: 'The line’s amount, as a number; below zero for a discount',
    creditMemos: 'The line’s amount, as a number',
    payments: 'What of the payment is applied to the invoice of this row, or is left unapplied',
    journals: 'Above zero a debit, below zero a credit; the rows of one journal sum to 0.00',
    warnings: 'The amount',
  },
  taxable: 'TRUE or FALSE; never empty',
  class: 'The class of the line; where the books have one per transaction, the same on every line',
  job: 'The job’s number',
  method: 'The payment method',
  depositTo: 'The deposit account of the settings; empty for the books’ own default',
  invoice: 'The invoice that this row is applied to; empty for what is left unapplied (a job deposit)',
  reference: 'The reference as the field-service system has it',
  account: 'Accounts Receivable on the debit row, the refund account on the credit row',
  name: 'The customer, on the Accounts Receivable row',
  text: 'What a person does',
  source: 'The marker `Ledgerpost <type> <id>`',
};

/** docs/reference/files.md: the SaasAnt files and their columns, from the profiles. */
export function filesDoc(): string {
  const profiles: readonly Profile[] = Object.values(PROFILES);
  const [first] = profiles;
  const same = profiles.every((profile) => profile.columns === first!.columns);
  if (!same) throw new Error('The profiles differ in their columns: let tools/reference/files.ts show each by itself.');
  const sheets = [...new Set(FILES.map((file) => file.sheet))];
  const limits = profiles.map(
    ({ id, name, limits: { number, refNo, customerName } }) => `| \`${id}\` | ${name} | ${number} | ${refNo} | ${customerName} |`,
  );
  const files = FILES.map(
    (file) => `| ${file.name}.xlsx | ${file.operations.map((one) => `\`${one}\``).join(', ')} | ${file.tab} |`,
  );
  return `${[
    '# The SaasAnt files',
    '',
    madeFrom('packages/saasant-plugin'),
    '',
    'A batch is one zip of Excel files. All seven are always there, with headers alone where there is no line.',
    '',
    '| file | what is in it | sheet |',
    '|---|---|---|',
    ...files,
    '',
    `- A file of more than ${BOUNDS.bytes / 1_000_000} MB or ${BOUNDS.rows.toLocaleString('en')} rows goes on in a second one, \`1 Invoice Inserts (2).xlsx\`, cut between documents and never inside one.`,
    '- A document with several lines has several rows with the same number; everything but the tax amount is repeated on each.',
    '- Dates and text are text cells: `00123` stays `00123`, and text that begins with `=`, `+`, `-` or `@` is no formula. Amounts, quantities and prices are numbers.',
    '- The same batch has the same bytes, whichever worker writes it. Its SHA-256 is in `GET …/batches/{batch}/files`.',
    '- The Warnings file is for people and is not loaded.',
    '',
    '## Editions',
    '',
    'The setting `profile` chooses the edition, and with it how long numbers may be, in characters. Longer is a problem, never a cut. The editions share their columns; SaasAnt’s own headers for Desktop were not found anywhere, so there the columns are mapped by hand, once.',
    '',
    '| profile | edition | number | Ref No | customer |',
    '|---|---|---|---|---|',
    ...limits,
    '',
    '## Columns',
    '',
    'With `headers: "template"` some headers carry the stray spaces that templates of SaasAnt’s style have; `trimmed`, the default, leaves them out. Columns without a meaning here are left empty.',
    ...sheets.flatMap((sheet) => ['', ...sheetSection(first!, sheet)]),
  ].join('\n')}\n`;
}

function sheetSection(profile: Profile, sheet: Sheet): string[] {
  const names = FILES.filter((file) => file.sheet === sheet).map((file) => file.name);
  const rows = profile.columns[sheet].map(({ header, template, field }) => {
    const spelled = template === undefined ? '' : ` (\`${template.replaceAll(' ', '␣')}\`)`;
    return `| ${header}${spelled} | ${field === undefined ? '' : cell(meaningOf(field, sheet))} |`;
  });
  return [`### ${names.join(', ')}`, '', '| header (template) | what stands in it |', '|---|---|', ...rows];
}

function meaningOf(field: Field, sheet: Sheet): string {
  const meaning = MEANINGS[field];
  const text = typeof meaning === 'string' ? meaning : meaning[sheet];
  if (text === undefined) throw new Error(`tools/reference/files.ts does not say what ${field} means in ${sheet}.`);
  return text;
}
