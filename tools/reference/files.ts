import type { Field } from '../../packages/saasant-plugin/src/fields.ts';
import { PROFILES, type Profile, type Sheet } from '../../packages/saasant-plugin/src/profiles.ts';
import { FEES, FILES } from '../../packages/saasant-plugin/src/render.ts';
import { BOUNDS } from '../../packages/saasant-plugin/src/xlsx-file.ts';
import { cell, madeFrom } from './page.ts';

/** The content of a column; by sheet if it differs from file to file. */
const MEANINGS: Record<Field, string | Partial<Record<Sheet, string>>> = {
  number: {
    invoices: 'The invoice’s number; repeated on each of its rows',
    payments:
      'The payment’s Ref No, one per payment: its reference if that is unique and short enough, otherwise shortened with a hash',
    journals: '`RF-` and the refund’s id',
    creditMemos: 'The memo’s number; `CM-` and the invoice’s number for a voided invoice',
    warnings: 'The payment’s Ref No, or the refund’s number',
  },
  customer: 'The customer’s accounting key, exactly; `Parent:Sub` for a sub-customer',
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
  shippingLine1: 'The place of the work',
  shippingLine2: 'The place of the work',
  shippingLine3: 'The place of the work',
  shippingCity: 'The place of the work',
  shippingPostalCode: 'The place of the work',
  shippingCountry: 'The place of the work',
  shippingRegion: 'The place of the work',
  memo: 'The marker `Ledgerpost <type> <id>`, which finds the source record again',
  message: 'The record’s memo, which the customer reads',
  email: 'The customer’s e-mail address',
  taxCode: 'The tax code that the settings map the tax to',
  taxAmount: 'The document’s tax, on its first row only',
  item: 'The product or service',
  description: { invoices: 'The line’s text', creditMemos: 'The line’s text', journals: 'The refund and its reason' },
  quantity: 'The quantity, as a number',
  rate: 'The unit price, as a number',
  amount: {
    invoices: 'The line’s amount, as a number; below zero for a discount',
    creditMemos: 'The line’s amount, as a number',
    payments: 'The part of the payment that is applied to the invoice of this row, or stays unapplied',
    journals: 'A debit above zero, a credit below zero; the rows of one journal entry total 0.00',
    warnings: 'The amount',
  },
  taxable: 'TRUE or FALSE; never empty',
  class: 'The class of the line; the same on every line if the books have one per transaction',
  job: 'The job’s number',
  method: 'The payment method',
  depositTo: 'The deposit account of the settings; empty for the books’ default',
  invoice: 'The invoice that this row is applied to; empty for an unapplied part (a job deposit)',
  reference: 'The reference in the field-service system',
  account: 'Accounts Receivable on the debit row, the refund account on the credit row',
  name: 'The customer, on the Accounts Receivable row',
  text: 'The next step for a person',
  source: 'The marker `Ledgerpost <type> <id>`',
};

/** docs/reference/files.md: the SaasAnt files and their columns, from the profiles. */
export function filesDoc(): string {
  const profiles: readonly Profile[] = Object.values(PROFILES);
  const [first] = profiles;
  const same = profiles.every((profile) => profile.columns === first!.columns);
  if (!same) throw new Error('The profiles differ in their columns: let tools/reference/files.ts show each profile.');
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
    'A batch is one zip with seven Excel files. A file without documents has headers only.',
    '',
    '| file | operations | sheet |',
    '|---|---|---|',
    ...files,
    '',
    `- A file of more than ${BOUNDS.bytes / 1_000_000} MB or ${BOUNDS.rows.toLocaleString('en')} rows continues in a second one, \`1 Invoice Inserts (2).xlsx\`. It is cut between documents, never inside one.`,
    '- A document with several lines has several rows with the same number. Everything except the tax amount is repeated on each row.',
    '- Dates and text are text cells: `00123` stays `00123`, and text that begins with `=`, `+`, `-` or `@` is not a formula. Amounts, quantities and prices are numbers.',
    '- The same batch has the same bytes, whichever worker writes it. `GET …/batches/{batch}/files` returns the SHA-256.',
    '- The Warnings file is for people. Don’t load it.',
    `- \`${FEES.name}.xlsx\` has the journals of card fees (\`accounts.fees\`), with the columns of the other journals. Batches without fees don’t have that file.`,
    '',
    '## Editions',
    '',
    'The setting `profile` chooses the edition, and with it the longest numbers, in characters. A longer number is a problem; nothing is ever cut. The editions share their columns. SaasAnt’s own headers for Desktop were not found anywhere, so map those columns manually, once.',
    '',
    '| profile | edition | number | Ref No | customer |',
    '|---|---|---|---|---|',
    ...limits,
    '',
    '## Columns',
    '',
    'With `headers: "template"`, some headers have the stray spaces of SaasAnt’s templates. `trimmed`, the default, leaves them out. Columns without a meaning here stay empty.',
    ...sheets.flatMap((sheet) => ['', ...sheetSection(first!, sheet)]),
  ].join('\n')}\n`;
}

function sheetSection(profile: Profile, sheet: Sheet): string[] {
  const names = FILES.filter((file) => file.sheet === sheet).map((file) => file.name);
  const rows = profile.columns[sheet].map(({ header, template, field }) => {
    const spelled = template === undefined ? '' : ` (\`${template.replaceAll(' ', '␣')}\`)`;
    return `| ${header}${spelled} | ${field === undefined ? '' : cell(meaningOf(field, sheet))} |`;
  });
  return [`### ${names.join(', ')}`, '', '| header (template) | content |', '|---|---|', ...rows];
}

function meaningOf(field: Field, sheet: Sheet): string {
  const meaning = MEANINGS[field];
  const text = typeof meaning === 'string' ? meaning : meaning[sheet];
  if (text === undefined) throw new Error(`tools/reference/files.ts has no meaning for ${field} in ${sheet}.`);
  return text;
}
