export { coreActivities, targetActivities } from './activities/index.ts';
export { bundleWorkflows, type RunningWorker, runWorker, type WorkerOptions } from './run-worker.ts';
export type { Hands } from './verb.ts';
