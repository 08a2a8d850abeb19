import type { Address, CreditMemoRecord, InvoiceRecord, ServiceRecord, SourceLine, SourceTax } from '../records/records.ts';
import type { TaxMode } from '../settings/settings.ts';
import { compact } from '../values/compact.ts';
import { parseMoney, ZERO } from '../values/money.ts';
import type { BuildContext } from './build-context.ts';
import type { DocumentItem, DocumentTax } from './documents.ts';
import { mapped, nonBlank } from './parts.ts';

/** The name of the item on a tax line, if the settings have none. */
const TAX_ITEM = 'Sales Tax';

/** The tax mode as a document keeps it: a document without one states its tax. */
export function taxModeOf({ settings }: Pick<BuildContext, 'settings'>): Exclude<TaxMode, 'stated'> | undefined {
  const mode = settings.tax?.mode;
  return mode === undefined || mode === 'stated' ? undefined : mode;
}

/** The document's tax, with its code or its line in the books. */
export function taxOf(record: InvoiceRecord | CreditMemoRecord, context: BuildContext): DocumentTax | undefined {
  const { tax } = record;
  if (tax === undefined) return undefined;
  const money = (amount: string) => parseMoney(amount, context.company.currency) ?? ZERO;
  const parts = tax.parts?.map(({ name, rate, amount }) => compact<DocumentTax>({ name, rate, amount: money(amount) }));
  const asLine = taxModeOf(context) === 'line';
  return compact<DocumentTax>({
    name: tax.name,
    code: asLine ? undefined : codeOf(tax, context),
    rate: tax.rate,
    amount: money(tax.amount),
    parts: parts === undefined || parts.length === 0 ? undefined : parts,
    item: asLine ? taxItem(context) : undefined,
  });
}

/** Automated sales tax finds the rates by the place, so a tax without a mapping needs no code of its own there. */
function codeOf({ name }: SourceTax, { settings, salesTax }: BuildContext): string | undefined {
  return mapped(settings.taxCodes, name) ?? (salesTax === 'automated' ? nonBlank(settings.tax?.code) : undefined);
}

function taxItem({ settings }: BuildContext): DocumentItem {
  return compact<DocumentItem>({
    name: nonBlank(settings.tax?.item) ?? TAX_ITEM,
    account: nonBlank(settings.tax?.account),
  });
}

/** A canonical text of the place of the work: equal texts are one place, however the members were ordered and their ends spaced. */
export function placeOf(address: Address | undefined): string {
  const members = Object.entries(address ?? {}).flatMap(([name, text]) =>
    nonBlank(text) === undefined ? [] : [[name, text!.trim()] as const],
  );
  return JSON.stringify(members.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Whether a line is subject to tax: by the line, else by its service, else as the document. Set on every line, because books with
 * automated sales tax treat a missing value as taxable. Where the document charges nothing, no line is taxable: such books would add
 * tax to it. Books that compute the tax themselves are asked to where the record states that the line is taxable.
 */
export function isTaxable(
  line: SourceLine,
  service: ServiceRecord | undefined,
  document: { readonly tax: DocumentTax | undefined; readonly exempt: boolean; readonly mode: TaxMode | undefined },
): boolean {
  const { tax, exempt, mode } = document;
  const own = line.taxable ?? service?.taxable;
  if (tax !== undefined && tax.amount !== 0) return own ?? true;
  return mode === 'books' && own === true && !exempt;
}
