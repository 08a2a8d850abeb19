import { createHash } from 'node:crypto';
import type { FileSink, FileWriter } from '@ledgerpost/core';
import { asc, eq, sql as expression, getTableColumns } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { built, drizzleOn } from '../../database/drizzle-on.ts';
import type { Sql, Store } from '../../database/open-store.ts';
import { batches, type batchFileChunks, batchFiles } from '../../schema/index.ts';
import { changeBatch } from '../process/move-batch.ts';

/** Bytes per stored chunk: large enough for few rows, small enough to stream. */
const CHUNK = 512 * 1024;

export type StoredFile = Readonly<Omit<typeof batchFiles.$inferSelect, 'batchId' | 'render'>>;

type Chunk = Readonly<Pick<typeof batchFileChunks.$inferSelect, 'ordinal' | 'chunk' | 'bytes'>>;

/**
 * A sink that stores files in Postgres, in chunks. Nothing counts until `seal`: then the files of this attempt are the
 * batch's, unless another attempt was first, and that is announced. With the number of documents in them, what is ready counts as
 * exported from then on.
 * @param options.whileOpen nothing is stored once the batch has ended: for one who writes without being asked to
 */
export function fileStore(
  store: Store,
  batchId: string,
  { whileOpen = false }: { readonly whileOpen?: boolean } = {},
): { sink: FileSink; seal(sql: Sql, filed?: number): Promise<StoredFile[]> } {
  const render = uuidv7();
  const files: (StoredFile & { closed: boolean })[] = [];
  // The last chunks of closed files, together at most one chunk large: each write by itself waits for the disk.
  let ends: Chunk[] = [];
  let endsBytes = 0;
  // Whether anything was stored before the files are sealed.
  let isBegun = false;

  // What is being stored while more is written.
  let storing: Promise<void> = Promise.resolve();

  async function keep(sql: Sql, chunks: readonly Chunk[]): Promise<void> {
    if (chunks.length === 0) return;
    const isSealing = sql !== store.sql;
    isBegun ||= !isSealing;
    const rows = chunks
      .map(({ ordinal, chunk, bytes }) => sql`(${ordinal}::smallint, ${chunk}::int, ${bytes}::bytea)`)
      .reduce((all, one) => sql`${all}, ${one}`);
    // In one statement: with a transaction for both, the writer of the files would wait for four answers.
    const { count } = await sql`
      with open as materialized (
        select id from batches where id = ${batchId} ${whileOpen && !isSealing ? sql`and ended_at is null for key share` : sql``}
      )
      insert into batch_file_chunks (render, ordinal, chunk, batch_id, bytes)
      select ${render}::uuid, c.ordinal, c.chunk, open.id, c.bytes from open cross join (values ${rows}) c (ordinal, chunk, bytes)`;
    if (count !== chunks.length) throw new Error(`The batch ${batchId} has ended.`);
  }

  /** Stores chunks once those before them are, and waits for those alone: meanwhile the next one is written. */
  async function keepBehind(chunks: readonly Chunk[]): Promise<void> {
    const before = storing;
    // One after the other, also if two files are written at once. The next write, close or seal throws its error.
    storing = before.then(() => keep(store.sql, chunks));
    storing.catch(() => {});
    await before;
  }

  function open(file: { name: string; mediaType: string; download: boolean }): FileWriter {
    const ordinal = files.length + 1;
    const hash = createHash('sha256');
    let pending: Uint8Array[] = [];
    let pendingBytes = 0;
    let size = 0;
    let chunk = 0;
    files.push({ ...file, ordinal, size: 0, sha256: '', rows: 0, documents: 0, closed: false });

    function cut(): Chunk {
      const bytes = Buffer.concat(pending);
      pending = [];
      pendingBytes = 0;
      return { ordinal, chunk: chunk++, bytes };
    }

    return {
      async write(bytes) {
        hash.update(bytes);
        size += bytes.length;
        pending.push(Buffer.from(bytes));
        pendingBytes += bytes.length;
        if (pendingBytes >= CHUNK) await keepBehind([cut()]);
      },
      async close(facts) {
        if (pendingBytes > 0) {
          endsBytes += pendingBytes;
          ends.push(cut());
        }
        files[ordinal - 1] = { ...file, ordinal, size, sha256: hash.digest('hex'), ...facts, closed: true };
        if (endsBytes >= CHUNK) {
          const closed = ends;
          ends = [];
          endsBytes = 0;
          await keepBehind(closed);
        }
        await storing;
      },
    };
  }

  async function seal(tx: Sql, filed?: number): Promise<StoredFile[]> {
    const unclosed = files.find((file) => !file.closed);
    if (unclosed !== undefined) throw new Error(`The file "${unclosed.name}" was opened and never closed.`);
    await storing;
    await drizzleOn(tx).select({ id: batches.id }).from(batches).where(eq(batches.id, batchId)).for('update');
    const earlier = await listFiles(tx, batchId);
    if (earlier.length > 0) {
      await dropUnsealed(tx, batchId);
      return earlier;
    }
    const ours = files.map(({ closed, ...file }) => file);
    await keep(tx, ends);
    if (isBegun) await needAll(tx, render, files);
    await drizzleOn(tx)
      .insert(batchFiles)
      .values(ours.map((file) => ({ ...file, batchId, render })));
    // Only now: what is dropped is what is not listed.
    await Promise.all([changeBatch(tx, batchId, tx`filed = ${filed ?? null}::int`), dropUnsealed(tx, batchId)]);
    return ours;
  }

  return { sink: { open }, seal };
}

/** What was stored of files is not all of them: the database was restored meanwhile. */
export class FilesIncomplete extends Error {}

async function needAll(sql: Sql, render: string, files: readonly StoredFile[]): Promise<void> {
  const stored = await sql<{ ordinal: number; bytes: number }[]>`
    select ordinal, sum(octet_length(bytes))::bigint as bytes from batch_file_chunks where render = ${render} group by ordinal`;
  const sizes = new Map(stored.map(({ ordinal, bytes }) => [ordinal, bytes]));
  const missing = files.find(({ ordinal, size }) => (sizes.get(ordinal) ?? 0) !== size);
  if (missing !== undefined)
    throw new FilesIncomplete(
      `The file "${missing.name}" has ${sizes.get(missing.ordinal) ?? 0} bytes instead of ${missing.size}.`,
    );
}

/** Deletes what attempts stored that were not sealed. */
export async function dropUnsealed(sql: Sql, batchId: string): Promise<void> {
  await sql`
    delete from batch_file_chunks c
    where batch_id = ${batchId} and not exists (select from batch_files f where f.batch_id = ${batchId} and f.render = c.render)`;
}

export async function listFiles(sql: Sql, batchId: string): Promise<StoredFile[]> {
  return filesOf(sql, { batchId });
}

const { batchId: _batch, render: _render, ...FILE } = getTableColumns(batchFiles);

const filesOf = built((database) =>
  database
    .select(FILE)
    .from(batchFiles)
    .where(eq(batchFiles.batchId, expression.placeholder('batchId')))
    .orderBy(asc(batchFiles.ordinal)),
);

/** The bytes of a file, a chunk at a time. */
export async function* readFile(store: Store, batchId: string, ordinal: number): AsyncGenerator<Uint8Array> {
  const { sql } = store;
  for (let chunk = 0; ; chunk++) {
    const [row] = await sql<{ bytes: Uint8Array }[]>`
      select c.bytes from batch_files f join batch_file_chunks c on c.render = f.render and c.ordinal = f.ordinal
      where f.batch_id = ${batchId} and f.ordinal = ${ordinal} and c.chunk = ${chunk}`;
    if (row === undefined) return;
    yield row.bytes;
  }
}
