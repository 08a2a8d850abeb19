export * from './registry.ts';
export * from './targets.ts';
