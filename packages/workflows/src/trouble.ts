import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  ContinueAsNew,
  isCancellation,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { Reason } from './activities.ts';

/**
 * Why a workflow can't continue, and who acts on it: somebody canceled the workflow in Temporal, a person can fix the cause
 * (access, a setting), or an engineer has to find it.
 */
export interface Trouble {
  readonly kind: 'canceled' | 'fixable' | 'failure';
  readonly reason: Reason;
}

/** The one place where an error is sorted into canceled, fixable by a person, and failure. */
export function troubleOf(error: unknown): Trouble {
  if (isCancellation(error)) {
    return { kind: 'canceled', reason: { code: 'workflow-canceled', message: 'The workflow was canceled in Temporal.' } };
  }
  const fixable = fixableByPerson(error);
  return fixable === undefined ? { kind: 'failure', reason: failureOf(error) } : { kind: 'fixable', reason: fixable };
}

/**
 * Ends a workflow whose work threw an error: writes the end down even if the workflow is being canceled, then completes
 * (if a person can fix the cause) or fails. Continuing as a new run is thrown too, and passes through untouched.
 * @param seal writes the end to the database and returns the report of it
 */
export async function endAfterError<Report>(error: unknown, seal: (trouble: Trouble) => Promise<Report>): Promise<Report> {
  if (error instanceof ContinueAsNew) throw error;
  return CancellationScope.nonCancellable(async () => {
    const trouble = troubleOf(error);
    const report = await seal(trouble);
    if (trouble.kind === 'canceled') throw error;
    if (trouble.kind === 'failure') throw failedAs(trouble.reason, report);
    return report;
  });
}

/** The kinds of trouble that a person ends by reconnecting or by changing a setting; see the target contract. */
export function fixableByPerson(error: unknown): Reason | undefined {
  if (!(error instanceof ActivityFailure) || !(error.cause instanceof ApplicationFailure)) return undefined;
  const [details] = (error.cause.details ?? []) as { kind?: string }[];
  if (details?.kind !== 'access' && details?.kind !== 'config') return undefined;
  return { code: error.cause.type ?? 'access-lost', message: error.cause.message };
}

/** How long the target takes nothing more, and why; undefined for every other error. */
export function longWait(error: unknown): { readonly ms: number; readonly reason: Reason } | undefined {
  if (!(error instanceof ActivityFailure) || !(error.cause instanceof ApplicationFailure)) return undefined;
  const [details] = (error.cause.details ?? []) as { kind?: string; ms?: number }[];
  if (details?.kind !== 'wait' || details.ms === undefined) return undefined;
  return { ms: details.ms, reason: { code: error.cause.type ?? 'target-throttled', message: error.cause.message } };
}

/** Fails the workflow, with a code of docs/errors.md as the failure's type. */
export function failedAs(reason: Reason, report: unknown): ApplicationFailure {
  return ApplicationFailure.create({ type: reason.code, message: reason.message, nonRetryable: true, details: [report] });
}

/** The code and sentence for what went wrong: the worker's own if it gave one. */
function failureOf(error: unknown): Reason {
  if (error instanceof ActivityFailure) {
    if (error.cause instanceof ApplicationFailure)
      return { code: error.cause.type ?? 'engine-defect', message: error.cause.message };
    if (error.cause instanceof TimeoutFailure)
      return { code: 'activity-timeout', message: `${error.activityType} took too long.` };
    return { code: 'engine-defect', message: `${error.activityType} failed.` };
  }
  return { code: 'engine-defect', message: error instanceof Error ? error.message : 'Something other than an error was thrown.' };
}
