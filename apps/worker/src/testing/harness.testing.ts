import { randomUUID } from 'node:crypto';
import { type BatchRequest, type StartRequest, startBatch } from '@ledgerpost/batching';
import type { AnyTarget, BooksSettings, CompanyFacts, Selection, SourceRecord } from '@ledgerpost/core';
import { testDatabase, testTemporal } from '@ledgerpost/devstack/testing';
import { createSweep, handOverDriftCheck, handOverVerification, handOver as handToTemporal } from '@ledgerpost/dispatch';
import {
  type BatchView,
  beginUndo,
  beginVerification,
  enableTarget,
  getBatch,
  getCompanyTarget,
  getVerification,
  openStore,
  putCompany,
  putRecords,
  requestDriftCheck,
  type Store,
} from '@ledgerpost/store';
import type { LookReport } from '@ledgerpost/workflows/activities';
import { lookWorkflowId, runWorkflowId, undoWorkflowId, verifyWorkflowId } from '@ledgerpost/workflows/names';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import type * as proto from '@temporalio/proto';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import type { WorkerDeps, WriteMode } from '../activities/verb.ts';
import { bundleWorkflows } from '../bundle-workflows.ts';
import { type RunningWorker, runWorker, UNCOMPRESSED } from '../run-worker.ts';

Runtime.install({ logger: new DefaultLogger('ERROR') });

/** A real Postgres, a real Temporal and a worker in this process, for one test file. */
export async function harness(
  targets: readonly AnyTarget[],
  { chunk, apps, keys, notices, slots = 8 }: Pick<WorkerDeps, 'chunk' | 'apps' | 'keys' | 'notices'> & { slots?: number } = {},
) {
  const [database, temporal] = await Promise.all([testDatabase(), testTemporal()]);
  const store = openStore({ url: database.url });
  const connection = await Connection.connect({ address: temporal.address });
  const client = new Client({ connection, namespace: temporal.namespace });
  const native = await NativeConnection.connect({ address: temporal.address, ...UNCOMPRESSED });
  const prepared = process.env.LEDGERPOST_WORKFLOW_BUNDLE;
  const bundle = prepared ? { codePath: prepared } : await bundleWorkflows();
  const logged: string[] = [];
  const deps = {
    store,
    fetch: globalThis.fetch,
    now: () => Date.now(),
    chunk,
    apps,
    keys,
    notices,
    log: (level: string, message: string, facts?: unknown) => void logged.push(`${level} ${message} ${JSON.stringify(facts)}`),
  };
  const startWorker = (writes?: WriteMode) =>
    runWorker({
      deps: { ...deps, writes },
      connection: native,
      namespace: temporal.namespace,
      targets,
      engine: true,
      slots,
      bundle,
    });
  let worker: RunningWorker | undefined = await startWorker();

  return {
    databaseUrl: database.url,
    store,
    deps,
    client,
    logged,
    company: (target: AnyTarget, records: readonly SourceRecord[], settings: object = {}) =>
      company(store, target, records, settings),
    async stopWorker() {
      worker?.stop();
      await worker?.stopped;
      worker = undefined;
    },
    async startWorker(writes?: WriteMode) {
      worker = await startWorker(writes);
    },
    /** Starts a batch and follows it to its end. */
    async run(books: Books, more: Partial<StartRequest> = {}): Promise<BatchView> {
      const { batch } = await startBatch(
        { store, target: books.target },
        { ...books.request(), acknowledge: [], actor: 'tess', ...more },
      );
      const handle = await handOver(client, store, batch.id);
      await handle.result().catch((error: unknown) => {
        throw new Error(`The batch failed: ${logged[0]?.slice(0, 600)}`, { cause: error });
      });
      return (await getBatch(store.sql, books.company.id, batch.id))!;
    },
    /** WorkerDeps a started batch over and waits for its end. */
    async follow(batchId: string): Promise<void> {
      await (await handOver(client, store, batchId)).result();
    },
    async start(books: Books, more: Partial<StartRequest> = {}) {
      const { batch } = await startBatch(
        { store, target: books.target },
        { ...books.request(), acknowledge: [], actor: 'tess', ...more },
      );
      return { batch, handle: await handOver(client, store, batch.id) };
    },
    /** Looks once, as the API does every few seconds, for batches that were left between database and Temporal. */
    sweep: () => createSweep({ store, temporal: client }, { info: () => {}, warn: () => {} }, 0).once(),
    /** The histories of the runs that a workflow took, first to last. */
    async historiesOf(handle: { workflowId: string; firstExecutionRunId?: string }) {
      const histories: proto.temporal.api.history.v1.IHistory[] = [];
      for (let runId: string | null | undefined = handle.firstExecutionRunId; runId; ) {
        const history = await client.workflow.getHandle(handle.workflowId, runId).fetchHistory();
        histories.push(history);
        runId = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
      }
      return histories;
    },
    async startUndo(books: Books, batchId: string) {
      await store.sql.begin((sql) => beginUndo(sql, { companyId: books.company.id, batchId, actor: 'ada' }));
      return handOver(client, store, batchId);
    },
    async undo(books: Books, batchId: string): Promise<BatchView> {
      await (await this.startUndo(books, batchId)).result();
      return (await getBatch(store.sql, books.company.id, batchId))!;
    },
    /** Starts a verification, and hands it over. */
    async startVerification(books: Books, batchId: string) {
      const companyId = books.company.id;
      await store.sql.begin((sql) => beginVerification(sql, { companyId, batchId, actor: 'vera' }));
      await handOverVerification({ store, temporal: client }, batchId);
      return client.workflow.getHandle(verifyWorkflowId({ companyId, target: books.target.id, batchId }));
    },
    /** Begins to look for drift. */
    async startLook(books: Books, by: 'request' | 'webhook' = 'request') {
      const wish = {
        companyId: books.company.id,
        target: books.target.id,
        connectionId: books.request().companyTarget.connectionId,
      };
      await store.sql.begin((sql) => requestDriftCheck(sql, { ...wish, by }));
      await handOverDriftCheck({ store, temporal: client, gatheredMs: 0 }, wish.connectionId);
      return client.workflow.getHandle(lookWorkflowId(wish));
    },
    /** Checks for drift, and returns the result. */
    async look(books: Books, by: 'request' | 'webhook' = 'request'): Promise<LookReport> {
      return (await this.startLook(books, by)).result();
    },
    async verify(books: Books, batchId: string) {
      await (await this.startVerification(books, batchId)).result();
      return (await getVerification(store.sql, batchId))!;
    },
    async close() {
      worker?.stop();
      await worker?.stopped;
      await native.close();
      await connection.close();
      await store.close();
      await database.drop();
    },
  };
}

export interface Books {
  readonly company: CompanyFacts;
  readonly target: AnyTarget;
  put(...records: SourceRecord[]): Promise<void>;
  request(selection?: Selection): BatchRequest;
}

async function company(store: Store, target: AnyTarget, records: readonly SourceRecord[], settings: object): Promise<Books> {
  const facts: CompanyFacts = {
    id: `co-${randomUUID().slice(0, 8)}`,
    name: 'Amy’s HVAC',
    timeZone: 'America/Los_Angeles',
    currency: 'USD',
  };
  await putCompany(store, facts, 'ada');
  await enableTarget(
    store,
    {
      companyId: facts.id,
      target: target.id,
      delivery: target.delivery.by,
      settings: target.settings.parse(settings) as BooksSettings,
    },
    'ada',
  );
  await putRecords(store, facts, records, 'source');
  const companyTarget = (await getCompanyTarget(store, facts.id, target.id))!;
  return {
    company: facts,
    target,
    put: async (...more) => void (await putRecords(store, facts, more, 'source')),
    request: (selection = {}) => ({ company: facts, companyTarget, selection, today: '2026-11-24' }),
  };
}

/** WorkerDeps a batch, or the undo of one, over, and holds on to its workflow. */
async function handOver(
  client: Client,
  store: Store,
  batchId: string,
): Promise<WorkflowHandle & { firstExecutionRunId?: string }> {
  const [batch] = await store.sql<{ companyId: string; target: string; state: string; undoCount: number }[]>`
    select company_id as "companyId", target, state, undo_count as "undoCount" from batches where id = ${batchId}`;
  await handToTemporal({ store, temporal: client }, batchId);
  const at = { companyId: batch!.companyId, target: batch!.target, batchId };
  const id = batch!.state === 'undoing' ? undoWorkflowId({ ...at, undo: batch!.undoCount }) : runWorkflowId(at);
  const { raw } = await client.workflow.getHandle(id).describe();
  const first = raw.workflowExecutionInfo?.firstRunId;
  return Object.assign(client.workflow.getHandle(id), first ? { firstExecutionRunId: first } : {});
}
