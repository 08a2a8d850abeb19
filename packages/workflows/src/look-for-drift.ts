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
import type { AfterDocument, CoreActivities, LookReport, Reason, TargetActivities } from './activities.ts';
import { failedAs, failureOf } from './failure.ts';
import { told } from './follow.ts';
import { ENGINE_QUEUE, type LookOrder, NUDGE, targetQueue } from './names.ts';
import { CHUNK, noticing } from './policies.ts';
import { whatAPersonMends } from './push-stage.ts';

/** Where a look goes on after its history was cut. */
export interface LookCheckpoint {
  /** Absent: with a new look, since somebody wished for one. */
  readonly rereading?: {
    readonly through: number;
    readonly kinds: readonly string[];
    readonly after: AfterDocument | undefined;
  };
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
  let rereading = from?.rereading;
  try {
    for (;;) {
      if (rereading === undefined) {
        await core.beginLook({ companyId, target, by: order.by }, 'begin: read since when changes are not known');
        const { through, untold } = await books.findChanges({ companyId }, 'ask what changed, and read what of it is ours');
        rereading = { through: through ?? 0, kinds: untold, after: undefined };
      }
      const { through, kinds } = rereading;
      let { after } = rereading;
      while (kinds.length > 0) {
        if (workflowInfo().continueAsNewSuggested)
          await continueAsNew<typeof lookForDrift>(order, { rereading: { through, kinds, after } });
        const page = await books.rereadStanding({ companyId, kinds, after }, `read all that stands: ${kinds.join(', ')}`);
        after = page.next;
        if (after === undefined) break;
      }
      const report = await core.recordLook({ companyId, target, ...(through === 0 ? {} : { through }) }, 'record: seal the look');
      setCurrentDetails(inWords(report));
      rereading = undefined;
      if (!report.again) return report;
      if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof lookForDrift>(order, {});
    }
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error;
    return CancellationScope.nonCancellable(() => endBadly(core, order, error));
  }
}

async function endBadly(core: ReturnType<typeof told<CoreActivities>>, order: LookOrder, error: unknown): Promise<LookReport> {
  const { companyId, target } = order;
  const canceled = isCancellation(error);
  const mendable = whatAPersonMends(error);
  const reason: Reason = canceled
    ? { code: 'workflow-canceled', message: 'The workflow was canceled in Temporal.' }
    : (mendable ?? failureOf(error));
  const report = await core.recordLook({ companyId, target, reason }, `record: ${reason.code}`);
  setCurrentDetails(`${inWords(report)} (${reason.code}: ${reason.message})`);
  if (canceled) throw error;
  if (mendable === undefined) throw failedAs(reason, report);
  return report;
}

function inWords({ end, looked, found, postponed }: LookReport): string {
  const later = postponed === 0 ? '' : `, ${postponed} left for the next look`;
  return `${end}: ${looked} looked at, ${found} new${later}`;
}
