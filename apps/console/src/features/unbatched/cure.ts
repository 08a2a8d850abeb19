import { PROBLEM_CODES, type ProblemCode } from '@ledgerpost/core';
import type { Target } from '../../api/queries.ts';

/** A connected accounting system lists its classes on the connection's card, where missing ones are created. */
const CLASS_CODES: ReadonlySet<string> = new Set<ProblemCode>(['unknown-class']);

/** The default accounts are on the card too; accounts of categories and everything else are in the settings. */
const ACCOUNT_CODES: ReadonlySet<string> = new Set<ProblemCode>(['no-account', 'unknown-account', 'wrong-account-type']);

interface Cure {
  readonly address: string;
  readonly words: string;
}

/** A problem, as far as its cure depends on it. */
interface Fixable {
  readonly code: string;
  readonly field?: string;
}

/** Where an admin fixes a problem; nothing if an admin can't fix it, or if it stops no document. */
export function cureOf({ code, field }: Fixable, target: Pick<Target, 'id' | 'name' | 'capabilities'>): Cure | undefined {
  const known = Object.hasOwn(PROBLEM_CODES, code) ? PROBLEM_CODES[code as ProblemCode] : undefined;
  if (known?.who !== 'admin' || known.severity !== 'problem') return undefined;
  const address = `/books/${target.id}`;
  return target.capabilities.access === 'oauth' && isOnTheCard(code, field)
    ? { address, words: `Connection to ${target.name}` }
    : { address: `${address}/settings`, words: `Settings of ${target.name}` };
}

function isOnTheCard(code: string, field: string | undefined): boolean {
  if (CLASS_CODES.has(code)) return true;
  return ACCOUNT_CODES.has(code) && (field === undefined || field.startsWith('accounts.'));
}
