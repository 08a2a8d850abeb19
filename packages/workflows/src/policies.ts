import type { ActivityOptions, LocalActivityOptions } from '@temporalio/workflow';
import { ActivityCancellationType } from '@temporalio/workflow';

/*
 * Timeouts and retries, all in one place. Retries have no end, because an outage ends by itself. What doesn't (lost access, a
 * wrong setting, a bug) the worker throws as not retryable, with a code of docs/errors.md as the failure's type.
 */
const RETRY = { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '10s' } as const;

/** A chunk: seconds of work. The heartbeat is how a killed worker is noticed. */
export const CHUNK: ActivityOptions = {
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '10s',
  retry: RETRY,
  // A cancelled push may still be posting: the next step must not begin before it has ended.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
};

/** A pass over the whole batch: a million documents at a few thousand a second, with room. */
export const WHOLE: ActivityOptions = { ...CHUNK, startToCloseTimeout: '4 hours', heartbeatTimeout: '20s' };

/**
 * A step that runs beside its workflow: one attempt, because what fails there goes on as an ordinary activity. So does what takes longer
 * than this; a step that is still at it then is waited for by the next, or finds its work done.
 */
export const SHORT: LocalActivityOptions = {
  startToCloseTimeout: '30s',
  retry: { maximumAttempts: 1 },
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
};

/** The same terms, for an installation that wants to notice dead workers sooner or later than usual. */
export function noticing<Terms extends ActivityOptions>(terms: Terms, heartbeatSeconds: number | undefined): Terms {
  return heartbeatSeconds === undefined ? terms : { ...terms, heartbeatTimeout: heartbeatSeconds * 1_000 };
}

/** Chunks at once of one batch: enough to keep database and worker busy, few enough to leave slots to other batches. */
export const MAX_LANES = 8;

/** While a batch waits for a person it checks by itself now and then, in case the nudge was lost. */
export const CHECK_AGAIN_MS = 3_600_000;

/** How often a scheduled batch checks whether the batch in its way has ended, and how many times: five hours, which is more than a run may be late. */
export const CHECK_WHETHER_ENDED_MS = 180_000;
export const MOST_CHECKS = 100;

/** Items per chunk of an undo. */
export const CHUNK_OF_UNDO = 1_000;

/** Items per chunk of a verification: some ten requests at the target. */
export const CHUNK_OF_VERIFICATION = 500;
