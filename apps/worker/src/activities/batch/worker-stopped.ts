import { ApplicationFailure } from '@temporalio/activity';

/**
 * The failure of a push that ended between two calls because its worker shuts down: it is tried again, and another worker continues.
 * Undefined if the push may end, because nothing was stopped or somebody canceled the workflow.
 */
export function workerStopped({ aborted, reason }: AbortSignal): ApplicationFailure | undefined {
  if (!aborted || (reason as Error | undefined)?.message !== 'WORKER_SHUTDOWN') return undefined;
  return ApplicationFailure.create({
    type: 'worker-stopped',
    message: 'The worker was stopped during a push. Another worker continues.',
    details: [{ kind: 'transient' }],
  });
}
