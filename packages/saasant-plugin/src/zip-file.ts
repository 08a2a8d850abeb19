/// <reference path="./archiver.d.ts" />
import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { FileWriter } from '@ledgerpost/core';
import { sinkStream } from './sink-stream.ts';
import { EPOCH } from './xlsx-file.ts';

export interface ZipFile {
  /** Resolves when the sink has the file (except the archive's own last few bytes). */
  add(name: string, bytes: Buffer): Promise<void>;
  close(facts: { readonly rows: number; readonly documents: number }): Promise<void>;
}

/** The archive of a batch. Its files are already compressed, so they are stored as they are. It holds no times, so the bytes are stable. */
export function openZip(file: FileWriter): ZipFile {
  // Loaded with the first file, as exceljs is.
  const { ZipArchive } = createRequire(import.meta.url)('archiver') as typeof import('archiver');
  const archive = new ZipArchive({ store: true, highWaterMark: 64 * 1024 });
  let written = 0;
  let expected = 0;
  const out = sinkStream(file, (bytes) => {
    written += bytes.length;
    out.emit('progress');
  });
  archive.on('error', (error) => out.destroy(error));
  out.on('error', () => {}); // the waiting code below sees it
  archive.pipe(out);

  const sound = () => {
    if (out.errored) throw out.errored;
  };
  return {
    async add(name, bytes) {
      sound();
      expected += bytes.length;
      archive.append(bytes, { name, date: EPOCH });
      while (written < expected) await once(out, 'progress');
    },
    async close(facts) {
      sound();
      const finished = once(out, 'finish');
      await Promise.all([archive.finalize(), finished]);
      await file.close(facts);
    },
  };
}
