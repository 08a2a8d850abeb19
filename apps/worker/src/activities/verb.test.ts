import { expect, it } from 'vitest';
import { registry } from '../metrics/metrics.ts';
import { verb, type WorkerDeps } from './verb.ts';

it('a verb’s defects are counted from zero, so that the first one is seen to rise', async () => {
  verb('example', {} as WorkerDeps, async () => {});
  const told = await registry.metrics();
  for (const code of ['engine-defect', 'target-defect'])
    expect(told).toContain(`ledgerpost_activity_failures_total{activity="example",code="${code}"} 0`);
});
