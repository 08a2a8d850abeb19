import { type Chart, type CreditMemoDocument, compact, type DocumentLine, type InvoiceDocument } from '@ledgerpost/core';
import type { Body, Line, Ref } from '../api/entities.ts';
import { onWire } from '../api/wire-money.ts';
import { transliterate } from './texts.ts';

/** How the tax of one document is sent. */
export interface TaxBody {
  readonly detail: Body['TxnTaxDetail'];
  /** `TAX` or `NON` for a line: the only codes that US lines may have. */
  codeOf(line: DocumentLine): 'TAX' | 'NON';
  /** The tax as a line of its own. */
  readonly line: Line | undefined;
}

/** The tax of a document, by the mode that is frozen in it. `codeRef` finds a tax code of the chart. */
export function taxBody(document: InvoiceDocument | CreditMemoDocument, codeRef: (code: string) => Ref): TaxBody {
  switch (document.taxMode) {
    case undefined:
      return stated(document, codeRef);
    case 'books':
      return computed(document, codeRef);
    case 'line':
      return { detail: undefined, codeOf: () => 'NON', line: taxLine(document) };
    default:
      return document.taxMode satisfies never;
  }
}

/** Our total goes out. Where nothing is charged, no line is taxable, or automated sales tax would add tax. */
function stated({ tax, lines, currency }: InvoiceDocument | CreditMemoDocument, codeRef: (code: string) => Ref): TaxBody {
  // Documents that were frozen by earlier releases may have taxable lines with a tax of zero. They go out as they were.
  const zeroAsBefore = tax?.code !== undefined && lines.some(({ taxable }) => taxable);
  if (tax === undefined || (tax.amount === 0 && !zeroAsBefore))
    return { detail: undefined, codeOf: () => 'NON', line: undefined };
  return {
    detail: compact<NonNullable<Body['TxnTaxDetail']>>({
      TxnTaxCodeRef: tax.code === undefined ? undefined : codeRef(tax.code),
      TotalTax: onWire(tax.amount, currency),
    }),
    codeOf: ({ taxable }) => (taxable ? 'TAX' : 'NON'),
    line: undefined,
  };
}

/** QuickBooks computes the tax of the taxable lines, by the code if one is mapped. */
function computed({ tax, lines }: InvoiceDocument | CreditMemoDocument, codeRef: (code: string) => Ref): TaxBody {
  const taxed = lines.some(({ taxable }) => taxable);
  return {
    detail: taxed && tax?.code !== undefined ? { TxnTaxCodeRef: codeRef(tax.code) } : undefined,
    codeOf: ({ taxable }) => (taxable ? 'TAX' : 'NON'),
    line: undefined,
  };
}

/** Our tax as a line on a liability account. */
function taxLine({ tax, currency }: InvoiceDocument | CreditMemoDocument): Line | undefined {
  if (tax?.item === undefined || tax.amount === 0) return undefined;
  return {
    DetailType: 'SalesItemLineDetail',
    Amount: onWire(tax.amount, currency),
    Description: transliterate(tax.name),
    SalesItemLineDetail: { ItemRef: { name: tax.item.name }, TaxCodeRef: { value: 'NON' } },
  };
}

/** Whether QuickBooks maintains the rates itself, and finds them by the place. */
export function isAutomated(chart: Chart | undefined): boolean {
  return chart?.preferences?.salesTax === 'automated';
}
