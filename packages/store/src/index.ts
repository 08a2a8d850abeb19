export * from './api-keys.ts';
export * from './batches/index.ts';
export * from './companies.ts';
export {
  type CompanyTarget,
  editSettings,
  enableTarget,
  getCompanyTarget,
  listCompanyTargets,
  targetsOf,
} from './company-targets.ts';
export * from './connections.ts';
export * from './departments.ts';
export * from './drift/index.ts';
export type { Fragment } from './filter-sql.ts';
export * from './hash.ts';
export * from './journal.ts';
export * from './keyset.ts';
export * from './load-context.ts';
export * from './lock-company.ts';
export * from './migrate.ts';
export { openStore, type Sql, type Store, type StoreOptions } from './open-store.ts';
export * from './put-records.ts';
export * from './rate-limits.ts';
export * from './refresh-standing.ts';
export * from './schedules.ts';
export type {
  BatchPlan,
  BatchProgress,
  BatchTotals,
  ConnectionState,
  Count,
  DriftSource,
  DriftState,
  Role,
  StoredReceipt,
} from './schema.ts';
export * as schema from './schema.ts';
export { ROLES } from './schema.ts';
export * from './selection.ts';
export * from './sessions.ts';
export * from './unbatched.ts';
export * from './workers.ts';
