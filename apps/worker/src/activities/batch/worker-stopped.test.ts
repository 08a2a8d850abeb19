import { CancelledFailure } from '@temporalio/activity';
import { describe, expect, it } from 'vitest';
import { workerStopped } from './worker-stopped.ts';

describe('a push that ends between two calls', () => {
  it('is tried again by another worker if its own shuts down', () => {
    expect(workerStopped(AbortSignal.abort(new CancelledFailure('WORKER_SHUTDOWN')))).toMatchObject({
      type: 'worker-stopped',
      nonRetryable: false,
    });
  });

  it('has ended if somebody canceled the workflow, or nothing was stopped', () => {
    expect(workerStopped(AbortSignal.abort(new CancelledFailure('CANCELLED')))).toBeUndefined();
    expect(workerStopped(new AbortController().signal)).toBeUndefined();
  });
});
