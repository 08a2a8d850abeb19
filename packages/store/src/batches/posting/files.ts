import { createHash } from 'node:crypto';
import type { FileSink, FileWriter } from '@ledgerpost/core';
import { v7 as uuidv7 } from 'uuid';
import type { Sql, Store } from '../../database/open-store.ts';

/** Bytes per stored chunk: large enough for few rows, small enough to stream. */
const CHUNK = 512 * 1024;

export interface StoredFile {
  readonly ordinal: number;
  readonly name: string;
  readonly mediaType: string;
  readonly download: boolean;
  readonly size: number;
  readonly sha256: string;
  readonly rows: number;
  readonly documents: number;
}

interface Chunk {
  readonly ordinal: number;
  readonly chunk: number;
  readonly bytes: Uint8Array;
}

/**
 * A sink that stores files in Postgres, in chunks. Nothing counts until `seal`: then the files of this attempt are the
 * batch's, unless another attempt was first.
 */
export function fileStore(store: Store, batchId: string): { sink: FileSink; seal(sql: Sql): Promise<StoredFile[]> } {
  const render = uuidv7();
  const files: (StoredFile & { closed: boolean })[] = [];
  // The last chunks of closed files, together at most one chunk large: each write by itself waits for the disk.
  let ends: Chunk[] = [];
  let endsBytes = 0;

  async function keep(sql: Sql, chunks: readonly Chunk[]): Promise<void> {
    if (chunks.length === 0) return;
    const rows = chunks.map(({ ordinal, chunk, bytes }) => ({ render, ordinal, chunk, batch_id: batchId, bytes }));
    await sql`insert into batch_file_chunks ${sql(rows)}`;
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
        if (pendingBytes >= CHUNK) await keep(store.sql, [cut()]);
      },
      async close(facts) {
        if (pendingBytes > 0) {
          endsBytes += pendingBytes;
          ends.push(cut());
        }
        files[ordinal - 1] = { ...file, ordinal, size, sha256: hash.digest('hex'), ...facts, closed: true };
        if (endsBytes < CHUNK) return;
        await keep(store.sql, ends);
        ends = [];
        endsBytes = 0;
      },
    };
  }

  async function seal(tx: Sql): Promise<StoredFile[]> {
    const unclosed = files.find((file) => !file.closed);
    if (unclosed !== undefined) throw new Error(`The file "${unclosed.name}" was opened and never closed.`);
    await tx`select 1 from batches where id = ${batchId} for update`;
    const earlier = await listFiles(tx, batchId);
    if (earlier.length === 0) {
      await keep(tx, ends);
      const rows = files.map(({ closed, mediaType, ...file }) => ({ batch_id: batchId, render, media_type: mediaType, ...file }));
      await tx`insert into batch_files ${tx(rows)}`;
    }
    await tx`delete from batch_file_chunks c where batch_id = ${batchId} and not exists (select from batch_files f where f.render = c.render)`;
    return earlier.length === 0 ? listFiles(tx, batchId) : earlier;
  }

  return { sink: { open }, seal };
}

export async function listFiles(sql: Sql, batchId: string): Promise<StoredFile[]> {
  return sql<
    StoredFile[]
  >`select ordinal, name, media_type as "mediaType", download, size, sha256, rows, documents from batch_files where batch_id = ${batchId} order by ordinal`;
}

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
