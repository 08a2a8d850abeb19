export { freePort, preferPort } from './processes/free-port.ts';
export { type Lock, LockedError, lockHolder } from './processes/hold-lock.ts';
export { type Service, startService } from './processes/service.ts';
export { projectRoot } from './project.ts';
export { confirmConnect, connectToSimulator, type SimulatedBooks } from './servers/connect-to-simulator.ts';
export { findTemporal } from './servers/find-temporal.ts';
export {
  type PostedTransaction,
  type QboSimulatorClient,
  qboSimulatorClient,
  type TrialBalance,
} from './servers/qbo-simulator-client.ts';
export { type PostgresOptions, type RunningPostgres, startPostgres } from './servers/start-postgres.ts';
export {
  type QboSimulatorOptions,
  qboSimulatorEnv,
  type RunningQboSimulator,
  startQboSimulator,
} from './servers/start-qbo-simulator.ts';
export { type RunningTemporal, SEARCH_ATTRIBUTES, startTemporal, type TemporalOptions } from './servers/start-temporal.ts';
export type { StackAddresses } from './stack/addresses.ts';
export { buildApps, buildEditedApps } from './stack/build-apps.ts';
export { buildConsole } from './stack/build-console.ts';
export { type Edit, edited } from './stack/edits.ts';
export { runningStack, type Stack, type StackOptions, startStack } from './stack/stack.ts';
export { type AppOptions, startApi, startWorker } from './stack/start-app.ts';
