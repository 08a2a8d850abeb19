export { findTemporal } from './find-temporal.ts';
export { freePort } from './free-port.ts';
export { projectRoot } from './project.ts';
export { type PostgresOptions, type RunningPostgres, startPostgres } from './start-postgres.ts';
export { type RunningTemporal, SEARCH_ATTRIBUTES, startTemporal, type TemporalOptions } from './start-temporal.ts';
