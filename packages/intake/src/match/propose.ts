import type { FileMapping, Mapping } from '../map/mapping.ts';
import { rowPerInvoice, rowPerLine } from '../presets/generic.ts';
import { normalHeader } from './headers.ts';

/** How a file of an unknown form may be read. A person confirms it: nothing is imported by a proposal alone. */
export interface Proposal {
  /** Present if every column that the records need was found once. */
  readonly mapping?: Mapping;
  /** The template that the proposal follows. */
  readonly template: string;
  /** Our name of a column → the header that means it. */
  readonly columns: Readonly<Record<string, string>>;
  /** Columns that two headers mean; a person chooses. They are not in `columns`. */
  readonly unclear: readonly { readonly column: string; readonly headers: readonly string[] }[];
  /** What the template can't do without and no header means. */
  readonly missing: readonly string[];
  /** Headers that mean nothing to us. Their cells are not read. */
  readonly unused: readonly string[];
}

/** What other programs call a column. Whole headers, compared as `normalHeader` does; a word inside a header proves nothing. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  number: [
    'Invoice No',
    'Invoice Number',
    'Invoice #',
    'Invoice Num',
    'Invoice',
    'Inv No',
    'Inv #',
    'InvoiceNo',
    'Document Number',
  ],
  customer: ['Customer', 'Customer Name', 'Client', 'Client Name', 'Bill To', 'Account Name', 'Customer Full Name'],
  date: ['Invoice Date', 'Date', 'Issued Date', 'Issue Date', 'Date Issued', 'Invoiced On', 'Document Date'],
  due: ['Due Date', 'Due', 'Date Due', 'Payment Due'],
  status: ['Status', 'Invoice Status'],
  name: ['Product/Service', 'Product or Service', 'Item', 'Item Name', 'Service', 'Product', 'Line Item'],
  description: ['Description', 'Item Description', 'Line Description', 'Product/Service Description'],
  quantity: ['Quantity', 'Qty', 'Hours', 'Product/Service Quantity'],
  rate: ['Rate', 'Unit Price', 'Price', 'Price Each', 'Unit Cost', 'Product/Service Rate'],
  amount: ['Line Amount', 'Amount', 'Line Total', 'Item Total', 'Item Price', 'Product/Service Amount'],
  taxable: ['Taxable'],
  category: ['Category', 'Income Account'],
  tax: ['Tax', 'Tax Amount', 'Sales Tax', 'Tax Total', 'Sales Tax Amount'],
  taxName: ['Tax Name', 'Tax Rate Name', 'Sales Tax Name'],
  total: ['Invoice Total', 'Total', 'Total Amount', 'Grand Total', 'Invoice Amount'],
};

const TEMPLATES = [
  { mapping: rowPerLine.mapping, needs: [['number'], ['customer'], ['date'], ['name'], ['amount', 'rate']] },
  { mapping: rowPerInvoice.mapping, needs: [['number'], ['customer'], ['date'], ['total']] },
] as const;

/**
 * Proposes column by column how a file may be read, from exact synonyms: as one row per line if it has what lines need, else as one row
 * per invoice.
 */
export function propose(headers: readonly string[]): Proposal {
  const proposals = TEMPLATES.map(({ mapping, needs }) => follow(mapping, needs, headers));
  const complete = proposals.find(({ mapping }) => mapping !== undefined);
  return complete ?? proposals.toSorted((a, b) => a.missing.length - b.missing.length)[0]!;
}

function follow(template: Mapping, needs: readonly (readonly string[])[], headers: readonly string[]): Proposal {
  const [[role, file]] = Object.entries(template.files) as [[string, FileMapping]];
  const columns: Record<string, string> = {};
  const unclear: { column: string; headers: readonly string[] }[] = [];
  const used = new Set<string>();
  for (const column of Object.keys(file.columns)) {
    const meant = new Set((SYNONYMS[column] ?? []).map(normalHeader));
    const found = headers.filter((header) => meant.has(normalHeader(header)));
    for (const header of found) used.add(header);
    if (found.length === 1) columns[column] = found[0]!;
    else if (found.length > 1) unclear.push({ column, headers: found });
  }
  const missing = needs.filter((any) => !any.some((column) => columns[column] !== undefined)).map((any) => any.join(' or '));
  const known = Object.values(columns);
  const proposal: Proposal = {
    template: template.name,
    columns,
    unclear,
    missing: missing.filter((need) => !unclear.some(({ column }) => need.split(' or ').includes(column))),
    unused: headers.filter((header) => header.trim() !== '' && !used.has(header)),
  };
  if (missing.length > 0 || unclear.length > 0) return proposal;
  const files = { [role]: { ...file, known, columns } };
  return { ...proposal, mapping: { ...template, name: 'proposal', title: 'Proposal', files } };
}
