import type { Answer, Json } from '../books.ts';
import { type Desk, type Finding, invoiceOf, lineOf, made, type Point, tids } from '../probe.ts';

/** 3.33 on 100 is no rate that any place has. */
const STATED = 3.33;

/** An invoice over 100 dollars, with a tax that is stated or left to QuickBooks. */
async function invoiced(desk: Desk, lineCode: 'TAX' | 'NON', tax?: Json, over: Json = {}): Promise<Answer> {
  const CustomerRef = over.CustomerRef ?? { value: (await desk.customer()).Id };
  const Line = [lineOf(desk, 100, { TaxCodeRef: { value: lineCode } })];
  const detail = tax === undefined ? {} : { TxnTaxDetail: tax };
  return desk.make('Invoice', { ...invoiceOf(desk, CustomerRef, 100), Line, ...detail, ...over });
}

function taxIn(answer: Answer): number {
  return Number(made(answer, 'Invoice').TxnTaxDetail?.TotalTax ?? 0);
}

/** A tax code that can be sent with a stated tax, if the books have one. */
async function codeIn(desk: Desk): Promise<Json | undefined> {
  return (await desk.books.rows('select * from TaxCode')).find(({ Id }) => Id !== 'TAX' && Id !== 'NON');
}

function isAutomated(desk: Desk): boolean {
  return desk.preferences.TaxPrefs?.PartnerTaxEnabled === true;
}

const NOT_AUTOMATED = { unknown: 'these books have no automated sales tax' } as const;

async function taxOverride(desk: Desk): Promise<Finding> {
  if (!isAutomated(desk)) return NOT_AUTOMATED;
  const alone = await invoiced(desk, 'TAX', { TotalTax: STATED });
  if (taxIn(alone) === STATED) {
    const onNothing = await invoiced(desk, 'NON', { TotalTax: STATED });
    const found = tids(alone, onNothing);
    if (onNothing.fault === undefined && taxIn(onNothing) === STATED)
      return { is: 'total-suffices', evidence: 'TotalTax was kept without a tax code, even on nothing taxable', tids: found };
    return {
      is: 'needs-taxable-line',
      evidence: 'TotalTax was kept without a tax code, but not on nothing taxable',
      tids: found,
    };
  }
  const code = await codeIn(desk);
  if (code === undefined) return { unknown: 'TotalTax alone is not kept, and these books have no tax code to send with it' };
  const coded = await invoiced(desk, 'TAX', { TotalTax: STATED, TxnTaxCodeRef: { value: code.Id } });
  const found = tids(alone, coded);
  if (taxIn(coded) === STATED) return { is: 'needs-code', evidence: 'TotalTax was kept only with a tax code', tids: found };
  return { is: 'ignored', evidence: 'TotalTax was kept neither alone nor with a tax code', tids: found };
}

async function onNothing(desk: Desk): Promise<Finding> {
  if (desk.preferences.TaxPrefs?.UsingSalesTax === false) return { unknown: 'sales tax is off in these books' };
  const code = await codeIn(desk);
  const tax = { TotalTax: STATED, ...(code === undefined ? {} : { TxnTaxCodeRef: { value: code.Id } }) };
  const taxed = await invoiced(desk, 'TAX', tax);
  if (taxIn(taxed) !== STATED) return { unknown: 'these books keep no stated tax at all' };
  const answer = await invoiced(desk, 'NON', tax);
  if (answer.fault !== undefined)
    return { is: 'refuse', evidence: `a tax on nothing was refused with ${answer.fault}`, tids: tids(answer) };
  const kept = taxIn(answer);
  if (kept === 0) return { is: 'drop', evidence: 'a tax on nothing was dropped', tids: tids(taxed, answer) };
  if (kept === STATED) return { unknown: 'these books keep a stated tax whatever the lines are' };
  return { other: 'a tax on nothing became another tax', tids: tids(taxed, answer) };
}

/** Oregon has no sales tax, so a customer there shows whose address counts. */
const OREGON = { Line1: '1120 SW 5th Ave', City: 'Portland', CountrySubDivisionCode: 'OR', PostalCode: '97204', Country: 'USA' };

async function fallback(desk: Desk): Promise<Finding> {
  if (!isAutomated(desk)) return NOT_AUTOMATED;
  const customer = made(await desk.make('Customer', { DisplayName: desk.name(), BillAddr: OREGON }), 'Customer');
  const CustomerRef = { value: customer.Id };
  const [company] = await desk.books.rows('select * from CompanyInfo');
  const { Line1, City, CountrySubDivisionCode, PostalCode, Country } = company?.CompanyAddr ?? {};
  const here = await invoiced(desk, 'TAX', undefined, {
    CustomerRef,
    ShipAddr: { Line1, City, CountrySubDivisionCode, PostalCode, Country },
  });
  const there = await invoiced(desk, 'TAX', undefined, { CustomerRef, ShipAddr: OREGON });
  if (taxIn(here) === taxIn(there)) return { unknown: "the tax is the same at the company's address and in Oregon" };
  const without = await invoiced(desk, 'TAX', undefined, { CustomerRef });
  const found = tids(here, there, without);
  if (taxIn(without) === taxIn(here))
    return { is: 'company', evidence: "the tax was that of the company's address", tids: found };
  if (taxIn(without) === taxIn(there))
    return { is: 'customer', evidence: "the tax was that of the customer's address", tids: found };
  return { other: 'the tax was that of neither address', tids: found };
}

async function exemption(desk: Desk): Promise<Finding> {
  if (!isAutomated(desk)) return NOT_AUTOMATED;
  const answer = await desk.make('Customer', { DisplayName: desk.name(), Taxable: false });
  if (answer.fault !== undefined) return { other: `the customer was refused with ${answer.fault}`, tids: tids(answer) };
  const taxable = made(answer, 'Customer').Taxable !== false;
  const evidence = `a customer without a reason was created as ${taxable ? 'taxable' : 'exempt'}`;
  return { is: taxable ? 'taxable' : 'exempt', evidence, tids: tids(answer) };
}

export const salesTax: readonly Point[] = [
  {
    name: 'astOverride',
    question: 'Automated sales tax keeps a stated TotalTax',
    assumed: 'needs-code',
    choices: ['needs-code', 'total-suffices', 'needs-taxable-line', 'ignored'],
    risk: 'QuickBooks would change the tax of every taxed invoice, and each would be reported as different.',
    probe: taxOverride,
  },
  {
    name: 'statedTaxOnNothing',
    question: 'A TotalTax where no line is taxable',
    assumed: 'drop',
    choices: ['drop', 'refuse'],
    risk: 'None: such an invoice is stopped before it is sent.',
    probe: onNothing,
  },
  {
    name: 'astFallback',
    question: 'The place of the tax where a form has no ShipAddr',
    assumed: 'company',
    choices: ['company', 'customer'],
    risk: 'The tax of an invoice without a service address could be due to other agencies than expected.',
    probe: fallback,
  },
  {
    name: 'exemptWithoutReason',
    question: 'An exempt customer without TaxExemptionReasonId',
    assumed: 'taxable',
    choices: ['taxable', 'exempt'],
    risk: 'A new exempt customer could be held for taxable, or be refused.',
    probe: exemption,
  },
];
