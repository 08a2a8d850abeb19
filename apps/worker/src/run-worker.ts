import { setFlagsFromString } from 'node:v8';
import type { AnyTarget } from '@ledgerpost/core';
import { handOver } from '@ledgerpost/dispatch';
import { type Tracing, WORKFLOW_SPANS } from '@ledgerpost/telemetry';
import { ENGINE_QUEUE, targetQueue } from '@ledgerpost/workflows/names';
import { Client } from '@temporalio/client';
import { type NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { coreActivities, servedElsewhere, targetActivities } from './activities/index.ts';
import { type WorkerDeps, withSubject } from './activities/verb.ts';
import { bundleApart } from './bundle-workflows.ts';
import { targetsServed } from './metrics/metrics.ts';

export interface WorkerOptions {
  readonly deps: WorkerDeps;
  readonly connection: NativeConnection;
  readonly namespace: string;
  /** The targets whose queues this worker serves. */
  readonly targets: readonly AnyTarget[];
  /** All targets of the installation, even those that other workers serve; absent: those of this worker. */
  readonly installed?: readonly AnyTarget[] | undefined;
  /** Whether it runs workflows and the engine's own activities. */
  readonly engine: boolean;
  /** Activities at once, per queue. */
  readonly slots: number;
  /** For how long heartbeats are held back at most, in milliseconds; absent: 2 seconds. */
  readonly throttleMs?: number | undefined;
  /** After how many seconds of silence a worker counts as dead; absent: as in the workflows' policies. */
  readonly heartbeatSeconds?: number | undefined;
  readonly bundle?: WorkflowBundleOption | undefined;
  readonly tracing?: Tracing | undefined;
  /** For worker versioning: batches stay with the build that they began with. Absent: any build takes any task. */
  readonly deployment?: { readonly name: string; readonly build: string } | undefined;
}

/**
 * How a worker talks to Temporal: without gzip, which the SDK would use. What they tell each other is small and mostly stays on one machine
 * or in one network, and compressing it took a tenth of the processor time of both.
 */
export const UNCOMPRESSED = { grpcCompression: { codec: 'none' } } as const;

export interface RunningWorker {
  /** Settles when the worker has stopped; rejects if it died. */
  readonly stopped: Promise<void>;
  /** Lets what is running end, then stops. */
  stop(): void;
  /** Whether an activity is running. */
  isBusy(): boolean;
}

/** Runs workers for the queues asked for: one per target, one for the engine. */
export async function runWorker(given: WorkerOptions): Promise<RunningWorker> {
  const options = { ...given, deps: { ...given.deps, log: withSubject(given.deps.log) } };
  const { deps, connection, namespace, targets, tracing, deployment } = options;
  const common = {
    connection,
    namespace,
    maxConcurrentActivityTaskExecutions: options.slots,
    // Heartbeats are held back for most of their timeout otherwise, and a cancel would be heard late.
    maxHeartbeatThrottleInterval: options.throttleMs ?? 2_000,
    defaultHeartbeatThrottleInterval: options.throttleMs ?? 2_000,
    shutdownGraceTime: '5s',
    ...(tracing === undefined ? {} : { interceptors: tracing.worker.interceptors, sinks: tracing.worker.sinks }),
    ...(deployment === undefined ? {} : { workerDeploymentOptions: pinned(deployment) }),
  } as const;
  const workers: Worker[] = [];
  const served = targets.map((target) => ({ target, activities: targetActivities(deps, target) }));
  if (options.engine) {
    keepThreadSmall();
    workers.push(
      await Worker.create({
        ...common,
        taskQueue: ENGINE_QUEUE,
        workflowBundle: options.bundle ?? (await bundleApart(tracing === undefined ? [] : [WORKFLOW_SPANS])),
        // The short steps of a batch run here, those of a target too.
        activities: Object.assign(coreActivities(engineDeps(options)), ...served.map(({ activities }) => activities), {
          default: servedElsewhere,
        }),
        maxConcurrentLocalActivityExecutions: options.slots,
        // A task lasts until its batch has done its short steps, and after eight seconds it is sent to Temporal in pieces: so no more begin
        // than are done by then, even on a slow machine. Of 80 batches at once 64 had a second task with Temporal's own 40.
        maxConcurrentWorkflowTaskExecutions: 2 * options.slots,
        // A workflow that is pushed out replays its history at its next step. With 100, an evening rush of 300 batches cost the
        // worker half as much processor time again (64 s, 41 s with room for all); its memory stays under 500 MB.
        maxCachedWorkflows: 400,
      }),
    );
  }
  for (const { target, activities } of served) {
    targetsServed.set({ target: target.id }, 1);
    workers.push(await Worker.create({ ...common, taskQueue: targetQueue(target.id), activities }));
  }
  const runs = workers.map((worker) => worker.run());
  const stop = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  // If one dies, all stop: half a worker would leave batches waiting without a sign.
  for (const run of runs) run.catch(stop);
  const isBusy = () => workers.some((worker) => worker.getStatus().numInFlightActivities > 0);
  return { stopped: Promise.all(runs).then(() => {}), stop, isBusy };
}

/**
 * Workflows run in a thread of their own, whose heap begins as V8's flags are when it starts. They make little, so it gets a new space of
 * 2 MB and not the 8 MB of this thread's, which has its heap already: a worker needs 15 MB less.
 */
function keepThreadSmall(): void {
  for (const which of ['min', 'max']) setFlagsFromString(`--${which}-semi-space-size=2`);
}

/** Scheduled batches are started here, and handed over as the API hands over those of people. */
function engineDeps({ deps, connection, namespace, tracing, installed, targets, heartbeatSeconds }: WorkerOptions) {
  const interceptors = tracing === undefined ? {} : { interceptors: tracing.clientInterceptors };
  const temporal = new Client({ connection, namespace, ...interceptors });
  return {
    ...deps,
    installed: installed ?? targets,
    handOver: (batchId: string) => handOver({ store: deps.store, temporal, heartbeatSeconds }, batchId),
  };
}

function pinned({ name, build }: { readonly name: string; readonly build: string }) {
  return {
    useWorkerVersioning: true as const,
    version: { deploymentName: name, buildId: build },
    defaultVersioningBehavior: 'PINNED' as const,
  };
}
