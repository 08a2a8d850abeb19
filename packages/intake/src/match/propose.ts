import type { FileMapping, Mapping } from '../map/mapping.ts';
import { rowPerInvoice, rowPerLine, rowPerPayment } from '../presets/generic.ts';
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

interface Names {
  /** Whole headers, compared as `normalHeader` does; a word inside a header proves nothing. */
  readonly exact: readonly string[];
  /** Headers that mean it where no exact one is there: `Num` in a list of invoices. */
  readonly perhaps?: readonly string[];
}

/** What other programs call a column. */
const SYNONYMS: Readonly<Record<string, Names>> = {
  number: {
    exact: [
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
    perhaps: ['Num', 'No', 'Number', 'Doc Number', 'Doc Num', 'Ref Number', 'Transaction Number', 'Invoice ID'],
  },
  customer: {
    exact: [
      'Customer',
      'Customer Name',
      'Client',
      'Client Name',
      'Bill To',
      'Account Name',
      'Customer Full Name',
      'Contact Name',
    ],
    perhaps: ['Name', 'Company', 'Company Name', 'Contact', 'Bill To Name', 'Billing Name', 'Account'],
  },
  date: {
    exact: ['Invoice Date', 'Date', 'Issued Date', 'Issue Date', 'Date Issued', 'Invoiced On', 'Document Date'],
    perhaps: [
      'Created',
      'Created Date',
      'Date Created',
      'Created At',
      'Created On',
      'Invoice Created',
      'Issued',
      'Issued On',
      'Invoiced Date',
      'Transaction Date',
      'Txn Date',
    ],
  },
  due: { exact: ['Due Date', 'Due', 'Date Due', 'Payment Due'] },
  status: { exact: ['Status', 'Invoice Status'] },
  name: {
    exact: [
      'Product/Service',
      'Product or Service',
      'Item',
      'Item Name',
      'Service',
      'Product',
      'Line Item',
      'Item(Product/Service)',
    ],
    perhaps: ['Description', 'Item Description', 'Line Description'],
  },
  description: {
    exact: ['Description', 'Item Description', 'Line Description', 'Product/Service Description', 'Memo/Description'],
  },
  quantity: { exact: ['Quantity', 'Qty', 'Hours', 'Product/Service Quantity', 'Item Quantity', 'Line Quantity'] },
  rate: {
    exact: [
      'Rate',
      'Unit Price',
      'Price',
      'Price Each',
      'Unit Cost',
      'Product/Service Rate',
      'Unit Amount',
      'Item Rate',
      'Sales Price',
    ],
  },
  amount: { exact: ['Line Amount', 'Amount', 'Line Total', 'Item Total', 'Item Price', 'Product/Service Amount', 'Item Amount'] },
  taxable: { exact: ['Taxable'] },
  category: { exact: ['Category', 'Income Account'] },
  tax: {
    exact: ['Tax', 'Tax Amount', 'Sales Tax', 'Tax Total', 'Total Tax', 'Sales Tax Amount', 'Tax ($)', 'Tax $', 'GST', 'VAT'],
  },
  taxName: { exact: ['Tax Name', 'Tax Rate Name', 'Sales Tax Name'] },
  total: {
    exact: ['Invoice Total', 'Total', 'Total Amount', 'Grand Total', 'Invoice Amount', 'Total ($)', 'Total $'],
    perhaps: ['Amount'],
  },
  paid: {
    exact: ['Payment Date', 'Date Paid', 'Paid On', 'Paid Date', 'Date Received', 'Received Date', 'Payment Received Date'],
    perhaps: ['Date', 'Transaction Date', 'Txn Date'],
  },
  invoice: { exact: ['Invoice No', 'Invoice Number', 'Invoice #', 'Invoice Num', 'Invoice', 'Inv No', 'Inv #', 'Applied To'] },
  received: {
    exact: ['Payment Amount', 'Amount Paid', 'Amount Received', 'Paid Amount', 'Amount', 'Amount ($)', 'Amount $'],
    perhaps: ['Total', 'Total Paid'],
  },
  method: { exact: ['Payment Method', 'Method', 'Payment Type', 'Paid With', 'Paid By', 'Tender', 'Tender Type'] },
  reference: {
    exact: ['Reference', 'Reference No', 'Reference Number', 'Ref No', 'Ref #', 'Payment Reference', 'Payment #'],
    perhaps: ['Check #', 'Check No', 'Check Number', 'Cheque #', 'Transaction ID'],
  },
};

/** Without these a record is the same to the cent, so two headers that mean them stop nothing. */
const OPTIONAL: ReadonlySet<string> = new Set(['description', 'category', 'reference', 'due']);

const TEMPLATES = [
  {
    mapping: rowPerLine.mapping,
    needs: [['number'], ['customer'], ['date'], ['name'], ['amount', 'rate']],
    also: ['quantity', 'rate'],
  },
  { mapping: rowPerInvoice.mapping, needs: [['number'], ['customer'], ['date'], ['total']], also: [] },
  { mapping: rowPerPayment.mapping, needs: [['paid'], ['customer'], ['received'], ['method']], also: [] },
] as const;

/**
 * Proposes column by column how a file may be read, from exact synonyms: as one row per line if it has what lines need, else as one row
 * per invoice, else as one row per payment.
 */
export function propose(headers: readonly string[]): Proposal {
  const proposals = TEMPLATES.map(({ mapping, needs, also }) => follow(mapping, needs, also, headers));
  const complete = proposals.find(({ mapping }) => mapping !== undefined);
  return complete ?? proposals.toSorted((a, b) => a.missing.length - b.missing.length)[0]!;
}

function follow(
  template: Mapping,
  needs: readonly (readonly string[])[],
  also: readonly string[],
  headers: readonly string[],
): Proposal {
  const [[role, file]] = Object.entries(template.files) as [[string, FileMapping]];
  const columns: Record<string, string> = {};
  const unclear: { column: string; headers: readonly string[] }[] = [];
  const used = new Set<string>();
  const among = (names: readonly string[] = []) => {
    const meant = new Set(names.map(normalHeader));
    return headers.filter((header) => meant.has(normalHeader(header)));
  };
  const isOfLines = also.length === 0 || also.some((column) => among(SYNONYMS[column]!.exact).length > 0);
  for (const column of Object.keys(file.columns)) {
    const { exact = [], perhaps } = SYNONYMS[column] ?? {};
    const sure = among(exact);
    // A description names a line where the row has a quantity or a price; else it may be that of an invoice.
    const found = sure.length > 0 || (column === 'name' && !isOfLines) ? sure : among(perhaps).filter((one) => !used.has(one));
    for (const header of found) used.add(header);
    if (found.length === 1) columns[column] = found[0]!;
    else if (found.length > 1 && !OPTIONAL.has(column)) unclear.push({ column, headers: found });
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
  const files = { [role]: leftOutOfLists(headers, role, { ...file, known, columns }) };
  return { ...proposal, mapping: { ...template, name: 'proposal', title: 'Proposal', files } };
}

/** A list of all transactions has payments among its invoices; only rows of the kind that the template makes are read. */
function leftOutOfLists(headers: readonly string[], role: string, file: FileMapping): FileMapping {
  const kind = headers.find((header) => normalHeader(header) === normalHeader('Transaction Type'));
  if (kind === undefined) return file;
  const isNot = role === 'payments' ? ['Payment', 'Receive Payment'] : ['Invoice'];
  return { ...file, columns: { ...file.columns, kind }, leaveOut: [{ field: 'kind', isNot }] };
}
