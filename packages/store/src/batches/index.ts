export * from './items/causes.ts';
export * from './items/claim-items.ts';
export * from './items/cross-check-names.ts';
export * from './items/cross-checks.ts';
export * from './items/export-items.ts';
export * from './items/freeze-items.ts';
export type { ItemCustomer } from './items/item-customer.ts';
export { type Range, wholeBatch } from './items/item-parts.ts';
export * from './items/item-view.ts';
export * from './items/items-for-files.ts';
export * from './items/judge-items.ts';
export * from './items/linked-items.ts';
export * from './items/names.ts';
export * from './items/shown-items.ts';
export * from './posting/attempts.ts';
export * from './posting/calls.ts';
export * from './posting/files.ts';
export * from './posting/know-postings.ts';
export * from './posting/mark-deposited.ts';
export * from './posting/mark-in-books.ts';
export * from './posting/post-filed.ts';
export * from './posting/post-items.ts';
export * from './posting/posted-ids.ts';
export * from './posting/related.ts';
export * from './posting/undo-batch.ts';
export * from './posting/unpost-items.ts';
export * from './process/batch-orders.ts';
export * from './process/batch-view.ts';
export * from './process/end-batch.ts';
export * from './process/hand-over.ts';
export * from './process/insert-batch.ts';
export * from './process/move-batch.ts';
export { keepSums } from './process/sums.ts';
export * from './process/wait-for-batch.ts';
export * from './process/work-batch.ts';
export * from './report/batch-ledger.ts';
export * from './report/batch-report.ts';
export * from './report/hand-over-verifications.ts';
export * from './report/stated-tax.ts';
export {
  beginVerification,
  endVerification,
  FINDING_SORTS,
  FINDINGS,
  type Finding,
  type FindingStatus,
  type FindingView,
  getVerification,
  listFindings,
  saveFindings,
  type VerificationView,
} from './report/verifications.ts';
