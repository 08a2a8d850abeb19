import { nearest } from '../values/nearest.ts';
import {
  ACCOUNT_ROLES,
  type AccountRole,
  DEPOSIT_TYPES,
  FEE_TYPES,
  fitsRole,
  NEVER_ON_LINES,
  sameType,
  TAX_TYPES,
} from './account-roles.ts';
import type { BooksSettings, Chart, ChartAccount } from './settings.ts';

/** A name in the settings that the chart does not have, or an account that can't be used there. */
export interface WrongName {
  /** The members that lead to it: `['accounts', 'income']`, `['categories', 'Repairs: HVAC']`. */
  readonly path: readonly string[];
  /** Sentences for the admin who sets it: the name, the reason, and the nearest names. */
  readonly message: string;
  /** Names of the chart that look like it and fit, nearest first. */
  readonly nearest: readonly string[];
}

/**
 * The names in the settings that are not in the chart. Without a chart, and for a list that the chart leaves empty, nothing
 * is known and nothing is wrong. A name that the former settings have in the same place is not checked: the books may have
 * renamed it since, and that must not stop an admin from saving something else.
 */
export function wrongNames(settings: BooksSettings, chart: Chart | undefined, former?: BooksSettings): readonly WrongName[] {
  if (chart === undefined) return [];
  const wrong: WrongName[] = [];
  const check = (path: readonly string[], name: string | undefined, was: string | undefined, find: (name: string) => Fault) => {
    if (name === undefined || name === was) return;
    const fault = find(name);
    if (fault !== undefined) wrong.push({ path, ...fault });
  };
  const each = (member: Mapped, find: (name: string) => Fault) => {
    for (const [key, name] of Object.entries(settings[member] ?? {})) check([member, key], name, former?.[member]?.[key], find);
  };
  if (chart.accounts.length > 0) {
    for (const role of Object.keys(ACCOUNT_ROLES) as AccountRole[]) {
      const purpose = ACCOUNT_ROLES[role].name.toLowerCase();
      const fits = ({ type }: ChartAccount) => fitsRole(role, type);
      check(['accounts', role], settings.accounts[role], former?.accounts[role], accountFault(chart, purpose, fits));
    }
    const forFees = ({ type }: ChartAccount) => FEE_TYPES.some((one) => sameType(one, type));
    check(['accounts', 'fees'], settings.accounts.fees, former?.accounts.fees, accountFault(chart, 'card fees', forFees));
    const onLines = ({ type }: ChartAccount) => !NEVER_ON_LINES.some((one) => sameType(one, type));
    each('categories', accountFault(chart, 'invoice lines', onLines));
    const forDeposits = ({ type }: ChartAccount) => DEPOSIT_TYPES.some((one) => sameType(one, type));
    each('paymentAccounts', accountFault(chart, 'deposits', forDeposits));
    const forTax = ({ type }: ChartAccount) => TAX_TYPES.some((one) => sameType(one, type));
    check(['tax', 'account'], settings.tax?.account, former?.tax?.account, accountFault(chart, 'a tax line', forTax));
  }
  each('taxCodes', nameFault(chart.taxCodes, 'tax code'));
  check(['tax', 'code'], settings.tax?.code, former?.tax?.code, nameFault(chart.taxCodes, 'tax code'));
  each('paymentMethods', nameFault(chart.paymentMethods, 'payment method'));
  each('terms', nameFault(chart.terms, 'terms'));
  // QuickBooks lists locations only if it tracks them.
  each('departments', nameFault(chart.departments ?? [], 'location'));
  // Books without class tracking list no classes: then nothing is sent with a class either.
  check(['classes', 'default'], settings.classes.default, former?.classes.default, nameFault(chart.classes, 'class'));
  return wrong;
}

type Mapped = 'categories' | 'paymentAccounts' | 'taxCodes' | 'paymentMethods' | 'terms' | 'departments';
type Fault = Omit<WrongName, 'path'> | undefined;

function accountFault(chart: Chart, purpose: string, fits: (account: ChartAccount) => boolean) {
  return (name: string): Fault => {
    const account = chart.accounts.find((one) => one.name === name);
    if (account?.active === true && fits(account)) return undefined;
    const usable = chart.accounts.filter((one) => one.active && one.name !== name && fits(one));
    const near = nearest(
      name,
      usable.map((one) => one.name),
    );
    const why =
      account === undefined
        ? `The chart of accounts has no account “${name}”.`
        : account.active
          ? `The account “${name}” is of type ${account.type}, which can’t be used for ${purpose}.`
          : `The account “${name}” is inactive.`;
    return { message: `${why}${meant(near)}`, nearest: near };
  };
}

function nameFault(list: Chart['classes'], what: string) {
  return (name: string): Fault => {
    if (list.length === 0) return undefined;
    const found = list.find((one) => one.name === name);
    if (found?.active === true) return undefined;
    const near = nearest(
      name,
      list.filter((one) => one.active && one.name !== name).map((one) => one.name),
    );
    const why = found === undefined ? `The books have no ${what} “${name}”.` : `In the books, ${what} “${name}” is inactive.`;
    return { message: `${why}${meant(near)}`, nearest: near };
  };
}

function meant(near: readonly string[]): string {
  return near.length === 0 ? ' Copy the name from the books.' : ` Did you mean ${near.map((one) => `“${one}”`).join(' or ')}?`;
}
