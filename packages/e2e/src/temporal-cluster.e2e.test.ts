import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { projectRoot } from '@ledgerpost/devstack';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildGates, shutGate } from './gates.ts';
import { companyWithRecords, postBatch } from './quickbooks-books.ts';
import { newCompany, outcomeOf, type System, startSystem, untilState } from './system.ts';
import { noTemporalServer, startTemporalCluster, type TemporalCluster } from './temporal-cluster.ts';

if (noTemporalServer !== undefined) console.info(`Skipped: ${noTemporalServer}.`);

const INVOICES = 2_500;
const ENDS = ['posted', 'posted-in-part', 'nothing-posted', 'failed', 'canceled', 'stopped'];

/* What the development server can't show: Temporal's own server, two nodes of it, with its histories in Postgres. */
describe.skipIf(noTemporalServer !== undefined)(
  `Temporal as a cluster of two nodes on Postgres${noTemporalServer === undefined ? '' : ` (skipped: ${noTemporalServer})`}`,
  () => {
    let cluster: TemporalCluster;
    let system: System;
    let prepared: string;

    beforeAll(async () => {
      cluster = await startTemporalCluster(2);
      system = await startSystem({}, { simulator: { limits: 'off' }, temporalAddress: cluster.addresses[0] });
      const prepare = await promisify(execFile)(process.execPath, [`${projectRoot}/apps/api/src/prepare.ts`], {
        env: { ...process.env, DATABASE_URL: system.databaseUrl, TEMPORAL_ADDRESS: cluster.addresses[1] },
      });
      prepared = prepare.stdout;
      await system.startApi();
      await system.startWorker();
      // The second worker knows the cluster by its other node.
      await system.startWorker({ TEMPORAL_ADDRESS: cluster.addresses[1] });
      await buildGates(system.sql);
    }, 300_000);
    afterAll(async () => {
      await system?.stop();
      await cluster?.stop();
    });

    const start = async (company: string, target: string) => {
      const { status, body } = await system.call<{ batch: { id: string } }>(
        'POST',
        `/v1/companies/${company}/targets/${target}/batches`,
        {},
      );
      expect(status, JSON.stringify(body)).toBe(201);
      return body.batch.id;
    };

    it('is prepared by the step before a release: a new namespace gets our search attributes', () => {
      expect(prepared).toMatch(
        /Added to Temporal: LedgerpostCompany, LedgerpostTarget, LedgerpostState, LedgerpostBatchName\.|Temporal has our search attributes\./,
      );
    });

    it('batches to QuickBooks, verifies and undoes, and finds the batch by company and state', async () => {
      await companyWithRecords(system, 'books', { invoices: 300, payments: 200, customers: 50 }, 1);
      await postBatch(system, 'books');
      const { body } = await system.call<{ rows: { id: string }[] }>('GET', '/v1/companies/books/batches');
      const { id } = body.rows[0]!;
      const found = async (state: string) => {
        const connection = await Connection.connect({ address: cluster.addresses[0]! });
        try {
          const query = `LedgerpostCompany = 'books' and LedgerpostState = '${state}'`;
          const ids: string[] = [];
          for await (const one of new Client({ connection }).workflow.list({ query })) ids.push(one.workflowId);
          return ids;
        } finally {
          await connection.close();
        }
      };
      await expect.poll(() => found('posted'), { timeout: 20_000 }).toEqual([expect.stringContaining(id)]);
      const verify = await system.call('POST', `/v1/companies/books/batches/${id}/verify`);
      expect(verify.status, JSON.stringify(verify.body)).toBe(202);
      await expect
        .poll(async () => (await system.call('GET', `/v1/companies/books/batches/${id}/verification`)).body, { timeout: 120_000 })
        .toMatchObject({ state: 'done', counts: { same: 500 } });
      expect((await system.call('POST', `/v1/companies/books/batches/${id}/undo`)).status).toBeLessThan(300);
      await untilState(system, 'books', id, ['undone']);
    }, 300_000);

    it('loses a node during a batch, which still ends with the same bytes', async () => {
      await newCompany(system, 'calm', INVOICES);
      const calm = await start('calm', 'saasant');
      await untilState(system, 'calm', calm, ENDS);
      await newCompany(system, 'storm', INVOICES);
      const gate = await shutGate(system.sql, 'storm', 'export');
      const id = await start('storm', 'saasant');
      await gate.reached();
      await cluster.killNode(1);
      await gate.open();
      await untilState(system, 'storm', id, ENDS, 200_000);
      expect(await outcomeOf(system, 'storm', id)).toEqual(await outcomeOf(system, 'calm', calm));
    }, 300_000);
  },
);
