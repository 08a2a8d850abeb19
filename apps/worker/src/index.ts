export { coreActivities, targetActivities } from './activities/index.ts';
export { bundleWorkflows } from './bundle-workflows.ts';
export { type RunningWorker, runWorker, type WorkerOptions } from './run-worker.ts';
export type { Hands } from './verb.ts';
