import { type CompanyFacts, type RecordRef, refKey, type SourceRecord } from '@ledgerpost/core';
import { targetsOf } from '../companies/company-targets.ts';
import { lockCompany } from '../database/lock-company.ts';
import type { Fragment, Sql, Store } from '../database/open-store.ts';
import { probeOrNull } from '../database/probe.ts';
import { rowsOf } from '../database/rows-of.ts';
import type { Stored } from '../records/prepare-records.ts';
import { type RecordRows, recordRows, writeChanged } from '../records/put-records.ts';
import { refsSql } from '../records/refs.ts';
import type { InLine } from '../records/writes-in-line.ts';
import { refreshStanding } from '../standing/refresh-standing.ts';
import { type ImportedRecord, type ImportOutcome, loadImported, outcomeOf, type StoredImported } from './import-outcomes.ts';
import type { ImportRow } from './imports.ts';
import { keepImportProgress, newestRevision } from './imports.ts';

/** What became of a record: `left` means that somebody changed it after the check, so it stays as it is. */
export type PutOutcome = ImportOutcome | 'left';

/** Another worker took the run over, or it ended. */
export class ImportTakenOver extends Error {}

export interface PutImported {
  readonly importId: string;
  readonly run: number;
  /** The company's newest revision when the check began: what is newer, and not of this import, was changed since. */
  readonly since: number;
  readonly records: readonly ImportedRecord[];
  /**
   * If the company's newest revision still is this one, none of the records is there, since the check found them new, and none was
   * written by this import before.
   */
  readonly untouchedAt?: number | undefined;
  readonly progress: NonNullable<ImportRow['progress']>;
}

/** What became of each record of a chunk. */
export interface PutChunk {
  readonly outcomes: readonly PutOutcome[];
  /** Where nobody else had written: the company's newest revision now. */
  readonly untouchedAt: number | undefined;
}

/** For a chunk that waits for the company's lock while the one before it is written. */
export interface ChunkInLine extends InLine {
  /** Asked once that one is written. */
  untouchedAt(): number | undefined;
}

/**
 * Writes a chunk of an import, up to some 4,000 records, and keeps what was there before. The same chunk again changes nothing.
 * @throws ImportTakenOver
 */
export async function putImported(
  store: Store,
  company: CompanyFacts,
  order: PutImported,
  inLine?: ChunkInLine,
): Promise<PutChunk> {
  return store.sql.begin(async (sql) => {
    // All sent at once: Postgres answers one after the other, each with what it sees when its turn comes.
    const asked = Promise.all([
      lockCompany(sql, company.id).then(inLine?.locked),
      keepImportProgress(sql, order, order.progress),
      targetsOf(sql, company.id),
      order.untouchedAt === undefined && inLine === undefined ? undefined : newestRevision(sql, company.id),
    ]);
    asked.catch(() => {});
    // While the chunk before is written this one is made ready, so that Postgres need not wait for it.
    const untouchedAt = () => (inLine === undefined ? order.untouchedAt : inLine.untouchedAt());
    const rows = untouchedAt() !== undefined && order.records.length > 0 ? recordRows(sql, order.records) : undefined;
    const [, isOurs, targets, newest] = await asked;
    if (!isOurs) throw new ImportTakenOver('The import ended or was taken over.');
    await inLine?.before;
    return writeImported(sql, company, { ...order, untouchedAt: untouchedAt() }, { newest, targets, rows });
  });
}

interface AtHand {
  /** The company's newest revision. */
  readonly newest?: number | undefined;
  readonly targets?: Awaited<ReturnType<typeof targetsOf>>;
  /** All the records, made ready. */
  readonly rows?: RecordRows | undefined;
}

/**
 * The work of `putImported` in the caller's transaction, which holds the company's lock.
 * @param atHand what was asked for under that lock; what is absent is looked up if it matters
 */
export async function writeImported(
  sql: Sql,
  company: CompanyFacts,
  { importId, since, records, untouchedAt }: Omit<PutImported, 'run' | 'progress'>,
  { newest, targets, rows }: AtHand = {},
): Promise<PutChunk> {
  // Where nothing was written since they were looked for, none of them is there.
  const isUntouched = untouchedAt !== undefined && (newest ?? (await newestRevision(sql, company.id))) === untouchedAt;
  const stored = isUntouched ? new Map<string, StoredImported>() : await loadImported(sql, company.id, records);
  const found = records.map((record) => outcomeOf(record, stored.get(record.key)));
  const differing = records.flatMap(({ key, type, id }, at) =>
    found[at] === 'changed' ? [{ key, type, id, revision: stored.get(key)!.revision }] : [],
  );
  const ours = await ownRevisions(sql, importId, differing);
  const outcomes = records.map(({ key }, at): PutOutcome => {
    const isTouched = found[at] === 'changed' && stored.get(key)!.revision > since && !ours.has(key);
    return isTouched ? 'left' : found[at]!;
  });
  const changed = records.filter((_, at) => outcomes[at] === 'new' || outcomes[at] === 'changed');
  const allNew = changed.every(({ key }) => !stored.has(key));
  const before = stored as ReadonlyMap<string, Stored>;
  const written = await writeChanged(sql, company, changed, before, {
    addedBy: allNew ? importId : undefined,
    targets,
    rows: changed.length === records.length ? rows : undefined,
    each: !allNew,
  });
  if (!allNew) await keepFormer(sql, { importId, companyId: company.id }, changed, stored, ours, written.revisions);
  // What is unchanged comes by this mapping from now on, so that a later check doesn't call it new again.
  const same = records.filter((record, at) => outcomes[at] === 'unchanged' && isStale(record, stored.get(record.key)!));
  if (same.length > 0) await keepOrigin(sql, company.id, same);
  await wakeTwins(
    sql,
    company,
    changed.filter((record) => !stored.has(record.key)),
  );
  return { outcomes, untouchedAt: isUntouched ? Math.max(untouchedAt, written.newest) : undefined };
}

function isStale({ way, mappingHash, sourceHash }: ImportedRecord, stored: StoredImported): boolean {
  return stored.way === way && (stored.mappingHash !== mappingHash || stored.sourceHash !== sourceHash);
}

/** Of records that are as this import left them: whether it added or changed them. */
async function ownRevisions(
  sql: Sql,
  importId: string,
  stored: readonly (Pick<ImportedRecord, 'key' | 'type' | 'id'> & Pick<StoredImported, 'revision'>)[],
): Promise<ReadonlyMap<string, 'added' | 'changed'>> {
  if (stored.length === 0) return new Map();
  const change = sql`select true as is_own from import_changes
    where import_id = ${importId} and type = n.type and id = n.id and revision = n.revision`;
  const rows = await sql<(RecordRef & { how: 'added' | 'changed' })[]>`
    select n.type, n.id, case when c.is_own then 'changed' else 'added' end as how
    from ${rowsOf(sql, stored, { type: 'text', id: 'text', revision: 'bigint' })} n
    ${probeOrNull(sql, 'c', change)} ${probeOrNull(sql, 'a', additionWith(sql, importId))}
    where c.is_own or a.last_revision >= n.revision`;
  return new Map(rows.map((row) => [refKey(row), row.how]));
}

/** The addition that wrote the revision of a row `n`, if any did. */
function additionWith(sql: Sql, importId: string): Fragment {
  return sql`select last_revision from import_additions
    where import_id = ${importId} and type = n.type and first_revision <= n.revision order by first_revision desc limit 1`;
}

async function keepFormer(
  sql: Sql,
  { importId, companyId }: { readonly importId: string; readonly companyId: string },
  changed: readonly ImportedRecord[],
  stored: ReadonlyMap<string, StoredImported>,
  ours: ReadonlyMap<string, 'added' | 'changed'>,
  revisions: ReadonlyMap<string, number>,
): Promise<void> {
  if (changed.length === 0) return;
  const rows = changed.map(({ key, type, id }) => {
    // What the import added itself was not there before it.
    const before = ours.get(key) === 'added' ? undefined : stored.get(key);
    return {
      type,
      id,
      former: before?.content as SourceRecord | undefined,
      formerWay: before?.way,
      formerSourceHash: before?.sourceHash ?? undefined,
      formerMappingHash: before?.mappingHash ?? undefined,
      revision: revisions.get(key)!,
    };
  });
  const columns = {
    type: 'text',
    id: 'text',
    former: 'jsonb',
    formerWay: 'text',
    formerSourceHash: 'text',
    formerMappingHash: 'text',
    revision: 'bigint',
  } as const;
  // A record that this import changes twice (a choice about what is absent) keeps what it was before both.
  await sql`
    insert into import_changes
      (import_id, company_id, type, id, former, former_way, former_source_hash, former_mapping_hash, revision)
    select ${importId}, ${companyId}, n.type, n.id, n.former, n.former_way, n.former_source_hash, n.former_mapping_hash, n.revision
    from ${rowsOf(sql, rows, columns)} n
    on conflict (import_id, type, id) do update set revision = excluded.revision`;
}

async function keepOrigin(sql: Sql, companyId: string, records: readonly ImportedRecord[]): Promise<void> {
  const columns = { type: 'text', id: 'text', sourceHash: 'text', mappingHash: 'text' } as const;
  await sql`
    update records r set source_hash = n.source_hash, mapping_hash = n.mapping_hash
    from ${rowsOf(sql, records, columns)} n where r.company_id = ${companyId} and r.type = n.type and r.id = n.id`;
}

/** Whether the import wrote something before, also if it was undone since. */
export async function wroteBefore(sql: Sql, importId: string): Promise<boolean> {
  const [found] = await sql<{ any: boolean }[]>`
    select exists (select from import_additions where import_id = ${importId})
      or exists (select from import_changes where import_id = ${importId}) as any`;
  return found!.any;
}

/** A twin's question sleeps while the other record is not there, and comes back with it. */
export async function wakeTwins(sql: Sql, company: CompanyFacts, refs: readonly RecordRef[]): Promise<void> {
  const documents = refs.filter(({ type }) => type === 'payment' || type === 'refund');
  if (documents.length === 0) return;
  const rows = await sql<{ type: 'payment' | 'refund'; id: string }[]>`
    select t.type, t.id from record_twins t join ${refsSql(sql, documents)} n on t.type = n.type and t.twin_id = n.id
    where t.company_id = ${company.id}`;
  if (rows.length === 0) return;
  for (const { target, delivery, settings } of await targetsOf(sql, company.id)) {
    await refreshStanding(sql, { companyId: company.id, target, delivery, settings, currency: company.currency }, rows);
  }
}
