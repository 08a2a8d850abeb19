import { ApplicationFailure } from '@temporalio/activity';

/**
 * The failure of a step that ended between two of its calls or chunks because its worker shuts down: it is tried again, and another
 * worker continues. Undefined if the step may end, because nothing was stopped or somebody canceled the workflow.
 */
export function workerStopped({ aborted, reason }: AbortSignal, step = 'a push'): ApplicationFailure | undefined {
  if (!aborted || (reason as Error | undefined)?.message !== 'WORKER_SHUTDOWN') return undefined;
  return ApplicationFailure.create({
    type: 'worker-stopped',
    message: `The worker was stopped during ${step}. Another worker continues.`,
    details: [{ kind: 'transient' }],
  });
}
