import { keepTheirs, resolveDrift, sendAgain, startBatch } from '@ledgerpost/batching';
import type { BatchState, Refusal } from '@ledgerpost/core';
import { nudge } from '@ledgerpost/dispatch';
import {
  beginDriftCheck,
  type DriftView,
  endDriftCheck,
  getDriftCheck,
  handedOver,
  listDrifts,
  listJournal,
  listUnbatched,
  moveBatch,
  orderResume,
  requestDriftCheck,
  requestedDriftChecks,
  type SeenDocument,
  saveDrifts,
} from '@ledgerpost/store';
import { lookWorkflowId, NUDGE } from '@ledgerpost/workflows/names';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { held, type QboBooks, quickbooks, quickbooksHarness } from '../../quickbooks/quickbooks.testing.ts';
import { creditMemo, customer, invoice, payment, refund } from '../../testing/records.testing.ts';

/* What somebody changed in simulated QuickBooks since we posted it, through the real workflows. */

type Harness = Awaited<ReturnType<typeof quickbooksHarness>>;
let h: Harness;
beforeAll(async () => {
  h = await quickbooksHarness([quickbooks], { switches: { invoiceWithPayments: 'unlink' } });
});
afterAll(() => h.close());

const many = (count: number) => Array.from({ length: count }, (_, n) => invoice(`i-${n}`));
const one = (co: QboBooks, entity: string, number: string) =>
  held(co, entity).find((row) => (row.DocNumber ?? row.PaymentRefNum) === number);
const idOf = (co: QboBooks, entity: string, number: string) => String(one(co, entity, number)!.Id);
const edit = (co: QboBooks, number: string, changes: object = { TxnDate: '2026-10-05' }) =>
  co.books.act({ act: 'edit', entity: 'Invoice', id: idOf(co, 'Invoice', number), changes: changes as Record<string, unknown> });
const remove = (co: QboBooks, entity: string, number: string) =>
  co.books.act({ act: 'delete', entity, id: idOf(co, entity, number) });

async function drifts(co: QboBooks, state?: DriftView['state']): Promise<DriftView[]> {
  return (await listDrifts(h.store, { companyId: co.company.id, state, limit: 100 })).rows;
}
async function theDrift(co: QboBooks): Promise<DriftView> {
  const open = await drifts(co, 'open');
  expect(open).toHaveLength(1);
  return open[0]!;
}
const inWords = (found: readonly DriftView[]) =>
  found.map(({ record, status, state }) => `${record.id} ${status} ${state}`).sort();
const decision = (co: QboBooks, { id }: DriftView) => ({ company: co.company, target: co.target, driftId: id, actor: 'ada' });
async function unbatched(co: QboBooks): Promise<string[]> {
  const lists = await Promise.all(
    (['invoices', 'payments'] as const).map((list) =>
      listUnbatched(h.store, { companyId: co.company.id, target: 'qbo', list, filter: {}, sort: 'date', limit: 50 }),
    ),
  );
  return lists.flatMap(({ rows }) => rows.map(({ ref, readiness, operation }) => `${ref.id} ${readiness} ${operation}`)).sort();
}

describe.concurrent('a check for drift', () => {
  it('case 71: finds what a person edited, voided and deleted, each once, and names what and where', async () => {
    const co = await h.connected([customer('c-1'), ...many(4), payment('p-1', { amount: '50.00' }), creditMemo('m-1')]);
    const batch = await h.run(co);
    expect(await h.look(co)).toMatchObject({ end: 'done', looked: 6, found: 0 });
    edit(co, 'N-i-0');
    co.books.act({ act: 'void', entity: 'Invoice', id: idOf(co, 'Invoice', 'N-i-1') });
    remove(co, 'Invoice', 'N-i-2');
    co.books.act({ act: 'void', entity: 'Payment', id: idOf(co, 'Payment', 'R-p-1') });
    remove(co, 'CreditMemo', 'CM-m-1');
    expect(await h.look(co)).toMatchObject({ end: 'done', found: 5, postponed: 0 });
    const found = await drifts(co);
    expect(inWords(found)).toEqual([
      'i-0 changed open',
      'i-1 changed open',
      'i-2 gone open',
      'm-1 gone open',
      'p-1 changed open',
    ]);
    expect(found.find(({ record }) => record.id === 'i-0')).toMatchObject({
      batch: { id: batch.id, name: batch.name },
      amount: 18_900,
      total: 18_900,
      foundBy: 'request',
      problem: { code: 'changed-there', message: expect.stringContaining('date 2026-10-05 instead of 2026-10-03') },
    });
    const { rows } = await listJournal(h.store, { companyId: co.company.id, limit: 50 });
    expect(rows.filter(({ act }) => act === 'drift.found')).toHaveLength(5);
    // Windows overlap: the same changes are told again, and are no new ones.
    expect(await h.look(co)).toMatchObject({ end: 'done', looked: 6, found: 0 });
    expect(await drifts(co)).toHaveLength(5);
  });

  it('does not ask again about a deleted document that was kept, once an undo restores the posting before it', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-1')]);
    await h.run(co);
    await co.put(invoice('i-1', { memo: 'Another word' }));
    const second = await h.run(co);
    remove(co, 'Invoice', 'N-i-1');
    await h.look(co);
    await keepTheirs(h.store, decision(co, await theDrift(co)));
    expect((await h.undo(co, second.id)).state).toBe('undone');
    expect(await h.look(co)).toMatchObject({ end: 'done', looked: 1, found: 0 });
    expect(await drifts(co, 'open')).toEqual([]);
  });

  it('case 72: a payment on an invoice, our own update and our own undo are no drift', async () => {
    const co = await h.connected([customer('c-1'), ...many(3)]);
    await h.run(co);
    const { Id, CustomerRef } = one(co, 'Invoice', 'N-i-0')!;
    const applied = [{ Amount: 10, LinkedTxn: [{ TxnId: Id, TxnType: 'Invoice' }] }];
    co.books.act({ act: 'create', entity: 'Payment', record: { CustomerRef, TotalAmt: 10, Line: applied } });
    await co.put(
      invoice('i-1', { memo: 'Another word' }),
      payment('p-1', { allocations: [{ invoiceId: 'i-2', amount: '50.00' }] }),
    );
    const second = await h.run(co);
    expect(second.state).toBe('posted');
    expect(await h.look(co)).toMatchObject({ end: 'done', looked: 4, found: 0 });
    expect((await h.undo(co, second.id)).state).toBe('undone');
    expect(await h.look(co)).toMatchObject({ end: 'done', looked: 3, found: 0 });
    expect(await drifts(co)).toEqual([]);
  });

  it('finds what no webhook reported since the last check', async () => {
    const co = await h.connected([customer('c-1'), ...many(2)]);
    await h.run(co);
    expect(await h.look(co, 'webhook')).toMatchObject({ found: 0 });
    edit(co, 'N-i-1');
    expect(await h.look(co)).toMatchObject({ found: 1 });
    expect(await theDrift(co)).toMatchObject({ record: { id: 'i-1' }, foundBy: 'request' });
  });

  it('closes by itself what somebody corrected in the books, and finds it again when it is changed again', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-0')]);
    await h.run(co);
    edit(co, 'N-i-0');
    await h.look(co);
    edit(co, 'N-i-0', { TxnDate: '2026-10-03' });
    expect(await h.look(co)).toMatchObject({ found: 0 });
    expect(await drifts(co)).toMatchObject([{ state: 'resolved', decidedBy: 'ledgerpost' }]);
    edit(co, 'N-i-0');
    expect(await h.look(co)).toMatchObject({ found: 1 });
  });

  it('reads all posted documents of a kind of which more than a thousand changed', async () => {
    const co = await h.connected([customer('c-1'), ...many(3), payment('p-1', { amount: '50.00' })]);
    await h.run(co);
    await h.look(co);
    remove(co, 'Invoice', 'N-i-1');
    edit(co, 'N-i-2');
    const { CustomerRef, Line } = one(co, 'Invoice', 'N-i-0')!;
    for (let n = 0; n < 1_000; n++) co.books.act({ act: 'create', entity: 'Invoice', record: { CustomerRef, Line } });
    expect(await h.look(co)).toMatchObject({ end: 'done', found: 2 });
    expect(inWords(await drifts(co))).toEqual(['i-1 gone open', 'i-2 changed open']);
  });

  it('reads all posted documents if the last check is longer ago than QuickBooks reports changes', async () => {
    const co = await h.connected([customer('c-1'), ...many(3)]);
    await h.run(co);
    await h.look(co);
    remove(co, 'Invoice', 'N-i-1');
    await h.store.sql`update drift_looks set through = now() - interval '31 days' where company_id = ${co.company.id}`;
    const asked = () =>
      h.simulator.control.requests().filter(({ realmId, operation }) => realmId === co.realm && operation === 'cdc');
    const before = asked().length;
    expect(await h.look(co)).toMatchObject({ end: 'done', looked: 3, found: 1 });
    expect(asked()).toHaveLength(before);
    expect(await h.look(co)).toMatchObject({ found: 0 });
    expect(asked()).toHaveLength(before + 1);
  });

  it('leaves what is in an open batch for the next check, whose window begins where this one’s did', async () => {
    const co = await h.connected([customer('c-1'), ...many(2)]);
    await h.run(co);
    await h.look(co);
    const { through } = await getDriftCheck(h.store.sql, co.company.id, 'qbo');
    await co.put(invoice('i-0', { memo: 'Another word' }));
    // Held, with our update in doubt.
    co.befall({ trouble: { kind: 'revokedGrant' }, aim: { operation: 'batch' } });
    const { batch, handle } = await h.start(co);
    await h.until(co, batch.id, 'held');
    await co.connect();
    edit(co, 'N-i-0');
    expect(await h.look(co)).toMatchObject({ end: 'done', found: 0, postponed: 1 });
    expect((await getDriftCheck(h.store.sql, co.company.id, 'qbo')).through).toEqual(through);
    await orderResume(h.store.sql, { companyId: co.company.id, batchId: batch.id, actor: 'tess' });
    await nudge(h.client, { companyId: co.company.id, target: 'qbo', batchId: batch.id });
    await handle.result();
    expect(await h.states(batch)).toEqual({ 'invoice/i-0': 'conflict' });
    expect(await h.look(co)).toMatchObject({ end: 'done', found: 1, postponed: 0 });
  });

  it('that left something does not let another one beside it move the window past that', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-0')]);
    await h.run(co);
    const at = { companyId: co.company.id, target: 'qbo' };
    const through = async () => (await getDriftCheck(h.store.sql, co.company.id, 'qbo')).through?.getTime();
    await h.look(co);
    const before = await through();
    // The first leaves a document of a batch; the second has begun meanwhile.
    await beginDriftCheck(h.store.sql, { ...at, by: 'schedule', id: 'first' });
    await beginDriftCheck(h.store.sql, { ...at, by: 'request', id: 'second' });
    const soon = Date.now() + 60_000;
    await endDriftCheck(h.store.sql, { ...at, looked: 1, found: 0, postponed: 1, through: soon });
    expect(await through()).toBe(before);
    // What the second saw it has seen since the same beginning.
    await endDriftCheck(h.store.sql, { ...at, looked: 1, found: 1, postponed: 0, through: soon });
    expect(await through()).toBe(soon);
    await endDriftCheck(h.store.sql, { ...at, looked: 0, found: 0, postponed: 0, through: soon - 5_000 });
    expect(await through()).toBe(soon);
  });

  it('begins once and ends once, even if an attempt of its begin or of its end comes later', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-0')]);
    const at = { companyId: co.company.id, target: 'qbo' };
    const end = { ...at, looked: 5, found: 5, postponed: 0 };
    const now = () => getDriftCheck(h.store.sql, co.company.id, 'qbo');
    const begin = (id: string) => beginDriftCheck(h.store.sql, { ...at, by: 'schedule', id });
    await begin('first');
    await endDriftCheck(h.store.sql, { ...end, found: 0, id: 'first' });
    await h.store.sql.begin((sql) =>
      requestDriftCheck(sql, { ...at, connectionId: co.request().companyTarget.connectionId, by: 'request' }),
    );
    await begin('first');
    expect(await now()).toMatchObject({ state: 'done', wantedBy: 'request', looked: 5 });
    for (const id of ['second', 'third', 'fourth', 'fifth', 'sixth', 'seventh']) await begin(id);
    await begin('fourth');
    expect(await endDriftCheck(h.store.sql, { ...end, id: 'sixth' })).toEqual({ again: false });
    expect(await now()).toMatchObject({ state: 'running', looked: 0 });
    const notices = async () => (await h.store.sql`select from notices where company_id = ${co.company.id}`).length;
    const before = await notices();
    await h.store.sql`insert into notice_settings (company_id, person, channel, shown, sealed, key_id, matters)
      values (${co.company.id}, 'ada', 'email', 'ada@example.com', '', 'k1', '["books-changed"]')`;
    await endDriftCheck(h.store.sql, { ...end, id: 'seventh' });
    await endDriftCheck(h.store.sql, { ...end, id: 'seventh' });
    expect([await now(), await notices()]).toMatchObject([{ state: 'done', found: 5 }, before + 1]);
  });

  it('does not count what was read before we wrote it again', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-0')]);
    const batch = await h.run(co);
    const [posting] = await h.store.sql<{ id: number; version: string }[]>`
      select id, facts->>'externalVersion' as version from postings where batch_id = ${batch.id}`;
    const record = { type: 'invoice', id: 'i-0' } as const;
    const gone = {
      postingId: Number(posting!.id),
      batchId: batch.id,
      seq: 1,
      record,
      number: 'N-i-0',
      status: 'gone' as const,
      problem: { code: 'changed-there', severity: 'problem', record, message: 'It was deleted.' } as const,
      decided: false,
      lastDrift: null,
    };
    const save = (externalVersion: string) =>
      h.store.sql.begin((sql) =>
        saveDrifts(sql, { companyId: co.company.id, target: 'qbo', by: 'request' }, [{ ...gone, externalVersion }]),
      );
    expect(await save('an older one')).toEqual({ found: 0, postponed: 0 });
    expect(await save(posting!.version)).toEqual({ found: 1, postponed: 0 });
    // Nothing of ours stands there any more: then it is no drift either.
    await h.undo(co, batch.id);
    await h.look(co);
    expect(inWords(await drifts(co))).toEqual(['i-0 gone resolved']);
  });

  it('that was read before somebody decided, by an attempt that was taken for dead, does not ask again', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-0')]);
    const batch = await h.run(co);
    const [posting] = await h.store.sql<{ id: number; version: string }[]>`
      select id, facts->>'externalVersion' as version from postings where batch_id = ${batch.id}`;
    const record = { type: 'invoice', id: 'i-0' } as const;
    const read = (status: 'gone' | 'same', lastDrift: string | null): SeenDocument => ({
      postingId: Number(posting!.id),
      batchId: batch.id,
      seq: 1,
      record,
      number: 'N-i-0',
      externalVersion: posting!.version,
      status,
      problem: { code: 'changed-there', severity: 'problem', record, message: 'It was deleted.' },
      decided: false,
      lastDrift,
    });
    const save = (seen: SeenDocument) =>
      h.store.sql.begin((sql) => saveDrifts(sql, { companyId: co.company.id, target: 'qbo', by: 'request' }, [seen]));
    expect(await save(read('gone', null))).toEqual({ found: 1, postponed: 0 });
    // Two attempts that read at the same time find one drift; one that read before it was found does not settle it.
    expect(await save(read('gone', null))).toEqual({ found: 0, postponed: 0 });
    await save(read('same', null));
    const [found] = await drifts(co);
    expect(inWords([found!])).toEqual(['i-0 gone open']);
    await h.store.sql`update drifts set state = 'resolved', decided_by = 'ada', decided_at = now() where id = ${found!.id}`;
    expect(await save(read('gone', null))).toEqual({ found: 0, postponed: 1 });
    expect(await save(read('gone', `${found!.id} open`))).toEqual({ found: 0, postponed: 1 });
    expect(inWords(await drifts(co))).toEqual(['i-0 gone resolved']);
    expect(await save(read('gone', `${found!.id} resolved`))).toEqual({ found: 1, postponed: 0 });
  });

  it('that no person requested is postponed while a batch posts to the books, and runs when it has ended', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-0')]);
    await h.run(co);
    edit(co, 'N-i-0');
    await co.put(invoice('i-1'));
    const { batch } = await startBatch(
      { store: h.store, target: co.target },
      { ...co.request(), acknowledge: [], actor: 'tess' },
    );
    const move = (...states: BatchState[]) =>
      h.store.sql.begin(async (sql) => {
        for (const to of states) await moveBatch(sql, { batchId: batch.id, to });
        await handedOver(sql, batch.id);
      });
    await move('validating', 'exporting', 'pushing');
    const look = { companyId: co.company.id, target: 'qbo', connectionId: co.request().companyTarget.connectionId };
    for (const by of ['schedule', 'webhook'] as const)
      expect(await h.store.sql.begin((sql) => beginDriftCheck(sql, { ...look, by, id: by }))).toEqual({ later: true });
    expect(await requestedDriftChecks(h.store.sql, 0, 1, look.connectionId)).toEqual([]);
    await move('recording', 'nothing-posted');
    await h.sweep();
    await h.client.workflow.getHandle(lookWorkflowId(look)).result();
    expect(await theDrift(co)).toMatchObject({ record: { id: 'i-0' }, foundBy: 'webhook' });
  });

  it('checks again at its end if somebody requested that while it ran', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-0')]);
    await h.run(co);
    const wish = { companyId: co.company.id, target: 'qbo', connectionId: co.request().companyTarget.connectionId };
    edit(co, 'N-i-0');
    await h.store.sql.begin((sql) => requestDriftCheck(sql, { ...wish, by: 'webhook' }));
    await beginDriftCheck(h.store.sql, { companyId: co.company.id, target: 'qbo', by: 'schedule', id: 'one' });
    await h.store.sql.begin((sql) => requestDriftCheck(sql, { ...wish, by: 'request', actor: 'ada' }));
    const seen = { companyId: co.company.id, target: 'qbo', looked: 0, found: 0, postponed: 0 };
    expect(await endDriftCheck(h.store.sql, seen)).toEqual({ again: true });
    // As the sweep of any API does.
    await h.sweep();
    await h.client.workflow.getHandle(lookWorkflowId(wish)).result();
    expect(await theDrift(co)).toMatchObject({ foundBy: 'request' });
    expect((await getDriftCheck(h.store.sql, co.company.id, 'qbo')).wantedAt).toBeNull();
  });

  it('checks again if somebody requests that in the moment when it ends', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-0')]);
    await h.run(co);
    const wish = { companyId: co.company.id, target: 'qbo', connectionId: co.request().companyTarget.connectionId };
    const ask = () => h.store.sql.begin((sql) => requestDriftCheck(sql, { ...wish, by: 'request', actor: 'ada' }));
    // The seal of its first check waits until this test lets it go.
    const { sql } = h.store;
    await sql.unsafe(`
      create function hold_the_seal() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock(24); return new; end';
      create trigger hold_the_seal after update on drift_looks for each row
        when (new.company_id = '${co.company.id}' and new.state = 'done') execute function hold_the_seal()`);
    const holder = await sql.reserve();
    await holder`select pg_advisory_lock(24)`;
    await ask();
    await h.sweep();
    const waiting = async () => (await sql`select from pg_locks where locktype = 'advisory' and not granted`).length > 0;
    await vi.waitFor(async () => expect(await waiting()).toBe(true), { timeout: 120_000 });
    const again = ask();
    edit(co, 'N-i-0');
    const workflow = h.client.workflow.getHandle(lookWorkflowId(wish));
    await workflow.signal(NUDGE);
    await holder`select pg_advisory_unlock(24)`;
    holder.release();
    await again;
    await workflow.result();
    expect((await getDriftCheck(sql, co.company.id, 'qbo')).wantedAt).toBeNull();
    expect(await theDrift(co)).toMatchObject({ record: { id: 'i-0' } });
  });

  it('case 87: ends failed when access was revoked, shows why, and is complete after a reconnect', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-0')]);
    await h.run(co);
    edit(co, 'N-i-0');
    co.befall({ trouble: { kind: 'revokedGrant' }, aim: { operation: 'cdc' } });
    expect(await h.look(co)).toMatchObject({ end: 'failed' });
    expect(await getDriftCheck(h.store.sql, co.company.id, 'qbo')).toMatchObject({
      state: 'failed',
      reason: { code: 'access-lost' },
    });
    await co.connect();
    expect(await h.look(co)).toMatchObject({ end: 'done', found: 1 });
  });

  it('continues after a lost reply and a throttle', async () => {
    const co = await h.connected([customer('c-1'), ...many(2)]);
    await h.run(co);
    remove(co, 'Invoice', 'N-i-1');
    co.befall({ trouble: { kind: 'replyLost' }, aim: { operation: 'cdc' } });
    co.befall({ trouble: { kind: 'replyLost' }, aim: { operation: 'query' } });
    expect(await h.look(co)).toMatchObject({ end: 'done', found: 1 });
  });
});

describe.concurrent('keeping theirs', () => {
  it('sends nothing, is not found again, and lets our next update start from there', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-0')]);
    await h.run(co);
    edit(co, 'N-i-0', { TxnDate: '2026-10-05', CustomerMemo: { value: 'By hand' } });
    await h.look(co);
    await keepTheirs(h.store, decision(co, await theDrift(co)));
    expect(await unbatched(co)).toEqual([]);
    expect(await h.look(co)).toMatchObject({ found: 0 });
    expect(inWords(await drifts(co))).toEqual(['i-0 changed kept-theirs']);
    await co.put(invoice('i-0', { memo: 'Ours after all' }));
    const second = await h.run(co);
    expect(await h.states(second)).toEqual({ 'invoice/i-0': 'posted' });
    expect(one(co, 'Invoice', 'N-i-0')).toMatchObject({ TxnDate: '2026-10-03', CustomerMemo: { value: 'Ours after all' } });
    expect(await h.look(co)).toMatchObject({ found: 0 });
  });

  it('is undone by nobody: a person’s edit stays in the books, and what is deleted there since counts as undone', async () => {
    const co = await h.connected([customer('c-1'), ...many(3)]);
    const batch = await h.run(co);
    edit(co, 'N-i-0');
    edit(co, 'N-i-1');
    await h.look(co);
    for (const drift of await drifts(co, 'open')) await keepTheirs(h.store, decision(co, drift));
    remove(co, 'Invoice', 'N-i-1');
    expect((await h.undo(co, batch.id)).state).toBe('undone-in-part');
    expect(await h.states(batch)).toEqual({ 'invoice/i-0': 'left', 'invoice/i-1': 'undone', 'invoice/i-2': 'undone' });
    expect(one(co, 'Invoice', 'N-i-0')).toMatchObject({ TxnDate: '2026-10-05' });
    expect((await h.item(batch, 'invoice', 'i-0')).problems.at(-1)!.message).toContain('somebody kept that version');
  });

  it('of a deleted document keeps it deleted: nothing is offered again, and an undo counts it as undone', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-0')]);
    const batch = await h.run(co);
    remove(co, 'Invoice', 'N-i-0');
    await h.look(co);
    await keepTheirs(h.store, decision(co, await theDrift(co)));
    expect(await unbatched(co)).toEqual([]);
    expect(await h.look(co)).toMatchObject({ found: 0 });
    expect((await h.undo(co, batch.id)).state).toBe('undone');
  });

  it('keeps a changed payment, too', async () => {
    const co = await h.connected([customer('c-1'), payment('p-1', { amount: '50.00' })]);
    await h.run(co);
    co.books.act({ act: 'edit', entity: 'Payment', id: idOf(co, 'Payment', 'R-p-1'), changes: { TotalAmt: 60 } });
    await h.look(co);
    await keepTheirs(h.store, decision(co, await theDrift(co)));
    expect(await h.look(co)).toMatchObject({ found: 0 });
  });
});

describe.concurrent('sending ours again', () => {
  it('offers an update that the next batch puts over what a person changed; undoing that one leaves it, since nobody kept theirs', async () => {
    const co = await h.connected([customer('c-1'), ...many(2)]);
    await h.run(co);
    edit(co, 'N-i-0');
    await h.look(co);
    await sendAgain(h.store, decision(co, await theDrift(co)));
    expect(one(co, 'Invoice', 'N-i-0')).toMatchObject({ TxnDate: '2026-10-05' });
    expect(await unbatched(co)).toEqual(['i-0 ready invoice.update']);
    const second = await h.run(co);
    expect(await h.states(second)).toEqual({ 'invoice/i-0': 'posted' });
    expect(one(co, 'Invoice', 'N-i-0')).toMatchObject({ TxnDate: '2026-10-03' });
    expect(await unbatched(co)).toEqual([]);
    expect(await h.look(co)).toMatchObject({ found: 0 });
    expect((await h.undo(co, second.id)).state).toBe('undone-in-part');
    expect(one(co, 'Invoice', 'N-i-0')).toMatchObject({ TxnDate: '2026-10-03' });
  });

  it('sends an update again that was sent before, as another write: QuickBooks would repeat its old answer for the old one', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-0')]);
    await h.run(co);
    await co.put(invoice('i-0', { memo: 'Ours' }));
    await h.run(co);
    edit(co, 'N-i-0', { CustomerMemo: { value: 'Theirs' } });
    await h.look(co);
    await sendAgain(h.store, decision(co, await theDrift(co)));
    expect(await h.states(await h.run(co))).toEqual({ 'invoice/i-0': 'posted' });
    expect(one(co, 'Invoice', 'N-i-0')).toMatchObject({ CustomerMemo: { value: 'Ours' } });
  });

  it('never overwrites what nobody has seen: changed once more, it ends in conflict and is found again', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-0')]);
    await h.run(co);
    edit(co, 'N-i-0');
    await h.look(co);
    await sendAgain(h.store, decision(co, await theDrift(co)));
    edit(co, 'N-i-0', { TxnDate: '2026-10-09' });
    const second = await h.run(co);
    expect(await h.states(second)).toEqual({ 'invoice/i-0': 'conflict' });
    expect(one(co, 'Invoice', 'N-i-0')).toMatchObject({ TxnDate: '2026-10-09' });
    expect(await h.look(co)).toMatchObject({ found: 1 });
  });

  it('inserts a deleted document again, and its payment is applied to it', async () => {
    const co = await h.connected([
      customer('c-1'),
      invoice('i-0'),
      payment('p-1', { allocations: [{ invoiceId: 'i-0', amount: '189.00' }] }),
    ]);
    const first = await h.run(co);
    const former = idOf(co, 'Invoice', 'N-i-0');
    remove(co, 'Invoice', 'N-i-0');
    await h.look(co);
    await sendAgain(h.store, decision(co, await theDrift(co)));
    expect(await unbatched(co)).toEqual(['i-0 ready invoice.insert', 'p-1 waiting payment.update']);
    const second = await h.run(co);
    expect(await h.states(second)).toEqual({ 'invoice/i-0': 'posted', 'payment/p-1': 'posted' });
    expect(idOf(co, 'Invoice', 'N-i-0')).not.toBe(former);
    expect(one(co, 'Invoice', 'N-i-0')).toMatchObject({ Balance: 0 });
    expect(await h.look(co)).toMatchObject({ found: 0 });
    expect((await h.undo(co, second.id)).state).toBe('undone');
    expect((await h.undo(co, first.id)).state).toBe('undone');
    expect(held(co, 'Payment')).toEqual([]);
  });

  it('inserts again what was updated before it was deleted, of every kind', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-0'), payment('p-1', { amount: '50.00' }), creditMemo('m-1')]);
    await h.run(co);
    await co.put(invoice('i-0', { memo: 'Another word' }), refund('r-1', 'p-1', '10.00'));
    await h.run(co);
    remove(co, 'Invoice', 'N-i-0');
    remove(co, 'CreditMemo', 'CM-m-1');
    for (const { Id } of held(co, 'JournalEntry')) co.books.act({ act: 'delete', entity: 'JournalEntry', id: String(Id) });
    expect(await h.look(co)).toMatchObject({ found: 3 });
    for (const drift of await drifts(co, 'open')) await sendAgain(h.store, decision(co, drift));
    expect(await unbatched(co)).toEqual(['i-0 ready invoice.insert', 'm-1 ready creditMemo.insert', 'r-1 ready journal.insert']);
    const third = await h.run(co);
    expect(third.progress.states).toEqual({ posted: 3 });
    expect(await h.look(co)).toMatchObject({ found: 0 });
  });

  it('is refused with what to do instead, if sending again would be wrong', async () => {
    const co = await h.connected([
      customer('c-1'),
      payment('p-1', { amount: '50.00' }),
      payment('p-2', { amount: '60.00' }),
      invoice('i-0'),
    ]);
    await h.run(co);
    await co.put(refund('r-1', 'p-2', '10.00'), invoice('i-0', { status: 'void' }));
    await h.run(co);
    co.books.act({ act: 'edit', entity: 'Payment', id: idOf(co, 'Payment', 'R-p-1'), changes: { TotalAmt: 55 } });
    remove(co, 'Payment', 'R-p-2');
    remove(co, 'Invoice', 'N-i-0');
    await h.look(co);
    const refusals = await Promise.all(
      (await drifts(co, 'open')).map(async (drift) => {
        const refusal = await sendAgain(h.store, decision(co, drift)).then(String, (error: Refusal) => error);
        return [drift.record.id, refusal] as const;
      }),
    );
    expect(Object.fromEntries(refusals)).toMatchObject({
      'p-1': { code: 'not-sendable-again', message: expect.stringContaining('updates only invoices') },
      'p-2': { code: 'not-sendable-again', message: expect.stringContaining('refunded by r-1') },
      'i-0': { code: 'not-sendable-again', message: expect.stringContaining('there is nothing to send') },
    });
    // Nothing came of it: all is as it was.
    expect(await drifts(co, 'open')).toHaveLength(3);
    expect(await unbatched(co)).toEqual([]);
  });
});

describe.concurrent('marking as resolved', () => {
  it('only closes it: it stays closed until somebody changes the document again, and an undo leaves what a person changed', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-0')]);
    const batch = await h.run(co);
    edit(co, 'N-i-0');
    await h.look(co);
    const resolved = await resolveDrift(h.store, decision(co, await theDrift(co)));
    expect(resolved).toMatchObject({ state: 'resolved', decidedBy: 'ada' });
    expect(await h.look(co)).toMatchObject({ found: 0 });
    const { Id, CustomerRef } = one(co, 'Invoice', 'N-i-0')!;
    const applied = [{ Amount: 10, LinkedTxn: [{ TxnId: Id, TxnType: 'Invoice' }] }];
    co.books.act({ act: 'create', entity: 'Payment', record: { CustomerRef, TotalAmt: 10, Line: applied } });
    expect(await h.look(co)).toMatchObject({ found: 0 });
    edit(co, 'N-i-0', { TxnDate: '2026-10-06' });
    expect(await h.look(co)).toMatchObject({ found: 1 });
    expect((await h.undo(co, batch.id)).state).toBe('undone-in-part');
  });

  it('is decided once; what was kept or resolved may be sent again later', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-0')]);
    await h.run(co);
    edit(co, 'N-i-0');
    await h.look(co);
    const drift = await theDrift(co);
    await resolveDrift(h.store, decision(co, drift));
    await expect(resolveDrift(h.store, decision(co, drift))).rejects.toMatchObject({ code: 'drift-decided' });
    await sendAgain(h.store, decision(co, drift));
    expect(await unbatched(co)).toEqual(['i-0 ready invoice.update']);
    await expect(sendAgain(h.store, decision(co, drift))).rejects.toMatchObject({ code: 'drift-decided' });
    // Theirs after all, as long as ours was not sent.
    await keepTheirs(h.store, decision(co, drift));
    expect(await unbatched(co)).toEqual([]);
    expect(await h.look(co)).toMatchObject({ found: 0 });
    const { rows } = await listJournal(h.store, { companyId: co.company.id, limit: 50 });
    expect(rows.filter(({ act }) => act.startsWith('drift.')).map(({ act, actor }) => `${act} ${actor}`)).toEqual([
      'drift.kept-theirs ada',
      'drift.sent-again ada',
      'drift.resolved ada',
      'drift.found ledgerpost',
    ]);
  });
});
