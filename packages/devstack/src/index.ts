export { buildConsole } from './build-console.ts';
export { connectToSimulator, type SimulatedBooks } from './connect-to-simulator.ts';
export { findTemporal } from './find-temporal.ts';
export { freePort, preferPort } from './free-port.ts';
export { type Lock, LockedError, lockHolder } from './hold-lock.ts';
export { projectRoot } from './project.ts';
export {
  type PostedTransaction,
  type QboSimulatorClient,
  qboSimulatorClient,
  type TrialBalance,
} from './qbo-simulator-client.ts';
export { type Service, startService } from './service.ts';
export { runningStack, type Stack, type StackAddresses, type StackOptions, startStack } from './stack.ts';
export { type AppOptions, startApi, startWorker } from './start-app.ts';
export { type PostgresOptions, type RunningPostgres, startPostgres } from './start-postgres.ts';
export { type QboSimulatorOptions, qboSimulatorEnv, type RunningQboSimulator, startQboSimulator } from './start-qbo-simulator.ts';
export { type RunningTemporal, SEARCH_ATTRIBUTES, startTemporal, type TemporalOptions } from './start-temporal.ts';
