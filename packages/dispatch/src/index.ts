export { type HandOverDeps, handOver, nudge } from './hand-over.ts';
export { handOverLook } from './hand-over-look.ts';
export { handOverVerification } from './hand-over-verification.ts';
export { keepBatchSchedule, keepBatchSchedules } from './keep-batch-schedule.ts';
export { keepLookSchedules, type LookTerms } from './keep-look-schedules.ts';
export {
  type KeptSchedule,
  keepSchedule,
  removeSchedule,
  type ScheduleDay,
  type SchedulePlan,
  type ScheduleTimes,
} from './keep-schedule.ts';
export { createSweep, type Sweep, type SweepLog } from './sweep-batches.ts';
