/*
 * The tables, one file a subject, each table with its purpose. Amounts are minor units of the company's currency. Wide
 * content (documents, payloads) lives apart from the narrow rows whose state changes, so that a state change rewrites
 * few bytes.
 */
export * from './access.ts';
export * from './batches.ts';
export * from './calls.ts';
export * from './companies.ts';
export * from './connections.ts';
export * from './drift.ts';
export * from './files.ts';
export * from './imports.ts';
export * from './items.ts';
export * from './links.ts';
export * from './notices.ts';
export * from './people.ts';
export * from './postings.ts';
export * from './quotas.ts';
export * from './records.ts';
export * from './schedules.ts';
export * from './verifications.ts';
export * from './workers.ts';
