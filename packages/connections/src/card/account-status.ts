import { ACCOUNT_ROLES, type AccountRole, type BooksSettings, type Chart, fitsRole, nearest } from '@ledgerpost/core';

/** A default account, as the card shows it, and what is wrong with it since it was chosen. */
export interface AccountStatus {
  readonly role: AccountRole | 'tax';
  /** For people: Income, Payments, Refunds… */
  readonly title: string;
  /** As the settings have it; null where none is set. */
  readonly name: string | null;
  readonly status: 'ok' | 'unset' | 'missing' | 'renamed' | 'inactive' | 'wrong-type' | 'unchecked';
  /** What is wrong and what to do. */
  readonly message?: string;
  /** What may be meant instead, nearest first. */
  readonly nearest?: readonly string[];
}

/** The default accounts of a company against its chart. `ids`: the target's ids of accounts by the names that they had. */
export function accountStatuses(
  settings: BooksSettings,
  chart: Chart | undefined,
  ids: Readonly<Record<string, string>>,
): readonly AccountStatus[] {
  const roles = Object.keys(ACCOUNT_ROLES) as AccountRole[];
  const statuses = roles.map((role) => statusOf(role, settings.accounts[role], chart, ids));
  const tax = chart?.accounts.find(({ active, subtype }) => active && subtype !== undefined && /TaxPayable$/.test(subtype));
  // Whatever tax it reckons, the target books on an account of its own.
  return [...statuses, { role: 'tax', title: 'Sales tax', name: tax?.name ?? null, status: tax === undefined ? 'unset' : 'ok' }];
}

function statusOf(
  role: AccountRole,
  name: string | undefined,
  chart: Chart | undefined,
  ids: Readonly<Record<string, string>>,
): AccountStatus {
  const { name: title } = ACCOUNT_ROLES[role];
  const base = { role, title, name: name ?? null };
  if (name === undefined) return { ...base, status: 'unset' };
  if (chart === undefined || chart.accounts.length === 0) return { ...base, status: 'unchecked' };
  const account = chart.accounts.find((one) => one.name === name);
  if (account === undefined) {
    const renamed = chart.accounts.find(({ id }) => id !== undefined && id === ids[name]);
    if (renamed !== undefined) {
      const message = `The account “${name}” is called “${renamed.name}” in the books now. Set that name here.`;
      return { ...base, status: 'renamed', message, nearest: [renamed.name] };
    }
    const near = nearestFitting(role, name, chart);
    return { ...base, status: 'missing', message: `The books have no account “${name}” any more. Set another.`, nearest: near };
  }
  if (!account.active) {
    return {
      ...base,
      status: 'inactive',
      message: `The account “${name}” is inactive. Activate it in the books, or set another.`,
    };
  }
  if (!fitsRole(role, account.type)) {
    const message = `The account “${name}” is of type ${account.type} now, which can’t be used for ${title.toLowerCase()}. Set another.`;
    return { ...base, status: 'wrong-type', message };
  }
  return { ...base, status: 'ok' };
}

/** Active accounts with a name like it that can have the role. */
export function nearestFitting(role: AccountRole, name: string, chart: Chart): readonly string[] {
  const fitting = chart.accounts.filter(({ active, type }) => active && fitsRole(role, type));
  return nearest(
    name,
    fitting.map((account) => account.name),
  );
}

/** Categories that are mapped to an account which the chart does not have, or not active. */
export function categoryDrift(
  settings: BooksSettings,
  chart: Chart | undefined,
  ids: Readonly<Record<string, string>>,
): readonly string[] {
  if (chart === undefined || chart.accounts.length === 0) return [];
  const accounts = new Map(chart.accounts.map((account) => [account.name, account]));
  return Object.entries(settings.categories).flatMap(([category, name]) => {
    const account = accounts.get(name);
    if (account?.active === true) return [];
    if (account !== undefined) return [`The category “${category}” goes to the account “${name}”, which is inactive.`];
    const renamed = chart.accounts.find(({ id }) => id !== undefined && id === ids[name]);
    return renamed === undefined
      ? [`The category “${category}” goes to the account “${name}”, which the books do not have.`]
      : [`The category “${category}” goes to the account “${name}”, which is called “${renamed.name}” now.`];
  });
}
