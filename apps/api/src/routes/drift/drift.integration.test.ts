import { memoryBooks, memoryTarget } from '@ledgerpost/conformance/memory-target';
import type { AnyTarget } from '@ledgerpost/core';
import { saasant } from '@ledgerpost/saasant-plugin';
import { moveBatch, type SeenDocument, saveDrifts } from '@ledgerpost/store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMPANY, customer, invoice, openTestApi, type TestApi } from '../../testing/open-api.testing.ts';

let api: TestApi;
let company: string;
let at: string;
let n = 0;
beforeAll(async () => {
  api = await openTestApi({
    targets: [saasant, memoryTarget(memoryBooks()), silentTarget()],
    temporalUiUrl: 'https://temporal.example',
  });
});
beforeEach(async () => {
  company = `company-${++n}`;
  at = `/v1/companies/${company}`;
  await api.ask(api.admin, 'PUT', at, COMPANY);
});
afterAll(() => api.close());

/** Books that can be read back, and that report no changes. */
function silentTarget(): AnyTarget {
  const target = memoryTarget(memoryBooks());
  if (target.readback.by !== 'target') throw new Error('The target in memory reads back.');
  const { changes: _, ...readback } = target.readback;
  return { ...target, id: 'silent', name: 'Silent books', readback };
}

/** Three invoices of a batch that is posted, and what a look found of them. */
async function drifted(): Promise<{ batchId: string; ids: readonly string[] }> {
  const { sql } = api.store;
  await api.ask(api.admin, 'PUT', `${at}/targets/memory`, { accounts: { income: 'Services' } });
  await api.stream(api.admin, company, [customer(), invoice('i-1'), invoice('i-2'), invoice('i-3')]);
  const { id: batchId } = (await api.ask(api.admin, 'POST', `${at}/targets/memory/batches`, {})).body.batch;
  const seen: SeenDocument[] = [];
  for (const [index, record] of ['i-1', 'i-2', 'i-3'].entries()) {
    const seq = index + 1;
    const [{ hash }] = await sql<
      [{ hash: string }]
    >`select content_hash as hash from records where company_id = ${company} and id = ${record}`;
    const facts = JSON.stringify({
      kind: 'invoice',
      operation: 'invoice.insert',
      contentHash: hash,
      externalId: `x-${seq}`,
      externalVersion: '1',
    });
    await sql`insert into batch_items (batch_id, seq, company_id, target, type, record_id, operation, kind, stage, state, claimed, number, amount, content_hash)
      values (${batchId}, ${seq}, ${company}, 'memory', 'invoice', ${record}, 'invoice.insert', 'invoice', 0, 'posted', false, ${record}, 18900, ${hash})`;
    const [{ id }] = await sql<
      [{ id: number }]
    >`insert into postings (company_id, target, type, record_id, standing, kind, number, amount, facts, batch_id, seq, posted_by)
      values (${company}, 'memory', 'invoice', ${record}, true, 'invoice', ${record}, 18900, ${facts}::text::jsonb, ${batchId}, ${seq}, 'a test') returning id`;
    const ref = { type: 'invoice', id: record } as const;
    const problem = { code: 'changed-there', severity: 'problem', record: ref, message: `Pat changed ${record}.` } as const;
    const gone = record === 'i-3';
    const there = gone ? {} : { total: 20_000, there: { externalId: `x-${seq}`, externalVersion: '2' } };
    const status = gone ? ('gone' as const) : ('changed' as const);
    const own = {
      postingId: Number(id),
      batchId,
      seq,
      record: ref,
      number: record,
      externalVersion: '1',
      decided: false,
      lastDrift: null,
    };
    seen.push({ ...own, status, problem, ...(there as object) });
  }
  for (const to of ['validating', 'exporting', 'pushing', 'recording', 'posted'] as const)
    await sql.begin((tx) => moveBatch(tx, { batchId, to }));
  await sql.begin((tx) => saveDrifts(tx, { companyId: company, target: 'memory', by: 'schedule' }, seen));
  const { body } = await api.ask(api.admin, 'GET', `${at}/drift`);
  return { batchId, ids: body.rows.map(({ id }: { id: string }) => id) };
}

describe('changes in the books', () => {
  it('is listed newest first with the possible decisions, by batch and by state, a page at a time', async () => {
    const { batchId } = await drifted();
    const { body } = await api.ask(api.admin, 'GET', `${at}/drift?batch=${batchId}&state=open&limit=2`);
    expect(body).toMatchObject({ open: 3, next: expect.any(String) });
    expect(body.rows).toMatchObject([
      { record: { id: 'i-3' }, status: 'gone', total: null, choices: ['keep-theirs', 'send-again', 'resolve'] },
      {
        record: { id: 'i-2' },
        status: 'changed',
        total: 20_000,
        amount: 18_900,
        foundBy: 'schedule',
        problem: { message: 'Pat changed i-2.' },
      },
    ]);
    const next = await api.ask(api.admin, 'GET', `${at}/drift?batch=${batchId}&state=open&limit=2&after=${body.next}`);
    expect(next.body.rows).toMatchObject([{ record: { id: 'i-1' } }]);
    expect(next.body.next).toBeUndefined();
    expect((await api.ask(api.admin, 'GET', `${at}/drift?after=abc`)).body.code).toBe('bad-cursor');
  });

  it('is another company’s business', async () => {
    const { ids } = await drifted();
    const other = `company-${++n}`;
    await api.ask(api.admin, 'PUT', `/v1/companies/${other}`, COMPANY);
    const url = `/v1/companies/${other}/drift`;
    expect((await api.ask(api.admin, 'GET', url)).body).toMatchObject({ rows: [], open: 0 });
    expect((await api.ask(api.admin, 'POST', `${url}/${ids[0]}/resolve`)).status).toBe(404);
    expect((await api.ask(await api.key(other, 'admin'), 'POST', `${at}/drift/${ids[0]}/resolve`)).status).toBe(404);
  });

  it('is decided once, by roles that may', async () => {
    const { ids } = await drifted();
    const [gone, second, first] = ids;
    const poster = await api.key(company, 'poster');
    const viewer = await api.key(company, 'viewer');
    const decide = (key: string, id: string | undefined, what: string) => api.ask(key, 'POST', `${at}/drift/${id}/${what}`);
    for (const what of ['keep-theirs', 'send-again']) expect((await decide(poster, first, what)).body.code).toBe('role-missing');
    expect((await decide(viewer, first, 'resolve')).body.code).toBe('role-missing');
    expect((await decide(poster, first, 'resolve')).body).toMatchObject({
      state: 'resolved',
      choices: ['keep-theirs', 'send-again'],
    });
    expect(await decide(poster, first, 'resolve')).toMatchObject({ status: 409, body: { code: 'drift-decided' } });
    expect((await decide(api.admin, second, 'send-again')).body).toMatchObject({ state: 'sent-again', choices: ['keep-theirs'] });
    expect((await decide(api.admin, gone, 'keep-theirs')).body).toMatchObject({ state: 'kept-theirs', choices: ['send-again'] });
    const { rows } = (await api.ask(api.admin, 'GET', `${at}/targets/memory/unbatched/invoices`)).body;
    expect(rows).toContainEqual(expect.objectContaining({ type: 'invoice', id: 'i-2', operation: 'invoice.update' }));
    expect((await api.ask(api.admin, 'GET', `${at}/drift?state=open`)).body).toMatchObject({ rows: [], open: 0 });
  });

  it('is no business of a record that a batch has', async () => {
    const { batchId, ids } = await drifted();
    await api.store.sql`update batch_items set claimed = true where batch_id = ${batchId} and record_id = 'i-2'`;
    const { status, body } = await api.ask(api.admin, 'POST', `${at}/drift/${ids[1]}/keep-theirs`);
    expect([status, body.code]).toEqual([409, 'record-in-batch']);
  });

  it('can’t be kept if the target does not report what the document contains now', async () => {
    const { ids } = await drifted();
    await api.store.sql`update drifts set there = null where company_id = ${company} and record_id = 'i-2'`;
    const { status, body } = await api.ask(api.admin, 'POST', `${at}/drift/${ids[1]}/keep-theirs`);
    expect([status, body.code]).toEqual([409, 'drift-not-keepable']);
  });
});

describe('looking now', () => {
  it('is accepted at once, and waits while Temporal is down', async () => {
    await api.ask(api.admin, 'PUT', `${at}/targets/memory`, {});
    const url = `${at}/targets/memory/look`;
    expect((await api.ask(api.admin, 'GET', url)).body).toMatchObject({ target: 'memory', state: null, wantedAt: null, open: 0 });
    const taken = await api.ask(await api.key(company, 'poster'), 'POST', url);
    expect(taken).toMatchObject({ status: 202, body: { state: null, wantedAt: expect.any(String) } });
    const { body } = await api.ask(api.admin, 'GET', `${at}/journal?limit=1`);
    expect(body.rows).toMatchObject([{ act: 'drift.look-asked', subject: 'target/memory' }]);
    expect((await api.ask(await api.key(company, 'viewer'), 'POST', url)).status).toBe(403);
  });

  it('is refused where only a person can check the books, with what the person does', async () => {
    await api.ask(api.admin, 'PUT', `${at}/targets/saasant`, {});
    const { status, body } = await api.ask(api.admin, 'POST', `${at}/targets/saasant/look`);
    expect([status, body.code]).toEqual([409, 'readback-by-hand']);
  });

  it('is refused where the target reports no changes', async () => {
    await api.ask(api.admin, 'PUT', `${at}/targets/silent`, {});
    const { status, body } = await api.ask(api.admin, 'POST', `${at}/targets/silent/look`);
    expect([status, body.code]).toEqual([409, 'drift-not-told']);
  });
});
