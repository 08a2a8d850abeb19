import {
  type BatchedRecord,
  type CompanyFacts,
  canonicalContent,
  canonicalRecord,
  isBatchedType,
  type Operation,
  type PaymentRecord,
  type PostedFacts,
  type ProblemCode,
  parseMoney,
  type RecordRef,
  refKey,
  type SourceRecord,
} from '@ledgerpost/core';
import { writeJournal } from '../access/journal.ts';
import { targetsOf } from '../companies/company-targets.ts';
import { hashOf } from '../database/hash.ts';
import { lockCompany } from '../database/lock-company.ts';
import type { Sql, Store } from '../database/open-store.ts';
import { refreshRows, refreshStanding, type StandingRow, withDependents } from '../standing/refresh-standing.ts';
import { idsOf, refsSql, typesOf } from './refs.ts';

/**
 * Takes records, all or none, in any order; up to some 2,000 a call. Of several with one reference the last one counts.
 * The same content again is `unchanged` and leaves no trace. What the records, and those that depend on them, ask for
 * at each enabled target is brought up to date in the same transaction.
 */
export async function putRecords(
  store: Store,
  company: CompanyFacts,
  records: readonly SourceRecord[],
  actor: string,
): Promise<('taken' | 'unchanged')[]> {
  if (records.length === 0) return [];
  const prepared = prepare(records);
  const changed = await store.sql.begin(async (sql) => {
    await lockCompany(sql, company.id);
    const stored = await loadStored(sql, company.id, prepared);
    const changed = prepared.filter((record) => stored.get(record.key)?.recordHash !== record.recordHash);
    if (changed.length === 0) return [];
    const revisions = await writeRecords(sql, company.id, changed);
    await writeAllocations(sql, company, changed, stored);
    await refreshTargets(sql, company, changed, revisions, stored);
    await writeJournal(sql, {
      companyId: company.id,
      actor,
      act: 'records.put',
      subject: 'records',
      details: { taken: countByType(changed), unchanged: prepared.length - changed.length },
    });
    return changed;
  });
  const taken = new Set(changed.map((record) => record.key));
  return records.map((record) => (taken.has(refKey(record)) ? 'taken' : 'unchanged'));
}

/** A record, its content, and how it stands at each of the company's targets. */
export interface StoredRecord {
  readonly record: SourceRecord;
  readonly revision: number;
  readonly changedAt: Date;
  /** One per enabled target; none for a record that is only referred to. */
  readonly standings: readonly RecordStanding[];
}

export interface RecordStanding {
  readonly target: string;
  /** What the books hold because of it. */
  readonly posted: PostedFacts | undefined;
  /** What it asks for; undefined: nothing. */
  readonly open: OpenFacts | undefined;
}

export interface OpenFacts {
  readonly readiness: 'ready' | 'waiting' | 'stopped';
  readonly operation: Operation | null;
  readonly reason: ProblemCode | null;
  readonly amount: number;
  /** The open batch that has it. */
  readonly claimedBy: string | null;
}

export async function getRecord(store: Store, companyId: string, ref: RecordRef): Promise<StoredRecord | undefined> {
  const { sql } = store;
  const [row] = await sql<{ record: SourceRecord; revision: number; changedAt: Date }[]>`
    select content as record, revision, changed_at as "changedAt" from records
    where company_id = ${companyId} and type = ${ref.type} and id = ${ref.id}`;
  if (row === undefined) return undefined;
  if (!isBatchedType(ref.type)) return { ...row, standings: [] };
  const standings = await sql<{ target: string; posted: PostedFacts | null; open: OpenFacts | null }[]>`
    select t.target, p.facts as posted,
      case when o.id is not null then jsonb_build_object('readiness', o.readiness, 'operation', o.operation,
        'reason', o.reason, 'amount', o.amount, 'claimedBy', o.claimed_by) end as open
    from company_targets t
    left join postings p on p.company_id = t.company_id and p.target = t.target and p.type = ${ref.type}
      and p.record_id = ${ref.id} and p.standing
    left join open_records o on o.company_id = t.company_id and o.target = t.target and o.type = ${ref.type} and o.id = ${ref.id}
    where t.company_id = ${companyId}
    order by t.target`;
  return {
    ...row,
    standings: standings.map(({ target, posted, open }) => ({ target, posted: posted ?? undefined, open: open ?? undefined })),
  };
}

interface Prepared {
  readonly key: string;
  readonly type: SourceRecord['type'];
  readonly id: string;
  readonly record: SourceRecord;
  readonly recordHash: string;
  readonly contentHash: string;
  readonly customerId: string | null;
  readonly parentId: string | null;
}

interface Stored {
  readonly recordHash: string;
  readonly parentId: string | null;
}

/** The last of each reference, hashed: the work that needs no lock. */
function prepare(records: readonly SourceRecord[]): readonly Prepared[] {
  const last = new Map(records.map((record) => [refKey(record), record]));
  return [...last].map(([key, record]) => {
    const recordHash = hashOf(canonicalRecord(record));
    return {
      key,
      type: record.type,
      id: record.id,
      record,
      recordHash,
      contentHash: isBatchedType(record.type) ? hashOf(canonicalContent(record)) : recordHash,
      customerId: ('customerId' in record && record.customerId) || null,
      parentId: parentOf(record),
    };
  });
}

function parentOf(record: SourceRecord): string | null {
  switch (record.type) {
    case 'payment':
      return record.jobId ?? null;
    case 'refund':
      return record.paymentId;
    case 'creditMemo':
      return record.invoiceId ?? null;
    case 'invoice':
    case 'customer':
    case 'department':
    case 'service':
    case 'job':
      return null;
    default:
      return record satisfies never;
  }
}

async function loadStored(sql: Sql, companyId: string, refs: readonly RecordRef[]): Promise<ReadonlyMap<string, Stored>> {
  const rows = await sql<(RecordRef & Stored)[]>`
    select n.type, n.id, r.record_hash as "recordHash", r.parent_id as "parentId"
    from ${refsSql(sql, refs)} n cross join lateral (
      select record_hash, parent_id from records where company_id = ${companyId} and type = n.type and id = n.id offset 0
    ) r`;
  return new Map(rows.map((row) => [refKey(row), row]));
}

async function writeRecords(sql: Sql, companyId: string, records: readonly Prepared[]): Promise<ReadonlyMap<string, number>> {
  const column = <T>(pick: (record: Prepared) => T) => records.map(pick);
  const rows = await sql<(RecordRef & { revision: number })[]>`
    insert into records (company_id, type, id, content, record_hash, content_hash, customer_id, parent_id)
    select ${companyId}, n.type, n.id, n.content::jsonb, n.record_hash, n.content_hash, n.customer_id, n.parent_id
    from unnest(
      ${typesOf(records)}::text[], ${idsOf(records)}::text[], ${column((r) => JSON.stringify(r.record))}::text[],
      ${column((r) => r.recordHash)}::text[], ${column((r) => r.contentHash)}::text[],
      ${column((r) => r.customerId)}::text[], ${column((r) => r.parentId)}::text[]
    ) n (type, id, content, record_hash, content_hash, customer_id, parent_id)
    on conflict (company_id, type, id) do update
      set content = excluded.content, record_hash = excluded.record_hash, content_hash = excluded.content_hash,
        customer_id = excluded.customer_id, parent_id = excluded.parent_id, revision = excluded.revision, changed_at = now()
    returning type, id, revision`;
  return new Map(rows.map((row) => [refKey(row), row.revision]));
}

async function writeAllocations(
  sql: Sql,
  company: CompanyFacts,
  records: readonly Prepared[],
  stored: ReadonlyMap<string, Stored>,
): Promise<void> {
  const payments = records.filter((record) => record.type === 'payment');
  const known = payments.filter((payment) => stored.has(payment.key));
  if (known.length > 0) {
    await sql`delete from allocations where company_id = ${company.id} and payment_id = any(${idsOf(known)}::text[])`;
  }
  const parts = payments.flatMap((payment) =>
    ((payment.record as PaymentRecord).allocations ?? []).map((part) => ({
      paymentId: payment.id,
      invoiceId: part.invoiceId,
      amount: parseMoney(part.amount, company.currency) ?? 0,
    })),
  );
  if (parts.length === 0) return;
  await sql`
    insert into allocations (company_id, payment_id, invoice_id, amount)
    select ${company.id}, payment_id, invoice_id, sum(amount)::int8
    from unnest(${parts.map((p) => p.paymentId)}::text[], ${parts.map((p) => p.invoiceId)}::text[],
      ${parts.map((p) => p.amount as number)}::int8[]) n (payment_id, invoice_id, amount)
    group by payment_id, invoice_id`;
}

async function refreshTargets(
  sql: Sql,
  company: CompanyFacts,
  changed: readonly Prepared[],
  revisions: ReadonlyMap<string, number>,
  stored: ReadonlyMap<string, Stored>,
): Promise<void> {
  const targets = await targetsOf(sql, company.id);
  if (targets.length === 0) return;
  const rows = changed.flatMap(({ key, type, record, contentHash }): StandingRow[] =>
    isBatchedType(type) ? [{ record: record as BatchedRecord, contentHash, revision: revisions.get(key)! }] : [],
  );
  const dependents = await dependentsOf(sql, company.id, changed, stored);
  for (const { target, delivery, settings } of targets) {
    const scope = { companyId: company.id, target, delivery, settings, currency: company.currency };
    await refreshRows(sql, scope, rows);
    await refreshStanding(sql, scope, dependents, { dependents: false });
  }
}

/** Whose standing may be another now, though they did not change. An invoice's content decides about no other record: its posting does. */
async function dependentsOf(sql: Sql, companyId: string, changed: readonly Prepared[], stored: ReadonlyMap<string, Stored>) {
  const deciding: RecordRef[] = changed.filter(({ type }) => type === 'payment' || type === 'refund' || type === 'job');
  if (deciding.length === 0) return [];
  const left = changed.flatMap(({ key, type }): RecordRef[] => {
    const parent = type === 'refund' ? stored.get(key)?.parentId : undefined;
    return parent == null ? [] : [{ type: 'payment', id: parent }];
  });
  const done = new Set(changed.map((record) => record.key));
  const all = await withDependents(sql, companyId, [...deciding, ...left]);
  return all.filter((ref) => !done.has(refKey(ref)));
}

function countByType(records: readonly Prepared[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of records) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}
