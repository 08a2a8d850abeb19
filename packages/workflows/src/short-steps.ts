import { RetryState } from '@temporalio/common';
import { ActivityFailure, ApplicationFailure, isCancellation, patched, proxyLocalActivities } from '@temporalio/workflow';
import type { CoreActivities, TargetActivities } from './activities.ts';
import type { SummarizedActivities } from './follow.ts';
import { type BatchOrder, SERVED_ELSEWHERE } from './names.ts';
import { SHORT } from './policies.ts';

/** Steps that ask nothing but our own database, and take milliseconds for a batch of one chunk. */
const OF_CORE: readonly (keyof CoreActivities)[] = ['select', 'freeze', 'check', 'record'];
const OF_TARGET: readonly (keyof TargetActivities)[] = ['declare', 'validate', 'export', 'push'];
/** So do the files of one chunk. */
const OF_WHOLE: readonly (keyof TargetActivities)[] = ['writeFiles'];

/**
 * Runs the short steps of a batch to a file target where its workflow runs, as Temporal's local activities: each is a marker in the
 * history, with its result and its summary, and asks nothing of Temporal's server. To schedule, start and complete an activity there
 * costs more than such a step's own work. Whatever is in trouble there becomes an ordinary activity with the same order, so that
 * people see its attempts, and whatever resolves it.
 */
export interface ShortSteps {
  /** Whether there are any. */
  isOn(): boolean;
  /** Ends it for this batch: it turned out to be a large one. */
  end(): void;
  core(scheduled: SummarizedActivities<CoreActivities>): SummarizedActivities<CoreActivities>;
  target(scheduled: SummarizedActivities<TargetActivities>): SummarizedActivities<TargetActivities>;
  whole(scheduled: SummarizedActivities<TargetActivities>): SummarizedActivities<TargetActivities>;
}

/**
 * @param order says how its target is served; orders of earlier releases don't, and their batches have ordinary activities only
 * @param show is called before an activity is scheduled
 */
export function shortSteps(order: BatchOrder, show: () => void): ShortSteps | undefined {
  if (order.delivery !== 'files') return undefined;
  // A batch that began with an earlier release has its files as an ordinary activity, and maybe all else. One marker tells both.
  const files = patched('short-files');
  if (!files && !patched('short-steps')) return undefined;
  let on = true;
  let targetIsHere = true;

  function shortly<A extends object>(
    prefix: string,
    verbs: readonly (keyof A)[],
    scheduled: SummarizedActivities<A>,
  ): SummarizedActivities<A> {
    return new Proxy(scheduled, {
      get(_, verb) {
        const schedule = (what: unknown, summary: string) => {
          show();
          return (scheduled[verb as keyof A] as (order: unknown, summary: string) => Promise<unknown>)(what, summary);
        };
        return async (what: unknown, summary: string) => {
          if (!on || !verbs.includes(verb as keyof A) || (prefix !== 'core' && !targetIsHere)) return schedule(what, summary);
          const name = `${prefix}.${String(verb)}`;
          const here = proxyLocalActivities<Record<string, (order: unknown) => Promise<unknown>>>({ ...SHORT, summary });
          try {
            return await here[name]!(what);
          } catch (error) {
            const cause = error instanceof ActivityFailure ? error.cause : error;
            if (isCancellation(error)) throw error;
            // Another attempt would change nothing.
            if (cause instanceof ApplicationFailure && cause.nonRetryable) throw asOfAnActivity(name, cause);
            if (cause instanceof ApplicationFailure && cause.type === SERVED_ELSEWHERE) targetIsHere = false;
            return schedule(what, summary);
          }
        };
      },
    });
  }

  return {
    isOn: () => on,
    end() {
      on = false;
      show();
    },
    core: (scheduled) => shortly('core', OF_CORE, scheduled),
    target: (scheduled) => shortly(order.target, OF_TARGET, scheduled),
    whole: (scheduled) => shortly(order.target, files ? OF_WHOLE : [], scheduled),
  };
}

/** The failure as one of an ordinary activity: what reads it sees no difference. */
function asOfAnActivity(name: string, cause: ApplicationFailure): ActivityFailure {
  return new ActivityFailure('Activity task failed', name, undefined, RetryState.NON_RETRYABLE_FAILURE, undefined, cause);
}
