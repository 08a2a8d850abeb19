import { createHash } from 'node:crypto';
import { fileStore, moveBatch } from '@ledgerpost/store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMPANY, customer, invoice, openTestApi, payment, type TestApi } from '../../testing/open-api.testing.ts';

let api: TestApi;
let origin: string;
let company: string;
let at: string;
let n = 0;
beforeAll(async () => {
  api = await openTestApi({ publicUrl: 'https://ledger.example', temporalUiUrl: 'https://temporal.example' });
  origin = await api.app.listen({ port: 0, host: '127.0.0.1' });
});
beforeEach(async () => {
  company = `company-${++n}`;
  at = `/v1/companies/${company}`;
  await api.ask(api.admin, 'PUT', at, COMPANY);
  await api.ask(api.admin, 'PUT', `${at}/targets/saasant`, { accounts: { income: 'Services' } });
});
afterAll(() => api.close());

const put = async (...records: object[]) => expect((await api.stream(api.admin, company, records)).body.refusals).toEqual([]);
const preview = (selection?: object) =>
  api.ask(api.admin, 'POST', `${at}/targets/saasant/batches:preview`, selection === undefined ? {} : { selection });
const start = (body: object = {}, headers: Record<string, string> = {}, key = api.admin) =>
  api.ask(key, 'POST', `${at}/targets/saasant/batches`, body, headers);
const move = (batchId: string, to: Parameters<typeof moveBatch>[1]['to']) =>
  api.store.sql.begin((sql) => moveBatch(sql, { batchId, to }));

/** Ends a batch the way one ends that found nothing. */
async function end(batchId: string): Promise<void> {
  await move(batchId, 'stopped');
}

describe('settings at a target', () => {
  it('enables the target with the first PUT, replaces with the next, and journals both', async () => {
    const first = await api.ask(api.admin, 'PUT', `${at}/targets/saasant`, { accounts: { income: 'Sales' } });
    expect([first.status, first.body.settingsVersion, first.body.settings.accounts.income]).toEqual([200, 2, 'Sales']);
    const { body } = await api.ask(api.admin, 'GET', `${at}/journal?subject=target/saasant`);
    expect(body.rows.map((row: { act: string }) => row.act)).toEqual(['settings.changed', 'target.enabled']);
    expect((await api.ask(api.admin, 'GET', `${at}/targets`)).body.rows).toHaveLength(1);
  });

  it('shows a target’s form, stages and capabilities', async () => {
    const { body } = await api.ask(api.admin, 'GET', '/v1/targets/saasant');
    expect(body.capabilities).toMatchObject({ delivery: 'files', undo: 'hand' });
    expect(body.settings.properties.accounts.properties.income.description).toEqual(expect.any(String));
    expect(body.stages.length).toBeGreaterThan(3);
  });
});

describe('the unbatched lists', () => {
  it('warn that a payment is sent unapplied only where its invoice cannot go along', async () => {
    await put(
      customer(),
      invoice('warn-1'),
      invoice('warn-2', { total: '190.00' }),
      { ...invoice('warn-3'), status: 'draft' },
      payment('warn-p1', 'warn-1'),
      payment('warn-p2', 'warn-2'),
      payment('warn-p3', 'warn-3'),
    );
    const { body } = await api.ask(api.admin, 'GET', `${at}/targets/saasant/unbatched/payments?search=warn-p&sort=number`);
    const warned = body.rows.map((row: { id: string; problems: { code: string }[] }) => [
      row.id,
      row.problems.map(({ code }) => code),
    ]);
    expect(warned).toEqual([
      ['warn-p1', []],
      ['warn-p2', []],
      ['warn-p3', ['payment-unapplied']],
    ]);
  });

  it('show how each row will be sent or why it can’t be sent', async () => {
    await put(
      customer(),
      invoice('i-1'),
      invoice('i-2', { customerId: 'c-gone' }),
      invoice('i-3', { status: 'draft' }),
      payment('p-1', 'i-1'),
    );
    const invoices = await api.ask(api.admin, 'GET', `${at}/targets/saasant/unbatched/invoices?sort=number`);
    const rows = Object.fromEntries(invoices.body.rows.map((row: { id: string }) => [row.id, row]));
    expect(rows['i-1']).toMatchObject({
      operation: 'invoice.insert',
      readiness: 'ready',
      amount: 18_900,
      customer: { name: 'Amy c-1' },
    });
    expect(rows['i-2'].problems.map((p: { code: string }) => p.code)).toContain('unknown-customer');
    expect(rows['i-3']).toMatchObject({
      operation: null,
      readiness: 'stopped',
      reason: 'not-finalized',
      problems: [{ code: 'not-finalized' }],
    });
    expect(invoices.body.totals).toContainEqual({
      operation: 'invoice.insert',
      readiness: 'ready',
      documents: 2,
      attention: 0,
      amount: 37_800,
    });
    const payments = await api.ask(api.admin, 'GET', `${at}/targets/saasant/unbatched/payments`);
    expect(payments.body.rows).toMatchObject([{ type: 'payment', operation: 'payment.insert' }]);
  });

  it('page by key, and filter with both days included', async () => {
    await put(customer(), ...Array.from({ length: 5 }, (_, i) => invoice(`i-${i}`, { date: `2026-10-0${i + 1}` })));
    const first = await api.ask(
      api.admin,
      'GET',
      `${at}/targets/saasant/unbatched/invoices?from=2026-10-02&to=2026-10-04&limit=2`,
    );
    expect(first.body.rows.map((row: { id: string }) => row.id)).toEqual(['i-1', 'i-2']);
    const url = `${at}/targets/saasant/unbatched/invoices?from=2026-10-02&to=2026-10-04&limit=2&after=${first.body.next}`;
    const second = await api.ask(api.admin, 'GET', url);
    expect([second.body.rows.map((row: { id: string }) => row.id), second.body.next]).toEqual([['i-3'], undefined]);
    expect((await api.ask(api.admin, 'GET', `${at}/targets/saasant/unbatched/invoices?from=2026-02-30`)).body.code).toBe(
      'bad-request',
    );
  });
});

describe('one document of a batch', () => {
  it('shows the target’s answer and each attempt, and is not found where there is none', async () => {
    await put(customer(), invoice('i-1'));
    const { id } = (await start()).body.batch;
    await api.store
      .sql`insert into batch_items (batch_id, seq, company_id, target, type, record_id, operation, kind, stage, state, claimed, amount, content_hash)
      values (${id}, 1, ${company}, 'saasant', 'invoice', 'i-1', 'invoice.insert', 'invoice', 0, 'posted', false, 18900, '')`;
    await api.store
      .sql`insert into postings (company_id, target, type, record_id, standing, kind, number, amount, facts, batch_id, seq, posted_by, receipt)
      values (${company}, 'saasant', 'invoice', 'i-1', true, 'invoice', 'N-i-1', 18900, '{}', ${id}, 1, 'a test', '{"number":"1037","details":{"tax":0}}')`;
    await api.store.sql`insert into batch_calls (request_id, batch_id, stage, seqs, body) values (${id}, ${id}, 0, '[1]', '')`;
    await api.store
      .sql`insert into batch_attempts (request_id, attempt, outcome, traces, ended_at) values (${id}, 1, 'target-throttled', '{1-5f}', now())`;
    const { body } = await api.ask(api.admin, 'GET', `${at}/batches/${id}/items/1`);
    expect(body).toMatchObject({
      seq: 1,
      state: 'posted',
      receipt: { number: '1037', details: { tax: 0 } },
      attempts: [{ attempt: 1, outcome: 'target-throttled', traces: ['1-5f'] }],
    });
    expect((await api.ask(api.admin, 'GET', `${at}/batches/${id}/items/2`)).status).toBe(404);
    expect((await api.ask(api.admin, 'GET', `${at}/batches/${id}/items/x`)).status).toBe(400);
    expect((await api.ask(api.admin, 'GET', `${at}/batches/${id}/ledger`)).body).toEqual({
      currency: 'USD',
      entries: [],
      taxDifference: 0,
    });
  });
});

describe('preview and start', () => {
  it('case 3: payments whose invoices are not chosen need an acknowledgement, and the answer lists the pairs', async () => {
    await put(customer(), invoice('i-1'), payment('p-1', 'i-1'));
    const selection = { payments: { choose: 'all' } };
    const { body } = await preview(selection);
    expect(body.warnings).toMatchObject([
      { code: 'payments-without-invoices', count: 1, pairs: [{ payment: { id: 'p-1' }, invoice: { id: 'i-1' } }] },
    ]);
    expect(await start({ selection })).toMatchObject({
      status: 422,
      body: { code: 'payments-without-invoices', details: { count: 1 } },
    });
    expect((await start({ selection, acknowledge: ['payments-without-invoices'] })).status).toBe(201);
  });

  it('case 6: an empty batch is refused with the reason, and no batch is there', async () => {
    await put(customer(), invoice('i-1', { status: 'draft' }));
    expect(await start()).toMatchObject({
      status: 422,
      body: { code: 'nothing-to-send', detail: expect.stringContaining('not-finalized') },
    });
    expect((await api.ask(api.admin, 'GET', `${at}/batches`)).body.rows).toEqual([]);
  });

  it('case 7: the same selection submitted twice at once is one batch', async () => {
    await put(customer(), invoice('i-1'));
    const answers = await Promise.all([start(), start()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const refused = answers.find(({ status }) => status === 409)!;
    const taken = answers.find(({ status }) => status === 201)!;
    expect(refused.body).toMatchObject({ code: 'batch-open', details: { batch: { id: taken.body.batch.id } } });
  });

  it('refuses a key of the kind that scheduled runs have, so that no caller takes one first', async () => {
    await put(customer(), invoice('i-1'));
    const answer = await start({}, { 'idempotency-key': 'schedule/saasant/2026-11-16T08:00:00.000Z' });
    expect([answer.status, answer.body.code]).toEqual([400, 'bad-request']);
    expect(answer.body.detail).toContain('Choose another key');
    expect((await start({}, { 'idempotency-key': 'my schedule/1' })).status).toBe(201);
  });

  it('answers the same batch for the same Idempotency-Key', async () => {
    await put(customer(), invoice('i-1'));
    const answers = await Promise.all([1, 2, 3].map(() => start({}, { 'idempotency-key': 'k-1' })));
    expect(new Set(answers.map(({ body }) => body.batch.id)).size).toBe(1);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
  });

  it.each([
    ['another onProblem', { onProblem: 'stop' }],
    ['another acknowledgement', { acknowledge: ['payments-without-invoices'] }],
    ['a digest', { digest: 'v1.1.1.aaaaaaaaaaaaaaaaaaaaaa' }],
    ['another name', { name: 'October' }],
    ['another selection', { selection: { invoices: { choose: 'all' } } }],
  ])('refuses an Idempotency-Key that comes again with %s', async (_what, other) => {
    await put(customer(), invoice('i-1'));
    const { body } = await start({ acknowledge: [] }, { 'idempotency-key': 'k-1' });
    const reused = await start(other, { 'idempotency-key': 'k-1' });
    expect(reused).toMatchObject({ status: 422, body: { code: 'key-reused', details: { batch: { id: body.batch.id } } } });
    expect((await start({}, { 'idempotency-key': 'k-1' })).body.batch.id).toBe(body.batch.id);
  });

  it('answers a key from before requests were hashed by target, name and selection, as then', async () => {
    await put(customer(), invoice('i-1'));
    const { body } = await start({}, { 'idempotency-key': 'k-1' });
    await api.store.sql`update batches set request_hash = null where id = ${body.batch.id}`;
    expect((await start({ onProblem: 'stop' }, { 'idempotency-key': 'k-1' })).body.batch.id).toBe(body.batch.id);
    expect(await start({ name: 'October' }, { 'idempotency-key': 'k-1' })).toMatchObject({ body: { code: 'key-reused' } });
  });

  it.each([
    ['', 'empty'],
    ['x'.repeat(101), 'too long'],
    ['a/b', 'with a slash'],
    ['a\\b', 'with a backslash'],
    ['a\nb', 'with a control character'],
  ])('case 8: a name that is %j is refused', async (name) => {
    await put(customer(), invoice('i-1'));
    expect(await start({ name })).toMatchObject({ status: 422, body: { code: 'bad-name' } });
  });

  it('case 8: a name that the company has already is refused', async () => {
    await put(customer(), invoice('i-1'));
    const { body } = await start({ name: 'October' });
    await end(body.batch.id);
    expect(await start({ name: 'October' })).toMatchObject({ status: 409, body: { code: 'name-taken' } });
  });

  it('case 9: a record edited between preview and start is found out, and named', async () => {
    await put(customer(), invoice('i-1'), invoice('i-2'));
    const { digest, name } = (await preview()).body;
    expect(name).toBe(`${company}-saasant-2026-11-15-1`);
    await put(invoice('i-2', { memo: 'edited' }));
    const refused = await start({ digest });
    expect(refused).toMatchObject({ status: 409, body: { code: 'records-changed' } });
    expect(JSON.stringify(refused.body.details)).toContain('i-2');
    expect((await start({ digest: (await preview()).body.digest })).status).toBe(201);
  });

  it('stops a preview when its caller hangs up, and refuses a company’s third one at a time', async () => {
    await put(customer(), invoice('i-1'));
    const inserting = () => api.store.sql<{ pid: number }[]>`
      select pid from pg_stat_activity where query like '%with chosen as%' and wait_event_type = 'Lock'`;
    await api.store.sql.begin(async (tx) => {
      await tx`lock table batch_items in access exclusive mode`;
      const callers = [new AbortController(), new AbortController()];
      const ask = (signal: AbortSignal | null) =>
        fetch(`${origin}${at}/targets/saasant/batches:preview`, {
          method: 'POST',
          headers: { authorization: `Bearer ${api.admin}`, 'content-type': 'application/json' },
          body: '{}',
          signal,
        });
      const previews = callers.map(({ signal }) => ask(signal).catch((error: unknown) => (error as Error).name));
      await expect.poll(async () => (await inserting()).length).toBe(2);
      const third = await ask(null);
      expect([third.status, third.headers.get('retry-after'), ((await third.json()) as { code: string }).code]).toEqual([
        429,
        '5',
        'too-many-previews',
      ]);
      for (const caller of callers) caller.abort();
      expect(await Promise.all(previews)).toEqual(['AbortError', 'AbortError']);
      await expect.poll(async () => (await inserting()).length).toBe(0);
    });
    expect((await preview()).status).toBe(200);
  });

  it('previews without writing anything', async () => {
    await put(customer(), invoice('i-1'), invoice('i-2', { total: '1.00' }));
    const { status, body } = await preview();
    expect(status).toBe(200);
    expect(body.totals.operations['invoice.insert']).toEqual({ documents: 1, amount: 18_900 });
    expect(body.problemCounts).toMatchObject({ 'total-mismatch': 1 });
    expect((await api.ask(api.admin, 'GET', `${at}/batches`)).body.rows).toEqual([]);
    // Only what it found is kept, for the unbatched lists, and the same again is nothing new.
    expect([body.verdictsChanged, (await preview()).body]).toEqual([true, { ...body, verdictsChanged: false }]);
  });

  it('tries settings that are not saved, keeps nothing of what they find, and refuses what the form refuses', async () => {
    await put(customer(), invoice('i-1'));
    const tried = (settings: object) => api.ask(api.admin, 'POST', `${at}/targets/saasant/batches:preview`, { settings });
    const { status, body } = await tried({ accounts: { income: 'Services' }, classes: { mode: 'line' } });
    expect([status, body.totals.operations, body.causes[0].code, body.verdictsChanged]).toEqual([200, {}, 'no-class', false]);
    // The first preview that a person sees is known, and not one that tries settings, or that a screen only counts with.
    const previewed = async () => (await api.ask(api.admin, 'GET', `${at}/targets/saasant`)).body.previewedAt;
    await api.ask(api.admin, 'POST', `${at}/targets/saasant/batches:preview`, { unasked: true });
    expect(await previewed()).toBeNull();
    const attention = () => api.ask(api.admin, 'GET', `${at}/targets/saasant/unbatched/invoices?attention=only`);
    expect((await attention()).body.rows).toEqual([]);
    expect((await preview()).body.totals.operations['invoice.insert'].documents).toBe(1);
    expect(await previewed()).toEqual(expect.any(String));
    expect((await tried({ classes: 3 })).status).toBe(400);
    // What a preview of the settings themselves finds is there.
    await put(invoice('i-2', { total: '1.00' }));
    expect((await preview()).body.verdictsChanged).toBe(true);
    const { rows, totals } = (await attention()).body;
    expect([rows.map(({ id }: { id: string }) => id), totals.length]).toEqual([['i-2'], 1]);
    expect(rows[0].problems[0].code).toBe('total-mismatch');
  });

  it('previews problems by cause: how many documents, what they name, and one of them', async () => {
    const wrong = (category: string) => [
      { name: 'Tune-up', quantity: '1', unitPrice: '189', amount: '189.00', accountingCategory: category },
    ];
    const chart = { accounts: [{ name: 'Services', type: 'Income' }] };
    await api.ask(api.admin, 'PUT', `${at}/targets/saasant`, { accounts: { income: 'Services' }, chart });
    await put(
      customer(),
      invoice('i-1', { lines: wrong('Sales of Product Incom') }),
      invoice('i-2', { lines: wrong('Sales of Product Incom') }),
      invoice('i-3', { lines: wrong('Nowhere') }),
      invoice('i-4', { total: '1.00' }),
      payment('p-1', 'i-1'),
    );
    const { body } = await preview();
    expect(body.causes).toMatchObject([
      {
        code: 'unknown-account',
        severity: 'problem',
        subject: 'Sales of Product Incom',
        documents: 2,
        operations: { 'invoice.insert': 2 },
        example: { code: 'unknown-account', number: 'N-i-1', record: { type: 'invoice', id: 'i-1' } },
      },
      { code: 'total-mismatch', subject: null, documents: 1, operations: { 'invoice.insert': 1 } },
      { code: 'unknown-account', subject: 'Nowhere', documents: 1 },
      // The money goes all the same.
      { code: 'payment-unapplied', severity: 'warning', subject: null, documents: 1, operations: { 'payment.insert': 1 } },
    ]);
    const short = await api.ask(api.admin, 'POST', `${at}/targets/saasant/batches:preview`, { problems: 1 });
    expect([short.body.problems.length, short.body.causes.length]).toEqual([1, 4]);
  });

  it('reports that a batch waits while Temporal is down, and links to it', async () => {
    await put(customer(), invoice('i-1'));
    const { batch } = (await start()).body;
    expect(batch).toMatchObject({ state: 'selecting', ended: false, waiting: expect.stringContaining('Temporal') });
    expect(batch.links.self).toBe(`https://ledger.example${at}/batches/${batch.id}`);
    expect(batch.links.temporal).toContain(`workflows/batch%3A${company}%3Asaasant%3A${batch.id}`);
  });
});

it('an ended batch waits for nothing, also beside one that does, with no worker up', async () => {
  await put(customer(), invoice('i-1'), invoice('i-2'));
  const only = (id: string) => ({ selection: { invoices: { choose: 'ids', ids: [{ type: 'invoice', id }] } } });
  const ended = (await start(only('i-1'))).body.batch;
  await move(ended.id, 'canceled');
  const open = (await start(only('i-2'))).body.batch;
  const { rows } = (await api.ask(api.admin, 'GET', `${at}/batches`)).body;
  const waiting = rows.map((row: { id: string; ended: boolean; waiting?: string }) => [row.id, row.ended, 'waiting' in row]);
  expect(waiting).toEqual([
    [open.id, false, true],
    [ended.id, true, false],
  ]);
  await move(open.id, 'validating');
  await api.store.sql`update batches set handed_over_at = now() where company_id = ${company}`;
  const again = (await api.ask(api.admin, 'GET', `${at}/batches`)).body.rows;
  expect(again.map((row: { waiting?: string }) => row.waiting)).toEqual([expect.stringContaining('No worker'), undefined]);
});

describe('following a batch', () => {
  it('waits for the next version, and no longer than it was asked to', async () => {
    await put(customer(), invoice('i-1'));
    const { batch } = (await start()).body;
    const url = `${at}/batches/${batch.id}`;
    expect((await api.ask(api.admin, 'GET', `${url}?after=${batch.version}&wait=1`)).body.version).toBe(batch.version);
    const next = api.ask(api.admin, 'GET', `${url}?after=${batch.version}&wait=20`);
    await end(batch.id);
    expect((await next).body).toMatchObject({ state: 'stopped', ended: true });
  });

  it('sends an event per version over SSE, and ends with the batch', async () => {
    await put(customer(), invoice('i-1'));
    const { batch } = (await start()).body;
    const answer = await events(batch.id);
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const reading = answer.text();
    await move(batch.id, 'validating');
    await move(batch.id, 'stopped');
    const found = (await reading).split('\n\n').filter((event) => event.startsWith('id: '));
    expect(found.at(-1)).toContain('"state":"stopped"');
    const ids = found.map((event) => Number(/^id: (\d+)/.exec(event)![1]));
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    expect((await events(batch.id, { 'last-event-id': String(ids.at(-1)) })).status).toBe(204);
    expect(await (await events(batch.id, { 'last-event-id': 'nonsense' })).text()).toContain('"state":"stopped"');
  });

  it('lets the API close while a client follows a batch', async () => {
    const closing = await openTestApi();
    const own = await closing.app.listen({ port: 0, host: '127.0.0.1' });
    await closing.ask(closing.admin, 'PUT', '/v1/companies/x', COMPANY);
    await closing.ask(closing.admin, 'PUT', '/v1/companies/x/targets/saasant', {});
    await closing.stream(closing.admin, 'x', [customer(), invoice('i-1')]);
    const { batch } = (await closing.ask(closing.admin, 'POST', '/v1/companies/x/targets/saasant/batches', {})).body;
    const answer = await fetch(`${own}/v1/companies/x/batches/${batch.id}/events`, {
      headers: { authorization: `Bearer ${closing.admin}` },
    });
    const reading = answer.text();
    const before = Date.now();
    await closing.close();
    await reading;
    expect(Date.now() - before).toBeLessThan(5_000);
  });

  function events(id: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${origin}${at}/batches/${id}/events`, { headers: { authorization: `Bearer ${api.admin}`, ...headers } });
  }
});

describe('people’s decisions', () => {
  it('lets a poster cancel, once the order is saved, and refuses what its state does not allow', async () => {
    await put(customer(), invoice('i-1'));
    const { batch } = (await start()).body;
    const poster = await api.key(company, 'poster');
    const url = `${at}/batches/${batch.id}`;
    expect((await api.ask(poster, 'POST', `${url}/cancel`)).body).toMatchObject({
      batch: { cancelRequestedBy: expect.stringContaining('poster') },
      note: expect.any(String),
    });
    expect(await api.ask(poster, 'POST', `${url}/resume`)).toMatchObject({ status: 409, body: { code: 'illegal-move' } });
    expect(await api.ask(poster, 'POST', `${url}/confirm`)).toMatchObject({ status: 409, body: { code: 'illegal-move' } });
    expect(await api.ask(api.admin, 'POST', `${url}/undo`)).toMatchObject({ status: 409 });
  });

  it('lets another person approve, and never the starter', async () => {
    await put(customer(), invoice('i-1'));
    const both = await api.key(company, 'poster', 'approver');
    const { batch } = (await start({}, {}, both)).body;
    for (const state of ['validating', 'exporting', 'awaiting-approval'] as const) await move(batch.id, state);
    const url = `${at}/batches/${batch.id}/approve`;
    expect(await api.ask(both, 'POST', url)).toMatchObject({ status: 403, body: { code: 'own-batch' } });
    expect((await api.ask(await api.key(company, 'approver'), 'POST', url)).body.batch.approvedBy).toContain('approver');
  });

  it('marks a record as already in the books, so that nothing is left to send', async () => {
    await put(customer(), invoice('i-1'));
    const mark = { type: 'invoice', id: 'i-1', externalId: '123', reason: 'typed in by hand' };
    expect((await api.ask(api.admin, 'POST', `${at}/targets/saasant/postings`, mark)).status).toBe(204);
    expect((await api.ask(api.admin, 'GET', `${at}/targets/saasant/unbatched/invoices`)).body.rows).toEqual([]);
    expect(await api.ask(api.admin, 'POST', `${at}/targets/saasant/postings`, { ...mark, id: 'i-9' })).toMatchObject({
      status: 404,
    });
    const { body } = await api.ask(api.admin, 'GET', `${at}/records/invoice/i-1`);
    expect(body.standings).toMatchObject([{ target: 'saasant' }]);
  });

  it('answers 404 for a batch of another company', async () => {
    await put(customer(), invoice('i-1'));
    const { batch } = (await start()).body;
    await api.ask(api.admin, 'PUT', '/v1/companies/other', COMPANY);
    for (const path of ['', '/items', '/items/1', '/ledger', '/files', '/download', '/events', '/undo']) {
      expect((await api.ask(api.admin, 'GET', `/v1/companies/other/batches/${batch.id}${path}`)).status).toBe(404);
    }
    for (const verb of ['cancel', 'approve', 'decline', 'resume', 'confirm', 'retry', 'undo']) {
      expect((await api.ask(api.admin, 'POST', `/v1/companies/other/batches/${batch.id}/${verb}`)).status).toBe(404);
    }
  });
});

describe('files', () => {
  it('are downloaded with their name, size and tag, always the same bytes', async () => {
    await put(customer(), invoice('i-1'));
    const { batch } = (await start()).body;
    const bytes = Buffer.alloc(3_000_000, 'ledger');
    const { sink, seal } = fileStore(api.store, batch.id);
    const writer = sink.open({ name: 'Übersicht "1".zip', mediaType: 'application/zip', download: true });
    await writer.write(bytes);
    await writer.close({ rows: 1, documents: 1 });
    await api.store.sql.begin(async (sql) => void (await seal(sql)));
    // Written, and not batched yet: whoever loaded it would have its documents twice after a decline.
    const early = await api.ask(api.admin, 'GET', `${at}/batches/${batch.id}/download`);
    expect(early).toMatchObject({ status: 409, body: { code: 'illegal-move' } });
    for (const to of ['validating', 'exporting', 'pushing', 'recording', 'posted'] as const) {
      await api.store.sql.begin(async (sql) => void (await moveBatch(sql, { batchId: batch.id, to })));
    }

    const { body } = await api.ask(api.admin, 'GET', `${at}/batches/${batch.id}/files`);
    expect(body.rows).toMatchObject([{ ordinal: 1, name: 'Übersicht "1".zip', size: bytes.length, download: true }]);
    const answer = await fetch(`${origin}${at}/batches/${batch.id}/download`, {
      headers: { authorization: `Bearer ${api.admin}` },
    });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/zip',
      'content-length': String(bytes.length),
      'content-disposition': `attachment; filename="_bersicht _1_.zip"; filename*=UTF-8''%C3%9Cbersicht%20%221%22.zip`,
      etag: `"${createHash('sha256').update(bytes).digest('hex')}"`,
    });
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    const again = await api.ask(api.admin, 'GET', `${at}/batches/${batch.id}/files/1`, undefined, {
      'if-none-match': answer.headers.get('etag')!,
    });
    expect(again.status).toBe(304);
    expect((await api.ask(api.admin, 'GET', `${at}/batches/${batch.id}/files/2`)).status).toBe(404);
  });
});
