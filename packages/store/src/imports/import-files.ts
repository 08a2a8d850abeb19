import { createHash } from 'node:crypto';
import { Refusal } from '@ledgerpost/core';
import { and, asc, eq, sql as expression, inArray, isNull, lt, or } from 'drizzle-orm';
import { drizzleOn } from '../database/drizzle-on.ts';
import type { Sql, Store } from '../database/open-store.ts';
import { importFileChunks, importFiles, importFindings, importPieces, imports } from '../schema/index.ts';
import { markForgotten } from './imports.ts';

export interface ImportFile {
  readonly ordinal: number;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
}

/** Bytes per stored chunk: few, because a reader holds four chunks at a time as base64 text, and V8 collects large texts late. */
const CHUNK = 64 * 1024;
/** Of all files of one import. */
export const MOST_BYTES = 1024 * 1024 * 1024;
export const MOST_FILES = 50;

/**
 * Stores a file as it arrives, in chunks, so that any worker reads what any API received. A file of the same name is replaced once the
 * new one is there whole.
 * @throws Refusal `import-file-too-large`; what arrived until then is deleted
 */
export async function addImportFile(
  store: Store,
  importId: string,
  name: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<ImportFile> {
  const { sql } = store;
  const room = MOST_BYTES - (await sizeOfOthers(sql, importId, name));
  const ordinal = await nextOrdinal(store, importId, name);
  const hash = createHash('sha256');
  let size = 0;
  let chunk = 0;
  let parts: Uint8Array[] = [];
  let waiting = 0;
  const flush = async () => {
    if (waiting === 0) return;
    const all = Buffer.concat(parts);
    [parts, waiting] = [[], 0];
    await drizzleOn(sql).insert(importFileChunks).values({ importId, ordinal, chunk, bytes: all });
    chunk += 1;
  };
  try {
    for await (const part of bytes) {
      size += part.length;
      if (size > room) {
        throw new Refusal(
          'import-file-too-large',
          `The files of an import may have ${MOST_BYTES / 1024 ** 3} GB together, and ${name} exceeds that. Export fewer days at a time.`,
        );
      }
      hash.update(part);
      parts.push(part);
      waiting += part.length;
      if (waiting >= CHUNK) await flush();
    }
    await flush();
  } catch (error) {
    await deleteFiles(sql, importId, [ordinal]);
    throw error;
  }
  const sha256 = hash.digest('hex');
  await sql.begin(async (tx) => {
    const old = await drizzleOn(tx)
      .select({ ordinal: importFiles.ordinal })
      .from(importFiles)
      .where(and(eq(importFiles.importId, importId), eq(importFiles.name, name), eq(importFiles.complete, true)));
    await deleteFiles(
      tx,
      importId,
      old.map((one) => one.ordinal),
    );
    await drizzleOn(tx)
      .update(importFiles)
      .set({ size, sha256, complete: true })
      .where(and(eq(importFiles.importId, importId), eq(importFiles.ordinal, ordinal)));
  });
  return { ordinal, name, size, sha256 };
}

async function nextOrdinal({ sql }: Store, importId: string, name: string): Promise<number> {
  const [row] = await sql<{ ordinal: number; files: number }[]>`
    with known as (select coalesce(max(ordinal), 0) + 1 as ordinal, count(*)::int as files from import_files where import_id = ${importId})
    insert into import_files (import_id, ordinal, name) select ${importId}, ordinal, ${name} from known
    returning ordinal, (select files from known) as files`;
  if (row!.files >= MOST_FILES) {
    await deleteFiles(sql, importId, [row!.ordinal]);
    throw new Refusal('import-file-too-large', `An import may have ${MOST_FILES} files. Start another import for the rest.`);
  }
  return row!.ordinal;
}

async function sizeOfOthers(sql: Sql, importId: string, name: string): Promise<number> {
  const [row] = await sql<{ size: number }[]>`
    select coalesce(sum(size), 0)::int8 as size from import_files where import_id = ${importId} and complete and name <> ${name}`;
  return row?.size ?? 0;
}

export async function listImportFiles(sql: Sql, importId: string): Promise<ImportFile[]> {
  const rows = await drizzleOn(sql)
    .select()
    .from(importFiles)
    .where(and(eq(importFiles.importId, importId), eq(importFiles.complete, true)))
    .orderBy(asc(importFiles.ordinal));
  return rows.map(({ ordinal, name, size, sha256 }) => ({ ordinal, name, size, sha256: sha256! }));
}

/** Removes a file from an import. False if there is none of that name. */
export async function removeImportFile(sql: Sql, importId: string, name: string): Promise<boolean> {
  const found = (await listImportFiles(sql, importId)).filter((file) => file.name === name);
  await deleteFiles(
    sql,
    importId,
    found.map(({ ordinal }) => ordinal),
  );
  return found.length > 0;
}

/** The bytes of a file, from a chunk on; the next chunks are read while the caller works on one. */
export async function* readImportFile(sql: Sql, importId: string, ordinal: number, from = 0): AsyncGenerator<Uint8Array> {
  const read = (chunk: number) =>
    drizzleOn(sql)
      // The driver has bytes spelled in hexadecimal, which is half as long again and takes twice as long to read.
      .select({ bytes: expression<string>`encode(${importFileChunks.bytes}, 'base64')` })
      .from(importFileChunks)
      .where(
        and(eq(importFileChunks.importId, importId), eq(importFileChunks.ordinal, ordinal), eq(importFileChunks.chunk, chunk)),
      )
      .then(([row]) => (row === undefined ? undefined : Buffer.from(row.bytes, 'base64')));
  const coming: Promise<Uint8Array | undefined>[] = [read(from)];
  let chunk = from + 1;
  // One more with each: a caller that wants the beginning of a file alone costs no more than that.
  for (let ahead = 1; ; ahead = Math.min(ahead + 1, MOST_AHEAD)) {
    const bytes = await coming.shift();
    if (bytes === undefined) return;
    for (; coming.length < ahead; chunk += 1) {
      const next = read(chunk);
      // Awaited in a later turn; if the caller stops before that, nobody does.
      next.catch(() => {});
      coming.push(next);
    }
    yield bytes;
  }
}

/** To look for a file's encoding takes much less time per chunk than the database needs for the next one. */
const MOST_AHEAD = 3;

async function deleteFiles(sql: Sql, importId: string, ordinals: readonly number[]): Promise<void> {
  for (const ordinal of ordinals) {
    await drizzleOn(sql)
      .delete(importFileChunks)
      .where(and(eq(importFileChunks.importId, importId), eq(importFileChunks.ordinal, ordinal)));
    await drizzleOn(sql)
      .delete(importFiles)
      .where(and(eq(importFiles.importId, importId), eq(importFiles.ordinal, ordinal)));
  }
}

/**
 * Deletes files, findings and staged rows of imports that are older than so many days, or discarded. Counts, hashes and the former
 * content of records stay. Returns how many imports it was.
 */
export async function forgetImports(sql: Sql, days: number, limit = 20): Promise<number> {
  const rows = await drizzleOn(sql)
    .select({ id: imports.id })
    .from(imports)
    .where(
      and(
        isNull(imports.forgottenAt),
        inArray(imports.state, ['open', 'checked', 'applied', 'undone', 'discarded']),
        or(eq(imports.state, 'discarded'), lt(imports.createdAt, expression`now() - make_interval(days => ${days})`)),
      ),
    )
    .limit(limit);
  for (const { id } of rows) {
    await drizzleOn(sql).delete(importFileChunks).where(eq(importFileChunks.importId, id));
    await drizzleOn(sql).delete(importFindings).where(eq(importFindings.importId, id));
    await drizzleOn(sql).delete(importPieces).where(eq(importPieces.importId, id));
    // One that was only checked can't be applied without its files.
    await drizzleOn(sql)
      .update(imports)
      .set({ state: 'discarded' })
      .where(and(eq(imports.id, id), inArray(imports.state, ['open', 'checked'])));
  }
  await markForgotten(
    sql,
    rows.map(({ id }) => id),
  );
  return rows.length;
}
