export { type HandOverDeps, handOver, nudge } from './hand-over.ts';
export { handOverVerification } from './hand-over-verification.ts';
export { createSweep, type Sweep, type SweepLog } from './sweep-batches.ts';
