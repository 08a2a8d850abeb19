import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findTemporal, freePort, startApi } from '@ledgerpost/devstack';
import { testDatabase, testTemporal } from '@ledgerpost/devstack/testing';
import { ENGINE_QUEUE, RUN_BATCH, SEARCH_ATTRIBUTES } from '@ledgerpost/workflows/names';
import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { prepareTemporal } from './prepare-temporal.ts';

async function prepare(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../prepare.ts', import.meta.url))], {
    env: { PATH: process.env.PATH, ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, said };
}

describe('preparing a release', () => {
  it('creates the tables and the search attributes, however often it runs', async () => {
    const [database, temporal] = await Promise.all([testDatabase(), testTemporal()]);
    const env = { DATABASE_URL: database.url, TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: temporal.namespace };
    const both = await Promise.all([prepare(env), prepare(env)]);
    for (const { code, said } of [...both, await prepare(env)]) {
      expect(said).toContain('newest schema');
      expect(said).toContain('Temporal has our search attributes.');
      expect(code).toBe(0);
    }
    await database.drop();
  });

  it('adds the search attributes that a namespace lacks', async () => {
    const { address, namespace } = await testTemporal();
    const connection = await Connection.connect({ address });
    const name = `Prepared${randomUUID().slice(0, 8)}`;
    expect(await prepareTemporal(connection, namespace, [name, 'LedgerpostState'])).toEqual([name]);
    await expect.poll(() => prepareTemporal(connection, namespace, [name])).toEqual([]);
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    expect(customAttributes?.[name]).toBe(2);
    await connection.close();
  });

  it('is done by an API that may, before it serves; then the runbook’s command ends all of our workflows, as written', async () => {
    const [database, { address }] = await Promise.all([testDatabase(), testTemporal()]);
    const connection = await Connection.connect({ address });
    const namespace = `fresh-${randomUUID()}`;
    const workflowExecutionRetentionPeriod = { seconds: 86_400 as never };
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
    const api = await startApi({
      env: { DATABASE_URL: database.url, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, LEDGERPOST_MIGRATE: '1' },
      port: await freePort(),
    });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    expect(Object.keys(customAttributes ?? {})).toEqual(expect.arrayContaining(Object.values(SEARCH_ATTRIBUTES)));
    await api.stop();
    // What the runbook says before a restore, as written.
    const client = new Client({ connection, namespace });
    const typedSearchAttributes = [{ key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.company, 'KEYWORD'), value: 'birds' }];
    const running = await client.workflow.start(RUN_BATCH, {
      ...{ workflowId: 'batch:birds:qbo:1', taskQueue: ENGINE_QUEUE, args: [] },
      typedSearchAttributes,
    });
    const runbook = await readFile(new URL('../../../../docs/guides/runbook.md', import.meta.url), 'utf8');
    const [, command] = /`(temporal workflow terminate [^`]+)`/.exec(runbook)!;
    const env = {
      ...{ PATH: `${dirname(await findTemporal())}${delimiter}${process.env.PATH}`, HOME: process.env.HOME },
      ...{ TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace },
    };
    // Temporal lists a workflow a moment after it has it.
    await expect
      .poll(
        async () => {
          await promisify(execFile)('sh', ['-c', command!], { env });
          return (await running.describe()).status.name;
        },
        { timeout: 20_000, interval: 300 },
      )
      .toBe('TERMINATED');
    await connection.close();
    await database.drop();
  }, 300_000);

  it('reports what is wrong, and fails', async () => {
    expect(await prepare({})).toEqual({ code: 1, said: expect.stringContaining('Set DATABASE_URL to the address of Postgres') });
  });
});
