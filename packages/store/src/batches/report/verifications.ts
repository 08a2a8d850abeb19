import { type Holding, isOpen, type Operation, type Problem, type ReadOutcome, Refusal } from '@ledgerpost/core';
import { writeJournal } from '../../access/journal.ts';
import { decodeCursor, encodeCursor, type Page, pageOf } from '../../database/keyset.ts';
import type { Sql, Store } from '../../database/open-store.ts';
import { announce, ENGINE } from '../process/move-batch.ts';

export const FINDINGS = ['same', 'changed', 'gone'] as const satisfies readonly ReadOutcome['status'][];
export type FindingStatus = (typeof FINDINGS)[number];

/** A look at what became of a batch's documents in the books. */
export interface VerificationView {
  /** From 1, rising with each verification of the batch. */
  readonly run: number;
  /** `failed`: not all could be looked at; `reason` says why. */
  readonly state: 'running' | 'done' | 'failed';
  readonly startedBy: string;
  readonly startedAt: Date;
  /** Null while Temporal has not taken it yet. */
  readonly handedOverAt: Date | null;
  readonly endedAt: Date | null;
  readonly reason: { readonly code: string; readonly message: string } | null;
  /** Documents that were looked at so far, by what was found. */
  readonly counts: Readonly<Record<FindingStatus, number>>;
}

/** What a verification found of one item. */
export interface FindingView {
  readonly seq: number;
  readonly record: { readonly type: string; readonly id: string };
  readonly operation: Operation;
  readonly number: string;
  readonly customerId: string | null;
  /** Ours, in minor units. */
  readonly amount: number;
  readonly externalId: string | null;
  readonly status: FindingStatus;
  readonly problem: Problem | null;
  /** The total as the target holds it now, in minor units, where it was told. */
  readonly total: number | null;
  readonly checkedAt: Date;
}

/**
 * Opens a verification of a batch; what the former one found is dropped.
 * @throws Refusal `illegal-move` while the batch is open | `nothing-to-verify` | `verification-open`
 */
export async function beginVerification(sql: Sql, order: { companyId: string; batchId: string; actor: string }): Promise<void> {
  const { companyId, batchId, actor } = order;
  const [batch] = await sql<{ target: string; name: string; state: Parameters<typeof isOpen>[0] }[]>`
    select target, name, state from batches where id = ${batchId} and company_id = ${companyId} for update`;
  if (batch === undefined) throw new Error(`There is no batch ${batchId}.`);
  const { target, name, state } = batch;
  if (isOpen(state)) {
    throw new Refusal('illegal-move', `The batch "${name}" is ${state}: it can be verified once it has ended.`, { state });
  }
  const [running] = await sql<{ run: number; startedAt: Date }[]>`
    select run, started_at as "startedAt" from batch_verifications where batch_id = ${batchId} and state = 'running'`;
  if (running !== undefined) {
    throw new Refusal('verification-open', `The batch "${name}" is being verified already.`, { run: running.run });
  }
  const [standing] = await sql`select id from postings where batch_id = ${batchId} and standing limit 1`;
  if (standing === undefined) {
    throw new Refusal('nothing-to-verify', `The batch "${name}" has nothing in the books: there is nothing to compare.`, {
      state,
    });
  }
  const [begun] = await sql<{ run: number }[]>`
    insert into batch_verifications (batch_id, run, company_id, target, started_by)
    select ${batchId}::uuid, coalesce(max(run), 0) + 1, ${companyId}::text, ${target}::text, ${actor}::text
    from batch_verifications where batch_id = ${batchId} returning run`;
  await sql`delete from batch_findings where batch_id = ${batchId}`;
  await writeJournal(sql, {
    companyId,
    actor,
    act: 'batch.verification-started',
    subject: `batch/${batchId}`,
    details: { name, run: begun!.run },
  });
  await announce(sql, batchId);
}

/** What was found of one item, as it is kept. */
export interface Finding {
  readonly seq: number;
  readonly status: FindingStatus;
  readonly problem?: Problem | undefined;
  /** Minor units. */
  readonly total?: number | undefined;
  readonly holds?: Holding | undefined;
}

/** Keeps what was found of a chunk; a chunk that is looked at again replaces what it found. Nothing once the run has ended. */
export async function saveFindings(sql: Sql, batchId: string, run: number, findings: readonly Finding[]): Promise<void> {
  await sql`
    insert into batch_findings (batch_id, run, seq, status, problem, total, holds)
    select v.batch_id, v.run, f.seq, f.status, f.problem::jsonb, f.total, f.holds::jsonb
    from unnest(${findings.map((f) => f.seq)}::int[], ${findings.map((f) => f.status)}::text[],
      ${findings.map((f) => (f.problem === undefined ? null : JSON.stringify(f.problem)))}::text[],
      ${findings.map((f) => f.total ?? null)}::bigint[],
      ${findings.map((f) => (f.holds === undefined ? null : JSON.stringify(f.holds)))}::text[]) f (seq, status, problem, total, holds)
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
  const [ended] = await sql<{ companyId: string }[]>`
    update batch_verifications set state = ${reason === undefined ? 'done' : 'failed'}, ended_at = now(),
      reason = ${reason === undefined ? null : sql.json(reason)}
    where batch_id = ${batchId} and run = ${run} and state = 'running' returning company_id as "companyId"`;
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
  const [row] = await sql<Omit<VerificationView, 'counts'>[]>`
    select run, state, started_by as "startedBy", started_at as "startedAt", handed_over_at as "handedOverAt",
      ended_at as "endedAt", reason
    from batch_verifications where batch_id = ${batchId} ${run === undefined ? sql`` : sql`and run = ${run}`}
    order by run desc limit 1`;
  if (row === undefined) return undefined;
  const counts = await sql<{ status: FindingStatus; documents: number }[]>`
    select status, count(*)::int as documents from batch_findings where batch_id = ${batchId} and run = ${row.run} group by status`;
  return { ...row, counts: { same: 0, changed: 0, gone: 0, ...Object.fromEntries(counts.map((c) => [c.status, c.documents])) } };
}

/** What a verification found, in the order in which the documents were sent. */
export async function listFindings(
  store: Store,
  query: { batchId: string; run: number; status?: FindingStatus | undefined; after?: string | undefined; limit: number },
): Promise<Page<FindingView>> {
  const { sql } = store;
  const after = query.after === undefined ? 0 : (decodeCursor(query.after, 'findings', ['number'])[0] as number);
  const rows = await sql<FindingView[]>`
    select f.seq, jsonb_build_object('type', i.type, 'id', i.record_id) as record, i.operation, i.number,
      i.customer_id as "customerId", i.amount, i.external_id as "externalId", f.status, f.problem, f.total, f.at as "checkedAt"
    from batch_findings f join batch_items i using (batch_id, seq)
    where f.batch_id = ${query.batchId} and f.run = ${query.run} and f.seq > ${after}
      ${query.status === undefined ? sql`` : sql`and f.status = ${query.status}`}
    order by f.seq limit ${query.limit + 1}`;
  return pageOf(rows, query.limit, (row) => encodeCursor('findings', [row.seq]));
}

/** A verification as it is given to Temporal. */
export interface OpenVerification {
  readonly companyId: string;
  readonly target: string;
  readonly batchId: string;
  readonly name: string;
  readonly run: number;
  readonly startedBy: string;
  /** The highest item number of the batch. */
  readonly items: number;
}

function open(sql: Sql) {
  return sql`
    select v.company_id as "companyId", v.target, v.batch_id as "batchId", b.name, v.run, v.started_by as "startedBy",
      coalesce((b.plan->>'items')::int, 0) as items
    from batch_verifications v join batches b on b.id = v.batch_id where v.state = 'running'`;
}

/** Verifications that Temporal has not taken yet; of one batch, or of any. */
export async function unhandedVerifications(sql: Sql, limit: number, batchId?: string): Promise<OpenVerification[]> {
  return sql<OpenVerification[]>`
    ${open(sql)} and v.handed_over_at is null ${batchId === undefined ? sql`` : sql`and v.batch_id = ${batchId}`}
    order by v.started_at limit ${limit}`;
}

/** Verifications that Temporal took longer than so many seconds ago: their workflows should be there. */
export async function handedOverVerifications(sql: Sql, seconds: number, limit: number): Promise<OpenVerification[]> {
  return sql<OpenVerification[]>`
    ${open(sql)} and v.handed_over_at < now() - make_interval(secs => ${seconds}) order by v.handed_over_at limit ${limit}`;
}

export async function verificationHandedOver(sql: Sql, { batchId, run }: { batchId: string; run: number }): Promise<void> {
  await sql`
    update batch_verifications set handed_over_at = now()
    where batch_id = ${batchId} and run = ${run} and state = 'running' and handed_over_at is null`;
}

/** How often a verification is handed over again before it is given up. */
const MOST_LOSSES = 5;

/** A verification lost its workflow: it is handed over again, or ends `failed` if that happened too often. False if it has ended meanwhile. */
export async function lostVerification(sql: Sql, { batchId, run }: { batchId: string; run: number }): Promise<boolean> {
  const [lost] = await sql<{ companyId: string; losses: number }[]>`
    update batch_verifications set handed_over_at = null
    where batch_id = ${batchId} and run = ${run} and state = 'running' and handed_over_at is not null
    returning company_id as "companyId", (
      select count(*)::int from journal
      where subject = 'batch/' || ${batchId}::text and act = 'batch.verification-lost' and details->>'run' = ${run}::text
    ) as losses`;
  if (lost === undefined) return false;
  if (lost.losses >= MOST_LOSSES) {
    const message = 'The verification lost its workflow again and again; an engineer must look.';
    await endVerification(sql, { batchId, run, reason: { code: 'engine-defect', message } });
    return false;
  }
  await writeJournal(sql, {
    companyId: lost.companyId,
    actor: ENGINE,
    act: 'batch.verification-lost',
    subject: `batch/${batchId}`,
    details: { run },
  });
  return true;
}
