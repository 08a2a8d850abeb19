import {
  type BatchedRecord,
  type CompanyFacts,
  isBatchedType,
  type PaymentRecord,
  parseMoney,
  type RecordRef,
  refKey,
  type SourceRecord,
} from '@ledgerpost/core';
import { and, eq } from 'drizzle-orm';
import { writeJournal } from '../access/journal.ts';
import { targetsOf } from '../companies/company-targets.ts';
import { drizzleOn, isAnyOf } from '../database/drizzle-on.ts';
import { lockCompany } from '../database/lock-company.ts';
import type { Fragment, Sql, Store } from '../database/open-store.ts';
import { rowsOf } from '../database/rows-of.ts';
import { allocations } from '../schema/index.ts';
import { refreshRows, refreshStanding, withDependents } from '../standing/refresh-standing.ts';
import { type Facts, loadFacts, type StandingRow, type StandingScope } from '../standing/standing-facts.ts';
import { findTwins } from './find-twins.ts';
import { API, loadStored, type Prepared, prepareRecord, type Stored } from './prepare-records.ts';
import { refsSql } from './refs.ts';
import type { InLine } from './writes-in-line.ts';

/**
 * Stores records, all or none, in any order; up to some 2,000 a call. Of several with one reference the last one counts.
 * The same content again is `unchanged` and leaves no trace. The same transaction computes again what the records, and
 * those that depend on them, still need at each enabled target.
 */
export async function putRecords(
  store: Store,
  company: CompanyFacts,
  records: readonly SourceRecord[],
  actor: string,
): Promise<('taken' | 'unchanged')[]> {
  return putPrepared(
    store,
    company,
    records.map((record) => prepareRecord(record)),
    actor,
  );
}

/** As `putRecords`, of records that were prepared while others were written; in line behind those, if there are any. */
export async function putPrepared(
  store: Store,
  company: CompanyFacts,
  records: readonly Prepared[],
  actor: string,
  inLine?: InLine,
): Promise<('taken' | 'unchanged')[]> {
  if (records.length === 0) return [];
  const prepared = [...new Map(records.map((one) => [one.key, one])).values()];
  const changed = await store.sql.begin(async (sql) => {
    // Sent at once: Postgres has the lock before it looks for the records.
    const [, stored, targets] = await Promise.all([
      lockCompany(sql, company.id).then(inLine?.locked),
      loadStored(sql, company.id, prepared),
      targetsOf(sql, company.id),
    ]);
    await inLine?.before;
    const changed = prepared.filter((record) => stored.get(record.key)?.recordHash !== record.recordHash);
    const takenOver = prepared.filter((record) => (stored.get(record.key)?.way ?? API) !== API);
    if (changed.length === 0 && takenOver.length === 0) return [];
    await findTwins(sql, company.id, changed, stored);
    await writeChanged(sql, company, changed, stored, { targets });
    await takeOver(sql, company.id, takenOver);
    await writeJournal(sql, {
      companyId: company.id,
      actor,
      act: 'records.put',
      subject: 'records',
      details: {
        taken: countByType(changed),
        unchanged: prepared.length - changed.length,
        ...(takenOver.length === 0 ? {} : { takenOverFromFiles: takenOver.slice(0, MOST_NAMED).map(({ key }) => key) }),
      },
    });
    return changed;
  });
  const taken = new Set(changed.map((record) => record.key));
  return records.map(({ key }) => (taken.has(key) ? 'taken' : 'unchanged'));
}

/** How many records a journal line names. */
const MOST_NAMED = 50;

/** What was written: the revision of each record where `each` asked for it or a target needed it. */
export interface WrittenRecords {
  /** The newest revision, for an import; else 0 where nobody asked. */
  readonly newest: number;
  readonly revisions: ReadonlyMap<string, number>;
}

interface HowToWrite {
  /** The import that adds them, where none was there before: its undo removes them. */
  readonly addedBy?: string | undefined;
  /** The company's, if they were loaded under the lock: what the records' standing depends on is asked for at once then. */
  readonly targets?: Targets | undefined;
  /** The same records, made ready before. */
  readonly rows?: RecordRows | undefined;
  /** Whether the caller needs the revision of each. */
  readonly each?: boolean;
}

/**
 * Writes records that differ from what is stored, and computes again what they and their dependents still need. The company's lock
 * must be held.
 */
export async function writeChanged(
  sql: Sql,
  company: CompanyFacts,
  changed: readonly Prepared[],
  stored: ReadonlyMap<string, Stored>,
  { addedBy, targets: known, rows: ready, each = false }: HowToWrite = {},
): Promise<WrittenRecords> {
  if (changed.length === 0) return { newest: 0, revisions: new Map() };
  const allNew = changed.every(({ key }) => !stored.has(key));
  // Only a target needs the records as objects. An import would have to parse their texts again for that.
  const rows = known === undefined || known.length === 0 ? [] : standingRows(changed);
  // Sent behind one another: Postgres answers each with what the one before it wrote.
  const needsEach = each || known?.length !== 0;
  const [written, targets, ...facts] = await Promise.all([
    writeRecords(sql, company.id, ready ?? recordRows(sql, changed), { allNew, addedBy, each: needsEach }),
    known ?? targetsOf(sql, company.id),
    ...(rows.length === 0 ? [] : (known ?? [])).map((target) => loadFacts(sql, scopeOf(company, target), rows)),
  ]);
  await writeAllocations(sql, company, changed, stored);
  await refreshTargets(sql, company, targets, { changed, allNew, rows, facts, revisions: written.revisions, stored });
  return written;
}

function standingRows(changed: readonly Prepared[]): readonly StandingRow[] {
  return changed.flatMap(({ type, record, contentHash }): StandingRow[] =>
    isBatchedType(type) ? [{ record: record as BatchedRecord, contentHash, revision: null }] : [],
  );
}

type Targets = Awaited<ReturnType<typeof targetsOf>>;

function scopeOf({ id, currency }: CompanyFacts, { target, delivery, settings }: Targets[number]): StandingScope {
  return { companyId: id, target, delivery, settings, currency };
}

/** From now on these records belong to the API: no file changes them. */
async function takeOver(sql: Sql, companyId: string, refs: readonly RecordRef[]): Promise<void> {
  if (refs.length === 0) return;
  await sql`
    update records r set way = ${API}, source_hash = null, mapping_hash = null
    from ${refsSql(sql, refs)} n where r.company_id = ${companyId} and r.type = n.type and r.id = n.id`;
}

/** Records as the rows that they become. */
export interface RecordRows {
  readonly rows: Fragment;
  readonly origin: Fragment;
}

/** To spell a thousand records takes a millisecond or two, and can be done before the lock is there. */
export function recordRows(sql: Sql, records: readonly Prepared[]): RecordRows {
  const hashes = { recordHash: 'many-texts', contentHash: 'many-texts' } as const;
  // The records of an import come one way, and those of the API have no origin.
  const { way, mappingHash } = records[0]!;
  const isOneWay = records.every((one) => one.way === way && one.mappingHash === mappingHash);
  const isOfApi = isOneWay && records.every((one) => one.sourceHash === undefined);
  const columns = {
    type: 'many-texts',
    id: 'many-texts',
    json: 'spelled-jsonb',
    ...hashes,
    customerId: 'many-texts',
    parentId: 'many-texts',
    ...(isOfApi ? {} : ({ sourceHash: 'many-texts' } as const)),
    ...(isOneWay ? {} : ({ way: 'text', mappingHash: 'text' } as const)),
  } as const;
  const rows = records.map((one) => (one.json === undefined ? { ...one, json: JSON.stringify(one.record) } : one));
  const origin = isOneWay
    ? sql`${way ?? API}, ${isOfApi ? null : sql`n.source_hash`}, ${mappingHash ?? null}`
    : sql`coalesce(n.way, ${API}), n.source_hash, n.mapping_hash`;
  return { rows: rowsOf(sql, rows, columns), origin };
}

async function writeRecords(
  sql: Sql,
  companyId: string,
  { rows, origin }: RecordRows,
  { allNew, addedBy, each }: { readonly allNew: boolean; readonly addedBy: string | undefined; readonly each: boolean },
): Promise<WrittenRecords> {
  type Revisions = (RecordRef & { revision: number })[];
  // Nobody else writes records under the company's lock. To be ready for a row that is there takes two looks into the index for each.
  const orUpdate = allNew
    ? sql``
    : sql`
    on conflict (company_id, type, id) do update
      set content = excluded.content, record_hash = excluded.record_hash, content_hash = excluded.content_hash,
        customer_id = excluded.customer_id, parent_id = excluded.parent_id, revision = excluded.revision, changed_at = now(),
        way = excluded.way, source_hash = excluded.source_hash, mapping_hash = excluded.mapping_hash`;
  const write = sql<Revisions>`
    insert into records
      (company_id, type, id, content, record_hash, content_hash, customer_id, parent_id, way, source_hash, mapping_hash)
    select ${companyId}, n.type, n.id, n.json, n.record_hash, n.content_hash, n.customer_id, n.parent_id, ${origin}
    from ${rows} n${orUpdate}`;
  const returned = sql<Revisions>`${write} returning type, id, revision`;
  // What an import adds is noted in the same statement: most imports bring only what was not there.
  const written: Revisions =
    addedBy === undefined
      ? await (each ? returned : write)
      : await sql<Revisions>`
          with written as (${returned}), noted as (
            insert into import_additions (import_id, company_id, type, first_revision, last_revision, ids)
            select ${addedBy}, ${companyId}, type, min(revision), max(revision), array_agg(id) from written group by type)
          select ${each ? sql`type, id, revision` : sql`max(revision) as revision`} from written`;
  const newest = written.reduce((most, { revision }) => Math.max(most, revision), 0);
  return { newest, revisions: new Map(each ? written.map((row) => [refKey(row), row.revision]) : []) };
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
    const ids = known.map(({ id }) => id);
    await drizzleOn(sql)
      .delete(allocations)
      .where(and(eq(allocations.companyId, company.id), isAnyOf(allocations.paymentId, ids)));
  }
  const parts = payments.flatMap((payment) =>
    ((payment.record as PaymentRecord).allocations ?? []).map((part) => ({
      paymentId: payment.id,
      invoiceId: part.invoiceId,
      amount: parseMoney(part.amount, company.currency) ?? (0 as number),
    })),
  );
  if (parts.length === 0) return;
  await sql`
    insert into allocations (company_id, payment_id, invoice_id, amount)
    select ${company.id}, payment_id, invoice_id, sum(amount)::int8
    from ${rowsOf(sql, parts, { paymentId: 'text', invoiceId: 'text', amount: 'bigint' })} n
    group by payment_id, invoice_id`;
}

interface Written {
  readonly changed: readonly Prepared[];
  readonly allNew: boolean;
  /** The very rows that the facts were loaded for; none where they were not. */
  readonly rows: readonly StandingRow[];
  /** By target. */
  readonly facts: readonly Facts[];
  readonly revisions: ReadonlyMap<string, number>;
  readonly stored: ReadonlyMap<string, Stored>;
}

async function refreshTargets(
  sql: Sql,
  company: CompanyFacts,
  targets: Targets,
  { changed, allNew, rows: known, facts, revisions, stored }: Written,
): Promise<void> {
  if (targets.length === 0) return;
  const rows = (known.length > 0 ? known : standingRows(changed)).map(
    (row): StandingRow => ({ ...row, revision: revisions.get(refKey(row.record))! }),
  );
  const dependents = await dependentsOf(sql, company.id, changed, stored);
  for (const [at, target] of targets.entries()) {
    const scope = scopeOf(company, target);
    await refreshRows(sql, scope, rows, { facts: facts[at], areNew: allNew });
    await refreshStanding(sql, scope, dependents, { dependents: false });
  }
}

/** The records whose standing may have changed with these. An invoice's content decides about no other record but by its customer: its posting does. */
export async function dependentsOf(
  sql: Sql,
  companyId: string,
  changed: readonly (Pick<Prepared, 'key' | 'type' | 'id'> & Partial<Pick<Prepared, 'customerId'>>)[],
  stored: ReadonlyMap<string, Stored>,
) {
  const deciding: RecordRef[] = changed.filter(
    ({ type, key, customerId }) =>
      type === 'payment' ||
      type === 'refund' ||
      type === 'job' ||
      // Payments move to another customer with their invoices.
      (type === 'invoice' && stored.has(key) && customerId !== undefined && customerId !== (stored.get(key)!.customerId ?? null)),
  );
  if (deciding.length === 0) return [];
  const left = changed.flatMap(({ key, type }): RecordRef[] => {
    const parent = type === 'refund' ? stored.get(key)?.parentId : undefined;
    return parent == null ? [] : [{ type: 'payment', id: parent }];
  });
  const done = new Set(changed.map((record) => record.key));
  const all = await withDependents(sql, companyId, [...deciding, ...left]);
  return all.filter((ref) => !done.has(refKey(ref)));
}

export function countByType(records: readonly RecordRef[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of records) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}
