import type { AnyTarget, Candidate, Problem, ReferenceNeed, ReferenceOutcome } from '@ledgerpost/core';
import type { Books, Store, WorkBatch } from '@ledgerpost/store';
import type { KeyedNeed } from './judge-names.ts';
import { severalThere } from './link-problems.ts';

/** Names per request to the target: what is found or created is stored before the next request. */
export const NAMES_AT_ONCE = 900;

/** The outcome for one name: its id in the books, or why its documents can't be sent. */
export type Settled =
  | { readonly need: ReferenceNeed; readonly externalId: string; readonly created: boolean; readonly notice?: Problem }
  | { readonly need: ReferenceNeed; readonly problem: Problem | undefined };

/** What settling the names of a batch works with. */
export interface Desk {
  readonly store: Store;
  readonly delivery: Extract<AnyTarget['delivery'], { by: 'push' }>;
  readonly session: unknown;
  readonly batch: WorkBatch;
  readonly books: Books;
  readonly stopRequested: () => Promise<boolean>;
  readonly keep: (settled: readonly Settled[]) => Promise<void>;
}

/** One of ours, and the one of the books that it is. */
export interface Found {
  readonly need: KeyedNeed;
  readonly externalId: string;
  readonly there?: Candidate | undefined;
  readonly created?: boolean;
}

/** Documents from before items had keys: found or created by name, and not linked. */
export async function settleByName(desk: Desk, needs: readonly ReferenceNeed[]): Promise<boolean> {
  const { delivery, session } = desk;
  for (let from = 0; from < needs.length; from += NAMES_AT_ONCE) {
    if (await desk.stopRequested()) return true;
    // Always look for a name before creating it: an earlier attempt may have created it before it died.
    const sought = await delivery.find(session, needs.slice(from, from + NAMES_AT_ONCE));
    const missing = sought.filter(({ status }) => status === 'missing').map(({ need }) => need);
    await desk.keep(sought.filter(({ status }) => status !== 'missing').map(byName));
    if (missing.length > 0) await desk.keep((await delivery.create(session, missing)).map(byName));
  }
  return false;
}

function byName(outcome: ReferenceOutcome): Settled {
  const { need } = outcome;
  switch (outcome.status) {
    case 'found':
    case 'created':
      return { need, externalId: outcome.externalId, created: outcome.status === 'created' };
    case 'candidates': {
      const one = only(outcome.candidates);
      return one === undefined
        ? { need, problem: severalThere(need, outcome.candidates.length) }
        : { need, externalId: one.externalId, created: false };
    }
    case 'missing':
      return { need, problem: undefined };
    case 'refused':
      return { need, problem: outcome.problem };
    default:
      return outcome satisfies never;
  }
}

/** The only one in the books, if an outcome has exactly one that can be used. */
export function foundIn(outcome: ReferenceOutcome): Omit<Found, 'need'> | undefined {
  if (outcome.status === 'found' || outcome.status === 'created') return { externalId: outcome.externalId, there: outcome.there };
  const one = outcome.status === 'candidates' ? only(outcome.candidates) : undefined;
  return one === undefined ? undefined : { externalId: one.externalId, there: one };
}

/** All of the books that an outcome names and that can be used. */
export function idsIn(outcome: ReferenceOutcome): readonly string[] {
  if (outcome.status === 'candidates')
    return outcome.candidates.filter(({ active }) => active).map(({ externalId }) => externalId);
  const found = foundIn(outcome);
  return found === undefined ? [] : [found.externalId];
}

/** The only candidate, if it can be used. */
function only(candidates: readonly Candidate[]): Candidate | undefined {
  const [first, ...others] = candidates.filter(({ active }) => active);
  return others.length === 0 ? first : undefined;
}
