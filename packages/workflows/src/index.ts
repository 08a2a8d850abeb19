/* What the worker's bundle holds: workflows, and nothing else that Temporal could take for one. */
export { lookForDrift } from './look-for-drift.ts';
export { runBatch } from './run-batch.ts';
export { runImport } from './run-import.ts';
export { sendNotice } from './send-notice.ts';
export { startScheduledBatch } from './start-scheduled-batch.ts';
export { undoBatch } from './undo-batch.ts';
export { verifyBatch } from './verify-batch.ts';
