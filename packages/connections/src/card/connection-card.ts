import type { AnyTarget } from '@ledgerpost/core';
import {
  type CompanyTarget,
  type ConnectionState,
  classesInUse,
  connectionChart,
  getConnection,
  type OtherName,
  otherNames,
  statedTaxSeen,
} from '@ledgerpost/store';
import type { ConnectionDeps } from '../deps.ts';
import { type AccountStatus, accountStatuses, categoryDrift } from './account-status.ts';
import { type ClassStatus, classStatuses } from './class-status.ts';
import { type TaxAdvice, taxAdvice } from './tax-advice.ts';

/** The subjects of notices. */
export const NOTICE_CODES = [
  'access-lost',
  'access-ends',
  'not-read',
  'not-supported',
  'account-changed',
  'category-changed',
  'class-changed',
] as const;

/** Something that a person should know about a connection. */
export interface Notice {
  readonly code: (typeof NOTICE_CODES)[number];
  readonly severity: 'problem' | 'warning' | 'notice';
  readonly message: string;
}

/** All that an admin sees of a connection. It contains no secrets. */
export interface ConnectionCard {
  readonly target: string;
  readonly state: ConnectionState | 'never';
  /** The target's id of the books. */
  readonly account: string | null;
  readonly environment: string | null;
  readonly company: string | null;
  readonly edition: string | null;
  readonly currency: string | null;
  readonly classTracking: 'none' | 'transaction' | 'line' | null;
  readonly closedThrough: string | null;
  readonly salesTax: 'none' | 'manual' | 'automated' | null;
  /** Which way of posting sales tax fits these books. */
  readonly taxAdvice: TaxAdvice | null;
  readonly automaticCredit: boolean | null;
  readonly customNumbers: boolean | null;
  readonly refreshedAt: Date | null;
  readonly connectedAt: Date | null;
  readonly connectedBy: string | null;
  /** When access ends if it is never renewed; it is renewed long before. */
  readonly accessEndsAt: Date | null;
  /** When access ends even though it is renewed: a person must connect again before then. Null: the target does not say. */
  readonly reconnectBy: Date | null;
  readonly notices: readonly Notice[];
  readonly accounts: readonly AccountStatus[];
  readonly classes: readonly ClassStatus[];
  /** There are more classes in use than are listed. */
  readonly moreClasses: boolean;
  /** Customers and items that the books call otherwise than we do. Their links hold. */
  readonly otherNames: readonly OtherName[];
  /** There are more of them than are listed. */
  readonly moreOtherNames: boolean;
}

/** The most classes that a card lists. */
const MOST_CLASSES = 500;
/** The most names that a card lists; the Matching page has all. */
const MOST_NAMES = 50;

export async function connectionCard(
  { store, now }: Pick<ConnectionDeps, 'store' | 'now'>,
  target: AnyTarget,
  companyTarget: CompanyTarget,
): Promise<ConnectionCard> {
  const { companyId, connectionId, settings } = companyTarget;
  const connection = await getConnection(store.sql, connectionId);
  const chart = (await connectionChart(store.sql, connectionId))?.chart ?? settings.chart;
  const others = await otherNames(store.sql, { companyId, target: target.id, connectionId }, MOST_NAMES + 1);
  const accounts = accountStatuses(settings, chart, connection?.accountIds ?? {});
  const used = await classesInUse(store.sql, companyId, target.id, MOST_CLASSES + 1);
  const named = [...new Set([...(settings.classes.default === undefined ? [] : [settings.classes.default]), ...used])];
  const tracked = chart !== undefined && (chart.preferences?.classMode ?? settings.classes.mode) !== 'none';
  const classes = tracked ? classStatuses(named.slice(0, MOST_CLASSES), chart) : [];
  return {
    target: target.id,
    state: connection?.state ?? 'never',
    account: connection?.account ?? null,
    environment: connection?.environment ?? null,
    company: connection?.identity?.company ?? null,
    edition: connection?.identity?.edition ?? null,
    currency: connection?.identity?.currency ?? null,
    classTracking: chart?.preferences?.classMode ?? null,
    closedThrough: chart?.closedThrough ?? null,
    salesTax: chart?.preferences?.salesTax ?? null,
    taxAdvice: taxAdvice(target, settings, chart, await statedTaxSeen(store.sql, companyId, target.id)) ?? null,
    automaticCredit: chart?.preferences?.automaticCredit ?? null,
    customNumbers: chart?.preferences?.customNumbers ?? null,
    refreshedAt: connection?.chartReadAt ?? null,
    connectedAt: connection?.connectedAt ?? null,
    connectedBy: connection?.connectedBy ?? null,
    accessEndsAt: connection?.refreshExpiresAt ?? null,
    reconnectBy: connection?.grantEndsAt ?? null,
    notices: [
      ...(connection?.state === 'lost' ? [lostNotice(target, connection.lost?.message)] : []),
      ...(connection?.state === 'connected' ? endNotices(target, connection, now()) : []),
      ...(connection?.state === 'connected' && connection.chartReadAt === null ? [notRead(target)] : []),
      ...(connection?.identity?.notSupported === undefined
        ? []
        : [{ code: 'not-supported', severity: 'problem', message: connection.identity.notSupported } as const]),
      ...accounts.flatMap(({ message }): Notice[] =>
        message === undefined ? [] : [{ code: 'account-changed', severity: 'problem', message }],
      ),
      ...categoryDrift(settings, chart, connection?.accountIds ?? {}).map(
        (text): Notice => ({ code: 'category-changed', severity: 'problem', message: `${text} Map it to another account.` }),
      ),
      ...classNotices(classes),
    ],
    accounts,
    classes,
    moreClasses: tracked && named.length > MOST_CLASSES,
    otherNames: others.slice(0, MOST_NAMES),
    moreOtherNames: others.length > MOST_NAMES,
  };
}

/** Days before the end at which people get a notice, nearest first. */
export const NOTICE_DAYS = [2, 7, 14] as const;
const DAY_MS = 86_400_000;

function lostNotice({ name }: AnyTarget, why = ''): Notice {
  const message = `Access to ${name} was revoked or has expired. ${why} Reconnect ${name}, then resume the batches that are on hold.`;
  return { code: 'access-lost', severity: 'problem', message: message.replace(/\s+/g, ' ') };
}

function endNotices(
  { name }: AnyTarget,
  { refreshExpiresAt, grantEndsAt }: { readonly refreshExpiresAt: Date | null; readonly grantEndsAt: Date | null },
  now: number,
): Notice[] {
  const isLast = grantEndsAt !== null && (refreshExpiresAt === null || grantEndsAt <= refreshExpiresAt);
  const end = isLast ? grantEndsAt : refreshExpiresAt;
  if (end === null) return [];
  const days = Math.ceil((end.getTime() - now) / DAY_MS);
  if (days > NOTICE_DAYS[2]) return [];
  const left = days <= 0 ? 'has ended' : `ends in ${days} ${days === 1 ? 'day' : 'days'}`;
  const why = isLast ? 'because a sign-in is good for a limited time only' : 'because it could not be renewed';
  const message = `Access to ${name} ${left}, ${why}. Reconnect ${name}.`;
  return [{ code: 'access-ends', severity: days <= NOTICE_DAYS[0] ? 'problem' : 'warning', message }];
}

function notRead({ name }: AnyTarget): Notice {
  return {
    code: 'not-read',
    severity: 'warning',
    message: `Accounts, classes and preferences were not read from ${name} yet. Refresh the connection.`,
  };
}

function classNotices(classes: readonly ClassStatus[]): Notice[] {
  const off = classes.filter(({ status }) => status !== 'verified');
  if (off.length === 0) return [];
  const some = off
    .slice(0, 5)
    .map(({ name, status }) => `“${name}” (${status})`)
    .join(', ');
  const more = off.length > 5 ? ` and ${off.length - 5} more` : '';
  const message = `Records use classes that don’t exist in the books under exactly these names: ${some}${more}. Create the missing classes, or correct the names.`;
  return [{ code: 'class-changed', severity: 'warning', message }];
}
