import { type Problem, problem, problemInFiles } from '../codes/problems.ts';
import { type Money, sum } from '../values/money.ts';
import type { SalesSubject } from './sales-subject.ts';
import { cash, inner, naming } from './words.ts';

/** Books with automated sales tax need no code for a tax, and a tax that is a line has none. */
export function taxIsMapped({ record, document, context }: SalesSubject): Problem | undefined {
  const { tax } = document;
  if (!tax || tax.code !== undefined || tax.amount === 0) return undefined;
  if (context.salesTax === 'automated' || document.taxMode === 'line') return undefined;
  const message = `The tax “${tax.name}” of ${inner(document)} has no tax code in the settings. Map it to a tax code.`;
  return problem('unmapped-tax', record, message, 'tax.name');
}

export function exemptIsNotTaxed({ record, document }: SalesSubject): Problem | undefined {
  if (!document.customer?.taxExempt || !document.tax || document.tax.amount === 0) return undefined;
  const message = `Customer ${document.customer.name} is exempt from tax, but ${inner(document)} charges ${cash(document.tax.amount, document)} of tax. Check which is right.`;
  return problem('exempt-but-taxed', record, message, 'tax');
}

/** Books compute tax from taxable lines. Where there is none, they have no place to keep a tax, and may drop it. */
export function taxIsOnSomething({ record, document, context }: SalesSubject): Problem | undefined {
  const { tax, lines } = document;
  if (!tax || tax.amount === 0 || document.taxMode === 'line') return undefined;
  if (lines.length === 0 || lines.some((line) => line.taxable && line.amount !== 0)) return undefined;
  const message = `${naming(document)} charges ${cash(tax.amount, document)} of tax, and none of its lines is taxable. Mark the taxed lines as taxable in the field-service system, or remove the tax.`;
  return context.delivery === 'files'
    ? problemInFiles('tax-on-nothing', record, message, 'tax')
    : problem('tax-on-nothing', record, message, 'tax');
}

/** A tax is a part of what it is charged on. One of the other sign adds up to the total all the same, and only a person knows which is meant. */
export function taxHasSignOfLines({ record, document }: SalesSubject): Problem | undefined {
  const { tax, lines } = document;
  // Books that compute the tax are not sent ours.
  if (!tax || tax.amount === 0 || document.taxMode === 'books') return undefined;
  const taxed = sum(lines.filter(({ taxable }) => taxable).map(({ amount }) => amount)) ?? 0;
  if (taxed === 0 || taxed < 0 === tax.amount < 0) return undefined;
  const message = `${naming(document)} charges ${cash(tax.amount, document)} of tax, and its taxable lines add up to ${cash(taxed as Money, document)}. It is posted so. Check the tax in the field-service system.`;
  return problem('tax-of-other-sign', record, message, 'tax');
}

/** Nobody may guess which account owes the tax. */
export function taxLineHasAccount({ record, document }: SalesSubject): Problem | undefined {
  const { tax } = document;
  if (!tax || tax.amount === 0 || document.taxMode !== 'line' || tax.item?.account !== undefined) return undefined;
  const message = `${naming(document)} charges ${cash(tax.amount, document)} of tax, which the settings post as a line, and they have no account for it. Choose the liability account of the tax line in the settings.`;
  return problem('no-account', record, message, 'tax.account');
}
