import { fileURLToPath } from 'node:url';
import type { System } from '@ledgerpost/e2e/system';
import type { Client } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

/**
 * How many steps a batch of a company to SaasAnt had: the measure of an empty workflow. Short steps run where the workflow does and are
 * markers in its history; the empty workflow has an ordinary activity for each of them too.
 */
export async function stepsOf(system: System, company: string, client: Client): Promise<number> {
  const [batch] = await system.sql<{ id: string }[]>`select id from batches where company_id = ${company} limit 1`;
  const handle = client.workflow.getHandle(`batch:${company}:saasant:${batch!.id}`);
  // The batch ends in the database before its workflow does, and the last steps are in the history with the workflow's end.
  await handle.result();
  const { events } = await handle.fetchHistory();
  return (events ?? []).filter(
    ({ activityTaskScheduledEventAttributes: scheduled, markerRecordedEventAttributes: marker }) =>
      scheduled || marker?.markerName === 'core_local_activity',
  ).length;
}

/** A worker of workflows `nothing` on a queue of that name: each does as many activities as its argument says, one after the other. */
export async function emptyWorker(address: string): Promise<{ stop(): Promise<void> }> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  // As the engine's worker does.
  const connection = await NativeConnection.connect({ address, grpcCompression: { codec: 'none' } });
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./nothing.workflow.ts', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });
  const worker = await Worker.create({
    connection,
    taskQueue: 'nothing',
    workflowBundle,
    activities: { nothing: async () => ({}) },
  });
  const running = worker.run();
  return {
    async stop() {
      worker.shutdown();
      await running;
      await connection.close();
    },
  };
}
