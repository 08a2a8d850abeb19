import type { Edit } from '@ledgerpost/devstack';

/**
 * The times that the product waits for QuickBooks, each a fifth of what it is, so that their order stays. They are no settings, because
 * shorter ones would be unsafe against the real QuickBooks. The simulator answers within seconds.
 */
export const HASTENED: readonly Edit[] = [
  // Until a request without an answer is surely over, and until we give up on an answer.
  { file: 'packages/store/src/batches/posting/attempts.ts', from: 'OPEN_FOR_SECONDS = 150;', to: 'OPEN_FOR_SECONDS = 30;' },
  { file: 'packages/qbo-plugin/src/api/client.ts', from: 'REQUEST_TIMEOUT_MS = 130_000;', to: 'REQUEST_TIMEOUT_MS = 26_000;' },
  // A throttle without a wait time, and from when on a workflow waits by itself.
  { file: 'packages/qbo-plugin/src/api/classify.ts', from: 'THROTTLE_PAUSE_MS = 60_000;', to: 'THROTTLE_PAUSE_MS = 12_000;' },
  { file: 'apps/worker/src/activities/verb.ts', from: 'LONG_WAIT_MS = 60_000;', to: 'LONG_WAIT_MS = 12_000;' },
];
