export * from './checks.ts';
export * from './decide.ts';
export * from './list-drifts.ts';
export {
  type DriftTurn,
  driftCheckHandedOver,
  type RequestedDriftCheck,
  requestDriftCheck,
  requestDueDriftChecks,
  requestedDriftChecks,
} from './requests.ts';
export * from './save-drifts.ts';
export * from './standing-documents.ts';
export * from './webhook-notices.ts';
