import { PROBLEM_CODES, type ProblemCode } from '@ledgerpost/core';
import type { Target } from '../../api/queries.ts';

/** A connected accounting system lists its classes on the connection's card, where missing ones are created. */
const CLASS_CODES: ReadonlySet<string> = new Set<ProblemCode>(['unknown-class']);

/** The default accounts are on the card too; accounts of categories and everything else are in the settings. */
const ACCOUNT_CODES: ReadonlySet<string> = new Set<ProblemCode>(['no-account', 'unknown-account', 'wrong-account-type']);

/** A person decides on the Matching page who is who. */
const MATCHING_CODES: ReadonlySet<string> = new Set(['customer-to-match', 'link-broken', 'customer-changed-after-payment']);

interface Cure {
  readonly address: string;
  readonly words: string;
}

/** A problem, as far as its cure depends on it. */
interface Fixable {
  readonly code: string;
  readonly field?: string;
  /** What the problem is about; on the Matching page it is searched for. */
  readonly record?: { readonly type: string; readonly id: string };
}

/** Where an admin fixes a problem; nothing if an admin can't fix it, or if it stops no document. */
export function cureOf({ code, field, record }: Fixable, target: Pick<Target, 'id' | 'name' | 'capabilities'>): Cure | undefined {
  if (target.capabilities.matching && MATCHING_CODES.has(code))
    return { address: matchingAddress(target.id, record), words: 'Match it' };
  const known = Object.hasOwn(PROBLEM_CODES, code) ? PROBLEM_CODES[code as ProblemCode] : undefined;
  if (known?.who !== 'admin' || known.severity !== 'problem') return undefined;
  const address = `/books/${target.id}`;
  return target.capabilities.access === 'oauth' && isOnTheCard(code, field)
    ? { address, words: `Connection to ${target.name}` }
    : { address: `${address}/settings`, words: `Settings of ${target.name}` };
}

function matchingAddress(target: string, record: Fixable['record']): string {
  const page = `/matching/${target}`;
  if (record?.type === 'customer') return `${page}?search=${encodeURIComponent(record.id)}`;
  return record?.type === 'service' ? `${page}?kind=item&search=${encodeURIComponent(`service:${record.id}`)}` : page;
}

function isOnTheCard(code: string, field: string | undefined): boolean {
  if (CLASS_CODES.has(code)) return true;
  return ACCOUNT_CODES.has(code) && (field === undefined || field.startsWith('accounts.'));
}
