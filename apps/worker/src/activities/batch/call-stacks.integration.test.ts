import { saasant } from '@ledgerpost/saasant-plugin';
import { afterEach, expect, it, vi } from 'vitest';
import { harness } from '../../testing/harness.testing.ts';
import { customer, invoice, SETTINGS } from '../../testing/records.testing.ts';

/** What Temporal's page Call Stack asks of a batch that waits for its approval. */
async function callStack(): Promise<string> {
  const h = await harness([saasant]);
  try {
    const policy = { approval: { required: true, lapsesAfterHours: 1 } };
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1')], { ...SETTINGS, policy });
    const { handle } = await h.start(co);
    await vi.waitFor(async () => expect(await h.store.sql`select state from batches`).toEqual([{ state: 'awaiting-approval' }]), {
      timeout: 120_000,
      interval: 50,
    });
    return await handle.query<string>('__stack_trace').catch((error: unknown) => String(error));
  } finally {
    await h.close();
  }
}

afterEach(() => vi.unstubAllEnvs());

it('a worker keeps no call stacks of its workflows', async () => {
  expect(await callStack()).toContain('stack traces are not enabled');
});

it('a worker that is set to keep them names the step that waits', async () => {
  vi.stubEnv('LEDGERPOST_WORKFLOW_STACKS', 'on');
  expect(await callStack()).toContain('waitForApproval');
});
