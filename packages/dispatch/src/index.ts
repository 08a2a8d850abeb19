export { type HandOverDeps, handOver, nudge } from './batches/hand-over.ts';
export { handOverVerification } from './batches/hand-over-verification.ts';
export { createSweep, type Sweep, type SweepLog } from './batches/sweep-batches.ts';
export type { DriftTerms } from './drift/drift-turns.ts';
export { handOverDriftCheck } from './drift/hand-over-drift-check.ts';
export { handOverImport } from './imports/hand-over-import.ts';
export { handOverNotices } from './notices/hand-over-notices.ts';
export { keepBatchSchedule, keepBatchSchedules } from './schedules/keep-batch-schedule.ts';
export {
  type KeptSchedule,
  keepSchedule,
  removeSchedule,
  type ScheduleDay,
  type SchedulePlan,
  type ScheduleTimes,
} from './schedules/keep-schedule.ts';
