import { type Call, problem } from '@ledgerpost/core';
import { sentenceOf, verdictOf } from '../api/classify.ts';
import type { QboPayload } from '../payload/payload.ts';
import type { QboSession } from '../session.ts';
import { adopt } from './adopt.ts';
import { mayChange, readFormer } from './plan-changes.ts';
import { pending, refuse, type Work } from './work.ts';

/** How many attempts a call is worth while QuickBooks fails on some of its items: about a minute and a half. */
const MOST_ATTEMPTS = 12;

/**
 * Whether a failure of QuickBooks on an item counts as its last word. Only in a round of its own: no other request for the item is on
 * its way then, and the failure is no old answer.
 */
export function isTriedOut({ attempt, round = 1 }: Call<QboPayload>): boolean {
  return attempt > MOST_ATTEMPTS && round === attempt;
}

/**
 * Ends items that QuickBooks fails on at every attempt: it would answer so for ever, and the others of the batch would wait with them.
 * What is in the books after all is taken as posted. The rest is refused with its reason.
 */
export async function giveUp(session: QboSession, works: readonly Work[]): Promise<void> {
  const failed = pending(works).filter(({ fault }) => fault !== undefined && verdictOf(fault) === 'transient');
  if (failed.length === 0) return;
  await adopt(
    session,
    failed.filter(({ payload }) => payload.act === 'create'),
  );
  for (const changes of byEntity(failed.filter(({ payload }) => payload.act !== 'create'))) {
    const fresh = await readFormer(session, changes);
    for (const work of pending(changes)) {
      const one = fresh(work);
      if (one !== undefined) mayChange(work, one, true);
    }
  }
  for (const work of pending(failed)) {
    const text = `QuickBooks failed to write ${work.title} at every attempt, and did not write it. Retry it later. If it fails again, correct the record, or enter it in QuickBooks. QuickBooks’ reason: ${sentenceOf(work.fault!)}`;
    refuse(work, problem('refused-by-target', work.record, text));
  }
}

function byEntity(works: readonly Work[]): readonly (readonly Work[])[] {
  return [...Map.groupBy(works, ({ payload }) => payload.entity).values()];
}
