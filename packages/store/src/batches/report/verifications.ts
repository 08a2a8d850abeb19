import { isOpen, type ReadOutcome, Refusal } from '@ledgerpost/core';
import { and, count, desc, eq, type SQL } from 'drizzle-orm';
import { writeJournal } from '../../access/journal.ts';
import { drizzleOn, NOW } from '../../database/drizzle-on.ts';
import { decodeCursor, encodeCursor, type Page, pageOf } from '../../database/keyset.ts';
import type { Fragment, Sql, Store } from '../../database/open-store.ts';
import { probe } from '../../database/probe.ts';
import { rowsOf } from '../../database/rows-of.ts';
import { batches, batchFindings, type batchItems, batchVerifications, postings } from '../../schema/index.ts';
import { announce, ENGINE } from '../process/move-batch.ts';

export const FINDINGS = ['same', 'changed', 'gone'] as const satisfies readonly ReadOutcome['status'][];
export type FindingStatus = (typeof FINDINGS)[number];

type Row = typeof batchFindings.$inferSelect;

/** A check of a batch's documents against the books. `failed`: not all could be checked; `reason` has the cause. */
export interface VerificationView
  extends Readonly<Omit<typeof batchVerifications.$inferSelect, 'batchId' | 'companyId' | 'target'>> {
  /** Documents that were checked so far, by what was found. */
  readonly counts: Readonly<Record<FindingStatus, number>>;
}

/** What a verification found of one item. `amount` is ours, `total` the target's where it is known, both in minor units. */
export interface FindingView
  extends Readonly<
    Pick<typeof batchItems.$inferSelect, 'seq' | 'operation' | 'number' | 'customerId' | 'amount' | 'externalId'> &
      Pick<Row, 'status' | 'problem' | 'total'>
  > {
  readonly record: { readonly type: string; readonly id: string };
  readonly checkedAt: Date;
}

/**
 * Opens a verification of a batch; deletes what the former one found.
 * @throws Refusal `illegal-move` while the batch is open | `nothing-to-verify` | `verification-open`
 */
export async function beginVerification(sql: Sql, order: { companyId: string; batchId: string; actor: string }): Promise<void> {
  const { companyId, batchId, actor } = order;
  const [batch] = await drizzleOn(sql)
    .select({ target: batches.target, name: batches.name, state: batches.state })
    .from(batches)
    .where(and(eq(batches.id, batchId), eq(batches.companyId, companyId)))
    .for('update');
  if (batch === undefined) throw new Error(`There is no batch ${batchId}.`);
  const { target, name, state } = batch;
  if (isOpen(state)) {
    throw new Refusal('illegal-move', `The batch "${name}" is ${state}. It can be verified once it has ended.`, { state });
  }
  const [running] = await drizzleOn(sql)
    .select({ run: batchVerifications.run })
    .from(batchVerifications)
    .where(runningOf(batchId));
  if (running !== undefined) {
    throw new Refusal('verification-open', `The batch "${name}" is being verified already.`, { run: running.run });
  }
  const standing = await drizzleOn(sql)
    .select({ id: postings.id })
    .from(postings)
    .where(and(eq(postings.batchId, batchId), postings.standing))
    .limit(1);
  if (standing.length === 0) {
    throw new Refusal('nothing-to-verify', `The batch "${name}" has nothing in the books, so there is nothing to compare.`, {
      state,
    });
  }
  const [begun] = await sql<[{ run: number }]>`
    insert into batch_verifications (batch_id, run, company_id, target, started_by)
    select ${batchId}::uuid, coalesce(max(run), 0) + 1, ${companyId}::text, ${target}::text, ${actor}::text
    from batch_verifications where batch_id = ${batchId} returning run`;
  await drizzleOn(sql).delete(batchFindings).where(eq(batchFindings.batchId, batchId));
  await writeJournal(sql, {
    companyId,
    actor,
    act: 'batch.verification-started',
    subject: `batch/${batchId}`,
    details: { name, run: begun.run },
  });
  await announce(sql, batchId);
}

/** What was found of one item, as it is kept. `total` in minor units. */
export type Finding = Readonly<Pick<Row, 'seq' | 'status'>> & {
  readonly [K in 'problem' | 'total' | 'holds']?: NonNullable<Row[K]> | undefined;
};

/** Keeps what was found of a chunk; a chunk that is checked again replaces it. Does nothing once the run has ended. */
export async function saveFindings(sql: Sql, batchId: string, run: number, findings: readonly Finding[]): Promise<void> {
  const columns = { seq: 'int', status: 'text', problem: 'jsonb', total: 'bigint', holds: 'jsonb' } as const;
  await sql`
    insert into batch_findings (batch_id, run, seq, status, problem, total, holds)
    select v.batch_id, v.run, f.seq, f.status, f.problem, f.total, f.holds
    from ${rowsOf(sql, findings, columns)} f
    join batch_verifications v on v.batch_id = ${batchId} and v.run = ${run} and v.state = 'running'
    on conflict (batch_id, run, seq) do update
      set status = excluded.status, problem = excluded.problem, total = excluded.total,
        holds = excluded.holds, at = excluded.at`;
  await announce(sql, batchId);
}

/** Ends a verification: `failed` with a reason, else `done`. Twice is harmless. */
export async function endVerification(
  sql: Sql,
  end: { batchId: string; run: number; reason?: { code: string; message: string } | undefined },
): Promise<VerificationView> {
  const { batchId, run, reason } = end;
  const [ended] = await drizzleOn(sql)
    .update(batchVerifications)
    .set({ state: reason === undefined ? 'done' : 'failed', endedAt: NOW, reason: reason ?? null })
    .where(runningOf(batchId, run))
    .returning({ companyId: batchVerifications.companyId });
  const view = (await getVerification(sql, batchId, run))!;
  if (ended === undefined) return view;
  await writeJournal(sql, {
    companyId: ended.companyId,
    actor: ENGINE,
    act: reason === undefined ? 'batch.verified' : 'batch.verification-failed',
    subject: `batch/${batchId}`,
    details: { run, ...view.counts, ...(reason === undefined ? {} : { reason }) },
  });
  await announce(sql, batchId);
  return view;
}

/** A verification of a batch, the newest if no run is named. */
export async function getVerification(sql: Sql, batchId: string, run?: number): Promise<VerificationView | undefined> {
  const { run: number, state, startedBy, startedAt, handedOverAt, endedAt, reason } = batchVerifications;
  const [verification] = await drizzleOn(sql)
    .select({ run: number, state, startedBy, startedAt, handedOverAt, endedAt, reason })
    .from(batchVerifications)
    .where(and(eq(batchVerifications.batchId, batchId), run === undefined ? undefined : eq(number, run)))
    .orderBy(desc(number))
    .limit(1);
  if (verification === undefined) return undefined;
  const counts = await drizzleOn(sql)
    .select({ status: batchFindings.status, documents: count() })
    .from(batchFindings)
    .where(and(eq(batchFindings.batchId, batchId), eq(batchFindings.run, verification.run)))
    .groupBy(batchFindings.status);
  const found = Object.fromEntries(counts.map(({ status, documents }) => [status, documents]));
  return { ...verification, counts: { same: 0, changed: 0, gone: 0, ...found } };
}

/** What findings may be sorted by; with a hyphen, the other way round. `seq` is the order in which the documents were sent. */
const COLUMNS = ['seq', 'document', 'status', 'details', 'amount', 'total'] as const;
type Column = (typeof COLUMNS)[number];
export const FINDING_SORTS = COLUMNS.flatMap((column) => [column, `-${column}`] as const);

interface FindingsQuery {
  readonly batchId: string;
  readonly run: number;
  readonly status?: FindingStatus | undefined;
  /** `only`: what changed or was deleted. */
  readonly differing?: 'only' | undefined;
  readonly sort?: (typeof FINDING_SORTS)[number] | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** What a verification found, by default in the order in which the documents were sent. */
export async function listFindings({ sql }: Store, query: FindingsQuery): Promise<Page<FindingView>> {
  const { batchId, run, status, differing, sort = 'seq', limit } = query;
  const down = sort.startsWith('-');
  const column = sort.replace('-', '') as Column;
  const direction = down ? sql`desc` : sql`asc`;
  const key = findingKey(sql, column);
  const isNumber = column === 'seq' || column === 'amount' || column === 'total';
  // Cursors of the order in which they were sent are as they always were.
  const list = sort === 'seq' ? 'findings' : `findings/${sort}`;
  const shapes = sort === 'seq' ? (['number'] as const) : ([isNumber ? 'number' : 'string', 'number'] as const);
  const from = query.after === undefined ? undefined : decodeCursor(query.after, list, shapes);
  const value = isNumber ? sql`${from?.[0] ?? null}::int8` : sql`${from?.[0] ?? null}::text`;
  const rows = await sql<(FindingView & { key: string | number })[]>`
    select ${key} as key, f.seq, jsonb_build_object('type', i.type, 'id', i.record_id) as record, i.operation, i.number,
      i.customer_id as "customerId", i.amount, i.external_id as "externalId", f.status, f.problem, f.total, f.at as "checkedAt"
    from batch_findings f ${probe(sql, 'i', sql`select * from batch_items where batch_id = f.batch_id and seq = f.seq`)}
    where f.batch_id = ${batchId} and f.run = ${run}
      ${status === undefined ? sql`` : sql`and f.status = ${status}`} ${differing === undefined ? sql`` : sql`and f.status <> 'same'`}
      ${from === undefined ? sql`` : sql`and (${key}, f.seq) ${down ? sql`<` : sql`>`} (${value}, ${from.at(-1)!}::int)`}
    order by ${key} ${direction}, f.seq ${direction} limit ${limit + 1}`;
  const page = pageOf(rows, limit, (row) => encodeCursor(list, sort === 'seq' ? [row.seq] : [row.key, row.seq]));
  return { ...page, rows: page.rows.map(({ key: _, ...row }) => row) };
}

/** What the findings `f` of the items `i` are sorted by. What has no total in the books any more comes first. */
function findingKey(sql: Sql, column: Column): Fragment {
  switch (column) {
    case 'seq':
      return sql`f.seq`;
    case 'document':
      return sql`(i.operation || ' ' || i.number)`;
    case 'status':
      return sql`f.status`;
    case 'details':
      return sql`coalesce(f.problem ->> 'message', '')`;
    case 'amount':
      return sql`i.amount`;
    case 'total':
      return sql`coalesce(f.total, ${Number.MIN_SAFE_INTEGER}::int8)`;
    default:
      return column satisfies never;
  }
}

/** Of a batch: the verification that is running, if it is that run. */
export function runningOf(batchId: string, run?: number): SQL | undefined {
  return and(
    eq(batchVerifications.batchId, batchId),
    run === undefined ? undefined : eq(batchVerifications.run, run),
    eq(batchVerifications.state, 'running'),
  );
}
