import { ACCOUNT_ROLES, type AccountRole, type BooksSettings, type Chart, fitsRole, nearest } from '@ledgerpost/core';

/** A default account, as the card shows it, and what changed about it since it was chosen. */
export interface AccountStatus {
  readonly role: AccountRole | 'tax';
  /** For people: Income, Payments, Refunds… */
  readonly title: string;
  /** As the settings have it; null where none is set. */
  readonly name: string | null;
  readonly status: 'ok' | 'unset' | 'missing' | 'renamed' | 'inactive' | 'wrong-type' | 'unchecked';
  /** The problem and the next step. */
  readonly message?: string;
  /** Accounts with a similar name, nearest first. */
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
  // The target posts the tax that it computes to an account of its own.
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
      const message = `The account “${name}” was renamed to “${renamed.name}” in the books. Choose that name here.`;
      return { ...base, status: 'renamed', message, nearest: [renamed.name] };
    }
    const near = nearestFitting(role, name, chart);
    return {
      ...base,
      status: 'missing',
      message: `The account “${name}” no longer exists in the books. Choose another.`,
      nearest: near,
    };
  }
  if (!account.active) {
    return {
      ...base,
      status: 'inactive',
      message: `The account “${name}” is inactive. Activate it in the books, or choose another.`,
    };
  }
  if (!fitsRole(role, account.type)) {
    const message = `The account “${name}” is now of type ${account.type}, which can’t be used for ${title.toLowerCase()}. Choose another.`;
    return { ...base, status: 'wrong-type', message };
  }
  return { ...base, status: 'ok' };
}

/** Active accounts with a similar name that can have the role. */
export function nearestFitting(role: AccountRole, name: string, chart: Chart): readonly string[] {
  const fitting = chart.accounts.filter(({ active, type }) => active && fitsRole(role, type));
  return nearest(
    name,
    fitting.map((account) => account.name),
  );
}

/** Categories that are mapped to an account which is missing in the chart, or inactive. */
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
    if (account !== undefined) return [`The category “${category}” is mapped to the account “${name}”, which is inactive.`];
    const renamed = chart.accounts.find(({ id }) => id !== undefined && id === ids[name]);
    return renamed === undefined
      ? [`The category “${category}” is mapped to the account “${name}”, which does not exist in the books.`]
      : [`The category “${category}” is mapped to the account “${name}”, which was renamed to “${renamed.name}”.`];
  });
}
