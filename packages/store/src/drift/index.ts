export * from './checks.ts';
export * from './decide.ts';
export * from './list-drifts.ts';
export { driftCheckHandedOver, type RequestedDriftCheck, requestDriftCheck, requestedDriftChecks } from './requests.ts';
export * from './save-drifts.ts';
export * from './standing-documents.ts';
export * from './webhook-notices.ts';
