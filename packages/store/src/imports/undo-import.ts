import {
  type BatchedRef,
  type CompanyFacts,
  isBatchedType,
  type RecordRef,
  Refusal,
  refKey,
  type SourceRecord,
} from '@ledgerpost/core';
import { targetsOf } from '../companies/company-targets.ts';
import { lockCompany } from '../database/lock-company.ts';
import type { Fragment, Sql, Store } from '../database/open-store.ts';
import { probe } from '../database/probe.ts';
import { loadStored, type Prepared, prepareRecords } from '../records/prepare-records.ts';
import { writeChanged } from '../records/put-records.ts';
import { refsSql } from '../records/refs.ts';
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
      from import_changes c where c.import_id = ${importId}) of`;
  return row!;
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
 * Whether a record of `import_changes c` is or was in a batch, by probes of indexes: one for each target, and one for what does not
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

export interface UndoneChunk {
  readonly restored: number;
  readonly removed: number;
  readonly left: readonly LeftByUndo[];
  /** Where the next chunk begins; absent: that was all. */
  readonly after?: RecordRef;
}

/**
 * Undoes the next records of an import: each that is still as the import left it returns to what it was, or goes. The same chunk again
 * changes nothing.
 * @throws ImportTakenOver
 */
export async function undoImported(
  store: Store,
  company: CompanyFacts,
  order: { importId: string; run: number; after: RecordRef | undefined; progress: NonNullable<ImportRow['progress']> },
): Promise<UndoneChunk> {
  return store.sql.begin(async (sql) => {
    await lockCompany(sql, company.id);
    if (!(await keepImportProgress(sql, order, order.progress))) throw new ImportTakenOver('The undo ended or was taken over.');
    const { importId, after } = order;
    const rows = await sql<Change[]>`
      select c.type, c.id, c.former, c.former_way as "formerWay", c.former_source_hash as "formerSourceHash",
        c.former_mapping_hash as "formerMappingHash",
        r.revision is not null as there, coalesce(r.revision = c.revision, false) and r.way <> 'api' as untouched,
        ${isUsed(sql)} as used
      from import_changes c
      left join records r on r.company_id = c.company_id and r.type = c.type and r.id = c.id
      where c.import_id = ${importId} and (c.type, c.id) > (${after?.type ?? ''}, ${after?.id ?? ''})
      order by c.type, c.id limit ${CHUNK}`;
    const undoable = rows.filter(({ untouched, used }) => untouched && !used);
    const restored = undoable.filter(({ former }) => former !== null);
    const removed = undoable.filter(({ former }) => former === null);
    await restore(sql, company, restored);
    await remove(sql, company, removed);
    const left = rows
      .filter((row) => !undoable.includes(row))
      .map(({ type, id, used, there }): LeftByUndo => ({ type, id, why: used ? 'in-batch' : there ? 'changed' : 'gone' }));
    const last = rows.at(-1);
    return {
      restored: restored.length,
      removed: removed.length,
      left,
      ...(rows.length < CHUNK ? {} : { after: { type: last!.type, id: last!.id } }),
    };
  });
}

const CHUNK = 1_000;

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
