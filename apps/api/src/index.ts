export * from './build-api.ts';
export type { Deps } from './deps.ts';
