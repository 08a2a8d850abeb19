import { createHash } from 'node:crypto';
import { type CompanyFacts, parseMoney, type SourceRecord } from '@ledgerpost/core';
import { keySet, NeedsAllRows } from '@ledgerpost/intake';
import {
  addFindings,
  dropFindings,
  hashOf,
  type ImportedRecord,
  type ImportRow,
  keyAnswers,
  listCompanyTargets,
  loadImported,
  type NewFinding,
  newestRevision,
  outcomeOf,
  prepareRecords,
  type Store,
  type StoredImported,
  seenBefore,
} from '@ledgerpost/store';
import { absentRecords } from './absent-records.ts';
import { crossingFinder } from './find-crossings.ts';
import { type Acknowledgment, type CountedAs, counter, type ImportReport } from './import-report.ts';
import { contentHashOf, type FilesAtHand } from './look-at-files.ts';
import { type ReadRecord, readRecords } from './read-records.ts';
import { storeSorter } from './store-sorter.ts';

/** What a check finds, targets aside. */
export interface Compared {
  readonly report: ImportReport;
  /** Stands for the outcome of every record. */
  readonly outcomes: string;
  readonly revision: number;
  readonly contentHash: string;
  /** New and changed records, the first ones: what targets are asked about. */
  readonly first: readonly ReadRecord[];
  /** Records that somebody changed after the revision given, for people. */
  readonly touched: readonly string[];
}

export interface CheckDeps {
  readonly store: Store;
  /** Called now and then, so that the work shows that it goes on. Throws to stop it. */
  sign(phase: 'read' | 'compare', done: number): Promise<void>;
}

/** Findings of a kind that are listed; all are counted. Unreadable and held-back ones are listed all: an error file needs them. */
const MOST_LISTED = 1_000;
const FINDINGS_PER_WRITE = 500;
/** Records that targets are asked about, at most. */
export const MOST_AT_TARGETS = 5_000;

/**
 * Reads the files and compares the records with what is stored. Writes findings, and nothing else.
 * @param before the revision of an earlier check, to name what changed since
 * @throws UnreadableFile
 */
export async function compareImport(
  deps: CheckDeps,
  company: CompanyFacts,
  row: ImportRow,
  files: FilesAtHand,
  before?: number,
): Promise<Compared> {
  try {
    return await compareOnce(deps, company, row, files, before, 'try');
  } catch (error) {
    if (!(error instanceof NeedsAllRows)) throw error;
    return compareOnce(deps, company, row, files, before, undefined);
  }
}

/** @throws NeedsAllRows where `asRead` is set */
async function compareOnce(
  deps: CheckDeps,
  company: CompanyFacts,
  row: ImportRow,
  files: FilesAtHand,
  before: number | undefined,
  asRead: 'try' | undefined,
): Promise<Compared> {
  const { store } = deps;
  const { sql } = store;
  await dropFindings(sql, row.id);
  const answers = await keyAnswers(sql, company.id);
  const revision = await newestRevision(sql, company.id);
  const contentHash = contentHashOf(row, files.sets, files.stored);
  // The first import of a company compares with nothing.
  const isEmpty = revision === 0 && files.sets.length === 1;
  const findings = findingList(store, row.id);
  const counts = counter();
  const outcomes = createHash('sha256');
  // What is said at targets is computed from these; without a target nobody asks.
  const most = (await listCompanyTargets(store, company.id)).length === 0 ? 0 : MOST_AT_TARGETS;
  const first: ReadRecord[] = [];
  const touched: string[] = [];
  const crossings = crossingFinder(sql, company.id, answers, files.sets.length > 1);
  const here = isEmpty && row.cover === null ? undefined : keySet();
  const tally = { unreadable: 0, heldBack: 0, leftOut: {} as Record<string, number>, notes: {} as Record<string, number> };
  let done = 0;

  async function compare(chunk: readonly ReadRecord[]): Promise<void> {
    done += chunk.length;
    if (here !== undefined) for (const { key } of chunk) here.add(key);
    if (isEmpty) {
      let said = '';
      for (const one of chunk) {
        counts.add(one.record.type, 'new', amountOf(one.record, company.currency));
        said += `${one.key} new \n`;
        if (first.length < most) first.push(copyOf(one));
      }
      outcomes.update(said);
    } else {
      await compareWithStored(chunk);
    }
    await deps.sign('compare', done);
    await findings.flush();
  }

  async function compareWithStored(chunk: readonly ReadRecord[]): Promise<void> {
    const made = toStore(chunk);
    const stored = await loadImported(sql, company.id, made);
    crossings.learn(chunk);
    const results = made.map((one) => outcomeOf(one, stored.get(one.key)));
    const asked = await crossings.among(chunk.filter((_, at) => results[at] === 'new'));
    for (const [at, one] of chunk.entries()) {
      const { key, record } = one;
      const now = stored.get(key);
      const amount = amountOf(record, company.currency);
      const question = asked.get(key);
      const as = question !== undefined ? 'asked' : countedAs(results[at]!, one, now);
      counts.add(record.type, as, amount);
      outcomes.update(
        `${key} ${as} ${as === 'changed' || as === 'mappingChanged' ? made[at]!.recordHash + now!.recordHash : ''}\n`,
      );
      if (now !== undefined && before !== undefined && now.revision > before && touched.length < 20) touched.push(key);
      if (question !== undefined) findings.add(question);
      if (as === 'kept') findings.add(keptFinding(one, now!));
      if (as === 'changed' || as === 'mappingChanged') {
        if (now!.posted) counts.add(record.type, 'posted', amount);
        findings.add(changedFinding(one, now!, as));
      }
      const goesIn = as === 'new' || as === 'changed' || as === 'mappingChanged';
      if (goesIn && first.length < most) first.push(copyOf(one));
    }
  }

  const read = await readRecords(
    { import: row, company, files, answers, asRead, sorter: () => storeSorter(store, row.id) },
    {
      records: compare,
      unreadable({ file, row: at, column, value, code, message, rows }) {
        tally.unreadable += 1;
        const details = rows === undefined ? null : { rows };
        findings.add({ kind: 'unreadable', code, file, row: at, column: column ?? null, value: value ?? null, message, details });
      },
      heldBack({ file, rows, code, message }) {
        tally.heldBack += 1;
        findings.add({ kind: 'held-back', code, file, row: rows[0] ?? null, message, details: { rows: rows.slice(0, 1_000) } });
      },
      note({ file, row: at, code, message }) {
        tally.notes[code] = (tally.notes[code] ?? 0) + 1;
        findings.add({ kind: 'note', code, file, row: at, message });
      },
      leftOut(file, { row: at, why, text }) {
        tally.leftOut[why] = (tally.leftOut[why] ?? 0) + 1;
        findings.add({ kind: 'left-out', code: why, file, row: at, message: text });
      },
      read: (rows) => void deps.sign('read', rows).catch(() => {}),
    },
  );

  const isHere = (key: string) => here?.has(key) === true;
  for (const { record, finding } of isEmpty ? [] : crossings.renumbered(isHere)) {
    const amount = amountOf(record.record, company.currency);
    counts.add(record.record.type, 'new', amount, -1);
    counts.add(record.record.type, 'asked', amount);
    outcomes.update(`${record.key} renumbered\n`);
    findings.add(finding);
    const at = first.findIndex(({ key }) => key === record.key);
    if (at !== -1) first.splice(at, 1);
  }
  const ways = files.sets.map(({ known }) => known.mapping.name);
  const absence = await absentRecords(store, company, row, ways, isHere, tally.unreadable + tally.heldBack > 0, findings.add);
  outcomes.update(`absent ${absence?.records ?? 0} ${absence?.unsure ?? ''}`);
  await findings.flush(true);

  const seen = await seenBefore(sql, company.id, contentHash, row.id);
  const acknowledge: Acknowledgment[] = [];
  if (counts.total('posted') > 0) acknowledge.push('posted-records');
  if (counts.total('mappingChanged') > 0) acknowledge.push('mapping-changed');
  if (absence !== null && absence.records > 0 && absence.unsure === null && row.cover?.choice !== 'leave')
    acknowledge.push('absent-records');
  return {
    report: {
      rows: read.rows,
      types: counts.types(),
      ...tally,
      totals: read.totals,
      questions: read.questions,
      acknowledge,
      seen: seen === undefined ? null : { importId: seen.id, appliedAt: seen.appliedAt.toISOString() },
      absent: absence,
      targets: [],
      settled: read.settled,
    },
    outcomes: outcomes.digest('hex'),
    revision,
    contentHash,
    first,
    touched,
  };
}

/** What an apply names: nothing of it may have changed. */
export function digestOf(
  row: ImportRow,
  { contentHash, outcomes, revision }: Pick<Compared, 'contentHash' | 'outcomes' | 'revision'>,
): string {
  return hashOf(JSON.stringify([row.id, contentHash, outcomes, revision, row.cover])).slice(0, 40);
}

/**
 * Of what stays until the check ends. V8 would learn of the record itself that such records live long, and make all later ones in its
 * old heap. Nobody asks what its cells said, so they need not stay.
 */
function copyOf(one: ReadRecord): ReadRecord {
  return { ...one, record: structuredClone(one.record), rows: [...one.rows], print: () => '' };
}

function countedAs(outcome: ReturnType<typeof outcomeOf>, made: ReadRecord, stored: StoredImported | undefined): CountedAs {
  if (outcome !== 'changed' || stored === undefined || stored.mappingHash === null) return outcome;
  if (stored.mappingHash === made.mappingHash || stored.way !== made.way) return 'changed';
  // With other columns nobody can tell the two causes apart, so the mapping is named.
  const [, columns] = stored.mappingHash.split(':');
  const sameColumns = columns === made.mappingHash.split(':')[1];
  return sameColumns && stored.sourceHash !== made.print() ? 'changed' : 'mappingChanged';
}

/** As the store keeps them, without the hash of their cells: it costs time, and only what is written needs it. */
export function toStore(chunk: readonly ReadRecord[]): readonly ImportedRecord[] {
  const prepared = prepareRecords(chunk.map(({ record }) => record));
  const byKey = new Map(chunk.map((one) => [one.key, one]));
  return prepared.map((one) => {
    const { way, mappingHash } = byKey.get(one.key)!;
    return { ...one, way, mappingHash, sourceHash: '' };
  });
}

export function amountOf(record: SourceRecord, currency: string): number {
  const text = 'total' in record ? record.total : 'amount' in record ? record.amount : undefined;
  return text === undefined ? 0 : (parseMoney(text, currency) ?? 0);
}

function keptFinding({ record, file, rows, way }: ReadRecord, stored: StoredImported): NewFinding {
  const from = stored.way === 'api' ? 'the API' : `the mapping ${stored.way}`;
  return {
    kind: 'kept',
    code: stored.way === 'api' ? 'came-by-api' : 'came-by-mapping',
    file,
    row: rows[0] ?? null,
    type: record.type,
    recordId: record.id,
    message: `${record.type} ${record.id} came by ${from}, so the file doesn’t change it. Correct it there.`,
    details: { way, storedWay: stored.way, fields: differing(stored.content, record) },
  };
}

function changedFinding(
  { record, file, rows }: ReadRecord,
  stored: StoredImported,
  as: 'changed' | 'mappingChanged',
): NewFinding {
  const fields = differing(stored.content, record);
  const names = fields.map(({ field }) => field).join(', ');
  const because = as === 'changed' ? '' : ', because the mapping changed';
  return {
    kind: 'changed',
    code: as === 'changed' ? 'row-changed' : 'mapping-changed',
    file,
    row: rows[0] ?? null,
    type: record.type,
    recordId: record.id,
    message: `${record.type} ${record.id} changes in ${names}${because}.${stored.posted ? ' It is in the books.' : ''}`,
    details: { fields, posted: stored.posted },
  };
}

function differing(before: SourceRecord | null, now: SourceRecord): { field: string; from: unknown; to: unknown }[] {
  const [a, b] = [(before ?? {}) as unknown as Record<string, unknown>, now as unknown as Record<string, unknown>];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((field) => JSON.stringify(a[field]) !== JSON.stringify(b[field]))
    .map((field) => ({ field, from: a[field] ?? null, to: b[field] ?? null }));
}

/** Collects findings, and writes some hundred at a time. */
export function findingList(store: Store, importId: string) {
  const listed = new Map<string, number>();
  const waiting: NewFinding[] = [];
  return {
    add(finding: NewFinding): void {
      const isWhole = finding.kind === 'unreadable' || finding.kind === 'held-back' || finding.kind === 'asked';
      const kind = `${finding.kind}/${finding.code}`;
      const so = (listed.get(kind) ?? 0) + 1;
      listed.set(kind, so);
      if (isWhole || so <= MOST_LISTED) waiting.push(finding);
    },
    async flush(all = false): Promise<void> {
      while (waiting.length >= (all ? 1 : FINDINGS_PER_WRITE)) {
        await addFindings(store.sql, importId, waiting.splice(0, 2_000));
      }
    },
  };
}
