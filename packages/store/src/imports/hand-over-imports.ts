import { and, asc, eq, sql as expression, inArray, isNotNull, isNull, lt, type SQL } from 'drizzle-orm';
import { drizzleOn, NOW } from '../database/drizzle-on.ts';
import type { Sql } from '../database/open-store.ts';
import { type ImportWork, imports } from '../schema/index.ts';
import { IMPORT_AT_WORK } from './imports.ts';

/** Work on an import as it is given to Temporal. */
export interface OpenImportWork {
  readonly companyId: string;
  readonly importId: string;
  readonly work: ImportWork;
  readonly run: number;
  readonly askedBy: string;
}

/** Work that Temporal does not have yet; of one import, or of any. */
export async function unhandedImports(sql: Sql, limit: number, importId?: string): Promise<OpenImportWork[]> {
  return atWork(sql, and(isNull(imports.handedOverAt), importId === undefined ? undefined : eq(imports.id, importId)), limit);
}

/** Work that Temporal has had for longer than so many seconds: its workflow should exist. */
export async function handedOverImports(sql: Sql, seconds: number, limit: number): Promise<OpenImportWork[]> {
  return atWork(sql, lt(imports.handedOverAt, expression`now() - make_interval(secs => ${seconds})`), limit);
}

async function atWork(sql: Sql, where: SQL | undefined, limit: number): Promise<OpenImportWork[]> {
  const { companyId, id: importId, work, run, askedBy, state, createdAt } = imports;
  const rows = await drizzleOn(sql)
    .select({ companyId, importId, work, run, askedBy })
    .from(imports)
    .where(and(inArray(state, [...IMPORT_AT_WORK]), where))
    .orderBy(asc(createdAt))
    .limit(limit);
  return rows.map((row) => ({ ...row, work: row.work!, askedBy: row.askedBy ?? '' }));
}

export async function importHandedOver(sql: Sql, { importId, run }: { importId: string; run: number }): Promise<void> {
  await drizzleOn(sql)
    .update(imports)
    .set({ handedOverAt: NOW })
    .where(and(eq(imports.id, importId), eq(imports.run, run), isNull(imports.handedOverAt)));
}

/** Work lost its workflow: it is handed over again. False if it has ended. */
export async function lostImport(sql: Sql, { importId, run }: { importId: string; run: number }): Promise<boolean> {
  const rows = await drizzleOn(sql)
    .update(imports)
    .set({ handedOverAt: null })
    .where(
      and(
        eq(imports.id, importId),
        eq(imports.run, run),
        isNotNull(imports.handedOverAt),
        inArray(imports.state, [...IMPORT_AT_WORK]),
      ),
    )
    .returning({ id: imports.id });
  return rows.length > 0;
}
