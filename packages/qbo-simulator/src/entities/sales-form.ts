import { accountOf, type Books, recordOf } from '../books/books.ts';
import type { Entry } from '../books/ledger.ts';
import type { BookRecord, Line, Ref, Sent } from '../books/records.ts';
import { payableOf } from '../books/tax-lists.ts';
import { pacificDate } from '../clock.ts';
import { faults } from '../faults.ts';
import { amount, cents, extendedCents, percentOf } from '../money.ts';
import { storedAddress } from './address.ts';
import { follow, refTo, required, withoutUndefined } from './checks.ts';
import { currencyHere } from './currency.ts';
import { settleTax } from './sales-tax.ts';

/** Lengths that all sales forms share. */
export const salesFormLengths = {
  DocNumber: 21,
  PrivateNote: 4000,
  'CustomerMemo.value': 1000,
  'BillEmail.Address': 100,
  PaymentRefNum: 21,
  'Line.Description': 4000,
} as const;

/** What invoice, credit memo and refund receipt share: lines, taxes, totals, references, defaults. */
export function settleSalesForm(books: Books, sent: Sent, before: BookRecord | undefined): Sent {
  const customer = follow(books, 'Customer', sent.CustomerRef, before?.CustomerRef);
  const classRef = classHere(books, 'per-transaction', sent.ClassRef);
  follow(books, 'Class', classRef, before?.ClassRef);
  const department = departmentHere(books, sent.DepartmentRef);
  follow(books, 'Department', department, before?.DepartmentRef);
  const term = follow(books, 'Term', sent.SalesTermRef as Ref | undefined);
  const method = follow(books, 'PaymentMethod', sent.PaymentMethodRef as Ref | undefined);

  const lines = (sent.Line ?? [])
    .filter((line) => line.DetailType !== 'SubTotalLineDetail' || line.Id !== undefined)
    .map((line) => settleLine(books, line, customer, before));
  if (lines.length === 0) throw faults.missing('Line');
  const subtotal = lines.reduce((sum, line) => sum + (line.DetailType === 'SalesItemLineDetail' ? cents(line.Amount) : 0), 0);
  const withDiscounts = lines.map((line) => settleDiscount(books, line, subtotal));
  const discount = withDiscounts.reduce(
    (sum, line) => sum + (line.DetailType === 'DiscountLineDetail' ? cents(line.Amount) : 0),
    0,
  );
  const tax = settleTax(books, sent, customer, { lines: withDiscounts, subtotal, discount });
  const total = subtotal - discount + cents(tax.TotalTax);
  if (total < 0) throw faults.business('Transaction amount must be 0 or greater.');

  return withoutUndefined({
    ...sent,
    TxnDate: sent.TxnDate ?? before?.TxnDate ?? pacificDate(books.clock.now()),
    CurrencyRef: currencyHere(books, sent, customer),
    CustomField: customFields(books, sent),
    CustomerRef: refTo(customer),
    ClassRef: refTo(recordOf(books, 'Class', classRef?.value)),
    DepartmentRef: refTo(recordOf(books, 'Department', department?.value)),
    SalesTermRef: refTo(term),
    PaymentMethodRef: refTo(method),
    BillAddr: storedAddress(sent.BillAddr ?? customer?.BillAddr),
    ShipAddr: storedAddress(sent.ShipAddr ?? customer?.ShipAddr),
    ShipFromAddr: storedAddress(sent.ShipFromAddr),
    Line: [...withDiscounts, { Amount: amount(subtotal), DetailType: 'SubTotalLineDetail', SubTotalLineDetail: {} }],
    TxnTaxDetail: tax,
    TotalAmt: amount(total),
    ApplyTaxAfterDiscount: sent.ApplyTaxAfterDiscount ?? false,
    PrintStatus: sent.PrintStatus ?? 'NeedToPrint',
    EmailStatus: sent.EmailStatus ?? 'NotSet',
  });
}

/** Income, discount and tax of a sales form, as credits of so many cents; the other side is the caller's. */
export function postSalesForm(books: Books, record: BookRecord, sign: 1 | -1): Entry[] {
  const entries: Entry[] = [];
  for (const line of record.Line ?? []) {
    if (line.DetailType === 'SalesItemLineDetail') {
      entries.push({ account: incomeAccount(books, line), cents: -sign * cents(line.Amount) });
    } else if (line.DetailType === 'DiscountLineDetail') {
      const account = line.DiscountLineDetail?.DiscountAccountRef?.value ?? needed(books, 'DiscountsRefundsGiven');
      entries.push({ account, cents: sign * cents(line.Amount) });
    }
  }
  return [...entries, ...taxEntries(books, record, sign)];
}

interface TaxLine {
  readonly Amount?: unknown;
  readonly TaxLineDetail?: { readonly TaxRateRef?: Ref };
}

/** Each agency has a payable account of its own. Tax of no known agency is on the one that every company has. */
function taxEntries(books: Books, { TxnTaxDetail: tax }: BookRecord, sign: 1 | -1): Entry[] {
  const entries: Entry[] = [];
  let left = cents(tax?.TotalTax);
  for (const { Amount, TaxLineDetail } of (tax?.TaxLine ?? []) as readonly TaxLine[]) {
    const account = payableOf(books, TaxLineDetail?.TaxRateRef?.value);
    if (account === undefined) continue;
    entries.push({ account, cents: -sign * cents(Amount) });
    left -= cents(Amount);
  }
  if (left !== 0) entries.push({ account: needed(books, 'SalesTaxPayable'), cents: -sign * left });
  return entries;
}

/** A sales form when void: its lines kept, every amount zero. */
export function voidedSalesForm(record: BookRecord): Sent {
  return {
    ...record,
    PrivateNote: voidedNote(record),
    LinkedTxn: [],
    Line: (record.Line ?? []).map((line) => voidedLine(line)),
    TxnTaxDetail: { TotalTax: 0 },
    TotalAmt: 0,
  };
}

/** "Voided", followed by the former note. */
export function voidedNote(record: BookRecord): string {
  return record.PrivateNote === undefined ? 'Voided' : `Voided - ${record.PrivateNote}`;
}

/** The account that a company must have for its own postings. */
export function needed(books: Books, subType: string): string {
  const account = accountOf(books, subType);
  if (account === undefined) throw faults.business('You need to select a different type of account for this transaction.');
  return account;
}

/** A reference to a class where the company tracks classes at this level; elsewhere as the switch decides. */
export function classHere(books: Books, level: 'per-transaction' | 'per-line', ref: Ref | undefined): Ref | undefined {
  if (ref === undefined || books.preferences.classTracking === level) return ref;
  switch (books.switches().classAtWrongLevel) {
    case 'drop':
      return undefined;
    case 'keep':
      return ref;
    case 'fault':
      throw faults.business('Classes are not tracked at this level.');
  }
}

/** A reference to a location where the company tracks locations. */
export function departmentHere(books: Books, ref: Ref | undefined): Ref | undefined {
  return books.preferences.trackDepartments || books.switches().departmentWhenOff === 'keep' ? ref : undefined;
}

function settleLine(books: Books, line: Line, customer: BookRecord | undefined, before: BookRecord | undefined): Line {
  switch (required('DetailType', line.DetailType)) {
    case 'SalesItemLineDetail':
      return settleSalesLine(books, line, customer, before);
    case 'DiscountLineDetail':
      return line;
    case 'DescriptionOnly':
      return withoutUndefined({ ...line, Amount: undefined });
    default:
      throw faults.business(`Lines of type ${line.DetailType} can't be used here.`);
  }
}

function settleSalesLine(books: Books, line: Line, customer: BookRecord | undefined, before: BookRecord | undefined): Line {
  const detail = required('SalesItemLineDetail', line.SalesItemLineDetail);
  if (detail.ItemRef === undefined) {
    // Without an item the line only documents: its amount counts for nothing.
    return withoutUndefined({
      Id: line.Id,
      LineNum: line.LineNum,
      Description: line.Description,
      DetailType: 'DescriptionOnly',
      DescriptionLineDetail: {},
    });
  }
  const lineBefore = before?.Line?.find((one) => one.Id !== undefined && one.Id === line.Id)?.SalesItemLineDetail;
  const item = follow(books, 'Item', detail.ItemRef, lineBefore?.ItemRef ?? detailsOf(before, detail.ItemRef.value));
  if (item?.Type === 'Category') throw faults.categoryItem();
  if (item?.Type === 'Group') throw faults.groupItem();
  const taxCode = detail.TaxCodeRef?.value ?? (taxable(books, item, customer) ? 'TAX' : 'NON');
  if (books.country === 'US' && taxCode !== 'TAX' && taxCode !== 'NON') throw faults.badTaxCode(taxCode);
  const { Qty: quantity, UnitPrice: unitPrice } = detail;
  // python-quickbooks sends 0 at 0 beside an amount, and its tests against real companies pass: zeros state nothing.
  const states = quantity !== undefined && unitPrice !== undefined && (quantity !== 0 || unitPrice !== 0);
  const extended = states ? extendedCents(quantity, unitPrice) : undefined;
  if (line.Amount === undefined && extended === undefined) throw faults.missing('Amount');
  if (line.Amount !== undefined && extended !== undefined && cents(line.Amount) !== extended)
    throw faults.amountWrong(line.Amount);
  const classRef = classHere(books, 'per-line', detail.ClassRef);
  const klass = follow(books, 'Class', classRef, lineBefore?.ClassRef);
  return withoutUndefined({
    ...line,
    Amount: amount(line.Amount === undefined ? (extended ?? 0) : cents(line.Amount)),
    SalesItemLineDetail: withoutUndefined({
      ...detail,
      ItemRef: refTo(item),
      ClassRef: refTo(klass),
      // Read-only, and absent in all recordings.
      ItemAccountRef: undefined,
      TaxCodeRef: { value: taxCode },
    }),
  }) as Line;
}

// An unchanged line may keep an item that has become inactive since.
function detailsOf(before: BookRecord | undefined, item: string): Ref | undefined {
  return before?.Line?.find((line) => line.SalesItemLineDetail?.ItemRef?.value === item)?.SalesItemLineDetail?.ItemRef;
}

function settleDiscount(books: Books, line: Line, subtotal: number): Line {
  if (line.DetailType !== 'DiscountLineDetail') return line;
  const detail = line.DiscountLineDetail ?? {};
  if (detail.PercentBased === true && detail.DiscountPercent === undefined) throw faults.missing('DiscountPercent');
  const account =
    follow(books, 'Account', detail.DiscountAccountRef) ?? recordOf(books, 'Account', needed(books, 'DiscountsRefundsGiven'));
  const discounted =
    detail.PercentBased === true ? percentOf(subtotal, detail.DiscountPercent ?? 0) : cents(required('Amount', line.Amount));
  return withoutUndefined({
    ...line,
    Amount: amount(discounted),
    DiscountLineDetail: { ...detail, PercentBased: detail.PercentBased ?? false, DiscountAccountRef: refTo(account) as Ref },
  });
}

function taxable(books: Books, item: BookRecord | undefined, customer: BookRecord | undefined): boolean {
  return books.preferences.usingSalesTax && item?.Taxable === true && customer?.Taxable !== false;
}

function incomeAccount(books: Books, line: Line): string {
  const item = recordOf(books, 'Item', line.SalesItemLineDetail?.ItemRef?.value);
  return (item?.IncomeAccountRef as Ref | undefined)?.value ?? needed(books, 'ServiceFeeIncome');
}

function customFields(books: Books, sent: Sent): unknown[] {
  const given = (sent.CustomField as { DefinitionId?: string; StringValue?: string }[] | undefined) ?? [];
  return books.preferences.customFields.map((name, index) => {
    const value = given.find((one) => one.DefinitionId === String(index + 1))?.StringValue;
    return withoutUndefined({ DefinitionId: String(index + 1), Name: name, Type: 'StringType', StringValue: value });
  });
}

function voidedLine(line: Line): Line {
  const voided: Line = line.Amount === undefined ? { ...line } : { ...line, Amount: 0 };
  if (line.SalesItemLineDetail === undefined) return voided;
  const { UnitPrice: price, Qty: quantity, ...detail } = line.SalesItemLineDetail;
  return {
    ...voided,
    SalesItemLineDetail: withoutUndefined({
      ...detail,
      UnitPrice: price === undefined ? undefined : 0,
      Qty: quantity === undefined ? undefined : 0,
    }),
  } as Line;
}
