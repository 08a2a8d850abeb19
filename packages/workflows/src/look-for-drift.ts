import {
  CancellationScope,
  ContinueAsNew,
  continueAsNew,
  defineSignal,
  isCancellation,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { AfterDocument, CoreActivities, LookReport, Reason, Seen, TargetActivities } from './activities.ts';
import { failedAs, failureOf } from './failure.ts';
import { told } from './follow.ts';
import { ENGINE_QUEUE, type LookOrder, NUDGE, targetQueue } from './names.ts';
import { CHUNK, noticing } from './policies.ts';
import { whatAPersonMends } from './push-stage.ts';

/** Where a look goes on after its history was cut; absent: with a new look, since somebody wished for one. */
export interface LookCheckpoint {
  readonly rereading: Rereading;
}

interface Rereading {
  readonly through: number | null;
  readonly kinds: readonly string[];
  readonly after: AfterDocument | undefined;
  readonly seen: Seen;
}

/**
 * Looks for what was changed, voided or deleted in a company's books since we posted it. Reads only; what to do about it is for a
 * person to say. Where the books can't be asked because a person has to mend something first, it ends `failed` and says why:
 * the next look begins where this one did.
 */
export async function lookForDrift(order: LookOrder, from?: LookCheckpoint): Promise<LookReport> {
  const { companyId, target, heartbeatSeconds } = order;
  const chunk = noticing(CHUNK, heartbeatSeconds);
  const core = told<CoreActivities>('core', ENGINE_QUEUE, chunk);
  const books = told<TargetActivities>(target, targetQueue(target), chunk);
  // A look that waits for more webhooks begins at once when a person asks.
  setHandler(defineSignal(NUDGE), () => {});
  let seen: Seen = from?.rereading.seen ?? NOTHING;
  try {
    let rereading = from?.rereading ?? (await ask());
    if (rereading === 'later') return { end: 'later', ...NOTHING, again: false };
    for (;;) {
      seen = await reread(rereading);
      const { through } = rereading;
      const end = { companyId, target, ...seen, ...(through === null ? {} : { through }) };
      const report = await core.recordLook(end, 'record: seal the look');
      setCurrentDetails(inWords(report));
      if (!report.again) return report;
      if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof lookForDrift>(order);
      seen = NOTHING;
      rereading = await ask();
      if (rereading === 'later') return report;
    }
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error;
    return CancellationScope.nonCancellable(() => endBadly(core, order, seen, error));
  }

  async function ask(): Promise<Rereading | 'later'> {
    const begun = await core.beginLook({ companyId, target, by: order.by }, 'begin: read since when changes are not known');
    if (begun?.later === true) {
      setCurrentDetails('put off: a batch writes into the books');
      return 'later';
    }
    const found = await books.findChanges({ companyId }, 'ask what changed, and read what of it is ours');
    return { through: found.through, kinds: found.untold, after: undefined, seen: found.seen };
  }

  async function reread({ through, kinds, after: from, seen: before }: Rereading): Promise<Seen> {
    let [after, sum] = [from, before];
    while (kinds.length > 0) {
      if (workflowInfo().continueAsNewSuggested)
        await continueAsNew<typeof lookForDrift>(order, { rereading: { through, kinds, after, seen: sum } });
      const page = await books.rereadStanding({ companyId, kinds, after }, `read all that stands: ${kinds.join(', ')}`);
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

async function endBadly(core: Core, order: LookOrder, seen: Seen, error: unknown): Promise<LookReport> {
  const { companyId, target } = order;
  const canceled = isCancellation(error);
  const mendable = whatAPersonMends(error);
  const reason: Reason = canceled
    ? { code: 'workflow-canceled', message: 'The workflow was canceled in Temporal.' }
    : (mendable ?? failureOf(error));
  const report = await core.recordLook({ companyId, target, ...seen, reason }, `record: ${reason.code}`);
  setCurrentDetails(`${inWords(report)} (${reason.code}: ${reason.message})`);
  if (canceled) throw error;
  if (mendable === undefined) throw failedAs(reason, report);
  return report;
}

type Core = ReturnType<typeof told<CoreActivities>>;

function inWords({ end, looked, found, postponed }: LookReport): string {
  const later = postponed === 0 ? '' : `, ${postponed} left for the next look`;
  return `${end}: ${looked} looked at, ${found} new${later}`;
}
