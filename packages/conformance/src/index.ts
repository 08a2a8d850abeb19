export * from './memory-target.ts';
