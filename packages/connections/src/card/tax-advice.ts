import type { AnyTarget, BooksSettings, Chart, SalesTax, TaxMode } from '@ledgerpost/core';
import type { StatedTaxSeen } from '@ledgerpost/store';

/** How sales tax is posted now, and which way fits these books. */
export interface TaxAdvice {
  readonly mode: TaxMode;
  readonly recommended: TaxMode;
  /** Why, and what to do, in a sentence or two. */
  readonly reason: string;
}

/** Undefined where the target offers no choice, or the books were not read yet. */
export function taxAdvice(
  { name }: Pick<AnyTarget, 'name'>,
  settings: BooksSettings,
  chart: Chart | undefined,
  seen: StatedTaxSeen,
): TaxAdvice | undefined {
  const salesTax = chart?.preferences?.salesTax;
  if (settings.tax?.mode === undefined || salesTax === undefined) return undefined;
  return { mode: settings.tax.mode, ...recommended(name, salesTax, seen) };
}

function recommended(name: string, salesTax: SalesTax, { documents, other }: StatedTaxSeen): Omit<TaxAdvice, 'mode'> {
  const of = `${other} of the ${documents} newest invoices with tax`;
  switch (salesTax) {
    case 'none':
      return {
        recommended: 'line',
        reason: `Sales tax is off in ${name}, so invoices that charge tax are stopped. Turn on sales tax there, or post the tax as a line on a liability account.`,
      };
    case 'manual':
      return {
        recommended: 'stated',
        reason: `Sales tax is manual in ${name}, which keeps the tax that Ledgerpost states. Map each tax to a tax code.`,
      };
    case 'automated':
      if (other > 0) {
        return {
          recommended: 'books',
          reason: `Automated sales tax is on in ${name}, and ${of} came back with another tax than was stated. Let the books compute the tax, or post the tax as a line if yours must count.`,
        };
      }
      return {
        recommended: 'stated',
        reason:
          documents > 0
            ? `Automated sales tax is on in ${name}, and the ${documents} newest invoices with tax came back with the tax that was stated.`
            : `Automated sales tax is on in ${name}. Whether it keeps a stated tax is known after the first batch: send a few invoices with tax, then see this card.`,
      };
    default:
      return salesTax satisfies never;
  }
}
