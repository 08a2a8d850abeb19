import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCollector } from './collector.ts';
import { newCompany, newConnectedCompany, records, type System, startSystem, untilState } from './system.ts';

const ENDS = ['posted', 'posted-in-part', 'nothing-posted', 'failed', 'canceled', 'stopped'];
/** The drill plays on the same processors. */
const SLOWLY = { timeout: 20_000 };
const ENGINE_ALONE = { LEDGERPOST_TARGETS: 'none' };
const SAASANT_ALONE = { LEDGERPOST_ENGINE: '0', LEDGERPOST_TARGETS: 'saasant' };

let system: System;
let collector: Awaited<ReturnType<typeof startCollector>>;

beforeAll(async () => {
  collector = await startCollector();
  system = await startSystem(
    {},
    {
      simulator: {},
      env: {
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_BSP_SCHEDULE_DELAY: '200',
      },
    },
  );
  await system.startApi();
});
afterAll(async () => {
  await system?.stop();
  await collector?.stop();
});

interface BatchAnswer {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly waiting?: string;
}

/** Records of the sample that both targets accept. */
async function put(company: string, invoices: number): Promise<void> {
  const { status, body } = await system.call('POST', `/v1/companies/${company}/records`, records(invoices), {
    'content-type': 'application/x-ndjson',
  });
  expect(status, JSON.stringify(body)).toBe(200);
}

async function start(company: string): Promise<BatchAnswer> {
  await newCompany(system, company, 200);
  const { status, body } = await system.call<{ batch: BatchAnswer }>(
    'POST',
    `/v1/companies/${company}/targets/saasant/batches`,
    {},
  );
  expect(status, JSON.stringify(body)).toBe(201);
  return body.batch;
}

const look = async (company: string, id: string) =>
  (await system.call<BatchAnswer>('GET', `/v1/companies/${company}/batches/${id}`)).body;

describe('engine and target in separate workers', () => {
  it('a batch waits for its target’s worker, shows so, and continues when one starts', async () => {
    const engine = await system.startWorker(ENGINE_ALONE);
    const { id } = await start('apart');
    await expect
      .poll(async () => (await look('apart', id)).waiting, SLOWLY)
      .toContain('No worker that serves SaasAnt Excel files is up.');
    expect((await look('apart', id)).state).toBe('selecting');

    const target = await system.startWorker(SAASANT_ALONE);
    await untilState(system, 'apart', id, ENDS);
    const after = await look('apart', id);
    expect(after.state).toBe('posted-in-part');
    expect(after).not.toHaveProperty('waiting');
    // The engine's worker says once that it does not serve the target. From then on its steps are activities of its own workers.
    const connection = await Connection.connect({ address: system.temporalAddress });
    const client = new Client({ connection });
    const { events } = await client.workflow.getHandle(`batch:apart:saasant:${id}`).fetchHistory();
    await connection.close();
    const failures = (events ?? []).flatMap(({ markerRecordedEventAttributes: marker }) => marker?.failure ?? []);
    expect(failures.map((failure) => failure.applicationFailureInfo?.type)).toEqual(['served-elsewhere']);
    await target.stop();
    await engine.stop();
  });

  it('workers that shut down are reported as missing immediately', async () => {
    const { id } = await start('missed');
    expect((await look('missed', id)).waiting).toContain('No worker that runs batches is up.');
    const worker = await system.startWorker();
    await untilState(system, 'missed', id, ENDS);
    await worker.stop();
  });
});

describe('a trace', () => {
  it('leads from the request through the workflow and its activities to the calls at the target, without a secret', async () => {
    // Traced workflows are another bundle, which the worker makes by itself.
    const worker = await system.startWorker({ LEDGERPOST_WORKFLOW_BUNDLE: undefined });
    await newConnectedCompany(system, 'traced', { company: { preferences: { classTracking: 'off' } } });
    await put('traced', 40);
    const { status, body } = await system.call<{ batch: BatchAnswer }>('POST', '/v1/companies/traced/targets/qbo/batches', {});
    expect(status, JSON.stringify(body)).toBe(201);
    await untilState(system, 'traced', body.batch.id, ENDS);

    const ofTrace = (traceId: string) => collector.spans.filter((span) => span.traceId === traceId);
    const whole = () =>
      collector.spans.find(
        ({ name, traceId }) => /^POST .*\/batches$/.test(name) && ofTrace(traceId).some((span) => span.name.startsWith('qbo ')),
      );
    await expect
      .poll(() => whole() !== undefined && ofTrace(whole()!.traceId).some(({ name }) => name.includes('RunWorkflow')), {
        timeout: 20_000,
      })
      .toBe(true);
    // Not sooner: the batch ends in the database before its workflow does.
    await worker.stop();
    const request = whole()!;
    const spans = ofTrace(request.traceId);
    const sendersOf = (part: string) => [
      ...new Set(spans.filter(({ name }) => name.includes(part)).map(({ service }) => service)),
    ];
    expect(sendersOf('StartWorkflow:runBatch')).toEqual(['ledgerpost-api']);
    expect(sendersOf('RunWorkflow:runBatch')).toEqual(['ledgerpost-worker']);
    expect(sendersOf('RunActivity:qbo.push')).toEqual(['ledgerpost-worker']);
    const call = spans.findLast(({ name }) => name === 'qbo POST batch')!;
    expect(call.attributes).toMatchObject({ 'http.response.status_code': 200 });
    expect(spans.find(({ spanId }) => spanId === call.parentSpanId)!.name).toContain('qbo.push');
    // Each span's parent is another one, up to the request.
    const ids = new Set(spans.map(({ spanId }) => spanId));
    expect(spans.filter(({ parentSpanId }) => !parentSpanId).map(({ name }) => name)).toEqual([request.name]);
    expect(spans.filter(({ parentSpanId }) => parentSpanId && !ids.has(parentSpanId))).toEqual([]);

    const sent = collector.texts.join();
    expect(sent).not.toContain(system.key);
    expect(sent).not.toMatch(/bearer|requestid=|minorversion/i);
  });
});

describe('worker versioning', () => {
  it('a batch ends with the build that it started with, and the next one starts with the current build', async () => {
    const connection = await Connection.connect({ address: system.temporalAddress });
    const client = new Client({ connection });
    const build = (name: string) => ({ LEDGERPOST_DEPLOYMENT: 'ledgerpost', LEDGERPOST_BUILD: name });
    const makeCurrent = async (buildId: string) => {
      // Temporal knows a build once a worker with it has polled.
      await expect
        .poll(
          () =>
            connection.workflowService
              .setWorkerDeploymentCurrentVersion({ namespace: 'default', deploymentName: 'ledgerpost', buildId, identity: 'ops' })
              .then(
                () => 'set',
                (error: Error) => error.message,
              ),
          { timeout: 120_000, interval: 250 },
        )
        .toBe('set');
    };
    const buildOf = async (company: string, id: string) => {
      const { raw } = await client.workflow.getHandle(`batch:${company}:saasant:${id}`).describe();
      return raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId;
    };

    const engine = await system.startWorker({ ...ENGINE_ALONE, ...build('b1') });
    await makeCurrent('b1');
    const began = await start('began');
    await expect.poll(async () => (await look('began', began.id)).waiting, SLOWLY).toContain('SaasAnt');

    const next = await system.startWorker({ ...ENGINE_ALONE, ...build('b2') });
    await makeCurrent('b2');
    const begins = await start('begins');
    const target = await system.startWorker(SAASANT_ALONE);
    await untilState(system, 'began', began.id, ENDS);
    await untilState(system, 'begins', begins.id, ENDS);
    expect([await buildOf('began', began.id), await buildOf('begins', begins.id)]).toEqual(['b1', 'b2']);

    for (const worker of [target, next, engine]) await worker.stop();
    await connection.close();
  });
});
