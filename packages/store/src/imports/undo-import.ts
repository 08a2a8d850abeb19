import {
  type BatchedRef,
  type CompanyFacts,
  isBatchedType,
  type RecordRef,
  type RecordType,
  Refusal,
  refKey,
  type SourceRecord,
} from '@ledgerpost/core';
import { and, asc, eq, sql as expression, isNull } from 'drizzle-orm';
import { targetsOf } from '../companies/company-targets.ts';
import { drizzleOn } from '../database/drizzle-on.ts';
import { lockCompany } from '../database/lock-company.ts';
import type { Fragment, Sql, Store } from '../database/open-store.ts';
import { probe, probeOrNull } from '../database/probe.ts';
import { loadStored, type Prepared, prepareRecords } from '../records/prepare-records.ts';
import { writeChanged } from '../records/put-records.ts';
import { refsSql } from '../records/refs.ts';
import { importAdditions } from '../schema/index.ts';
import { refreshStanding, withDependents } from '../standing/refresh-standing.ts';
import type { ImportRow } from './imports.ts';
import { keepImportProgress } from './imports.ts';
import { ImportTakenOver, wakeTwins } from './put-imported.ts';

/** How many records an import changed, and how many of them are or were in a batch. */
export async function undoability(
  sql: Sql,
  importId: string,
): Promise<{ records: number; inBatches: number; example: string | null }> {
  const [row] = await sql<{ records: number; inBatches: number; example: string | null }[]>`
    select count(*)::int as records, count(*) filter (where used)::int as "inBatches",
      min(type || '/' || id) filter (where used) as example
    from (
      select c.type, c.id, ${isUsed(sql)} as used
      from (
        select company_id, type, id from import_changes where import_id = ${importId}
        union all
        select a.company_id, a.type, i.id from import_additions a cross join unnest(a.ids) i (id)
        where a.import_id = ${importId} and ${hasNoChange(sql)}) c) of`;
  return row!;
}

/** A record that the import added and changed again has a row of its own, and is judged by that. */
function hasNoChange(sql: Sql): Fragment {
  return sql`not exists (select from import_changes where import_id = a.import_id and type = a.type and id = i.id offset 0)`;
}

/** @throws Refusal `import-in-batch` */
export async function needUndoable(sql: Sql, importId: string): Promise<void> {
  const { inBatches, example } = await undoability(sql, importId);
  if (inBatches === 0) return;
  throw new Refusal(
    'import-in-batch',
    `${inBatches} records of the import are or were in a batch, for example ${example}. An undo would take them from the books’ history. Undo the batch, or correct the records in the field-service system.`,
    { records: inBatches, example },
  );
}

/**
 * Whether a record `c` is or was in a batch, by probes of indexes: one for each target, and one for what does not
 * stand any more. See `probe` for what the planner does otherwise.
 */
function isUsed(sql: Sql): Fragment {
  const posted = sql`
    select from postings where company_id = c.company_id and target = t.target and type = c.type and record_id = c.id and standing`;
  return sql`(exists (select from company_targets t ${probe(sql, 'p', posted)} where t.company_id = c.company_id)
    or exists (select from batch_items i
      where i.company_id = c.company_id and i.type = c.type and i.record_id = c.id and i.claimed offset 0)
    or exists (select from postings p
      where p.record_id = c.id and p.company_id = c.company_id and p.type = c.type and not p.standing offset 0))`;
}

/** A record that an undo left, because somebody changed it after the import. */
export interface LeftByUndo extends RecordRef {
  readonly why: 'changed' | 'in-batch' | 'gone';
}

/** After an addition, or after a change: additions come first. */
export type UndoPlace = { readonly type: RecordType; readonly revision: number } | RecordRef;

export interface UndoneChunk {
  readonly restored: number;
  readonly removed: number;
  readonly left: readonly LeftByUndo[];
  /** Where the next chunk begins; absent: that was all. */
  readonly after?: UndoPlace;
}

/** What an undo that was interrupted had done. What it did to changes is found again. */
export async function undoneBefore(sql: Sql, importId: string): Promise<{ readonly removed: number; readonly left: number }> {
  const [row] = await sql<{ removed: number; left: number }[]>`
    select coalesce(sum(removed), 0)::int as removed, coalesce(sum(cardinality(ids) - removed), 0)::int as left
    from import_additions where import_id = ${importId} and removed is not null`;
  return row!;
}

/**
 * Undoes the next records of an import: each that is still as the import left it returns to what it was, or goes. The same chunk again
 * changes nothing.
 * @throws ImportTakenOver
 */
export async function undoImported(
  store: Store,
  company: CompanyFacts,
  order: { importId: string; run: number; after: UndoPlace | undefined; progress: NonNullable<ImportRow['progress']> },
): Promise<UndoneChunk> {
  return store.sql.begin(async (sql) => {
    await lockCompany(sql, company.id);
    if (!(await keepImportProgress(sql, order, order.progress))) throw new ImportTakenOver('The undo ended or was taken over.');
    const { importId, after } = order;
    if (after === undefined || 'revision' in after) {
      const { type, firstRevision } = importAdditions;
      const isLater = expression`(${type}, ${firstRevision}) > (${after?.type ?? ''}, ${after?.revision ?? 0})`;
      const [addition] = await drizzleOn(sql)
        .select({ type, revision: firstRevision })
        .from(importAdditions)
        .where(and(eq(importAdditions.importId, importId), isNull(importAdditions.removed), isLater))
        .orderBy(asc(type), asc(firstRevision))
        .limit(1);
      if (addition !== undefined) return undoAddition(sql, company, importId, addition);
    }
    const { type, id } = after === undefined || 'revision' in after ? BEFORE_ALL : after;
    const rows = await sql<Change[]>`
      select c.type, c.id, c.former, c.former_way as "formerWay", c.former_source_hash as "formerSourceHash",
        c.former_mapping_hash as "formerMappingHash",
        r.revision is not null as there, coalesce(r.revision = c.revision, false) and r.way <> 'api' as untouched,
        ${isUsed(sql)} as used
      from import_changes c ${itsNewest(sql)}
      where c.import_id = ${importId} and (c.type, c.id) > (${type}, ${id})
      order by c.type, c.id limit ${CHUNK}`;
    const last = rows.at(-1);
    return {
      ...(await undoRows(sql, company, rows)),
      ...(rows.length < CHUNK ? {} : { after: { type: last!.type, id: last!.id } }),
    };
  });
}

const CHUNK = 1_000;
const BEFORE_ALL = { type: '', id: '' };

/** The record of a row `c` as it is now, as `r`. */
function itsNewest(sql: Sql): Fragment {
  return probeOrNull(
    sql,
    'r',
    sql`select revision, way from records where company_id = c.company_id and type = c.type and id = c.id`,
  );
}

/** Removes what a chunk added, and notes that it did. */
async function undoAddition(
  sql: Sql,
  company: CompanyFacts,
  importId: string,
  addition: { readonly type: RecordType; readonly revision: number },
): Promise<UndoneChunk> {
  const rows = await sql<Change[]>`
    select c.type, c.id, null as former, r.revision is not null as there,
      coalesce(r.revision between c.first_revision and c.last_revision, false) and r.way <> 'api' as untouched,
      ${isUsed(sql)} as used
    from (
      select a.company_id, a.type, i.id, a.first_revision, a.last_revision
      from import_additions a cross join unnest(a.ids) i (id)
      where a.import_id = ${importId} and a.type = ${addition.type} and a.first_revision = ${addition.revision}
        and ${hasNoChange(sql)}) c ${itsNewest(sql)}`;
  const undone = await undoRows(sql, company, rows);
  await drizzleOn(sql)
    .update(importAdditions)
    .set({ removed: undone.removed })
    .where(
      and(
        eq(importAdditions.importId, importId),
        eq(importAdditions.type, addition.type),
        eq(importAdditions.firstRevision, addition.revision),
      ),
    );
  return { ...undone, after: addition };
}

async function undoRows(sql: Sql, company: CompanyFacts, rows: readonly Change[]): Promise<UndoneChunk> {
  const undoable = rows.filter(({ untouched, used }) => untouched && !used);
  const restored = undoable.filter(({ former }) => former !== null);
  const removed = undoable.filter(({ former }) => former === null);
  await restore(sql, company, restored);
  await remove(sql, company, removed);
  const left = rows
    .filter(({ untouched, used }) => !untouched || used)
    .map(({ type, id, used, there }): LeftByUndo => ({ type, id, why: used ? 'in-batch' : there ? 'changed' : 'gone' }));
  return { restored: restored.length, removed: removed.length, left };
}

interface Change extends RecordRef {
  readonly former: SourceRecord | null;
  readonly formerWay: string | null;
  readonly formerSourceHash: string | null;
  readonly formerMappingHash: string | null;
  readonly there: boolean;
  readonly untouched: boolean;
  readonly used: boolean;
}

async function restore(sql: Sql, company: CompanyFacts, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const ways = new Map(changes.map((change) => [refKey(change), change]));
  const prepared = prepareRecords(changes.map(({ former }) => former!)).map((record): Prepared => {
    const { formerWay, formerSourceHash, formerMappingHash } = ways.get(record.key)!;
    return {
      ...record,
      way: formerWay ?? 'api',
      ...(formerSourceHash === null ? {} : { sourceHash: formerSourceHash }),
      ...(formerMappingHash === null ? {} : { mappingHash: formerMappingHash }),
    };
  });
  await writeChanged(sql, company, prepared, await loadStored(sql, company.id, prepared));
}

/** Allocations to a removed invoice stay with their payments, and count again when the invoice comes back under its id. */
async function remove(sql: Sql, company: CompanyFacts, refs: readonly RecordRef[]): Promise<void> {
  if (refs.length === 0) return;
  const gone = new Set(refs.map(refKey));
  const dependents = (await withDependents(sql, company.id, refs)).filter((ref) => !gone.has(refKey(ref)));
  await sql`
    delete from records r using ${refsSql(sql, refs)} n where r.company_id = ${company.id} and r.type = n.type and r.id = n.id`;
  await sql`
    delete from open_records r using ${refsSql(sql, refs)} n
    where r.company_id = ${company.id} and r.type = n.type and r.id = n.id and r.claimed_by is null`;
  await sql`
    delete from allocations a using ${refsSql(sql, refs)} n
    where a.company_id = ${company.id} and n.type = 'payment' and a.payment_id = n.id`;
  const batched = dependents.filter((ref): ref is BatchedRef => isBatchedType(ref.type));
  for (const { target, delivery, settings } of await targetsOf(sql, company.id)) {
    const scope = { companyId: company.id, target, delivery, settings, currency: company.currency };
    await refreshStanding(sql, scope, batched, { dependents: false });
  }
  await wakeTwins(sql, company, refs);
}
