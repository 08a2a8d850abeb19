import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  RetryState,
  TimeoutFailure,
  TimeoutType,
} from '@temporalio/common';
import { expect, it } from 'vitest';
import { troubleOf } from './trouble.ts';

const failed = (cause: Error) => new ActivityFailure('failed', 'core.push', '1', RetryState.TIMEOUT, 'worker', cause);

it.each([
  ['a cancellation in Temporal', new CancelledFailure('canceled'), 'canceled', 'workflow-canceled'],
  [
    'a step that took too long',
    failed(new TimeoutFailure('late', undefined, TimeoutType.START_TO_CLOSE)),
    'failure',
    'activity-timeout',
  ],
  [
    'revoked access',
    failed(ApplicationFailure.create({ type: 'access-lost', message: 'No.', details: [{ kind: 'access' }] })),
    'fixable',
    'access-lost',
  ],
  [
    'a push of a batch that ended elsewhere',
    failed(ApplicationFailure.create({ type: 'fenced-off', message: 'No.' })),
    'failure',
    'fenced-off',
  ],
  ['anything else', new Error('boom'), 'failure', 'engine-defect'],
])('%s is sorted by who acts on it', (_, error, kind, code) => {
  expect(troubleOf(error)).toMatchObject({ kind, reason: { code } });
});
