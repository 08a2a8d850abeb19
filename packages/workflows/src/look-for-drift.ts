import { continueAsNew, defineSignal, patched, setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow';
import type { AfterDocument, CoreActivities, LookReport, Seen, TargetActivities } from './activities.ts';
import { activitiesOf, type SummarizedActivities } from './follow.ts';
import { ENGINE_QUEUE, type LookOrder, NUDGE, targetQueue } from './names.ts';
import { CHUNK, noticing } from './policies.ts';
import { endAfterError, type Trouble } from './trouble.ts';

/** Where a check continues after its history was cut; absent: with a new check, because somebody requested one. */
export interface LookCheckpoint {
  readonly rereading: Rereading;
}

interface Rereading {
  /** Of the check, where its begin told. */
  readonly id?: string | undefined;
  readonly through: number | null;
  readonly kinds: readonly string[];
  readonly after: AfterDocument | undefined;
  readonly seen: Seen;
}

/**
 * Checks what was changed, voided or deleted in a company's books since we posted it. Reads only; a person decides what to do
 * about it. If the books can't be read because a person has to fix something first, the check ends `failed` with the reason:
 * the next check begins where this one did.
 */
export async function lookForDrift(order: LookOrder, from?: LookCheckpoint): Promise<LookReport> {
  const { companyId, target, heartbeatSeconds } = order;
  const chunk = noticing(CHUNK, heartbeatSeconds);
  const core = activitiesOf<CoreActivities>('core', ENGINE_QUEUE, chunk);
  const books = activitiesOf<TargetActivities>(target, targetQueue(target), chunk);
  // A check that waits for more webhooks begins at once when a person asks for one.
  let nudges = 0;
  setHandler(defineSignal(NUDGE), () => {
    nudges += 1;
  });
  let seen: Seen = from?.rereading.seen ?? NOTHING;
  let id = from?.rereading.id;
  try {
    let rereading = from?.rereading ?? (await ask());
    if (rereading === 'later') return { end: 'later', ...NOTHING, again: false };
    for (;;) {
      seen = await reread(rereading);
      const { through } = rereading;
      const end = { companyId, target, id, ...seen, ...(through === null ? {} : { through }) };
      const before = nudges;
      const report = await core.recordLook(end, 'record: seal the check');
      setCurrentDetails(inWords(report));
      // Who asks after the check was sealed and before its workflow ended is known by the signal alone.
      if (!report.again && !(nudges > before && patched('asked-at-the-end'))) return report;
      if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof lookForDrift>(order);
      seen = NOTHING;
      rereading = await ask();
      if (rereading === 'later') return report;
    }
  } catch (error) {
    return endAfterError(error, (trouble) => endInTrouble(core, { ...order, id }, seen, trouble));
  }

  async function ask(): Promise<Rereading | 'later'> {
    id = undefined;
    const begun = await core.beginLook({ companyId, target, by: order.by }, 'begin: read when the books were last checked');
    if (begun?.later === true) {
      setCurrentDetails('postponed: a batch is posting to the books');
      return 'later';
    }
    id = begun?.id;
    const found = await books.findChanges({ companyId }, 'find what changed, and read the documents that we posted');
    return { id, through: found.through, kinds: found.untold, after: undefined, seen: found.seen };
  }

  async function reread({ through, kinds, after: from, seen: before }: Rereading): Promise<Seen> {
    let [after, sum] = [from, before];
    while (kinds.length > 0) {
      if (workflowInfo().continueAsNewSuggested)
        await continueAsNew<typeof lookForDrift>(order, { rereading: { id, through, kinds, after, seen: sum } });
      const page = await books.rereadStanding({ companyId, kinds, after }, `read all posted documents: ${kinds.join(', ')}`);
      sum = plus(sum, page.seen);
      after = page.next;
      if (after === undefined) break;
    }
    return sum;
  }
}

const NOTHING: Seen = { looked: 0, found: 0, postponed: 0 };

function plus(a: Seen, b: Seen): Seen {
  return { looked: a.looked + b.looked, found: a.found + b.found, postponed: a.postponed + b.postponed };
}

async function endInTrouble(
  core: Core,
  { companyId, target, id }: LookOrder & Pick<Rereading, 'id'>,
  seen: Seen,
  { reason }: Trouble,
): Promise<LookReport> {
  const report = await core.recordLook({ companyId, target, id, ...seen, reason }, `record: ${reason.code}`);
  setCurrentDetails(`${inWords(report)} (${reason.code}: ${reason.message})`);
  return report;
}

type Core = SummarizedActivities<CoreActivities>;

function inWords({ end, looked, found, postponed }: LookReport): string {
  const later = postponed === 0 ? '' : `, ${postponed} left for the next check`;
  return `${end}: ${looked} documents checked, ${found} new differences${later}`;
}
