import { type AnyTarget, type CompanyFacts, dayIn, Refusal } from '@ledgerpost/core';
import { UnreadableFile } from '@ledgerpost/intake';
import {
  actingAs,
  addFindings,
  dropPieces,
  endImportWork,
  getCompany,
  type ImportRow,
  ImportTakenOver,
  keepAssigned,
  keepImportProgress,
  needUndoable,
  newestRevision,
  type Store,
  setImportRevision,
  type UndoPlace,
  undoImported,
  undoneBefore,
  workingImport,
  writeJournal,
  writeNotice,
} from '@ledgerpost/store';
import { writeImport } from './apply-import.ts';
import { type CheckDeps, type Compared, compareImport, digestOf, MOST_AT_TARGETS, toStore } from './check-import.ts';
import { type FilesAtHand, lookAtFiles, shownLook } from './look-at-files.ts';
import { sayAtTargets } from './say-at-targets.ts';

export interface ImportDeps {
  readonly store: Store;
  /** Installed targets: what records would be there is part of a check. */
  readonly targets: readonly AnyTarget[];
  /** Milliseconds since 1970. */
  now(): number;
}

/** How an import stands after its work: a state, or that somebody else does it. */
export type ImportEnd = ImportRow['state'] | 'taken-over';

/**
 * Does what is wanted of an import: its check, apply or undo. May be killed anywhere and called again: a check begins again, an apply
 * and an undo find what is done.
 */
export async function workOnImport(deps: ImportDeps, { importId, run }: { importId: string; run: number }): Promise<ImportEnd> {
  const { store } = deps;
  const row = await workingImport(store.sql, importId, run);
  if (row === undefined) return 'taken-over';
  const company = await getCompany(store, row.companyId);
  if (company === undefined) throw new Error(`The company ${row.companyId} of the import ${importId} is not there.`);
  try {
    // The worker acts for the person who asked.
    return row.askedBy === null || row.askedById === null
      ? await workOf(deps, company, row)
      : await actingAs({ text: row.askedBy, id: row.askedById }, () => workOf(deps, company, row));
  } catch (error) {
    if (error instanceof ImportTakenOver) return 'taken-over';
    if (!(error instanceof UnreadableFile) && !(error instanceof Refusal)) throw error;
    // The files are as they are: trying again would find the same.
    const reason = { code: error.code, message: error.message };
    const state = stateBefore(row);
    await endImportWork(store.sql, runOf(row), { state, reason });
    return state;
  } finally {
    await dropPieces(store.sql, importId);
  }
}

function workOf(deps: ImportDeps, company: CompanyFacts, row: ImportRow): Promise<ImportEnd> {
  switch (row.work) {
    case 'check':
      return check(deps, company, row);
    case 'apply':
      return apply(deps, company, row);
    case 'undo':
      return undo(deps, company, row);
    default:
      throw new Error(`Nothing is wanted of the import ${row.id}.`);
  }
}

/** Ends work that could not be done: the import goes back to where it was. */
export async function failImportWork(
  store: Store,
  { importId, run }: { importId: string; run: number },
  reason: { code: string; message: string },
): Promise<ImportEnd> {
  const row = await workingImport(store.sql, importId, run);
  if (row === undefined) return 'taken-over';
  const state = stateBefore(row);
  await endImportWork(store.sql, runOf(row), { state, reason });
  return state;
}

/** Where an import is when its work ends early. What an apply wrote until then is found unchanged by the next check. */
function stateBefore({ work }: ImportRow): ImportRow['state'] {
  return work === 'undo' ? 'applied' : work === 'apply' ? 'checked' : 'open';
}

function runOf({ id, run }: ImportRow): { importId: string; run: number } {
  return { importId: id, run };
}

async function check(deps: ImportDeps, company: CompanyFacts, row: ImportRow): Promise<ImportEnd> {
  const { store } = deps;
  const files = await filesToRead(store, row);
  const signs = signer(deps, row);
  const compared = await compareImport({ store, sign: signs }, company, row, files);
  await signs('targets', 0, true);
  const report = { ...compared.report, targets: await targetsSay(deps, company, row, compared) };
  return endCheck(deps, row, { ...compared, report }, null);
}

async function targetsSay({ store, targets, now }: ImportDeps, company: CompanyFacts, row: ImportRow, compared: Compared) {
  const { first, report } = compared;
  const of = Object.values(report.types).reduce(
    (all, type) => all + type.new.records + type.changed.records + type.mappingChanged.records,
    0,
  );
  if (first.length === 0) return [];
  const records = toStore(first.slice(0, MOST_AT_TARGETS));
  return sayAtTargets(store, targets, { company, importId: row.id, records, of, today: dayIn(company.timeZone, now()) });
}

async function endCheck(
  { store, now }: ImportDeps,
  row: ImportRow,
  compared: Compared,
  reason: ImportRow['reason'],
): Promise<ImportEnd> {
  const isOpen = compared.report.questions.length > 0;
  const ended = await endImportWork(store.sql, runOf(row), {
    state: isOpen ? 'open' : 'checked',
    report: compared.report,
    digest: isOpen ? null : digestOf(row, compared),
    outcomes: compared.outcomes,
    revision: compared.revision,
    contentHash: compared.contentHash,
    checkedAt: new Date(now()),
    reason: reason ?? (isOpen ? { code: 'questions', message: questionsMessage(compared) } : null),
  });
  return ended ? (isOpen ? 'open' : 'checked') : 'taken-over';
}

function questionsMessage({ report }: Compared): string {
  const [first, ...others] = report.questions;
  const more = others.length === 0 ? '' : ` (And ${others.length} more.)`;
  return `“${first!.example}” in ${first!.column} may be read as ${first!.choices.join(' or ')}. Answer in the mapping, then check again.${more}`;
}

/** @throws Refusal `import-not-ready` where a file is missing or can't be read */
async function filesToRead(store: Store, row: ImportRow): Promise<FilesAtHand> {
  const files = await lookAtFiles(store.sql, row);
  await keepAssigned(store.sql, row.id, shownLook(files));
  if (files.stopping.length > 0) throw new Refusal('import-not-ready', files.stopping.join(' '));
  if (files.sets.length > 0) return files;
  const names = files.files.map(({ file }) => file).join(', ');
  const message = `No file was recognized${names === '' ? '' : `: ${names}`}. Add an export that Ledgerpost knows, or a mapping for its columns.`;
  throw new Refusal('import-not-ready', files.stored.length === 0 ? 'The import has no files. Add some first.' : message);
}

async function apply(deps: ImportDeps, company: CompanyFacts, row: ImportRow): Promise<ImportEnd> {
  const { store, now } = deps;
  const files = await filesToRead(store, row);
  let checked = row;
  const isResumed = row.progress?.phase === 'write';
  // Something came in since the check. It need not concern the import, and only another look shows whether it does.
  if (!isResumed && (await newestRevision(store.sql, company.id)) !== row.revision) {
    const again = await compareImport({ store, sign: signer(deps, row) }, company, row, files, row.revision ?? 0);
    if (again.outcomes !== row.outcomes || again.contentHash !== row.contentHash) {
      const what =
        again.touched.length === 0 ? 'Records that it refers to changed.' : `Changed since: ${again.touched.join(', ')}.`;
      const message = `Nothing was applied, because what the import would do has changed since the check. ${what} Read the new check, then apply again.`;
      const reason = { code: 'import-changed', message, details: { changed: again.touched } };
      return endCheck(
        deps,
        row,
        { ...again, report: { ...again.report, targets: await targetsSay(deps, company, row, again) } },
        reason,
      );
    }
    await setImportRevision(store.sql, runOf(row), again.revision);
    checked = { ...row, revision: again.revision };
  }
  const outcome = await writeImport(store, company, checked, files, now);
  const ended = await store.sql.begin(async (sql) => {
    const done = await endImportWork(sql, runOf(row), {
      state: 'applied',
      outcome,
      appliedBy: row.askedBy,
      appliedAt: new Date(now()),
    });
    if (done) {
      await writeJournal(sql, {
        companyId: company.id,
        actor: row.askedBy ?? 'engine',
        act: 'import.applied',
        subject: `import/${row.id}`,
        details: { ...outcome },
      });
      const count = Object.values(outcome.types).reduce((sum, one) => sum + one.new + one.changed, 0);
      await writeNotice(sql, {
        companyId: company.id,
        matter: 'import-done',
        subject: `${row.id}/${row.run}`,
        facts: { end: 'applied', count },
        page: `import/${row.id}`,
      });
    }
    return done;
  });
  return ended ? 'applied' : 'taken-over';
}

async function undo({ store, now }: ImportDeps, company: CompanyFacts, row: ImportRow): Promise<ImportEnd> {
  const began = row.progress?.began ?? new Date(now()).toISOString();
  if (row.progress === null) await needUndoable(store.sql, row.id);
  let restored = 0;
  let { removed, left } = await undoneBefore(store.sql, row.id);
  let after: UndoPlace | undefined;
  do {
    const progress = { phase: 'undo' as const, done: restored + removed + left, of: 0, began, at: new Date(now()).toISOString() };
    const chunk = await undoImported(store, company, { importId: row.id, run: row.run, after, progress });
    restored += chunk.restored;
    removed += chunk.removed;
    left += chunk.left.length;
    await addFindings(
      store.sql,
      row.id,
      chunk.left.map(({ type, id, why }) => ({
        kind: 'left' as const,
        code: why,
        type,
        recordId: id,
        message: `${type} ${id} ${WHY_LEFT[why]}`,
      })),
    );
    after = chunk.after;
  } while (after !== undefined);
  const ended = await store.sql.begin(async (sql) => {
    const done = await endImportWork(sql, runOf(row), {
      state: 'undone',
      outcome: { restored, removed, left },
      undoneBy: row.askedBy,
      undoneAt: new Date(now()),
    });
    if (done) {
      await writeJournal(sql, {
        companyId: company.id,
        actor: row.askedBy ?? 'engine',
        act: 'import.undone',
        subject: `import/${row.id}`,
        details: { restored, removed, left },
      });
    }
    return done;
  });
  return ended ? 'undone' : 'taken-over';
}

const WHY_LEFT = {
  changed: 'was changed after the import, so the undo left it as it is.',
  'in-batch': 'is or was in a batch, so the undo left it as it is.',
  gone: 'is not there any more.',
} as const;

/** How often progress is kept, in milliseconds. */
const SIGN_EVERY_MS = 1_000;

/** Keeps progress now and then. @throws ImportTakenOver */
function signer({ store, now }: ImportDeps, row: ImportRow) {
  const began = new Date(now()).toISOString();
  let last = 0;
  return (async (phase, done, isNow = false) => {
    if (!isNow && now() - last < SIGN_EVERY_MS) return;
    last = now();
    const kept = await keepImportProgress(store.sql, runOf(row), { phase, done, of: 0, began, at: new Date(last).toISOString() });
    if (!kept) throw new ImportTakenOver('The check ended or was taken over.');
  }) as CheckDeps['sign'] & ((phase: 'targets', done: number, isNow: boolean) => Promise<void>);
}
