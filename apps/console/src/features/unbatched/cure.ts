import { PROBLEM_CODES, type ProblemCode } from '@ledgerpost/core';
import type { Target } from '../../api/queries.ts';

/** At a connected target accounts and classes are chosen on the connection's card, all else in the settings. */
const ON_THE_CARD: ReadonlySet<string> = new Set<ProblemCode>([
  'no-account',
  'unknown-account',
  'wrong-account-type',
  'unknown-class',
  'no-class',
]);

interface Cure {
  readonly address: string;
  readonly words: string;
}

/** Where an admin mends a problem at a target; nothing if it isn't the admin's to mend, or stops no document. */
export function cureOf(code: string, target: Pick<Target, 'id' | 'name' | 'capabilities'>): Cure | undefined {
  const known = Object.hasOwn(PROBLEM_CODES, code) ? PROBLEM_CODES[code as ProblemCode] : undefined;
  if (known?.who !== 'admin' || known.severity !== 'problem') return undefined;
  const address = `/books/${target.id}`;
  return target.capabilities.access === 'oauth' && ON_THE_CARD.has(code)
    ? { address, words: `Connection to ${target.name}` }
    : { address: `${address}/settings`, words: `Settings of ${target.name}` };
}
