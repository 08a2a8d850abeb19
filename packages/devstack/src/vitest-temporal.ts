import { startTemporal } from './servers/start-temporal.ts';

/** Global set-up for vitest: a Temporal server for `testTemporal()`, unless the test run has started one for all. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.LEDGERPOST_TEST_TEMPORAL_ADDRESS) return undefined;
  const temporal = await startTemporal();
  process.env.LEDGERPOST_TEST_TEMPORAL_ADDRESS = temporal.address;
  return async () => {
    delete process.env.LEDGERPOST_TEST_TEMPORAL_ADDRESS;
    await temporal.stop();
  };
}
