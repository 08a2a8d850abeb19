export { actingAs, isNameOfPerson, personBehind } from './access/actors.ts';
export * from './access/api-keys.ts';
export * from './access/invitations.ts';
export * from './access/journal.ts';
export { checkPassword, hashPassword, hasPasswords, PASSWORD_LENGTH } from './access/passwords.ts';
export * from './access/people.ts';
export * from './access/sessions.ts';
export * from './batches/index.ts';
export * from './companies/companies.ts';
export {
  type CompanyTarget,
  editSettings,
  enableTarget,
  findTarget,
  getCompanyTarget,
  type KeepSettings,
  listCompanyTargets,
  markPreviewed,
} from './companies/company-targets.ts';
export * from './companies/dashboard.ts';
export * from './companies/settings-secrets.ts';
export * from './connections/connections.ts';
export * from './connections/oauth-states.ts';
export * from './connections/quotas.ts';
export * from './connections/rate-days.ts';
export * from './connections/rate-limits.ts';
export * from './database/begin-cancelable.ts';
export * from './database/hash.ts';
export * from './database/keyset.ts';
export * from './database/lock-company.ts';
export * from './database/migrate.ts';
export { type Fragment, openStore, type Sql, type Store } from './database/open-store.ts';
export * from './drift/index.ts';
export * from './imports/index.ts';
export * from './links/index.ts';
export * from './notices/index.ts';
export * from './records/classes-in-use.ts';
export * from './records/departments.ts';
export * from './records/get-record.ts';
export * from './records/load-context.ts';
export { FOUND_KINDS, type FoundName, namesFound } from './records/names-found.ts';
export { type Prepared, prepareRecord, prepareRecords } from './records/prepare-records.ts';
export { putPrepared, putRecords } from './records/put-records.ts';
export * from './records/twin-candidates.ts';
export { type InLine, type WritesInLine, writesInLine } from './records/writes-in-line.ts';
export {
  type ScheduleToKeep,
  scheduleDeleted,
  scheduleKept,
  schedulesBehind,
  schedulesToKeep,
  scheduleToKeep,
} from './schedules/kept-schedules.ts';
export { findRun, listRuns, openBatchAt, recordRun, type ScheduleRun, scheduleCounts } from './schedules/schedule-runs.ts';
export {
  getSchedule,
  listSchedules,
  noSchedule,
  pauseSchedule,
  putSchedule,
  removeScheduleOf,
  resumeSchedule,
  type StoredSchedule,
} from './schedules/schedules.ts';
export type {
  BatchPlan,
  BatchProgress,
  BatchTotals,
  ConnectionState,
  Count,
  DocumentSums,
  DriftSource,
  DriftState,
  FindingKind,
  GivenAccess,
  ImportState,
  ImportWork,
  InvitationKind,
  Role,
  StoredCorrection,
  StoredCover,
  StoredReceipt,
} from './schema/index.ts';
export { FINDING_KINDS, IMPORT_STATES, ROLES } from './schema/index.ts';
export * from './standing/checks.ts';
export * from './standing/refresh-standing.ts';
export * from './standing/selection.ts';
export { postedInvoicesOf, type StandingRow, type StandingScope } from './standing/standing-facts.ts';
export * from './standing/unbatched.ts';
export {
  type CheckedBy,
  checkedByBatch,
  clearedVerdicts,
  dropOldVerdicts,
  type NewVerdicts,
  newVerdicts,
  storeVerdicts,
} from './standing/verdicts.ts';
export * from './workers/workers.ts';
