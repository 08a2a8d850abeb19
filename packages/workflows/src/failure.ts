import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';
import type { Reason } from './activities.ts';

/** The code and sentence for what went wrong: the worker's own if it gave one. */
export function failureOf(error: unknown): Reason {
  if (error instanceof ActivityFailure) {
    if (error.cause instanceof ApplicationFailure)
      return { code: error.cause.type ?? 'engine-defect', message: error.cause.message };
    if (error.cause instanceof TimeoutFailure)
      return { code: 'activity-timeout', message: `${error.activityType} took too long.` };
    return { code: 'engine-defect', message: `${error.activityType} failed.` };
  }
  return { code: 'engine-defect', message: error instanceof Error ? error.message : 'Something that is no error was thrown.' };
}

/** Fails the workflow, with a code of docs/errors.md as the failure's type. */
export function failedAs(reason: Reason, report: unknown): ApplicationFailure {
  return ApplicationFailure.create({ type: reason.code, message: reason.message, nonRetryable: true, details: [report] });
}
