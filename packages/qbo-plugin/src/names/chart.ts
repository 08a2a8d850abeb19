import type { BooksSettings, Chart, ChartAccount, ChartName, ClassOutcome, Identity } from '@ledgerpost/core';
import { sentenceOf } from '../api/classify.ts';
import type { QboApi } from '../api/client.ts';
import type { Entity } from '../api/entities.ts';
import { unstorable } from '../payload/texts.ts';
import { fold, lastOf, parentOf, withParents } from './compare-names.ts';
import { createInBatch } from './create-in-batch.ts';

const ALSO_INACTIVE = 'Active IN (true, false)';

/** Reads which company these books belong to. */
export async function checkCompany(api: QboApi): Promise<Identity> {
  const [company, preferences] = await Promise.all([readCompany(api), readPreferences(api)]);
  const values = (company.NameValue ?? []) as readonly { readonly Name?: string; readonly Value?: string }[];
  const edition = values.find(({ Name }) => Name === 'OfferingSku')?.Value;
  const currency = preferences.CurrencyPrefs?.HomeCurrency?.value;
  const name = `${company.CompanyName ?? company.LegalName ?? 'QuickBooks Online company'}`;
  const notSupported = elsewhere(name, company.Country);
  return {
    company: name,
    ...(edition === undefined ? {} : { edition }),
    ...(currency === undefined ? {} : { currency }),
    ...(notSupported === undefined ? {} : { notSupported }),
  };
}

const HERE: readonly string[] = ['US', 'USA', 'UNITED STATES'];

/** Why books of another country can't be posted to. Books that state no country pass. */
function elsewhere(company: string, country: unknown): string | undefined {
  if (typeof country !== 'string' || country.trim() === '' || HERE.includes(country.trim().toUpperCase())) return undefined;
  return `The books of “${company}” are kept in ${country.trim()}, and Ledgerpost posts only to books of US companies: sales tax outside the US needs a tax code on every line, which Ledgerpost does not send. Connect the books of a US company.`;
}

/** What the books offer, by full names; inactive names are marked. */
export async function discoverChart(api: QboApi): Promise<Chart> {
  const preferences = await readPreferences(api);
  const accounting = preferences.AccountingInfoPrefs ?? {};
  const classMode = accounting.ClassTrackingPerTxnLine ? 'line' : accounting.ClassTrackingPerTxn ? 'transaction' : 'none';
  // Smaller editions may refuse to list what they don't keep.
  const list = async (entity: string, kept = true) => (kept ? api.rows(entity, ALSO_INACTIVE) : []);
  const [accounts, classes, methods, terms, taxCodes, departments] = await Promise.all([
    list('Account'),
    list('Class', classMode !== 'none'),
    list('PaymentMethod'),
    list('Term'),
    list('TaxCode'),
    list('Department', accounting.TrackDepartments === true),
  ]);
  const sales = preferences.SalesFormsPrefs ?? {};
  const tax = preferences.TaxPrefs ?? {};
  const currencies = preferences.CurrencyPrefs ?? {};
  const home = currencies.HomeCurrency?.value;
  const closed = accounting.BookCloseDate;
  return {
    accounts: accounts.map(accountOf),
    classes: classes.map(nameOf),
    paymentMethods: methods.map(nameOf),
    terms: terms.map(nameOf),
    taxCodes: taxCodes.map(nameOf),
    departments: departments.map(nameOf),
    customFields: customFieldsOf(sales.CustomField),
    ...(closed === undefined || closed === '' ? {} : { closedThrough: closed.slice(0, 10) }),
    preferences: {
      classMode,
      automaticCredit: sales.AutoApplyCredit === true,
      // The member is there only in companies with automated sales tax.
      salesTax: tax.UsingSalesTax !== true ? 'none' : tax.PartnerTaxEnabled === undefined ? 'manual' : 'automated',
      customNumbers: sales.CustomTxnNumbers === true,
      departments: accounting.TrackDepartments === true,
      ...(currencies.MultiCurrencyEnabled === true && home !== undefined ? { homeCurrency: home } : {}),
    },
  };
}

/** The last day of the closed period, read fresh. */
export async function readClosedThrough(api: QboApi): Promise<string | undefined> {
  const closed = (await readPreferences(api)).AccountingInfoPrefs?.BookCloseDate;
  return closed === undefined || closed === '' ? undefined : closed.slice(0, 10);
}

/** Suggests default accounts by the types that QuickBooks gives its accounts. */
export function suggestAccounts(chart: Chart): BooksSettings['accounts'] {
  const first = (type: string, ...subtypes: readonly string[]) => {
    const fitting = chart.accounts.filter((account) => account.active && account.type === type);
    for (const subtype of subtypes) {
      const found = fitting.find((account) => account.subtype === subtype);
      if (found !== undefined) return found.name;
    }
    return undefined;
  };
  // Only where there is one candidate: refunds must not come from an arbitrary bank account.
  const banks = chart.accounts.filter((account) => account.active && account.type === 'Bank');
  const checking = banks.filter(({ subtype }) => subtype === 'Checking');
  const bank = banks.length === 1 ? banks[0] : checking.length === 1 ? checking[0] : undefined;
  return {
    income: first('Income', 'ServiceFeeIncome', 'SalesOfProductIncome', 'OtherPrimaryIncome'),
    discount: first('Income', 'DiscountsRefundsGiven'),
    depositTo: first('Other Current Asset', 'UndepositedFunds'),
    refund: bank?.name,
    receivable: first('Accounts Receivable', 'AccountsReceivable'),
  };
}

/** Creates classes by full name, parents first. */
export async function createClasses(api: QboApi, names: readonly string[]): Promise<readonly ClassOutcome[]> {
  const known = new Map((await api.rows('Class', ALSO_INACTIVE)).map((one) => [fold(fullNameOf(one)), one]));
  const refused = new Map<string, string>();
  const created = new Set<string>();
  // Documents name a class exactly as it is spelled, so a class is never created in another spelling.
  const usable = names.filter((name) => {
    const odd = unstorable(name);
    if (odd !== undefined) refused.set(fold(name), `QuickBooks can't store “${odd}” in a class name. Remove that character.`);
    return odd === undefined;
  });
  const wanted = [...new Set(usable.flatMap(withParents))].sort((a, b) => a.split(':').length - b.split(':').length);
  const depths = new Set(wanted.map((name) => name.split(':').length));
  for (const depth of depths) {
    const orders = wanted.filter((name) => {
      if (name.split(':').length !== depth || known.has(fold(name))) return false;
      const parent = parentOf(name);
      if (parent !== undefined && !known.has(fold(parent))) {
        refused.set(fold(name), refused.get(fold(name)) ?? `Its parent “${parent}” could not be created.`);
      }
      return !refused.has(fold(name));
    });
    const answers = await createInBatch(
      api,
      orders.map((name) => {
        const parent = parentOf(name);
        const body = { Name: lastOf(name) };
        const ParentRef = parent === undefined ? undefined : { value: known.get(fold(parent))!.Id };
        return { entity: 'Class' as const, body: ParentRef === undefined ? body : { ...body, SubClass: true, ParentRef } };
      }),
    );
    for (const [index, name] of orders.entries()) {
      const answer = answers[index]!;
      if ('entity' in answer) {
        known.set(fold(name), answer.entity);
        created.add(fold(name));
      } else {
        refused.set(fold(name), sentenceOf(answer.fault));
      }
    }
  }
  return names.map((name): ClassOutcome => {
    const one = known.get(fold(name));
    if (one === undefined) return { status: 'refused', name, reason: refused.get(fold(name)) ?? 'QuickBooks did not create it.' };
    if (one.Active === false) return { status: 'refused', name, reason: 'It is inactive in QuickBooks. Make it active there.' };
    if (fullNameOf(one) !== name)
      return {
        status: 'refused',
        name,
        reason: `QuickBooks already has “${fullNameOf(one)}”, which is the same name to QuickBooks. Use that name.`,
      };
    return { status: created.has(fold(name)) ? 'created' : 'found', name, externalId: one.Id };
  });
}

interface Preferences {
  readonly AccountingInfoPrefs?: {
    readonly BookCloseDate?: string;
    readonly ClassTrackingPerTxn?: boolean;
    readonly ClassTrackingPerTxnLine?: boolean;
    readonly TrackDepartments?: boolean;
  };
  readonly SalesFormsPrefs?: {
    readonly AutoApplyCredit?: boolean;
    readonly CustomTxnNumbers?: boolean;
    readonly CustomField?: readonly FieldGroup[];
  };
  readonly TaxPrefs?: { readonly UsingSalesTax?: boolean; readonly PartnerTaxEnabled?: boolean };
  readonly CurrencyPrefs?: { readonly MultiCurrencyEnabled?: boolean; readonly HomeCurrency?: { readonly value?: string } };
}

interface FieldGroup {
  readonly CustomField?: readonly { readonly Name?: string; readonly StringValue?: string }[];
}

/** The custom fields of sales forms, each by the number that QuickBooks gives it. */
function customFieldsOf(groups: readonly FieldGroup[] | undefined): readonly ChartName[] {
  return (groups ?? []).flatMap(({ CustomField: fields }) =>
    (fields ?? []).flatMap(({ Name, StringValue }) => {
      const id = /SalesCustomName(\d+)$/.exec(Name ?? '')?.[1];
      return id === undefined || StringValue === undefined || StringValue === '' ? [] : [{ id, name: StringValue, active: true }];
    }),
  );
}

async function readPreferences(api: QboApi): Promise<Preferences> {
  return (await api.single('preferences', 'Preferences')) as Preferences;
}

async function readCompany(api: QboApi): Promise<Readonly<Record<string, unknown>>> {
  const [company] = await api.rows('CompanyInfo');
  return (company ?? {}) as unknown as Readonly<Record<string, unknown>>;
}

function accountOf(account: Entity): ChartAccount {
  const { AccountType, AccountSubType } = account as Entity & { AccountType?: string; AccountSubType?: string };
  return {
    ...nameOf(account),
    type: AccountType ?? '',
    ...(AccountSubType === undefined ? {} : { subtype: AccountSubType }),
  };
}

function nameOf(one: Entity): ChartName & { readonly id: string } {
  return { id: one.Id, name: fullNameOf(one), active: one.Active !== false };
}

function fullNameOf(one: Entity): string {
  return one.FullyQualifiedName ?? one.Name ?? one.DisplayName ?? '';
}
