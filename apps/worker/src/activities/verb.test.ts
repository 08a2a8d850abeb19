import { TargetError } from '@ledgerpost/core';
import { expect, it } from 'vitest';
import { registry } from '../metrics/metrics.ts';
import { failureOf, verb, type WorkerDeps } from './verb.ts';

it('a verb’s defects are counted from zero, so that the first one is seen to rise', async () => {
  verb('example', {} as WorkerDeps, async () => {});
  const told = await registry.metrics();
  for (const code of ['engine-defect', 'target-defect'])
    expect(told).toContain(`ledgerpost_activity_failures_total{activity="example",code="${code}"} 0`);
});

it('what a target answers at every attempt becomes a person’s to decide after some minutes, and an outage never does', () => {
  const failed = (answered: boolean, attempt: number, retryAfterMs?: number) => {
    const text = 'The target failed to create a name.';
    const error = new TargetError('transient', 'target-unreachable', text, retryAfterMs, answered);
    return failureOf('prepare', { log: () => {} }, error, attempt, 0, true);
  };
  expect(failed(true, 59)).toMatchObject({ type: 'target-unreachable', nonRetryable: false, details: [{ kind: 'transient' }] });
  expect(failed(false, 1_000)).toMatchObject({ type: 'target-unreachable', nonRetryable: false });
  const last = failed(true, 60);
  expect(last).toMatchObject({ type: 'target-not-ready', nonRetryable: true, details: [{ kind: 'config' }] });
  expect(last.message).toBe(
    'The target failed to create a name. It answered so at each of 60 attempts. Find out why, or try again later: resume the batch, or start again what stopped.',
  );
});
