import { createHash } from 'node:crypto';
import type { FileSink, FileWriter } from '@ledgerpost/core';
import { v7 as uuidv7 } from 'uuid';
import type { Sql, Store } from '../open-store.ts';

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

/**
 * A sink that stores files in Postgres, in chunks. Nothing counts until `seal`: then the files of this attempt are the
 * batch's, unless another attempt was first.
 */
export function fileStore(store: Store, batchId: string): { sink: FileSink; seal(sql: Sql): Promise<StoredFile[]> } {
  const { sql } = store;
  const render = uuidv7();
  const files: (StoredFile & { closed: boolean })[] = [];

  function open(file: { name: string; mediaType: string; download: boolean }): FileWriter {
    const ordinal = files.length + 1;
    const hash = createHash('sha256');
    let pending: Uint8Array[] = [];
    let pendingBytes = 0;
    let size = 0;
    let chunk = 0;
    files.push({ ...file, ordinal, size: 0, sha256: '', rows: 0, documents: 0, closed: false });

    async function flush(): Promise<void> {
      if (pendingBytes === 0) return;
      const bytes = Buffer.concat(pending);
      pending = [];
      pendingBytes = 0;
      await sql`insert into batch_file_chunks (render, ordinal, chunk, batch_id, bytes) values (${render}, ${ordinal}, ${chunk++}, ${batchId}, ${bytes})`;
    }

    return {
      async write(bytes) {
        hash.update(bytes);
        size += bytes.length;
        pending.push(Buffer.from(bytes));
        pendingBytes += bytes.length;
        if (pendingBytes >= CHUNK) await flush();
      },
      async close(facts) {
        await flush();
        files[ordinal - 1] = { ...file, ordinal, size, sha256: hash.digest('hex'), ...facts, closed: true };
      },
    };
  }

  async function seal(tx: Sql): Promise<StoredFile[]> {
    const unclosed = files.find((file) => !file.closed);
    if (unclosed !== undefined) throw new Error(`The file "${unclosed.name}" was opened and never closed.`);
    await tx`select 1 from batches where id = ${batchId} for update`;
    const earlier = await listFiles(tx, batchId);
    if (earlier.length === 0) {
      for (const file of files) {
        await tx`insert into batch_files (batch_id, ordinal, render, name, media_type, download, size, sha256, rows, documents)
          values (${batchId}, ${file.ordinal}, ${render}, ${file.name}, ${file.mediaType}, ${file.download}, ${file.size}, ${file.sha256}, ${file.rows}, ${file.documents})`;
      }
    }
    await tx`delete from batch_file_chunks c where batch_id = ${batchId} and not exists (select from batch_files f where f.render = c.render)`;
    return listFiles(tx, batchId);
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
