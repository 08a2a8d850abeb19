export { coreActivities, targetActivities } from './activities/index.ts';
export type { WorkerDeps } from './activities/verb.ts';
export { bundleWorkflows } from './bundle-workflows.ts';
export { type RunningWorker, runWorker, type WorkerOptions } from './run-worker.ts';
