import { runSchedule } from '@ledgerpost/batching';
import { handOverImport } from '@ledgerpost/dispatch';
import { saasant } from '@ledgerpost/saasant-plugin';
import {
  addImportFile,
  beginImportWork,
  createImport,
  endImportWork,
  getCompanyTarget,
  getImport,
  type ImportWork,
} from '@ledgerpost/store';
import { importWorkflowId } from '@ledgerpost/workflows/names';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Books, harness } from '../../testing/harness.testing.ts';
import { invoice, SETTINGS } from '../../testing/records.testing.ts';

type Harness = Awaited<ReturnType<typeof harness>>;
let h: Harness;
beforeAll(async () => {
  h = await harness([saasant]);
}, 300_000);
afterAll(() => h?.close());

const MANY = 3_500;

async function* file(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('Invoice Number,Customer,Invoice Date,Total\r\n');
  for (let at = 1; at <= MANY; at += 1) yield Buffer.from(`${at},Customer ${at % 50},2026-11-03,${at % 90}.25\r\n`);
}

async function made(co: Books): Promise<string> {
  const { id } = await createImport(h.store, { companyId: co.company.id, actor: 'ada' });
  await addImportFile(h.store, id, 'invoices.csv', file());
  return id;
}

async function begin(co: Books, importId: string, work: ImportWork): Promise<number> {
  const order = { companyId: co.company.id, importId, work, actor: 'ada' };
  return (await h.store.sql.begin((sql) => beginImportWork(sql, order))).run;
}

async function done(co: Books, importId: string, run: number) {
  const id = importWorkflowId({ companyId: co.company.id, importId, run });
  await h.client.workflow.getHandle(id).result();
  return (await getImport(h.store.sql, co.company.id, importId))!;
}

const recordsOf = async (co: Books) => {
  const [row] = await h.store.sql<{ n: number }[]>`
    select count(*)::int as n from records where company_id = ${co.company.id} and type = 'invoice' and way <> 'api'`;
  return row!.n;
};

describe('an import in Temporal', () => {
  it('continues after its workflow was terminated and its worker stopped, and writes each record once', async () => {
    const co = await h.company(saasant as never, [], SETTINGS);
    const id = await made(co);
    const check = await begin(co, id, 'check');
    await handOverImport({ store: h.store, temporal: h.client }, id);
    expect((await done(co, id, check)).state).toBe('checked');

    const apply = await begin(co, id, 'apply');
    await handOverImport({ store: h.store, temporal: h.client }, id);
    const handle = h.client.workflow.getHandle(importWorkflowId({ companyId: co.company.id, importId: id, run: apply }));
    await expect.poll(() => recordsOf(co), { timeout: 120_000, interval: 20 }).toBeGreaterThan(0);
    await handle.terminate('a test');
    await h.stopWorker();
    await h.startWorker();
    await h.sweep();
    // Whether the attempt that was going on ended it or the next one does, is a matter of moments.
    await expect.poll(async () => (await getImport(h.store.sql, co.company.id, id))!.state, { timeout: 120_000 }).toBe('applied');
    expect(await recordsOf(co)).toBe(MANY);
    const [noted] = await h.store.sql<{ added: number; ids: number; changed: number }[]>`
      select count(*)::int as added, count(distinct (a.type, i.id))::int as ids,
        (select count(*)::int from import_changes where import_id = ${id}) as changed
      from import_additions a cross join unnest(ids) i (id) where import_id = ${id}`;
    expect(noted, 'each once').toEqual({ added: MANY + 50, ids: MANY + 50, changed: 0 });
  }, 240_000);

  it('keeps a scheduled batch waiting while it is applied', async () => {
    const co = await h.company(saasant as never, [invoice('i-1')], SETTINGS);
    const id = await made(co);
    const run = await begin(co, id, 'check');
    await endImportWork(h.store.sql, { importId: id, run }, { state: 'checked' });
    await begin(co, id, 'apply');
    const schedule = { days: ['monday' as const], times: ['18:00'], send: 'everything' as const, acknowledge: [] };
    const companyTarget = (await getCompanyTarget(h.store, co.company.id, saasant.id))!;
    const now = Date.now();
    const request = { company: co.company, companyTarget, schedule, due: new Date(now), askedBy: null, now };
    const patient = await runSchedule({ store: h.store, target: saasant as never }, { ...request, patient: true });
    expect(patient).toEqual({ waitsFor: 'import' });
    const impatient = await runSchedule({ store: h.store, target: saasant as never }, request);
    expect(impatient).toMatchObject({ outcome: 'refused', code: 'import-applying' });
  });
});
