import { eq } from 'drizzle-orm';
import { drizzleOn } from '../database/drizzle-on.ts';
import type { Sql, Store } from '../database/open-store.ts';
import { rowsOf } from '../database/rows-of.ts';
import { importPieces } from '../schema/index.ts';

export interface StagedPiece {
  readonly key: string;
  /** As JSON. */
  readonly piece: string;
}

/** Keeps pieces of a run until all rows were read. */
export async function stagePieces(
  sql: Sql,
  { importId, run }: { importId: string; run: string },
  pieces: readonly StagedPiece[],
): Promise<void> {
  await sql`
    insert into import_pieces (run, import_id, key, piece)
    select ${run}, ${importId}, n.key, n.piece from ${rowsOf(sql, pieces, { key: 'text', piece: 'text' })} n`;
}

/** The pieces of a run by key, some thousand at a time; of one key in the order in which they were staged. */
export async function* stagedPieces({ sql }: Store, run: string): AsyncGenerator<readonly StagedPiece[]> {
  const rows = sql<StagedPiece[]>`
    select key, piece from import_pieces where run = ${run} order by key collate "C", seq`;
  for await (const batch of rows.cursor(2_000)) yield batch;
}

export async function dropPieces(sql: Sql, importId: string): Promise<void> {
  await drizzleOn(sql).delete(importPieces).where(eq(importPieces.importId, importId));
}
