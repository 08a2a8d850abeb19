import { memoryBooks, memoryTarget } from '@ledgerpost/conformance/memory-target';
import { saasant } from '@ledgerpost/saasant-plugin';
import { moveBatch, saveFindings } from '@ledgerpost/store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMPANY, customer, invoice, openTestApi, type TestApi } from '../../testing/open-api.testing.ts';

let api: TestApi;
let company: string;
let at: string;
let n = 0;
beforeAll(async () => {
  api = await openTestApi({ targets: [saasant, memoryTarget(memoryBooks())], temporalUiUrl: 'https://temporal.example' });
});
beforeEach(async () => {
  company = `company-${++n}`;
  at = `/v1/companies/${company}`;
  await api.ask(api.admin, 'PUT', at, COMPANY);
});
afterAll(() => api.close());

/** A batch of two invoices that is posted, as a worker would leave it. */
async function posted(target: string): Promise<string> {
  const { sql } = api.store;
  await api.ask(api.admin, 'PUT', `${at}/targets/${target}`, { accounts: { income: 'Services' } });
  await api.stream(api.admin, company, [customer(), invoice('i-1'), invoice('i-2')]);
  const { id } = (await api.ask(api.admin, 'POST', `${at}/targets/${target}/batches`, {})).body.batch;
  for (const [index, record] of ['i-1', 'i-2'].entries()) {
    const seq = index + 1;
    await sql`insert into batch_items (batch_id, seq, company_id, target, type, record_id, operation, kind, stage, state, claimed, number, amount, content_hash)
      values (${id}, ${seq}, ${company}, ${target}, 'invoice', ${record}, 'invoice.insert', 'invoice', 0, 'posted', false, ${record}, 18900, '')`;
    await sql`insert into postings (company_id, target, type, record_id, standing, kind, number, amount, facts, batch_id, seq, posted_by)
      values (${company}, ${target}, 'invoice', ${record}, true, 'invoice', ${record}, 18900, '{}', ${id}, ${seq}, 'a test')`;
  }
  return id;
}

async function end(batchId: string): Promise<void> {
  for (const to of ['validating', 'exporting', 'pushing', 'recording', 'posted'] as const)
    await api.store.sql.begin((sql) => moveBatch(sql, { batchId, to }));
}

describe('verifying a batch', () => {
  it('is accepted at once, waits while Temporal is down, and shows its findings, a page at a time', async () => {
    const id = await posted('memory');
    await end(id);
    const taken = await api.ask(api.admin, 'POST', `${at}/batches/${id}/verify`);
    expect(taken).toMatchObject({
      status: 202,
      body: { run: 1, state: 'running', waiting: expect.any(String), counts: { same: 0, changed: 0, gone: 0 } },
    });
    expect(taken.body.links.temporal).toContain(encodeURIComponent(`verify:${company}:memory:${id}`));
    const record = { type: 'invoice', id: 'i-2' } as const;
    const problem = { code: 'changed-there', severity: 'problem', record, message: 'Pat changed the total.' } as const;
    await saveFindings(api.store.sql, id, 1, [
      { seq: 1, status: 'same' },
      { seq: 2, status: 'changed', problem, total: 20_000 },
    ]);
    const all = (await api.ask(api.admin, 'GET', `${at}/batches/${id}/verification?limit=1`)).body;
    expect([all.counts, all.findings.rows.length]).toEqual([{ same: 1, changed: 1, gone: 0 }, 1]);
    const next = await api.ask(api.admin, 'GET', `${at}/batches/${id}/verification?limit=1&after=${all.findings.next}`);
    expect(next.body.findings.rows).toMatchObject([{ seq: 2, status: 'changed', problem, total: 20_000, amount: 18_900 }]);
    const same = await api.ask(api.admin, 'GET', `${at}/batches/${id}/verification?status=same`);
    expect(same.body.findings.rows.map((row: { seq: number }) => row.seq)).toEqual([1]);
  });

  it('is refused while one runs, and while the batch is open', async () => {
    const id = await posted('memory');
    const url = `${at}/batches/${id}/verify`;
    expect(await api.ask(api.admin, 'POST', url)).toMatchObject({ status: 409, body: { code: 'illegal-move' } });
    await end(id);
    await api.ask(api.admin, 'POST', url);
    expect(await api.ask(api.admin, 'POST', url)).toMatchObject({ status: 409, body: { code: 'verification-open' } });
  });

  it('is refused where only a person can check the books, with what the person does', async () => {
    const id = await posted('saasant');
    await end(id);
    const { status, body } = await api.ask(api.admin, 'POST', `${at}/batches/${id}/verify`);
    expect([status, body.code]).toEqual([409, 'readback-by-hand']);
    expect(body.detail).toBe(saasant.readback.by === 'hand' ? saasant.readback.instructions : '');
  });

  it('is not found where there was none, and needs a role that may send', async () => {
    const id = await posted('memory');
    await end(id);
    expect((await api.ask(api.admin, 'GET', `${at}/batches/${id}/verification`)).status).toBe(404);
    const viewer = await api.key(company, 'viewer');
    expect((await api.ask(viewer, 'POST', `${at}/batches/${id}/verify`)).status).toBe(403);
  });
});
