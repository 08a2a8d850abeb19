import { memoryBooks, memoryTarget } from '@ledgerpost/conformance/memory-target';
import { saasant } from '@ledgerpost/saasant-plugin';
import { homeNumbers, listFiles, listItems, namedItems, readFile } from '@ledgerpost/store';
import type { ShownDocuments, Shows } from '@ledgerpost/workflows/activities';
import { runWorkflowId, SEARCH_ATTRIBUTES, undoWorkflowId } from '@ledgerpost/workflows/names';
import { defineSearchAttributeKey } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Books, harness } from '../../testing/harness.testing.ts';
import { customer, invoice, payment, SETTINGS } from '../../testing/records.testing.ts';
import { check } from './check.ts';
import { push } from './push.ts';
import { record } from './record.ts';
import { validate } from './validate.ts';
import { writeFiles } from './write-files.ts';

type Harness = Awaited<ReturnType<typeof harness>>;
const books = memoryBooks();
const memory = memoryTarget(books);
let h: Harness;
beforeAll(async () => {
  h = await harness([saasant, memory]);
});
afterAll(() => h.close());

async function statesOf(batchId: string): Promise<Record<string, string>> {
  const { rows } = await listItems(h.store, { batchId, limit: 500 });
  return Object.fromEntries(rows.map((row) => [`${row.record.type}/${row.record.id}`, row.state]));
}

/** The documents that a workflow's steps show, in order. Its whole history is searched for names on the way. */
async function shownIn(workflowId: string): Promise<readonly ShownDocuments[]> {
  const { events } = await h.client.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).flatMap(({ activityTaskCompletedEventAttributes: done }) => {
    const texts = (done?.result?.payloads ?? []).map(({ data }) => Buffer.from(data ?? []).toString());
    expect(texts.join()).not.toMatch(/Amy|BAD|\b[ipc]-1\b/);
    return texts.flatMap((text) => (JSON.parse(text) as Shows).documents ?? []);
  });
}

/** The steps of a batch's workflow: those that ran beside it are markers, the others were scheduled. */
async function stepsOf(co: Books, batchId: string) {
  const place = { companyId: co.company.id, target: co.target.id, batchId };
  const { events } = await h.client.workflow.getHandle(runWorkflowId(place)).fetchHistory();
  const markers = (events ?? []).filter((event) => event.markerRecordedEventAttributes?.markerName === 'core_local_activity');
  const read = (payload: { data?: Uint8Array | null } | null | undefined) =>
    JSON.parse(Buffer.from(payload?.data ?? []).toString() || 'null');
  return {
    beside: markers.map(({ markerRecordedEventAttributes: marker, userMetadata }) => ({
      name: read(marker!.details?.data?.payloads?.[0]).activity_type as string,
      result: read(marker!.details?.result?.payloads?.[0]),
      failure: marker!.failure?.applicationFailureInfo?.type,
      summary: read(userMetadata?.summary),
    })),
    scheduled: (events ?? []).flatMap(
      ({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.activityType?.name ?? [],
    ),
  };
}

describe('a batch of one chunk to a file target', () => {
  it('runs its short steps beside its workflow, and Temporal shows each with its summary and its counts', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1'), invoice('i-2', { total: '1.00' })], SETTINGS);
    const batch = await h.run(co);
    const { beside, scheduled } = await stepsOf(co, batch.id);
    expect(scheduled).toEqual([]);
    expect(beside.map(({ name, summary }) => `${name}: ${summary}`)).toEqual([
      'saasant.declare: read what saasant supports',
      'core.select: select: claim the chosen records',
      'core.freeze: select 1–2 of 2',
      'saasant.validate: validate 1–2 of 2',
      'core.check: validate: duplicates and dependencies',
      'saasant.export: export 1–2 of 2',
      'saasant.writeFiles: export: write the files',
      'saasant.push: push invoice-inserts 1–2 of 2',
      'core.record: record: seal the batch with its totals',
    ]);
    const [rejected] = beside.find(({ name }) => name === 'core.check')!.result.documents.first;
    expect(rejected).toMatchObject({ state: 'rejected', problem: expect.any(String) });
    expect(beside.at(-1)!.result).toMatchObject({ end: 'posted-in-part', states: { posted: 1, rejected: 1 } });
    // A worker that dies after its last step and before Temporal knows leaves the last steps to another one.
    const { result } = beside.find(({ name }) => name === 'saasant.push')!;
    const range = { batchId: batch.id, fromSeq: 1, toSeq: 2 };
    expect(await push(h.deps, saasant)({ ...range, stage: 0 })).toEqual({ cancel: false, sent: 2, total: result.total });
    expect(await record(h.deps)({ batchId: batch.id })).toEqual(beside.at(-1)!.result);
  });

  it('shows a database that is away as an activity with its attempts, and goes on when it is back', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1')], SETTINGS);
    const { sql } = h.store;
    await sql.unsafe(`
      create function goes_away() returns trigger language plpgsql as $$ begin raise exception 'away' using errcode = '57P03'; end $$;
      create trigger goes_away before insert on batch_documents for each row execute function goes_away()`);
    onTestFinished(async () => void (await sql`drop function if exists goes_away cascade`));
    const { batch, handle } = await h.start(co);
    const pending = async () => (await handle.describe()).raw.pendingActivities?.[0];
    await expect
      .poll(async () => (await pending())?.lastFailure?.applicationFailureInfo?.type, { timeout: 10_000 })
      .toBe('database-down');
    expect(await pending()).toMatchObject({ activityType: { name: 'core.freeze' } });
    await sql`drop function goes_away cascade`;
    await handle.result();
    const { beside, scheduled } = await stepsOf(co, batch.id);
    expect(scheduled).toEqual(['core.freeze']);
    expect(beside.filter(({ failure }) => failure).map(({ name, failure }) => [name, failure])).toEqual([
      ['core.freeze', 'database-down'],
    ]);
    expect(await statesOf(batch.id)).toEqual({ 'invoice/i-1': 'posted' });
  });
});

describe('a step that is further than the rows of its batch', () => {
  it('refuses, wherever the row is that an earlier step has not written', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1'), invoice('i-2')], SETTINGS);
    const { id: batchId } = await h.run(co);
    await h.store.sql`update batch_items set state = 'claimed' where batch_id = ${batchId} and seq = 2`;
    for (const step of [check(h.deps), writeFiles(h.deps, saasant)]) {
      await expect(step({ batchId })).rejects.toMatchObject({ type: 'database-behind' });
    }
    const validated = validate(h.deps, saasant);
    await expect(validated({ batchId, fromSeq: 2, toSeq: 2 })).rejects.toMatchObject({ type: 'database-behind' });
    expect(await validated({ batchId, fromSeq: 1, toSeq: 1 })).toMatchObject({ cancel: false });
    await h.store.sql`update batch_items set state = 'posted' where batch_id = ${batchId} and seq = 2`;
  });
});

describe('a batch to a file target', () => {
  it('posts what is ready, leaves what has a problem unbatched, and stores seven files and a zip', async () => {
    const co = await h.company(
      saasant,
      [
        customer('c-1'),
        invoice('i-1'),
        invoice('i-2', { total: '1.00' }),
        payment('p-1', { allocations: [{ invoiceId: 'i-1', amount: '189.00' }] }),
      ],
      SETTINGS,
    );
    const batch = await h.run(co);
    expect(batch.state).toBe('posted-in-part');
    expect(await statesOf(batch.id)).toEqual({ 'invoice/i-1': 'posted', 'invoice/i-2': 'rejected', 'payment/p-1': 'posted' });
    expect(batch.totals?.operations).toEqual({
      'invoice.insert': { documents: 1, amount: 18_900 },
      'payment.insert': { documents: 1, amount: 18_900 },
    });
    const files = await listFiles(h.store.sql, batch.id);
    expect(files.filter((file) => file.name.endsWith('.xlsx'))).toHaveLength(7);
    const download = files.find((file) => file.download);
    let size = 0;
    for await (const chunk of readFile(h.store, batch.id, download!.ordinal)) size += chunk.length;
    expect(size).toBe(download!.size);
  });

  it('undone, gives every record back to unbatched as it was', async () => {
    const co = await h.company(saasant, [customer('c-1'), invoice('i-1')], SETTINGS);
    const batch = await h.run(co);
    expect(batch.state).toBe('posted');
    const home = async () => (await homeNumbers(h.store.sql, [co.company.id], 1))(co.company.id);
    const [week] = (await home()).weeks;
    expect(week).toMatchObject({ invoices: 1, payments: 0, others: 0, invoiced: 18_900, paid: 0 });
    const undo = await h.undo(co, batch.id);
    expect(undo.state).toBe('undone');
    const place = { companyId: co.company.id, target: 'saasant', batchId: batch.id, undo: 1 };
    const { typedSearchAttributes } = await h.client.workflow.getHandle(undoWorkflowId(place)).describe();
    expect(typedSearchAttributes.get(defineSearchAttributeKey(SEARCH_ATTRIBUTES.state, 'KEYWORD'))).toBe('undone');
    expect((await home()).weeks[0]).toMatchObject({ invoices: 0, invoiced: 0 });
    expect((await home()).unbatched).toEqual([
      { target: 'saasant', list: 'invoices', documents: 1, amount: 18_900, oldest: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
    ]);
    const again = await h.run(co);
    expect(again.state).toBe('posted');
    expect(await statesOf(again.id)).toEqual({ 'invoice/i-1': 'posted' });
  });
});

describe('a batch to a push target', () => {
  it('a lost reply never posts twice', async () => {
    const co = await h.company(memory, [customer('c-1'), invoice('i-1'), invoice('i-2')], SETTINGS);
    books.faults.push('lost-reply');
    const before = books.held.size;
    const batch = await h.run(co);
    expect(batch.state).toBe('posted');
    expect(books.held.size - before).toBe(2);
  });

  it('sends a payment whose invoice the books refused unapplied, and counts what was posted', async () => {
    const co = await h.company(
      memory,
      [
        customer('c-1'),
        invoice('i-1', { number: 'BAD' }),
        invoice('i-2'),
        payment('p-1', { allocations: [{ invoiceId: 'i-1', amount: '189.00' }] }),
        payment('p-2', { allocations: [{ invoiceId: 'i-2', amount: '189.00' }] }),
      ],
      SETTINGS,
    );
    books.refused.add('BAD');
    const batch = await h.run(co);
    expect(batch.state).toBe('posted-in-part');
    expect(await statesOf(batch.id)).toEqual({
      'invoice/i-1': 'refused',
      'invoice/i-2': 'posted',
      'payment/p-1': 'posted',
      'payment/p-2': 'posted',
    });
    // Temporal has the documents by their numbers in the batch, those with a problem first, and no name of a customer or a document.
    const { companyId, target, batchId } = { companyId: co.company.id, target: memory.id, batchId: batch.id };
    const shown = await shownIn(runWorkflowId({ companyId, target, batchId }));
    const refused = { seq: expect.any(Number), state: 'refused', problem: 'refused-by-target' };
    const posted = { seq: expect.any(Number), state: 'posted' };
    expect(shown.map(({ first }) => first)).toEqual([
      [1, 2, 3, 4].map((seq) => ({ seq, state: 'exported' })),
      [refused, posted],
      [expect.objectContaining(posted), posted],
      [refused],
    ]);
    expect(shown.map((one) => [one.batchId, one.more])).toEqual(shown.map(() => [batchId, false]));
    const [first] = await namedItems(h.store.sql, batchId, [shown.at(-1)!.first[0]!.seq]);
    expect(first).toMatchObject({ type: 'invoice', number: 'BAD', customer: { id: 'c-1', externalId: expect.any(String) } });
    // The sums of the validation counted all four.
    expect(batch.totals?.operations).toEqual({
      'invoice.insert': { documents: 1, amount: 18_900 },
      'payment.insert': { documents: 2, amount: 37_800 },
    });
    expect(Object.values(batch.totals?.accounts ?? {})).toEqual([18_900]);
  });
});
