import { deliverFiles, markInBooks, previewBatch, retryBatch, startBatch } from '@ledgerpost/batching';
import { memoryBooks, memoryTarget } from '@ledgerpost/conformance/memory-target';
import { keepSecrets, newSealingKey, parseSealingKeys, sealStoredSecrets } from '@ledgerpost/connections';
import { saasant } from '@ledgerpost/saasant-plugin';
import {
  advance,
  causesOf,
  checkedUpTo,
  confirmLoaded,
  editSettings,
  expectedLedgerOf,
  getBatch,
  getItem,
  homeNumbers,
  ITEM_SORTS,
  ledgerOf,
  listFiles,
  listItems,
  listJournal,
  listUnbatched,
  orderCancel,
  orderDecision,
  orderResume,
  shareCompany,
  unbatchedTotals,
  waitForBatch,
  workBatch,
} from '@ledgerpost/store';
import { NUDGE } from '@ledgerpost/workflows/names';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Books, harness } from '../../testing/harness.testing.ts';
import { creditMemo, customer, invoice, payment, refund, SETTINGS } from '../../testing/records.testing.ts';
import { checkNext } from '../../upkeep/keep-checked.ts';

type Harness = Awaited<ReturnType<typeof harness>>;
const books = memoryBooks();
const memory = memoryTarget(books);
const keys = parseSealingKeys(newSealingKey('k1'));
let h: Harness;
beforeAll(async () => {
  h = await harness([saasant, memory], { keys });
});
afterAll(() => h.close());

async function statesOf(batchId: string): Promise<Record<string, string>> {
  const { rows } = await listItems(h.store, { batchId, limit: 500 });
  return Object.fromEntries(rows.map((row) => [`${row.record.type}/${row.record.id}`, row.state]));
}

/** Waits, by the batch's own announcements, until it is in a state. */
async function until(co: Books, batchId: string, state: string) {
  for (let version = 0; ; ) {
    const batch = await waitForBatch(h.store, co.company.id, batchId, version, 20_000);
    if (batch?.state === state) return batch;
    if (batch === undefined || batch.version === version)
      throw new Error(`The batch is ${batch?.state}, and was awaited to be ${state}.`);
    version = batch.version;
  }
}

const order = (co: Books, batchId: string, actor = 'ada') => ({ companyId: co.company.id, batchId, actor });

describe('a preview', () => {
  it('answers what the batch then does, and writes nothing', async () => {
    const co = await h.company(
      saasant,
      [customer('c-1'), invoice('i-1'), invoice('i-2', { total: '1.00' }), payment('p-1')],
      SETTINGS,
    );
    const preview = await previewBatch({ store: h.store, target: saasant }, co.request());
    expect(preview.totals.operations).toEqual({
      'invoice.insert': { documents: 1, amount: 18_900 },
      'payment.insert': { documents: 1, amount: 18_900 },
    });
    expect(preview.problemCounts).toMatchObject({ 'total-mismatch': 1 });
    const items = await h.store.sql`select seq from batch_items where company_id = ${co.company.id}`;
    expect(items).toHaveLength(0);
    const batch = await h.run(co, { digest: preview.digest });
    expect(batch.name).toBe(preview.name);
    expect(batch.totals?.operations).toEqual(preview.totals.operations);
  });

  it('case 9: a record edited between preview and start is named, and nothing is started', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1'), invoice('i-2')], SETTINGS);
    const { digest } = await previewBatch({ store: h.store, target: saasant }, co.request());
    await co.put(invoice('i-2', { memo: 'Thank you' }));
    await expect(h.start(co, { digest })).rejects.toMatchObject({
      code: 'records-changed',
      details: { changed: [{ type: 'invoice', id: 'i-2' }] },
    });
  });

  it('a customer renamed between preview and start counts as a change too', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1')], SETTINGS);
    const { digest } = await previewBatch({ store: h.store, target: saasant }, co.request());
    await co.put(customer('c-1', { accountingKey: 'Another name' }));
    await expect(h.start(co, { digest })).rejects.toMatchObject({
      code: 'records-changed',
      details: { changed: [{ type: 'customer', id: 'c-1' }] },
    });
  });
});

describe('starting', () => {
  it('case 6: an empty selection is refused with the reason, and makes no batch', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1', { status: 'draft' })], SETTINGS);
    await expect(h.start(co)).rejects.toMatchObject({
      code: 'nothing-to-send',
      details: { stopped: [{ reason: 'not-finalized', documents: 1 }] },
    });
    const [row] = await h.store.sql`select id from batches where company_id = ${co.company.id}`;
    expect(row).toBeUndefined();
  });

  it('case 3: payments without their invoices need an acknowledgement, and then go out unapplied', async () => {
    const co = await h.company(
      saasant,
      [customer('c-1'), invoice('i-1'), payment('p-1', { allocations: [{ invoiceId: 'i-1', amount: '189.00' }] })],
      SETTINGS,
    );
    const selection = { payments: { choose: 'all' as const } };
    await expect(h.start(co, { selection })).rejects.toMatchObject({
      code: 'payments-without-invoices',
      details: { count: 1, pairs: [{ payment: { id: 'p-1' }, invoice: { id: 'i-1' } }] },
    });
    const first = await h.run(co, { selection, acknowledge: ['payments-without-invoices'] });
    expect(first.totals?.operations).toEqual({ 'payment.insert': { documents: 1, amount: 18_900 } });
    const second = await h.run(co);
    expect(await statesOf(second.id)).toEqual({ 'invoice/i-1': 'posted', 'payment/p-1': 'posted' });
    expect(second.totals?.operations).toEqual({
      'invoice.insert': { documents: 1, amount: 18_900 },
      'payment.update': { documents: 1, amount: 18_900 },
    });
  });

  it('case 7: the same selection submitted twice at once is one batch', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1')], SETTINGS);
    const request = { ...co.request(), acknowledge: [], actor: 'tess' };
    const deps = { store: h.store, target: saasant };
    const settled = await Promise.allSettled([startBatch(deps, request), startBatch(deps, request)]);
    const refused = settled.filter((s) => s.status === 'rejected');
    expect(settled.filter((s) => s.status === 'fulfilled')).toHaveLength(1);
    expect(refused.map((r) => (r.reason as { code: string }).code)).toEqual(['batch-open']);
  });

  it('the same idempotency key twice at once is one batch, and both callers get it', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1')], SETTINGS);
    const request = { ...co.request(), acknowledge: [], actor: 'tess', idempotencyKey: 'once' };
    const deps = { store: h.store, target: saasant };
    const [a, b] = await Promise.all([startBatch(deps, request), startBatch(deps, request)]);
    expect(a.batch.id).toBe(b.batch.id);
    expect([a.created, b.created].sort()).toEqual([false, true]);
  });

  it('an idempotency key that was used for another request is refused', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1')], SETTINGS);
    await h.run(co, { idempotencyKey: 'mine' });
    await co.put(invoice('i-2'));
    await expect(h.start(co, { idempotencyKey: 'mine', selection: { invoices: { choose: 'all' } } })).rejects.toMatchObject({
      code: 'key-reused',
    });
  });

  it.each([['a/b'], ['a\\b'], [''], ['   '], ['line\nbreak'], ['x'.repeat(101)], ['..']])(
    'case 8: the name %j is refused with what is allowed',
    async (name) => {
      const co = await h.company(saasant, [customer('c-1'), invoice('i-1')], SETTINGS);
      await expect(h.start(co, { name })).rejects.toMatchObject({ code: 'bad-name' });
    },
  );

  it('case 8: a name that the company has used is refused', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1')], SETTINGS);
    await h.run(co, { name: 'October' });
    await co.put(invoice('i-2'));
    await expect(h.start(co, { name: 'October' })).rejects.toMatchObject({ code: 'name-taken' });
  });
});

describe('the numbers of a home page', () => {
  it('have what batches left unapplied or open in the books, until it is applied', async () => {
    const onto = (invoiceId: string) => ({ allocations: [{ invoiceId, amount: '189.00' }] });
    const co = await h.company(
      saasant,
      [customer('c-1'), invoice('i-1'), payment('deposit'), payment('p-1', onto('i-1'))],
      SETTINGS,
    );
    const first = await h.run(co);
    const home = async () => (await homeNumbers(h.store.sql, [co.company.id], 13))(co.company.id);
    const open = async () => (await home()).leftOpen;
    const counted = async () => (await open()).map(({ of, documents, amount }) => [of, documents, amount]);
    expect(await counted()).toEqual([['payments', 1, 18_900]]);
    expect((await open())[0]!.oldest).toEqual([
      { number: 'R-deposit', customer: 'Customer c-1', amount: 18_900, batchId: first.id, seq: expect.any(Number) },
    ]);
    await co.put(refund('r-1', 'p-1', '50.00'));
    await h.run(co);
    expect(await counted()).toEqual([
      ['payments', 1, 18_900],
      ['refunds', 1, 5_000],
    ]);
    await co.put(invoice('i-2'), payment('deposit', onto('i-2')));
    await h.run(co);
    expect(await counted()).toEqual([['refunds', 1, 5_000]]);
    expect((await home()).checks).toEqual([]);
  });
});

describe('what the last check found', () => {
  it('is shown by the lists until a check finds otherwise, or the record changes', async () => {
    const twice = ['a', 'b'].map((id) => invoice(id, { number: 'same' }));
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1'), ...twice, invoice('c', { total: '1.00' })], SETTINGS);
    const deps = { store: h.store, target: saasant };
    const { settingsVersion } = co.request().companyTarget;
    const list = { companyId: co.company.id, target: 'saasant', list: 'invoices', filter: {}, sort: 'number', limit: 9 } as const;
    const attention = async (version = settingsVersion) => {
      const of = { ...list, settingsVersion: version, attention: true };
      const { rows } = await listUnbatched(h.store, of);
      expect((await unbatchedTotals(h.store, of)).reduce((all, { documents }) => all + documents, 0)).toBe(rows.length);
      return rows.map(({ ref, verdict }) => [ref.id, verdict?.code]);
    };
    expect(await attention()).toEqual([]);
    expect((await previewBatch(deps, co.request())).verdictsChanged).toBe(true);
    const found = [
      ['c', 'total-mismatch'],
      ['a', 'duplicate-number'],
      ['b', 'duplicate-number'],
    ];
    expect(await attention()).toEqual(found);
    // The same again is nothing new, and other settings have not been tried.
    expect((await previewBatch(deps, co.request())).verdictsChanged).toBe(false);
    expect(await attention(settingsVersion + 1)).toEqual([]);
    await co.put(invoice('b', { number: 'another' }));
    expect(await attention()).toEqual(found.slice(0, 2));
    // Settings that are only tried leave what is known.
    expect((await previewBatch(deps, { ...co.request(), isTrial: true })).verdictsChanged).toBe(false);
    expect(await attention()).toEqual(found.slice(0, 2));
    // A batch renews it too: what it posts is gone, and what it keeps out stays.
    await h.run(co);
    expect(await attention()).toEqual(found.slice(0, 1));
    // So does a preview, of records that have not changed themselves.
    await co.put(...['d', 'e'].map((id) => invoice(id, { number: 'again' })));
    await previewBatch(deps, co.request());
    await co.put(invoice('e', { number: 'other' }));
    expect(await attention()).toEqual([...found.slice(0, 1), ['d', 'duplicate-number']]);
    expect((await previewBatch(deps, co.request())).verdictsChanged).toBe(true);
    expect(await attention()).toEqual(found.slice(0, 1));
  });

  it('is renewed in the background after a change, for each company in turn, without a preview', async () => {
    const bad = invoice('c', { total: '1.00' });
    const [one, other] = [
      await h.company(saasant, [customer('c-1'), invoice('i-1'), bad], SETTINGS),
      await h.company(saasant, [customer('c-1'), bad], SETTINGS),
    ];
    const warned: unknown[] = [];
    const checkAll = async () => {
      await h.store.sql`update open_checks set due_at = now()`;
      while (await checkNext({ store: h.store, log: (...what) => void warned.push(what) }, [saasant]));
    };
    const shown = async ({ company, request }: typeof one) => {
      const { settingsVersion } = request().companyTarget;
      const at = { companyId: company.id, target: 'saasant' };
      const checked = await checkedUpTo(h.store.sql, { ...at, settingsVersion });
      const list = {
        ...at,
        list: 'invoices',
        filter: {},
        sort: 'number',
        limit: 9,
        settingsVersion,
        checkedUpTo: checked,
      } as const;
      const { rows } = await listUnbatched(h.store, list);
      return rows.map(({ ref, verdict, checking }) => `${ref.id} ${checking ? 'checking' : (verdict?.code ?? 'ready')}`).sort();
    };
    expect(await shown(one)).toEqual(['c checking', 'i-1 checking']);
    // A worker that ends keeps nothing, and leaves the check to another at once.
    await checkNext({ store: h.store, log: (...what) => void warned.push(what) }, [saasant], { signal: AbortSignal.abort() });
    expect(await shown(one)).toEqual(['c checking', 'i-1 checking']);
    await checkAll();
    expect([await shown(one), await shown(other)]).toEqual([['c total-mismatch', 'i-1 ready'], ['c total-mismatch']]);
    await one.put(invoice('c'));
    expect(await shown(one)).toEqual(['c checking', 'i-1 ready']);
    await checkAll();
    expect(await shown(one)).toEqual(['c ready', 'i-1 ready']);
    // The console's own check of everything counts, too, and one of a part does not.
    await one.put(invoice('c', { total: '1.00' }));
    const deps = { store: h.store, target: saasant };
    const part = { choose: 'filter', filter: { search: 'nothing but c' } } as const;
    await expect(previewBatch(deps, { ...one.request(), selection: { invoices: part } })).rejects.toMatchObject({
      code: 'nothing-to-send',
    });
    expect(await shown(one)).toEqual(['c checking', 'i-1 ready']);
    await previewBatch(deps, one.request());
    expect(await shown(one)).toEqual(['c total-mismatch', 'i-1 ready']);
    // Where nothing is left to send there is nothing to check.
    await h.run(one);
    await checkAll();
    expect([await shown(one), warned]).toEqual([['c total-mismatch'], []]);
  });
});

describe('problems', () => {
  it('case 81: one bad document of many is rejected with cause and cure, and a retry sends only it', async () => {
    const good = Array.from({ length: 9 }, (_, n) => invoice(`g-${n}`));
    const co = await h.company(saasant, [customer('c-1'), ...good, invoice('bad', { customerId: 'c-2' })], SETTINGS);
    const first = await h.run(co);
    expect(first.state).toBe('posted-in-part');
    const { rows } = await listItems(h.store, { batchId: first.id, state: 'rejected', limit: 10 });
    expect(rows.map((row) => row.record.id)).toEqual(['bad']);
    expect(rows[0]?.problems[0]).toMatchObject({ code: 'unknown-customer', record: { type: 'customer', id: 'c-2' } });
    await co.put(customer('c-2'));
    const { batch } = await retryBatch(
      { store: h.store, target: saasant },
      { ...co.request(), batchId: first.id, acknowledge: [], actor: 'tess' },
    );
    await h.follow(batch.id);
    expect(await statesOf(batch.id)).toEqual({ 'invoice/bad': 'posted' });
    expect((await getBatch(h.store.sql, co.company.id, batch.id))?.retryOf).toBe(first.id);
  });

  it('can be retried by cause: only the documents that it stopped', async () => {
    const lost = ['a', 'b'].map((id) => invoice(id, { customerId: 'c-2' }));
    const co = await h.company(saasant, [customer('c-1'), ...lost, invoice('c', { total: '1.00' })], SETTINGS);
    const { id: batchId } = await h.run(co);
    const causes = await causesOf(h.store.sql, batchId);
    expect(causes.map(({ code, documents }) => [code, documents])).toEqual([
      ['unknown-customer', 2],
      ['total-mismatch', 1],
    ]);
    await co.put(customer('c-2'), invoice('c'));
    const retry = (cause: { code: string; subject: string | null }) =>
      retryBatch({ store: h.store, target: saasant }, { ...co.request(), batchId, cause, acknowledge: [], actor: 'tess' });
    await expect(retry({ code: 'unknown-customer', subject: 'another' })).rejects.toMatchObject({ code: 'nothing-to-send' });
    const { batch } = await retry({ code: 'unknown-customer', subject: causes[0]!.subject });
    await h.follow(batch.id);
    expect(await statesOf(batch.id)).toEqual({ 'invoice/a': 'posted', 'invoice/b': 'posted' });
  });

  it('come in a batch with date and customer, and its documents can be sorted by every column, page by page', async () => {
    const [early, late] = ['2026-10-01', '2026-10-09'];
    const records = [
      customer('c-1', { accountingKey: 'Zoe' }),
      customer('c-2', { accountingKey: 'Amy' }),
      { type: 'department' as const, id: 'd-1', name: 'North' },
      invoice('i-1', { number: '7', date: late, departmentId: 'd-1' }),
      invoice('i-2', { number: '9', date: early, customerId: 'c-2' }),
      invoice('i-3', { number: '8', date: early, customerId: 'c-2', total: '1.00' }),
    ];
    const { id: batchId } = await h.run(await h.company(saasant, records, SETTINGS));
    const { rows } = await listItems(h.store, { batchId, limit: 10 });
    expect(rows.map(({ date, customerName, departmentName }) => [date, customerName, departmentName])).toEqual([
      [early, 'Amy', null],
      [early, 'Amy', null],
      [late, 'Zoe', 'North'],
    ]);
    for (const sort of ITEM_SORTS) {
      const pages: string[] = [];
      for (let after: string | undefined; ; ) {
        const page = await listItems(h.store, { batchId, sort, after, limit: 1 });
        pages.push(...page.rows.map(({ number }) => number));
        if (page.next === undefined) break;
        after = page.next;
      }
      const whole = await listItems(h.store, { batchId, sort, limit: 10 });
      expect(pages, sort).toEqual(whole.rows.map(({ number }) => number));
      expect(pages.toSorted(), sort).toEqual(['7', '8', '9']);
    }
    const order = async (sort: (typeof ITEM_SORTS)[number]) =>
      (await listItems(h.store, { batchId, sort, limit: 10 })).rows.map(({ number }) => number).join('');
    expect([await order('number'), await order('-number'), await order('date'), await order('-customer')]).toEqual([
      '789',
      '987',
      '897',
      '798',
    ]);
    expect((await order('state')).at(-1)).toBe('8');
    expect((await order('department')).at(-1)).toBe('7');
    const found = async (search: string) =>
      (await listItems(h.store, { batchId, search, limit: 10 })).rows.map(({ number }) => number).sort();
    expect([await found('ZO'), await found(' 9 '), await found('amy'), await found('%'), await found('\0')]).toEqual([
      ['7'],
      ['9'],
      ['8', '9'],
      [],
      [],
    ]);
    await expect(listItems(h.store, { batchId, sort: 'date', after: 'WyJpdGVtcyIsMV0', limit: 1 })).rejects.toMatchObject({
      code: 'bad-cursor',
    });
  });

  it('with the policy to stop, one problem keeps everything unbatched', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1'), invoice('i-2', { total: '1.00' })], SETTINGS);
    const batch = await h.run(co, { onProblem: 'stop' });
    expect(batch).toMatchObject({ state: 'stopped', reason: { code: 'problems-found' } });
    expect(await statesOf(batch.id)).toEqual({ 'invoice/i-1': 'released', 'invoice/i-2': 'rejected' });
    const again = await h.run(co);
    expect(again.state).toBe('posted-in-part');
  });

  it('case 82: the payment of a rejected invoice goes unapplied, or waits where the settings ask for that', async () => {
    const records = [
      customer('c-1'),
      invoice('i-1', { number: '' }),
      payment('p-1', { allocations: [{ invoiceId: 'i-1', amount: '189.00' }] }),
    ];
    const going = await h.run(await h.company(saasant, records, SETTINGS));
    expect(await statesOf(going.id)).toEqual({ 'invoice/i-1': 'rejected', 'payment/p-1': 'posted' });
    expect(going.state).toBe('posted-in-part');
    const waits = { ...SETTINGS, policy: { paymentsOfStoppedInvoices: 'wait' } };
    const waiting = await h.run(await h.company(saasant, records, waits));
    expect(await statesOf(waiting.id)).toEqual({ 'invoice/i-1': 'rejected', 'payment/p-1': 'blocked' });
    expect(waiting.state).toBe('nothing-posted');
  });

  it('two invoices of one number are both rejected, in the batch or against what is posted', async () => {
    const co = await h.company(
      saasant,
      [customer('c-1'), invoice('i-1', { number: '7' }), invoice('i-2', { number: '7' }), invoice('i-3', { number: '8' })],
      SETTINGS,
    );
    const first = await h.run(co);
    expect(await statesOf(first.id)).toEqual({ 'invoice/i-1': 'rejected', 'invoice/i-2': 'rejected', 'invoice/i-3': 'posted' });
    await co.put(invoice('i-1', { number: '9' }), invoice('i-2', { number: '8' }));
    const second = await h.run(co);
    expect(await statesOf(second.id)).toEqual({ 'invoice/i-1': 'posted', 'invoice/i-2': 'rejected' });
  });
});

describe('orders from people', () => {
  it('case 87: lost access holds the batch; after a resume it ends as if nothing had happened', async () => {
    const co = await h.company(memory, [customer('c-1'), ...Array.from({ length: 25 }, (_, n) => invoice(`i-${n}`))], SETTINGS);
    books.faults.push('none', 'access-lost');
    const before = books.held.size;
    const { batch, handle } = await h.start(co);
    const held = await until(co, batch.id, 'held');
    expect(held.reason?.code).toBe('access-lost');
    await orderResume(h.store.sql, order(co, batch.id));
    await handle.signal(NUDGE);
    await handle.result();
    expect((await getBatch(h.store.sql, co.company.id, batch.id))?.state).toBe('posted');
    expect(books.held.size - before).toBe(25);
  });

  it('a batch of files waits on hold while workers hold writes, and goes on after a resume', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1')], SETTINGS);
    await h.stopWorker();
    await h.startWorker('hold');
    const { batch, handle } = await h.start(co);
    const held = await until(co, batch.id, 'held');
    expect(held.reason?.message).toContain('LEDGERPOST_WRITES=hold');
    await h.stopWorker();
    await h.startWorker();
    await orderResume(h.store.sql, order(co, batch.id));
    await handle.signal(NUDGE);
    await handle.result();
    expect((await getBatch(h.store.sql, co.company.id, batch.id))?.state).toBe('posted');
  });

  it('a batch that was held with a secret in its settings, as contract 1 kept it, ends with the secret of today', async () => {
    const records = [customer('c-1'), ...Array.from({ length: 15 }, (_, n) => invoice(`k-${n}`))];
    const co = await h.company(memory, records, { ...SETTINGS, apiKey: 'key-of-then' });
    books.faults.push('none', 'access-lost');
    const { batch, handle } = await h.start(co);
    await until(co, batch.id, 'held');
    expect(books.keys.at(-1)).toBe('key-of-then');
    const { sql } = h.store;
    const stored = async () =>
      JSON.stringify(await sql`select settings from company_targets union all select settings from batches`);
    expect(await stored()).toContain('key-of-then');

    expect(await sealStoredSecrets(h.store, [saasant, memory], keys)).toBe(1);
    expect(await stored()).not.toContain('key-of-then');
    expect(await sealStoredSecrets(h.store, [saasant, memory], keys)).toBe(0);
    const companyId = co.company.id;
    await editSettings(
      h.store,
      {
        ...{ companyId, target: 'memory' },
        edit: (former) => ({ ...former, apiKey: 'key-of-today' }) as typeof former,
        keep: (tx, connectionId, given, former) =>
          keepSecrets(tx, { keys, target: memory, companyId, connectionId, actor: 'ada' }, given, former, []),
      },
      'ada',
    );
    expect(await stored()).not.toContain('key-of');
    await orderResume(sql, order(co, batch.id));
    await handle.signal(NUDGE);
    await handle.result();
    expect((await getBatch(sql, companyId, batch.id))?.state).toBe('posted');
    expect(books.keys.at(-1)).toBe('key-of-today');
  });

  it('a held batch that is cancelled keeps what was posted and gives back the rest', async () => {
    const co = await h.company(memory, [customer('c-1'), ...Array.from({ length: 25 }, (_, n) => invoice(`i-${n}`))], SETTINGS);
    books.faults.push('none', 'access-lost');
    const { batch, handle } = await h.start(co);
    await until(co, batch.id, 'held');
    await orderCancel(h.store.sql, order(co, batch.id));
    await handle.signal(NUDGE);
    await handle.result();
    const ended = (await getBatch(h.store.sql, co.company.id, batch.id))!;
    expect(ended.state).toBe('canceled');
    // The call in doubt keeps its items: whether the books took them is not known.
    expect(ended.progress.states).toEqual({ posted: 10, sending: 10, released: 5 });
  });

  it('what a cancelled batch left in doubt gets its outcome before the next batch, once in the books', async () => {
    const before = books.held.size;
    const co = await h.company(memory, [customer('c-1'), ...Array.from({ length: 15 }, (_, n) => invoice(`i-${n}`))], SETTINGS);
    books.faults.push('lost-reply', 'access-lost');
    const { batch, handle } = await h.start(co);
    await until(co, batch.id, 'held');
    await orderCancel(h.store.sql, order(co, batch.id));
    await handle.signal(NUDGE);
    await handle.result();
    expect((await getBatch(h.store.sql, co.company.id, batch.id))!.progress.states).toEqual({ sending: 10, released: 5 });
    const next = await h.run(co);
    expect([next.state, next.progress.states]).toEqual(['posted', { posted: 5 }]);
    const settled = (await getBatch(h.store.sql, co.company.id, batch.id))!;
    expect([settled.state, settled.progress.states]).toEqual(['canceled', { posted: 10, released: 5 }]);
    expect(settled.totals?.operations).toMatchObject({ 'invoice.insert': { documents: 10 } });
    expect(books.held.size - before).toBe(15);
    await h.undo(co, next.id);
    expect((await h.undo(co, batch.id)).state).toBe('undone');
    expect(books.held.size).toBe(before);
  });

  it('a batch that needs approval waits for somebody else than its starter', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1')], {
      ...SETTINGS,
      policy: { approval: { required: true, lapsesAfterHours: 1 } },
    });
    const { batch, handle } = await h.start(co);
    await until(co, batch.id, 'awaiting-approval');
    await expect(orderDecision(h.store.sql, { ...order(co, batch.id, 'tess'), decision: 'approved' })).rejects.toMatchObject({
      code: 'own-batch',
    });
    await orderDecision(h.store.sql, { ...order(co, batch.id, 'ada'), decision: 'approved' });
    await handle.signal(NUDGE);
    await handle.result();
    expect(await getBatch(h.store.sql, co.company.id, batch.id)).toMatchObject({ state: 'posted', approvedBy: 'ada' });
  });

  it('a batch below the limits of its settings asks nobody, and the journal shows it; one above them waits', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1')], {
      ...SETTINGS,
      policy: { approval: { required: false, lapsesAfterHours: 1, above: { documents: 1 } } },
    });
    const below = await h.run(co);
    expect([below.state, below.approvedBy]).toEqual(['posted', null]);
    const [line] = await h.store.sql`
      select actor_id, details from journal where subject = ${`batch/${below.id}`} and act = 'batch.approval-not-needed'`;
    expect(line).toMatchObject({
      actor_id: 'engine',
      details: { totals: { documents: 1, payments: 0 }, above: { documents: 1 } },
    });
    const changed = [{ name: 'Tune-up', quantity: '1', unitPrice: '200', amount: '200.00', taxable: true }];
    await co.put(invoice('i-1', { lines: changed, total: '200.00' }), invoice('i-2'));
    const { batch, handle } = await h.start(co);
    await until(co, batch.id, 'awaiting-approval');
    // The approver sees how the accounts would move, an update by what it changes.
    const expected = await expectedLedgerOf(h.store.sql, batch.id);
    expect(expected.map(({ role, amount }) => [role, amount])).toEqual([
      ['income', -20_000],
      ['receivable', 20_000],
    ]);
    await orderDecision(h.store.sql, { ...order(co, batch.id, 'ada'), decision: 'approved' });
    await handle.signal(NUDGE);
    await handle.result();
    expect((await getBatch(h.store.sql, co.company.id, batch.id))?.state).toBe('posted');
    expect(await ledgerOf(h.store.sql, batch.id)).toEqual(expected);
  });

  it('what the sealed files have is shown as exported and has no payload beside them, and a second check takes nothing out', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1'), invoice('i-2'), invoice('i-3', { total: '1.00' })], {
      ...SETTINGS,
      policy: { approval: { required: true, lapsesAfterHours: 1 } },
    });
    const { batch, handle } = await h.start(co);
    await until(co, batch.id, 'awaiting-approval');
    const shown = { 'invoice/i-1': 'exported', 'invoice/i-2': 'exported', 'invoice/i-3': 'rejected' };
    expect(await statesOf(batch.id)).toEqual(shown);
    const exported = await listItems(h.store, { batchId: batch.id, state: 'exported', limit: 10 });
    expect([exported.rows.length, (await getItem(h.store.sql, batch.id, 1))?.state]).toEqual([2, 'exported']);
    expect(await h.store.sql`select from batch_payloads where batch_id = ${batch.id}`).toHaveLength(0);
    expect(await h.store.sql`select filed from batches where id = ${batch.id}`).toEqual([{ filed: 2 }]);
    // Meanwhile the books get a document of the same number, and the workflow is lost: the batch is checked again.
    await h.store.sql`
      insert into postings (company_id, target, type, record_id, standing, kind, number, amount, facts, posted_by)
      select company_id, target, type, 'another', true, kind, number, amount, '{}', 'a person' from batch_items
      where batch_id = ${batch.id} and seq = 1`;
    await handle.terminate('lost');
    await orderDecision(h.store.sql, { ...order(co, batch.id), decision: 'approved' });
    await h.sweep();
    await until(co, batch.id, 'posted-in-part');
    expect(await statesOf(batch.id)).toEqual({ 'invoice/i-1': 'posted', 'invoice/i-2': 'posted', 'invoice/i-3': 'rejected' });
  });

  it('a chunk whose records nobody changed is posted beside others, and one with an edit keeps the edit open for an update', async () => {
    const ids = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `i-${n}`);
    const co = await h.company(saasant, [customer('c-1'), ...ids.map((id) => invoice(id))], {
      ...SETTINGS,
      policy: { approval: { required: true, lapsesAfterHours: 1 } },
    });
    const { batch, handle } = await h.start(co);
    await until(co, batch.id, 'awaiting-approval');
    await co.put(invoice('i-3', { memo: 'Thank you' }));
    await co.put(payment('p-1', { allocations: [{ invoiceId: 'i-7', amount: '189.00' }] }));
    const work = await workBatch(h.store.sql, batch.id);
    const chunk = (fromSeq: number) =>
      deliverFiles(h.store, work, { batchId: batch.id, fromSeq, toSeq: fromSeq + 1 }, (sql) => advance(sql, batch.id, 2));
    const waiting = async () => {
      const [row] = await h.store.sql<{ count: number }[]>`
        select count(*)::int as count from pg_locks where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`;
      return row!.count;
    };
    let late: Promise<void> | undefined;
    await h.store.sql.begin(async (sql) => {
      // As another chunk of the batch has it.
      await shareCompany(sql, co.company.id);
      await chunk(1);
      late = chunk(3);
      // It has an edit, so it waits for the company's lock.
      await expect.poll(waiting).toBe(1);
    });
    await late;
    // A record that stands posted from elsewhere: only the company's lock can put the new posting in its place.
    await h.store.sql`
      insert into postings (company_id, target, type, record_id, standing, kind, number, amount, facts, posted_by)
      values (${co.company.id}, 'saasant', 'invoice', 'i-5', true, 'invoice', 'N-i-5', 18900, '{}', 'ada')`;
    await chunk(5);
    // A payment that stands, as from elsewhere: with its invoice in the books it is looked at again, and is new no more.
    await h.store.sql`
      insert into postings (company_id, target, type, record_id, standing, kind, number, amount, facts, posted_by)
      values (${co.company.id}, 'saasant', 'payment', 'p-1', true, 'payment', 'N-p-1', 18900, '{"applied": []}', 'ada')`;
    await chunk(7);
    const all = ids.map((id) => [`invoice/${id}`, 'posted']);
    expect(await statesOf(batch.id)).toEqual(Object.fromEntries(all));
    const ofFive = await h.store
      .sql`select posted_by as by, standing from postings where record_id = 'i-5' and company_id = ${co.company.id} order by id`;
    expect(ofFive).toEqual([
      { by: 'ada', standing: false },
      { by: 'tess', standing: true },
    ]);
    const open = await h.store
      .sql`select id, operation, claimed_by as by from open_records where company_id = ${co.company.id} order by id`;
    expect(open).toEqual([
      { id: 'i-3', operation: 'invoice.update', by: null },
      { id: 'p-1', operation: null, by: null },
    ]);
    await orderDecision(h.store.sql, { ...order(co, batch.id), decision: 'approved' });
    await handle.signal(NUDGE);
    await handle.result();
    expect((await getBatch(h.store.sql, co.company.id, batch.id))?.state).toBe('posted');
    const postings = await h.store.sql`select record_id as id, standing from postings where batch_id = ${batch.id} order by 1`;
    expect(postings).toEqual(ids.map((id) => ({ id, standing: true })));
  });

  it('posts what files from before held, and nothing that is ready beside them', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1'), invoice('i-2')], {
      ...SETTINGS,
      policy: { approval: { required: true, lapsesAfterHours: 1 } },
    });
    const { batch, handle } = await h.start(co);
    await until(co, batch.id, 'awaiting-approval');
    // As a worker of before left it: the payload is stored, and the files don't say what they hold.
    await h.store.sql`update batches set filed = null where id = ${batch.id}`;
    await h.store.sql`update batch_items set state = 'exported' where batch_id = ${batch.id} and seq = 1`;
    await orderDecision(h.store.sql, { ...order(co, batch.id), decision: 'approved' });
    await handle.signal(NUDGE);
    await handle.result();
    expect(await statesOf(batch.id)).toEqual({ 'invoice/i-1': 'posted', 'invoice/i-2': 'released' });
  });

  it('a declined batch gives everything back', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1')], {
      ...SETTINGS,
      policy: { approval: { required: true, lapsesAfterHours: 1 } },
    });
    const { batch, handle } = await h.start(co);
    await until(co, batch.id, 'awaiting-approval');
    await orderDecision(h.store.sql, { ...order(co, batch.id), decision: 'declined' });
    await handle.signal(NUDGE);
    await handle.result();
    expect((await getBatch(h.store.sql, co.company.id, batch.id))?.state).toBe('declined');
    expect(await statesOf(batch.id)).toEqual({ 'invoice/i-1': 'released' });
  });

  it('a batch cancelled before Temporal took it ends canceled, and its records can be batched again', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1')], SETTINGS);
    const { batch } = await startBatch({ store: h.store, target: saasant }, { ...co.request(), acknowledge: [], actor: 'tess' });
    await orderCancel(h.store.sql, order(co, batch.id));
    await h.follow(batch.id);
    expect((await getBatch(h.store.sql, co.company.id, batch.id))?.state).toBe('canceled');
    expect((await h.run(co)).state).toBe('posted');
  });

  it('a batch whose workflow was terminated in Temporal goes on in a new one, from where its items are', async () => {
    const co = await h.company(memory, [customer('c-1'), ...Array.from({ length: 25 }, (_, n) => invoice(`i-${n}`))], SETTINGS);
    books.faults.push('none', 'access-lost');
    const before = books.held.size;
    const { batch, handle } = await h.start(co);
    await until(co, batch.id, 'held');
    await handle.terminate('somebody pressed the button');
    await h.sweep();
    const again = await until(co, batch.id, 'posted');
    expect(again.progress.states).toEqual({ posted: 25 });
    expect(books.held.size - before).toBe(25);
  });

  it('a batch that waits for approval and loses its workflow still waits, and is posted once approved', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1')], {
      ...SETTINGS,
      policy: { approval: { required: true, lapsesAfterHours: 1 } },
    });
    const { batch, handle } = await h.start(co);
    await until(co, batch.id, 'awaiting-approval');
    await handle.terminate('lost');
    await orderDecision(h.store.sql, { ...order(co, batch.id), decision: 'approved' });
    await h.sweep();
    await until(co, batch.id, 'posted');
  });

  it('case 86: the journal shows who started, moved, confirmed and undid a batch', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1')], SETTINGS);
    const batch = await h.run(co);
    await confirmLoaded(h.store.sql, order(co, batch.id, 'tess'));
    await h.undo(co, batch.id);
    const { rows } = await listJournal(h.store, { companyId: co.company.id, subject: `batch/${batch.id}`, limit: 100 });
    const told = rows.map((line) => [line.act, line.actor, (line.details as { to?: string }).to ?? '']).reverse();
    expect(told).toEqual([
      ['batch.started', 'tess', ''],
      ...['validating', 'exporting', 'pushing', 'recording', 'posted'].map((to) => ['batch.moved', 'ledgerpost', to]),
      ['batch.confirmed', 'tess', ''],
      ['batch.moved', 'ada', 'undoing'],
      ['batch.moved', 'ledgerpost', 'undone'],
    ]);
  });
});

describe('what comes after a batch', () => {
  it('cases 52 and 53: edited and reverted leaves nothing; edited before it was ever batched is still an insert', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1')], SETTINGS);
    await co.put(invoice('i-1', { memo: 'first edit' }));
    const first = await h.run(co);
    expect(first.totals?.operations).toEqual({ 'invoice.insert': { documents: 1, amount: 18_900 } });
    await co.put(invoice('i-1', { memo: 'second edit' }));
    await co.put(invoice('i-1', { memo: 'first edit' }));
    await expect(h.start(co)).rejects.toMatchObject({ code: 'nothing-to-send' });
  });

  it('cases 54 and 84: two edits go out as two updates, and undoing the second makes the first stand again', async () => {
    const co = await h.company(memory, [customer('c-1'), invoice('i-1', { number: 'U-1' })], SETTINGS);
    const first = await h.run(co);
    await co.put(invoice('i-1', { number: 'U-1', memo: 'one' }));
    const second = await h.run(co);
    await co.put(invoice('i-1', { number: 'U-1', memo: 'two' }));
    const third = await h.run(co);
    expect(third.totals?.operations).toEqual({ 'invoice.update': { documents: 1, amount: 18_900 } });
    await h.undo(co, third.id);
    const standing = [...books.held.values()].filter((held) => held.number === 'U-1');
    expect(standing.map((held) => (held.document as { message?: string }).message)).toEqual(['one']);
    const again = await h.run(co);
    expect(again.totals?.operations).toEqual({ 'invoice.update': { documents: 1, amount: 18_900 } });
    // All the way back: what an undo restored has a version of its own at the target, which the next undo knows.
    for (const { id } of [again, second, first]) expect((await h.undo(co, id)).state).toBe('undone');
    expect([...books.held.values()].filter((held) => held.number === 'U-1')).toEqual([]);
  });

  it('an undo of a batch whose invoice was edited since takes it back, and offers it as it is now', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1'), invoice('i-2')], SETTINGS);
    const batch = await h.run(co);
    await co.put(invoice('i-1', { memo: 'Thanks' }));
    expect((await h.undo(co, batch.id)).state).toBe('undone');
    const preview = await previewBatch({ store: h.store, target: saasant }, co.request());
    expect(preview.totals.operations).toMatchObject({ 'invoice.insert': { documents: 2 } });
  });

  it('case 42: an invoice that is approved again next month is an update with a warning, in the preview too', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1', { date: '2026-10-31' }), invoice('i-2')], SETTINGS);
    await h.run(co);
    await co.put(invoice('i-1', { date: '2026-11-02' }), invoice('i-2', { date: '2026-10-04' }));
    const preview = await previewBatch({ store: h.store, target: saasant }, co.request());
    expect(preview.problemCounts).toEqual({ 'crosses-period': 1, 'unchecked-name': 1 });
    const batch = await h.run(co);
    expect(batch.state).toBe('posted');
    const { rows } = await listItems(h.store, { batchId: batch.id, limit: 10 });
    expect(rows.map(({ record, problems }) => [record.id, problems.map(({ code }) => code)])).toEqual([
      ['i-2', []],
      ['i-1', ['crosses-period']],
    ]);
    await h.undo(co, batch.id);
    await co.put(invoice('i-1', { date: '2026-10-30' }));
    const after = await previewBatch({ store: h.store, target: saasant }, co.request());
    expect(after.problemCounts).toEqual({ 'unchecked-name': 1 });
  });

  it('case 26: a customer’s changed key makes no update, and is a notice on the next', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1')], SETTINGS);
    await h.run(co);
    await co.put(customer('c-1', { accountingKey: 'Another name' }));
    await expect(h.start(co)).rejects.toMatchObject({ code: 'nothing-to-send' });
    await co.put(invoice('i-1', { memo: 'Thank you' }));
    const batch = await h.run(co);
    const { rows } = await listItems(h.store, { batchId: batch.id, limit: 10 });
    expect(rows[0]?.problems).toMatchObject([{ code: 'reference-changed', record: { type: 'customer', id: 'c-1' } }]);
  });

  it('case 60: a refund before the batch is netted into the payment, and no journal follows', async () => {
    const co = await h.company(saasant, [customer('c-1'), payment('p-1'), refund('r-1', 'p-1', '50.00')], SETTINGS);
    const batch = await h.run(co);
    expect(batch.totals?.operations).toEqual({ 'payment.insert': { documents: 1, amount: 13_900 } });
    await expect(h.start(co)).rejects.toMatchObject({ code: 'nothing-to-send' });
  });

  it('case 61: a refund after the batch is a journal, and the payment stays as it is', async () => {
    const co = await h.company(saasant, [customer('c-1'), payment('p-1')], SETTINGS);
    await h.run(co);
    await co.put(refund('r-1', 'p-1', '50.00'));
    const batch = await h.run(co);
    expect(batch.totals?.operations).toEqual({ 'journal.insert': { documents: 1, amount: 5_000 } });
  });

  it('case 63: a payment on an imported job, and its refund, stand in the Warnings file alone, and are not offered again', async () => {
    const job = { type: 'job', id: 'j-1', number: 'OLD-1', customerId: 'c-1', imported: true } as const;
    const co = await h.company(saasant, [customer('c-1'), job, payment('p-1', { jobId: 'j-1' }), payment('p-2')], SETTINGS);
    const first = await h.run(co);
    expect(first.state).toBe('posted');
    expect(await statesOf(first.id)).toEqual({ 'payment/p-1': 'listed', 'payment/p-2': 'posted' });
    const rows = async (batchId: string, file: string) =>
      (await listFiles(h.store.sql, batchId)).filter(({ name }) => name.startsWith(file)).map(({ documents }) => documents);
    expect([await rows(first.id, '3 '), await rows(first.id, '7 ')]).toEqual([[1], [1]]);
    await expect(h.start(co)).rejects.toMatchObject({ code: 'nothing-to-send' });
    await co.put(refund('r-1', 'p-1', '10.00'));
    const second = await h.run(co);
    expect(await statesOf(second.id)).toEqual({ 'refund/r-1': 'listed' });
    expect([await rows(second.id, '5 '), await rows(second.id, '7 ')]).toEqual([[0], [1]]);
  });

  it('case 88: what is marked as already in the books is never sent, alone or with others, until it changes', async () => {
    const co = await h.company(memory, [customer('c-1'), invoice('i-1', { number: 'M-1' }), payment('p-1')], SETTINGS);
    const companyTarget = co.request().companyTarget;
    const mark = (type: 'invoice' | 'payment', id: string) =>
      markInBooks(
        { store: h.store, target: memory },
        {
          company: co.company,
          companyTarget,
          ref: { type, id },
          externalId: `hand-${id}`,
          reason: 'entered by hand',
          actor: 'ada',
        },
      );
    await mark('invoice', 'i-1');
    await mark('payment', 'p-1');
    const before = books.held.size;
    await expect(h.start(co)).rejects.toMatchObject({ code: 'nothing-to-send' });
    await co.put(invoice('i-1', { number: 'M-1' }), customer('c-1', { name: 'Amy' }), invoice('i-2', { number: 'M-2' }));
    const batch = await h.run(co);
    expect(await statesOf(batch.id)).toEqual({ 'invoice/i-2': 'posted' });
    expect(books.held.size - before).toBe(1);
    // An undo of that batch, and of all there is, leaves the mark alone.
    await h.undo(co, batch.id);
    const again = await h.run(co);
    expect(await statesOf(again.id)).toEqual({ 'invoice/i-2': 'posted' });
    const { rows } = await listJournal(h.store, { companyId: co.company.id, subject: 'invoice/i-1', limit: 10 });
    expect(rows).toMatchObject([
      { act: 'record.marked-in-books', actor: 'ada', details: { externalId: 'hand-i-1', reason: 'entered by hand' } },
    ]);
    await co.put(invoice('i-1', { number: 'M-1', memo: 'changed' }));
    const preview = await previewBatch({ store: h.store, target: memory }, co.request());
    expect(preview.totals.operations).toEqual({ 'invoice.update': { documents: 1, amount: 18_900 } });
  });

  it('case 10: only the newest batch with anything in the books can be undone; the refusal names it', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1')], SETTINGS);
    const first = await h.run(co);
    await co.put(invoice('i-2'));
    const second = await h.run(co);
    await expect(h.undo(co, first.id)).rejects.toMatchObject({ code: 'not-undoable', details: { batch: { id: second.id } } });
    await h.undo(co, second.id);
    expect((await h.undo(co, first.id)).state).toBe('undone');
  });

  it('a conflict that nobody resolved is a conflict again in the next batch, and fails nothing', async () => {
    const co = await h.company(memory, [customer('c-1'), invoice('i-1', { number: 'K-1' })], SETTINGS);
    await h.run(co);
    [...books.held.values()].find((held) => held.number === 'K-1')!.version++;
    await co.put(invoice('i-1', { number: 'K-1', memo: 'Thanks' }));
    for (const batch of [await h.run(co), await h.run(co)]) {
      expect([batch.state, await statesOf(batch.id)]).toEqual(['nothing-posted', { 'invoice/i-1': 'conflict' }]);
    }
  });

  it('what our update of an invoice moved is ours, and a person’s change of a payment that it moves is not', async () => {
    const paid = (n: number) => [
      invoice(`i-${n}`, { number: `MV-${n}` }),
      payment(`p-${n}`, { allocations: [{ invoiceId: `i-${n}`, amount: '189.00' }] }),
    ];
    const co = await h.company(memory, [customer('c-1'), ...paid(1), ...paid(2)], SETTINGS);
    await h.run(co);
    const versionOf = async (id: string) => {
      const rows = await h.store.sql<{ version: string }[]>`
        select facts->>'externalVersion' as version from postings
        where company_id = ${co.company.id} and record_id = ${id} and standing`;
      return rows[0]?.version;
    };
    const ids = await h.store.sql<{ id: string }[]>`
      select facts->>'externalId' as id from postings where company_id = ${co.company.id} and type = 'payment' order by record_id`;
    books.held.get(ids[1]!.id)!.version++;
    const lowered = { lines: [{ name: 'Tune-up', quantity: '1', unitPrice: '100', amount: '100.00' }], total: '100.00' };
    await co.put(invoice('i-1', { number: 'MV-1', ...lowered }), invoice('i-2', { number: 'MV-2', ...lowered }));
    const batch = await h.run(co);
    expect(await statesOf(batch.id)).toMatchObject({ 'invoice/i-1': 'posted', 'invoice/i-2': 'posted' });
    // Both payments were taken off. The version of the one is ours, and the other shows what the person did.
    expect(await versionOf('p-1')).toBe(`${books.held.get(ids[0]!.id)!.version}`);
    expect(await versionOf('p-2')).not.toBe(`${books.held.get(ids[1]!.id)!.version}`);
  });

  it('an undo at a target leaves alone what a person changed there, and reports it', async () => {
    const co = await h.company(
      memory,
      [customer('c-1'), invoice('i-1', { number: 'H-1' }), invoice('i-2', { number: 'H-2' })],
      SETTINGS,
    );
    const batch = await h.run(co);
    const touched = [...books.held.values()].find((held) => held.number === 'H-1')!;
    touched.version++;
    expect((await h.undo(co, batch.id)).state).toBe('undone-in-part');
    expect(await statesOf(batch.id)).toEqual({ 'invoice/i-1': 'left', 'invoice/i-2': 'undone' });
  });

  it('a document that the books hold otherwise differs, with both numbers, and is not sent again', async () => {
    const co = await h.company(memory, [customer('c-1'), invoice('i-1', { number: 'D-1' }), creditMemo('m-1')], SETTINGS);
    books.differing.set('D-1', 1);
    const batch = await h.run(co);
    expect(batch.state).toBe('posted-in-part');
    const { rows } = await listItems(h.store, { batchId: batch.id, state: 'differs', limit: 10 });
    expect(rows).toMatchObject([{ amount: 18_900, targetTotal: 18_901, problems: [{ code: 'books-differ' }] }]);
    await expect(h.start(co)).rejects.toMatchObject({ code: 'nothing-to-send' });
  });

  it('a record put while its batch runs is an update afterwards', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1')], {
      ...SETTINGS,
      policy: { approval: { required: true, lapsesAfterHours: 1 } },
    });
    const { batch, handle } = await h.start(co);
    await until(co, batch.id, 'awaiting-approval');
    await co.put(invoice('i-1', { memo: 'changed meanwhile' }));
    await orderDecision(h.store.sql, { ...order(co, batch.id), decision: 'approved' });
    await handle.signal(NUDGE);
    await handle.result();
    const preview = await previewBatch({ store: h.store, target: saasant }, co.request());
    expect(preview.totals.operations).toEqual({ 'invoice.update': { documents: 1, amount: 18_900 } });
  });
});
