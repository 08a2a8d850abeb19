import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import type { CompanyFacts, RecordType, SourceRecord } from '@ledgerpost/core';
import { keySet, NeedsAllRows } from '@ledgerpost/intake';
import {
  eachFinding,
  type ImportedRecord,
  type ImportRow,
  type InLine,
  keyAnswers,
  openBatchSelecting,
  type Prepared,
  prepareRecord,
  prepareRecords,
  putImported,
  type Store,
  storedInCover,
  writesInLine,
  wroteBefore,
} from '@ledgerpost/store';
import { afterChoice } from './absent-records.ts';
import { findingList } from './check-import.ts';
import type { ApplyOutcome, ImportReport } from './import-report.ts';
import { contentHashOf, type FilesAtHand } from './look-at-files.ts';
import { type ReadRecord, readRecords, type SettledByMapping } from './read-records.ts';
import { storeSorter } from './store-sorter.ts';

/** Records per transaction: each costs a commit, while which the database does nothing else for the import. */
const RECORDS_PER_WRITE = 4_000;
/** Of the first one, for which the database waits. */
const RECORDS_OF_FIRST_WRITE = 500;
/** A transaction ends early at so many characters, so that memory never holds thousands of records of a megabyte. */
const CHARACTERS_PER_WRITE = 4 * 1024 * 1024;
/** Records made before the event loop gets a turn, some half a millisecond: what the database answers meanwhile is taken up at once. */
const RECORDS_PER_TURN = 25;

/** How often to look whether a batch that is claiming its records has done so. */
const LOOK_AGAIN_MS = 200;

/**
 * Writes what the files make, chunk by chunk. It may stop anywhere and begin again: what is written already is found unchanged. Records
 * that are asked about, that another way brought, or that somebody changed since the check stay as they are.
 * @throws ImportTakenOver
 */
export async function writeImport(
  store: Store,
  company: CompanyFacts,
  row: ImportRow,
  files: FilesAtHand,
  now: () => number,
): Promise<ApplyOutcome> {
  // A batch that claims its records now must not get half of an import.
  while (await openBatchSelecting(store.sql, company.id)) await wait(LOOK_AGAIN_MS);
  const began = row.progress?.began === undefined ? now() : Date.parse(row.progress.began);
  const asked = await askedKeys(store, row.id);
  const answers = await keyAnswers(store.sql, company.id);
  const findings = findingList(store, row.id);
  const types = new Map<RecordType, { new: number; changed: number; unchanged: number }>();
  const of = totalOf(row);
  let done = 0;
  let left = 0;
  const begin = () => {
    [done, left] = [0, 0];
    types.clear();
    [waiting, characters] = [[], 0];
  };
  let waiting: ImportedRecord[] = [];
  let characters = 0;
  let enough = RECORDS_OF_FIRST_WRITE;
  const writes = writesInLine();
  const here = row.cover === null ? undefined : keySet();
  // While nobody else writes, records that the check found new need not be looked for again.
  const isFirst = row.progress?.phase !== 'write' && bringsOnlyNew(row) && !(await wroteBefore(store.sql, row.id));
  let newest = isFirst ? row.revision! : undefined;
  const written = newest === undefined ? undefined : keySet();

  async function put(records: readonly ImportedRecord[], inLine: InLine): Promise<void> {
    done += records.length;
    const progress = {
      phase: 'write' as const,
      done,
      of,
      began: new Date(began).toISOString(),
      at: new Date(now()).toISOString(),
    };
    // Two records of one id are rare, and the second is no new one.
    let areFirst = true;
    for (const { key } of records) areFirst = written?.add(key) === true && areFirst;
    const order = { importId: row.id, run: row.run, since: row.revision!, records, progress };
    const untouchedBefore = () => (areFirst ? newest : undefined);
    const { outcomes, untouchedAt } = await putImported(store, company, order, { ...inLine, untouchedAt: untouchedBefore });
    // Once another writer came between, records are looked for up to the end: it may have written any of them.
    newest = untouchedAt;
    for (const [at, outcome] of outcomes.entries()) {
      const { type, id } = records[at]!;
      const counts = types.get(type) ?? { new: 0, changed: 0, unchanged: 0 };
      types.set(type, counts);
      if (outcome === 'new' || outcome === 'changed' || outcome === 'unchanged') counts[outcome] += 1;
      if (outcome !== 'left') continue;
      left += 1;
      const message = `${type} ${id} was changed after the check, so the import left it as it is. Check the files again.`;
      findings.add({ kind: 'left', code: 'changed-since', type, recordId: id, message });
    }
  }

  async function write(): Promise<void> {
    // Of two records of one id the last one counts.
    const records = [...new Map(waiting.map((one) => [one.key, one])).values()];
    [waiting, characters] = [[], 0];
    enough = RECORDS_PER_WRITE;
    await writes.add((inLine) => put(records, inLine));
  }

  const read = (asRead: SettledByMapping | undefined) =>
    readRecords(
      { import: row, company, files, answers, asRead, perChunk: RECORDS_PER_TURN, sorter: () => storeSorter(store, row.id) },
      {
        async records(chunk) {
          for (const { key } of chunk) here?.add(key);
          const wanted = asked.size === 0 ? chunk : chunk.filter(({ record, madeId }) => !asked.has(`${record.type}/${madeId}`));
          for (const one of wanted) {
            const ready = spelled(one);
            waiting.push(ready);
            characters += ready.json.length;
          }
          // While some are written the next are read and hashed.
          if (waiting.length >= enough || characters >= CHARACTERS_PER_WRITE) await write();
          await nextTurn();
        },
        unreadable() {},
        heldBack() {},
        note() {},
        leftOut() {},
        read() {},
      },
    ).finally(() => writes.ended());
  try {
    await read(settledBy(row, files));
  } catch (error) {
    if (!(error instanceof NeedsAllRows)) throw error;
    // Another release checked. What is written is found unchanged, or corrected.
    begin();
    await read(undefined);
  }
  if (waiting.length > 0) await write();
  await writes.ended();
  const absent = await choose(store, company, row, files, (key) => here?.has(key) === true);
  await findings.flush(true);
  return { types: Object.fromEntries(types), left, absent, seconds: Math.round((now() - began) / 1_000) };
}

/**
 * A record ready to be written, with its content as one text that is read again if somebody asks: some thousand wait, and as objects
 * they would cost the garbage collector more than their spelling does.
 */
function spelled({ record, way, mappingHash, print }: ReadRecord): SpelledRecord {
  return new SpelledRecord(prepareRecord(record), { way, mappingHash, sourceHash: print() });
}

class SpelledRecord implements ImportedRecord {
  readonly key: string;
  readonly type: ImportedRecord['type'];
  readonly id: string;
  readonly json: string;
  readonly recordHash: string;
  readonly contentHash: string;
  readonly customerId: string | null;
  readonly parentId: string | null;
  readonly way: string;
  readonly sourceHash: string;
  readonly mappingHash: string;

  constructor(one: Prepared, origin: Pick<ImportedRecord, 'way' | 'sourceHash' | 'mappingHash'>) {
    this.key = one.key;
    this.type = one.type;
    this.id = one.id;
    this.json = JSON.stringify(one.record);
    this.recordHash = one.recordHash;
    this.contentHash = one.contentHash;
    this.customerId = one.customerId;
    this.parentId = one.parentId;
    this.way = origin.way;
    this.sourceHash = origin.sourceHash;
    this.mappingHash = origin.mappingHash;
  }

  get record(): SourceRecord {
    return JSON.parse(this.json) as SourceRecord;
  }
}

/** Whether the check found that no record of the import is there. */
function bringsOnlyNew({ report }: ImportRow): boolean {
  const { types } = (report ?? {}) as Partial<ImportReport>;
  if (types === undefined) return false;
  return Object.values(types).every(
    (of) => of.changed.records + of.mappingChanged.records + of.unchanged.records + of.kept.records + of.asked.records === 0,
  );
}

/** What the check settled, if it read what is read now. */
function settledBy(row: ImportRow, files: FilesAtHand): SettledByMapping | undefined {
  const { settled } = (row.report ?? {}) as Partial<ImportReport>;
  return row.contentHash === contentHashOf(row, files.sets, files.stored) ? settled : undefined;
}

/** Does what the person chose about records that are absent from files that cover them. Ordinary changes, so undo returns them. */
async function choose(
  store: Store,
  company: CompanyFacts,
  row: ImportRow,
  files: FilesAtHand,
  isHere: (key: string) => boolean,
): Promise<number> {
  const { cover } = row;
  const report = row.report as { absent?: { unsure: string | null } | null } | null;
  if (cover === null || cover.choice === 'leave' || report?.absent == null || report.absent.unsure !== null) return 0;
  const ways = files.sets.map(({ known }) => known.mapping.name);
  let changed = 0;
  for await (const rows of storedInCover(store, company.id, cover, ways)) {
    const gone = rows.flatMap(({ record, way }) => {
      if (isHere(`${record.type}/${record.id}`)) return [];
      const after = afterChoice(record, cover.choice as 'void' | 'removed');
      return after === undefined || JSON.stringify(after) === JSON.stringify(record) ? [] : [{ record: after, way }];
    });
    const ways = new Map(gone.map(({ record, way }) => [`${record.type}/${record.id}`, way]));
    const records = prepareRecords(gone.map(({ record }) => record)).map((one) => ({
      ...one,
      way: ways.get(one.key)!,
      sourceHash: 'absent',
      mappingHash: 'absent',
    }));
    if (records.length === 0) continue;
    const at = new Date().toISOString();
    const progress = { phase: 'write' as const, done: changed, of: 0, began: row.progress?.began ?? at, at };
    const order = { importId: row.id, run: row.run, since: row.revision!, records, progress };
    const { outcomes } = await putImported(store, company, order);
    changed += outcomes.filter((outcome) => outcome === 'changed').length;
  }
  return changed;
}

/** Records that wait for a person's answer, by type and the id that the files make. */
async function askedKeys(store: Store, importId: string): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for await (const page of eachFinding(store.sql, importId, 'asked')) {
    for (const { type, recordId } of page) keys.add(`${type}/${recordId}`);
  }
  return keys;
}

function totalOf(row: ImportRow): number {
  const types = (row.report as { types?: Record<string, Record<string, { records: number }>> } | null)?.types ?? {};
  return Object.values(types).reduce(
    (all, of) =>
      all + ['new', 'changed', 'mappingChanged', 'unchanged', 'kept'].reduce((sum, as) => sum + (of[as]?.records ?? 0), 0),
    0,
  );
}
