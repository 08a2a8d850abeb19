import { randomUUID } from 'node:crypto';
import { workOnImport } from '@ledgerpost/batching';
import { forgetImports, unhandedImports } from '@ledgerpost/store';
import { TARGETS } from '@ledgerpost/targets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApi, type TestApi } from '../../testing/open-api.testing.ts';

let api: TestApi;
let base: string;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api?.close());

async function company(): Promise<string> {
  const id = `co-${randomUUID().slice(0, 8)}`;
  base = `/v1/companies/${id}`;
  await api.ask(api.admin, 'PUT', base, { name: 'Acme', timeZone: 'America/Chicago', currency: 'USD' });
  const settings = { accounts: { income: 'Services', receivable: 'A/R', depositTo: 'Undeposited Funds' } };
  await api.ask(api.admin, 'PUT', `${base}/targets/saasant`, settings);
  return id;
}

const HEADER = 'Invoice Number,Customer,Invoice Date,Total,Status\r\n';
const TWO = `${HEADER}1,Amy,2026-11-03,12.00,Paid\r\n2,Bob,2026-11-04,13.50,Open\r\n`;

async function begin(files: Record<string, string>): Promise<string> {
  const { body } = await api.ask(api.admin, 'POST', `${base}/imports`);
  for (const [name, content] of Object.entries(files)) await put(body.id, name, content);
  return body.id;
}

async function put(id: string, name: string, content: string) {
  const url = `${base}/imports/${id}/files/${encodeURIComponent(name)}`;
  const headers = { authorization: `Bearer ${api.admin}`, 'content-type': 'application/octet-stream' };
  const answer = await api.app.inject({ method: 'PUT', url, headers, payload: Buffer.from(content) });
  return { status: answer.statusCode, body: answer.json() };
}

/** Does as a worker what is wanted of the import. */
async function work(id: string): Promise<string> {
  const [wanted] = await unhandedImports(api.store.sql, 1, id);
  return workOnImport({ store: api.store, targets: TARGETS, now: () => Date.now() }, wanted!);
}

const get = async (id: string) => (await api.ask(api.admin, 'GET', `${base}/imports/${id}`)).body;
const post = (id: string, act: string, body?: unknown) => api.ask(api.admin, 'POST', `${base}/imports/${id}:${act}`, body);

async function check(id: string) {
  const asked = await post(id, 'check');
  expect(asked.status, JSON.stringify(asked.body)).toBe(202);
  await work(id);
  return get(id);
}

async function apply(id: string, acknowledge: string[] = []) {
  const { digest } = await get(id);
  const asked = await post(id, 'apply', { digest, acknowledge });
  expect(asked.status, JSON.stringify(asked.body)).toBe(202);
  await work(id);
  return get(id);
}

describe('an import', () => {
  it('is recognized, checked, applied, and changes nothing the second time', async () => {
    await company();
    const id = await begin({ 'invoices.csv': TWO });
    expect((await get(id)).looked.files[0]).toMatchObject({ mapping: 'row-per-invoice', use: 'read' });
    const checked = await check(id);
    expect(checked.reason).toBeNull();
    expect(checked.state).toBe('checked');
    expect(checked.report.types.invoice.new).toEqual({ records: 2, amount: 2_550 });
    expect(checked.report.targets[0].operations['invoice.insert']).toEqual({ documents: 2, amount: 2_550 });
    const applied = await apply(id);
    expect(applied.state).toBe('applied');
    expect(applied.outcome.types).toEqual({
      customer: { new: 2, changed: 0, unchanged: 0 },
      invoice: { new: 2, changed: 0, unchanged: 0 },
    });
    const again = await begin({ 'the same.csv': TWO });
    const { report } = await check(again);
    expect(report.seen.importId).toBe(id);
    expect(report.types.invoice).toMatchObject({ new: { records: 0 }, unchanged: { records: 2 } });
    expect((await apply(again)).outcome.types.invoice).toEqual({ new: 0, changed: 0, unchanged: 2 });
  });
});

describe('an import is refused', () => {
  const refused = (answer: { status: number; body: { code: string } }) => `${answer.status} ${answer.body.code}`;

  it('with import-not-ready: an apply before the check, and a change after the apply', async () => {
    await company();
    const id = await begin({ 'invoices.csv': TWO });
    expect(refused(await post(id, 'apply', { digest: 'x' }))).toBe('409 import-not-ready');
    await check(id);
    await apply(id);
    expect(refused(await put(id, 'more.csv', TWO))).toBe('409 import-not-ready');
  });

  it('with import-open while another one of the company is at work, and a batch with import-applying while one is applied', async () => {
    await company();
    const [first, second] = [await begin({ 'a.csv': TWO }), await begin({ 'b.csv': TWO })];
    await post(first, 'check');
    expect(refused(await post(second, 'check'))).toBe('409 import-open');
    await work(first);
    await post(first, 'apply', { digest: (await get(first)).digest });
    const batch = () => api.ask(api.admin, 'POST', `${base}/targets/saasant/batches`, {});
    expect(refused(await batch())).toBe('409 import-applying');
    await work(first);
    expect((await batch()).status).toBe(201);
  });

  it('with import-changed: a digest of another check, and what changed between check and apply is named', async () => {
    await company();
    const id = await begin({ 'invoices.csv': TWO });
    await check(id);
    expect(refused(await post(id, 'apply', { digest: 'of another check' }))).toBe('409 import-changed');
    // The API takes one of its records over in between.
    const record = { status: 'finalized', date: '2026-11-03', lines: [], total: '99.00', number: '1' };
    await api.ask(api.admin, 'PUT', `${base}/records/invoice/file:invoice:1`, record);
    const after = await apply(id);
    expect(after).toMatchObject({ state: 'checked', reason: { code: 'import-changed' } });
    expect(after.reason.message).toContain('invoice/file:invoice:1');
    expect(after.report.types.invoice).toMatchObject({ new: { records: 1 }, kept: { records: 1 } });
    expect((await apply(id)).outcome.types.invoice).toMatchObject({ new: 1 });
    const kept = await api.ask(api.admin, 'GET', `${base}/records/invoice/file:invoice:1`);
    expect(kept.body.record.total).toBe('99.00');
  });

  it('with import-not-acknowledged: records that are in the books, and a mapping that changed, each need their own tick', async () => {
    const id = await company();
    const first = await begin({ 'a.csv': TWO });
    await check(first);
    await apply(first);
    await posted(id, 'file:invoice:1');
    const second = await begin({ 'b.csv': TWO.replace('12.00', '15.00') });
    await api.ask(api.admin, 'PUT', `${base}/imports/${second}/mapping`, {
      mappings: [{ extends: 'row-per-invoice', constants: { line: 'Work' } }],
    });
    const { report } = await check(second);
    expect(report.types.invoice).toMatchObject({
      changed: { records: 1 },
      mappingChanged: { records: 1 },
      posted: { records: 1 },
    });
    const { digest } = await get(second);
    const answer = await post(second, 'apply', { digest, acknowledge: ['posted-records'] });
    expect(refused(answer)).toBe('422 import-not-acknowledged');
    expect(answer.body.details.acknowledge).toEqual(['mapping-changed']);
    expect((await apply(second, ['posted-records', 'mapping-changed'])).outcome.types.invoice.changed).toBe(2);
  });

  it('with import-in-batch: an undo once a record is or was in the books', async () => {
    const id = await company();
    const first = await begin({ 'a.csv': TWO });
    await check(first);
    await apply(first);
    await posted(id, 'file:invoice:1');
    expect(refused(await post(first, 'undo'))).toBe('409 import-in-batch');
    expect((await get(first)).state).toBe('applied');
  });

  it('with bad-mapping: a member that leads nowhere is named', async () => {
    await company();
    const id = await begin({ 'a.csv': TWO });
    const mappings = [
      {
        extends: 'row-per-invoice',
        records: [{ type: 'invoice', from: 'nowhere', id: { by: 'number', field: 'n' }, members: {} }],
      },
    ];
    const answer = await api.ask(api.admin, 'PUT', `${base}/imports/${id}/mapping`, { mappings });
    expect(refused(answer)).toBe('422 bad-mapping');
    expect(answer.body.detail).toContain('The mapping has no file “nowhere”');
    const other = { mapping: { extends: 'row-per-invoice' } };
    expect(refused(await api.ask(api.admin, 'PUT', `${base}/mappings/mine`, other))).toBe('422 bad-mapping');
  });

  it('with import-file-too-large: more files than one import has', async () => {
    await company();
    const id = await begin({});
    for (let at = 0; at < 50; at += 1) {
      await api.store.sql`insert into import_files (import_id, ordinal, name, size, sha256, complete)
        values (${id}, ${at + 1}, ${`${at}.csv`}, 1, 'x', true)`;
    }
    expect(refused(await put(id, 'one more.csv', TWO))).toBe('413 import-file-too-large');
    await api.store.sql`update import_files set size = ${1024 ** 3 - 10} where import_id = ${id} and ordinal = 1`;
    await api.store.sql`delete from import_files where import_id = ${id} and ordinal > 1`;
    expect(refused(await put(id, 'too much.csv', TWO))).toBe('413 import-file-too-large');
    expect((await get(id)).files).toHaveLength(1);
  });
});

/** As a batch leaves it. */
async function posted(companyId: string, invoice: string): Promise<void> {
  const facts = { kind: 'invoice', operation: 'invoice.insert', contentHash: 'x', number: '1', amount: 1_200 };
  await api.store.sql`
    insert into postings (company_id, target, type, record_id, standing, kind, number, amount, facts, posted_by)
    values (${companyId}, 'saasant', 'invoice', ${invoice}, true, 'invoice', '1', 1200, ${JSON.stringify(facts)}::text::jsonb, 'a test')`;
}

it('files and findings of an import are deleted after 30 days; its counts and hashes stay, and so does what it brought', async () => {
  await company();
  const id = await begin({ 'a.csv': `${TWO}3,Cy,no day,1.00,Open\r\n` });
  await check(id);
  await apply(id);
  const before = await get(id);
  const left = async () => {
    const [row] = await api.store.sql<{ chunks: number; findings: number }[]>`
      select (select count(*) from import_file_chunks where import_id = ${id})::int as chunks,
        (select count(*) from import_findings where import_id = ${id})::int as findings`;
    return row;
  };
  expect(await forgetImports(api.store.sql, 30)).toBe(0);
  expect(await left()).toMatchObject({ chunks: 1, findings: 1 });
  await api.store.sql`update imports set created_at = now() - interval '31 days' where id = ${id}`;
  expect(await forgetImports(api.store.sql, 30)).toBe(1);
  expect(await left()).toEqual({ chunks: 0, findings: 0 });
  const after = await get(id);
  expect(after).toMatchObject({ state: 'applied', report: before.report, files: before.files, outcome: before.outcome });
  expect(after.filesDeletedAt).not.toBeNull();
  expect((await api.ask(api.admin, 'GET', `${base}/records/invoice/file:invoice:1`)).status).toBe(200);
  // What was there before is kept, so an undo still works.
  await post(id, 'undo');
  await work(id);
  expect(await get(id)).toMatchObject({ state: 'undone', outcome: { removed: 5, left: 0 } });
});

describe('the same payment by two ways', () => {
  const PAYMENTS =
    'Client name,Date,Time,Type,Paid with,Total $,Tip $,Invoice #,Note\r\nAmy,2026-11-05,09:00,Payment,Cash,-12.00,-,1,\r\n';
  const payment = (more: object = {}) => ({
    customerId: 'c-1',
    date: '2026-11-05',
    amount: '12.00',
    method: 'cash',
    status: 'received',
    ...more,
  });

  it('that the API brought is held back by a file, until an admin decides whether it is the same', async () => {
    await company();
    await api.ask(api.admin, 'PUT', `${base}/records/customer/c-1`, { accountingKey: 'Amy' });
    await api.ask(api.admin, 'PUT', `${base}/records/payment/p-1`, payment());
    const id = await begin({ 'payments.csv': PAYMENTS });
    const { report } = await check(id);
    expect(report.types.payment).toMatchObject({ new: { records: 0 }, asked: { records: 1 } });
    const { body } = await api.ask(api.admin, 'GET', `${base}/imports/${id}/findings?kind=asked`);
    const [asked] = body.rows;
    expect(asked).toMatchObject({ code: 'maybe-twice', details: { candidate: { id: 'p-1' } } });
    expect((await apply(id)).outcome.types.payment).toBeUndefined();
    // Another file, and now somebody says that it is the same.
    const again = await begin({ 'payments.csv': PAYMENTS });
    await check(again);
    const answers = [{ type: 'payment', id: asked.record.id, answer: 'same', candidate: 'p-1' }];
    const bySource = await api.key(base.split('/').at(-1)!, 'source');
    expect((await api.ask(bySource, 'POST', `${base}/imports/${again}:decide`, { answers })).status).toBe(403);
    await post(again, 'decide', { answers });
    const decided = await check(again);
    expect(decided.report.types.payment).toMatchObject({ new: { records: 0 }, asked: { records: 0 }, kept: { records: 1 } });
    await apply(again);
    const [{ payments }] = (await api.store.sql`
      select count(*)::int as payments from records where company_id = ${base.split('/').at(-1)!} and type = 'payment'`) as [
      { payments: number },
    ];
    expect(payments).toBe(1);
  });

  it('that two files of one import bring by two mappings comes in once, and the other is held back', async () => {
    await company();
    const mine = 'Payment Date,Customer,Invoice Number,Payment Amount,Payment Method\r\n2026-11-05,Amy,1,12.00,Cash\r\n';
    const id = await begin({ 'payments.csv': PAYMENTS, 'mine.csv': `${mine}2026-11-06,Amy,1,13.00,Cash\r\n` });
    const { report } = await check(id);
    expect(report.types.payment).toMatchObject({ new: { records: 2 }, asked: { records: 1 } });
    expect((await apply(id)).outcome.types.payment).toMatchObject({ new: 2 });
  });

  it('that a file brought is the problem maybe-twice when the API brings it, until an admin decides', async () => {
    const co = await company();
    const id = await begin({ 'payments.csv': PAYMENTS });
    await check(id);
    await apply(id);
    await api.ask(api.admin, 'PUT', `${base}/records/customer/c-1`, { accountingKey: 'AMY' });
    await api.ask(api.admin, 'PUT', `${base}/records/payment/p-1`, payment());
    await api.ask(api.admin, 'PUT', `${base}/records/payment/p-2`, payment({ date: '2026-11-06' }));
    const standing = async (one: string) => {
      const { body } = await api.ask(api.admin, 'GET', `${base}/records/payment/${one}`);
      return body.standings[0].open?.reason ?? body.standings[0].open?.readiness ?? 'nothing to send';
    };
    expect([await standing('p-1'), await standing('p-2')]).toEqual(['maybe-twice', 'ready']);
    const { body } = await api.ask(api.admin, 'GET', `${base}/twins`);
    expect(body.rows).toMatchObject([{ type: 'payment', id: 'p-1' }]);
    expect((await api.ask(api.admin, 'POST', `${base}/twins/payment/p-1`, { answer: 'same' })).status).toBe(200);
    expect(await standing('p-1')).toBe('nothing to send');
    expect(refusedCode(await api.ask(api.admin, 'POST', `${base}/twins/payment/p-1`, { answer: 'another' }))).toBe(
      'twin-decided',
    );
    // The question sleeps once the file's record is gone, and the API's payment is an ordinary one.
    await post(id, 'undo');
    await work(id);
    expect((await get(id)).outcome).toMatchObject({ removed: 2, left: 0 });
    expect(await standing('p-1')).toBe('ready');
    expect(co).toBe(base.split('/').at(-1));
  });
});

function refusedCode({ body }: { body: { code: string } }): string {
  return body.code;
}
