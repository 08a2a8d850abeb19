import { Refusal } from '@ledgerpost/core';
import { and, desc, eq, sql as expression, inArray, lt, ne } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { actorIdOf } from '../access/actors.ts';
import { writeJournal } from '../access/journal.ts';
import { drizzleOn, NOW } from '../database/drizzle-on.ts';
import { decodeCursor, encodeCursor, type Page, pageOf } from '../database/keyset.ts';
import { lockCompany } from '../database/lock-company.ts';
import type { Sql, Store } from '../database/open-store.ts';
import { newestRevisionOf } from '../records/newest-revision.ts';
import { batches, type ImportState, type ImportWork, imports, type StoredCorrection, type StoredCover } from '../schema/index.ts';

export type ImportRow = Readonly<typeof imports.$inferSelect>;

/** States in which something is being done. A company has one such import at a time. */
export const IMPORT_AT_WORK = ['checking', 'applying', 'undoing'] as const satisfies readonly ImportState[];

export async function createImport(store: Store, { companyId, actor }: { companyId: string; actor: string }): Promise<ImportRow> {
  const [row] = await drizzleOn(store.sql)
    .insert(imports)
    .values({ id: uuidv7(), companyId, createdBy: actor, createdById: actorIdOf(actor) })
    .returning();
  return row!;
}

export async function getImport(sql: Sql, companyId: string, id: string): Promise<ImportRow | undefined> {
  const [row] = await drizzleOn(sql)
    .select()
    .from(imports)
    .where(and(eq(imports.companyId, companyId), eq(imports.id, id)));
  return row;
}

/** Newest first. */
export async function listImports(
  { sql }: Store,
  order: { companyId: string; after?: string | undefined; limit: number },
): Promise<Page<ImportRow>> {
  const before = order.after === undefined ? undefined : (decodeCursor(order.after, 'imports', ['uuid'])[0] as string);
  const rows = await drizzleOn(sql)
    .select()
    .from(imports)
    .where(
      and(
        eq(imports.companyId, order.companyId),
        ne(imports.state, 'discarded'),
        before === undefined ? undefined : lt(imports.id, before),
      ),
    )
    .orderBy(desc(imports.id))
    .limit(order.limit + 1);
  return pageOf(rows, order.limit, (row) => encodeCursor('imports', [row.id]));
}

/** What a person may change until the import is applied. A change makes the last check void. */
export type ImportChange = Partial<{
  mappings: readonly unknown[];
  corrections: readonly StoredCorrection[];
  cover: StoredCover | null;
  assigned: unknown;
}>;

/**
 * Changes what an import reads, or how. The next step is a check.
 * @throws Refusal `import-not-ready` once it is being applied, or was
 */
export async function changeImport(sql: Sql, companyId: string, id: string, change: ImportChange): Promise<ImportRow> {
  const [row] = await drizzleOn(sql)
    .update(imports)
    .set({ ...change, state: 'open', report: null, digest: null, reason: null, version: expression`${imports.version} + 1` })
    .where(and(eq(imports.companyId, companyId), eq(imports.id, id), inArray(imports.state, ['open', 'checked'])))
    .returning();
  if (row === undefined) throw notReady(await getImport(sql, companyId, id), id);
  return row;
}

/** What the last look found the files to be; changes nothing else. */
export async function keepAssigned(sql: Sql, id: string, assigned: unknown): Promise<void> {
  await drizzleOn(sql).update(imports).set({ assigned }).where(eq(imports.id, id));
}

export interface WorkRequest {
  readonly companyId: string;
  readonly importId: string;
  readonly work: ImportWork;
  readonly actor: string;
  readonly acknowledged?: readonly string[];
}

const BEGINS: Record<ImportWork, { from: readonly ImportState[]; to: ImportState }> = {
  check: { from: ['open', 'checked'], to: 'checking' },
  apply: { from: ['checked'], to: 'applying' },
  undo: { from: ['applied'], to: 'undoing' },
};

/**
 * Begins a check, an apply or an undo; a worker does it. Call it in a transaction.
 * @throws Refusal `import-open` if another import of the company is at work; `import-not-ready` in any other state than the work needs
 */
export async function beginImportWork(sql: Sql, request: WorkRequest): Promise<ImportRow> {
  const { companyId, importId, work, actor } = request;
  await lockCompany(sql, companyId);
  const { from, to } = BEGINS[work];
  const other = await importAtWork(sql, companyId);
  if (other !== undefined) {
    throw new Refusal(
      'import-open',
      other.id === importId
        ? `The import is ${other.state} already. Wait until that ends.`
        : `Another import of the company is ${other.state}. Wait until that ends, then try again.`,
      { import: other },
    );
  }
  const [row] = await drizzleOn(sql)
    .update(imports)
    .set({
      state: to,
      work,
      run: expression`${imports.run} + 1`,
      version: expression`${imports.version} + 1`,
      askedBy: actor,
      askedById: actorIdOf(actor),
      acknowledged: [...(request.acknowledged ?? [])],
      progress: null,
      reason: null,
      handedOverAt: null,
    })
    .where(and(eq(imports.companyId, companyId), eq(imports.id, importId), inArray(imports.state, [...from])))
    .returning();
  if (row === undefined) throw notReady(await getImport(sql, companyId, importId), importId);
  if (work !== 'check') {
    await writeJournal(sql, { companyId, actor, act: `import.${work}`, subject: `import/${importId}`, details: {} });
  }
  return row;
}

/** The import of a company that is being checked, applied or undone. */
export async function importAtWork(sql: Sql, companyId: string): Promise<{ id: string; state: ImportState } | undefined> {
  const [row] = await drizzleOn(sql)
    .select({ id: imports.id, state: imports.state })
    .from(imports)
    .where(and(eq(imports.companyId, companyId), inArray(imports.state, [...IMPORT_AT_WORK])));
  return row;
}

/**
 * Refuses a batch while an import is applied or undone: payments must not go without the invoices that follow. Holds the company's
 * lock until the transaction ends, so that none begins in between.
 * @throws Refusal `import-applying`
 */
export async function refuseWhileImporting(sql: Sql, companyId: string): Promise<void> {
  await lockCompany(sql, companyId);
  const other = await importAtWork(sql, companyId);
  if (other === undefined || other.state === 'checking') return;
  throw new Refusal(
    'import-applying',
    `An import is being ${other.state === 'applying' ? 'applied' : 'undone'}, so no batch can start. Wait until it ends, then start the batch.`,
    { import: other },
  );
}

/** A run of work that is still wanted. Members are what the work needs. */
export async function workingImport(sql: Sql, importId: string, run: number): Promise<ImportRow | undefined> {
  const [row] = await drizzleOn(sql)
    .select()
    .from(imports)
    .where(and(eq(imports.id, importId), eq(imports.run, run), inArray(imports.state, [...IMPORT_AT_WORK])));
  return row;
}

/** Keeps the progress of a run. False if the run has ended, or another took it over: stop then. */
export async function keepImportProgress(
  sql: Sql,
  { importId, run }: { importId: string; run: number },
  progress: NonNullable<ImportRow['progress']>,
): Promise<boolean> {
  const rows = await drizzleOn(sql)
    .update(imports)
    .set({ progress, version: expression`${imports.version} + 1` })
    .where(and(eq(imports.id, importId), eq(imports.run, run), inArray(imports.state, [...IMPORT_AT_WORK])))
    .returning({ id: imports.id });
  return rows.length > 0;
}

/** Ends a run of work. False if it had ended, or another took it over. */
export async function endImportWork(
  sql: Sql,
  { importId, run }: { importId: string; run: number },
  end: Partial<typeof imports.$inferInsert> & { readonly state: ImportState },
): Promise<boolean> {
  const rows = await drizzleOn(sql)
    .update(imports)
    .set({ ...end, work: null, version: expression`${imports.version} + 1` })
    .where(and(eq(imports.id, importId), eq(imports.run, run), inArray(imports.state, [...IMPORT_AT_WORK])))
    .returning({ companyId: imports.companyId });
  return rows.length > 0;
}

/** An import that nobody wants any more. Its files are deleted. @throws Refusal `import-not-ready` once it is being applied, or was */
export async function discardImport(sql: Sql, companyId: string, id: string, actor: string): Promise<void> {
  const rows = await drizzleOn(sql)
    .update(imports)
    .set({ state: 'discarded', version: expression`${imports.version} + 1` })
    .where(and(eq(imports.companyId, companyId), eq(imports.id, id), inArray(imports.state, ['open', 'checked'])))
    .returning({ id: imports.id });
  if (rows.length === 0) throw notReady(await getImport(sql, companyId, id), id);
  await writeJournal(sql, { companyId, actor, act: 'import.discarded', subject: `import/${id}`, details: {} });
}

/** An earlier import of the same files by the same mappings that was applied. */
export async function seenBefore(
  sql: Sql,
  companyId: string,
  contentHash: string,
  not: string,
): Promise<{ id: string; appliedAt: Date } | undefined> {
  const [row] = await drizzleOn(sql)
    .select({ id: imports.id, appliedAt: imports.appliedAt })
    .from(imports)
    .where(
      and(
        eq(imports.companyId, companyId),
        eq(imports.contentHash, contentHash),
        eq(imports.state, 'applied'),
        ne(imports.id, not),
      ),
    )
    .orderBy(desc(imports.appliedAt))
    .limit(1);
  return row === undefined ? undefined : { id: row.id, appliedAt: row.appliedAt! };
}

/** The records are as the check saw them up to this revision. */
export async function setImportRevision(
  sql: Sql,
  { importId, run }: { importId: string; run: number },
  revision: number,
): Promise<void> {
  await drizzleOn(sql)
    .update(imports)
    .set({ revision })
    .where(and(eq(imports.id, importId), eq(imports.run, run)));
}

/** Whether a batch of the company claims its records at this moment. */
export async function openBatchSelecting(sql: Sql, companyId: string): Promise<boolean> {
  const rows = await drizzleOn(sql)
    .select({ id: batches.id })
    .from(batches)
    .where(and(eq(batches.companyId, companyId), eq(batches.state, 'selecting')))
    .limit(1);
  return rows.length > 0;
}

/** The newest revision of a company's records; 0: it has none. */
export async function newestRevision(sql: Sql, companyId: string): Promise<number> {
  const [row] = await sql<{ revision: number | null }[]>`select ${newestRevisionOf(sql, companyId)} as revision`;
  return row?.revision ?? 0;
}

function notReady(row: ImportRow | undefined, id: string): Refusal {
  if (row === undefined) return new Refusal('not-found', `The company has no import ${id}.`);
  return new Refusal('import-not-ready', `The import is ${row.state}, and that does not allow this. ${NEXT[row.state]}`, {
    state: row.state,
  });
}

const NEXT: Record<ImportState, string> = {
  open: 'Check it first.',
  checking: 'Wait until the check ends.',
  checked: 'Apply it first.',
  applying: 'Wait until it is applied.',
  applied: 'Start another import for more files.',
  undoing: 'Wait until it is undone.',
  undone: 'Start another import.',
  discarded: 'Start another import.',
};

/** When its files and findings were deleted. */
export async function markForgotten(sql: Sql, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await drizzleOn(sql).update(imports).set({ forgottenAt: NOW, corrections: [], assigned: null }).where(eq(imports.id, id));
  }
}
