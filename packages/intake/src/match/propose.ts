import type { FileMapping, Mapping } from '../map/mapping.ts';
import { rowPerInvoice, rowPerLine, rowPerPayment } from '../presets/generic.ts';
import { normalHeader } from './headers.ts';
import { type Names, SYNONYMS } from './synonyms.ts';

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

/** Without these a record is the same to the cent, so two headers that mean them stop nothing. */
const OPTIONAL: ReadonlySet<string> = new Set(['description', 'category', 'reference', 'due', 'taxName']);

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
  const names = new Set(headers.map(normalHeader));
  const has = (all: readonly string[] = []) => all.some((name) => names.has(normalHeader(name)));
  // A list of payments names invoices, customers and amounts too; how they were paid tells it from a list of invoices.
  const isOfPayments = has(SYNONYMS.method!.exact) && !has(SYNONYMS.total!.exact) && !has(SYNONYMS.due!.exact);
  const fitting = TEMPLATES.filter(({ mapping }) => !isOfPayments || mapping.name !== rowPerInvoice.mapping.name);
  const proposals = fitting.map(({ mapping, needs, also }) => follow(mapping, needs, also, headers));
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
  const surely = ({ exact, whole }: Names) => {
    const found = among(exact);
    const ofLines = also.length === 0 ? [] : found.filter((header) => !among(whole).includes(header));
    return ofLines.length > 0 ? ofLines : found;
  };
  const perhaps = ({ perhaps: names, beside }: Names) => {
    const isBeside = beside !== undefined && surely(SYNONYMS[beside.column]!).length > 0;
    return among([...(names ?? []), ...(isBeside ? beside.names : [])]).filter((header) => !used.has(header));
  };
  for (const column of Object.keys(file.columns)) {
    const names: Names = SYNONYMS[column] ?? { exact: [] };
    const sure = surely(names);
    // A description names a line where the row has a quantity or a price; else it may be that of an invoice.
    const found = sure.length > 0 || (column === 'name' && !isOfLines) ? sure : perhaps(names);
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
  const of = (name: string) => headers.find((header) => normalHeader(header) === normalHeader(name));
  // QuickBooks Desktop calls it Type, as others call many things.
  const kind = of('Transaction Type') ?? (of('Num') !== undefined && of('Name') !== undefined ? of('Type') : undefined);
  if (kind === undefined) return file;
  const isNot = role === 'payments' ? ['Payment', 'Receive Payment'] : ['Invoice'];
  return { ...file, columns: { ...file.columns, kind }, leaveOut: [{ field: 'kind', isNot }] };
}
