import { createRequire } from 'node:module';
import type { Writable } from 'node:stream';
import { type FileWriter, TargetError } from '@ledgerpost/core';
import type ExcelJS from 'exceljs';
import type { Column } from './columns.ts';
import type { RowsPayload } from './fields.ts';
import { columnLetters, rowsXml } from './row-xml.ts';
import { SheetEntry } from './sheet-entry.ts';
import { sinkStream } from './sink-stream.ts';

/** Files carry no clock: the same batch gives the same bytes. */
export const EPOCH = new Date('2000-01-01T00:00:00Z');

export interface XlsxBounds {
  /** SaasAnt accepts files of up to 10 MB; we use the smaller meaning of that unit. */
  readonly bytes: number;
  /** Excel's own bound is 1,048,576 rows. */
  readonly rows: number;
}
export const BOUNDS: XlsxBounds = { bytes: 10_000_000, rows: 1_000_000 };

/** The other parts of the file (styles, theme, headers, directory) and the compressor's own overhead. */
const RESERVE = 60_000;
/** With less room than this left, a new file is started without measuring. */
const SCRAP = 200_000;

export interface XlsxFile {
  /** Writes one whole document; mostly at once. False: it does not fit any more, and nothing was written. The first one is always written. */
  take(payload: RowsPayload): Promise<boolean> | true;
  /** Seals the file and gives back its bytes. Throws TargetError `file-too-large` if the bound did not hold. */
  close(): Promise<Buffer>;
}

/**
 * One xlsx file with one sheet, its headers in row 1, streamed to `file` as it grows. The size of a compressed file is known late:
 * whenever the text since the last measurement could fill the file without compression, we measure again.
 */
export function openXlsx(
  file: FileWriter,
  sheet: string,
  headers: readonly string[],
  columns: readonly Column[],
  bounds = BOUNDS,
): XlsxFile {
  const chunks: Buffer[] = [];
  const out = sinkStream(file, (bytes) => chunks.push(bytes));
  const workbook = new (steadyWorkbook())({ stream: out });
  const worksheet = workbook.addWorksheet(sheet);
  const entry = workbook.entry;
  let failure: Error | undefined;
  const broke = new Promise<never>((_, reject) => {
    const fail = (error: Error) => {
      failure ??= error;
      void entry.fail(error);
      reject(error);
    };
    out.once('error', fail);
    workbook.zip.on('error', fail);
  });
  broke.catch(() => {});

  worksheet.addRow(headers.map((text) => ({ richText: [{ text }] }))).commit();

  const full = bounds.bytes - RESERVE;
  const documentXml = rowsXml(columns.flatMap(({ field }, index) => (field ? [{ letters: columnLetters(index), field }] : [])));
  let rows = 0;
  let documents = 0;
  let compressed = 0;
  let since = 0;

  async function takeMeasured(text: string, size: number, itsRows: number): Promise<boolean> {
    compressed = await entry.compressedSize();
    since = 0;
    if (documents > 0 && compressed + Math.max(size, SCRAP) > full) return false;
    return put(text, size, itsRows);
  }

  function put(text: string, size: number, itsRows: number): Promise<boolean> | true {
    if (documents > 0 && rows + itsRows > bounds.rows) return Promise.resolve(false);
    const waits = entry.put(text, size);
    since += size;
    rows += itsRows;
    documents += 1;
    return waits === undefined || waits.then(() => true);
  }

  return {
    take(payload) {
      if (failure) return Promise.reject(failure);
      const text = documentXml(payload, rows + 2);
      const size = Buffer.byteLength(text);
      if (compressed + since + size > full) return takeMeasured(text, size, payload.rows.length);
      return put(text, size, payload.rows.length);
    },
    async close() {
      if (failure) throw failure;
      worksheet.commit();
      await Promise.race([workbook.commit(), broke]);
      const bytes = Buffer.concat(chunks);
      if (bytes.length > bounds.bytes)
        throw new TargetError(
          'defect',
          'file-too-large',
          `A file has ${bytes.length} bytes, and SaasAnt accepts ${bounds.bytes}.`,
        );
      await file.close({ rows, documents });
      return bytes;
    },
  };
}

type SteadyWorkbook = ReturnType<typeof makeSteadyWorkbook>;

let known: SteadyWorkbook | undefined;

/** Made with the first file: exceljs needs fifteen megabytes, and a process that writes no file needs none of them. */
function steadyWorkbook(): SteadyWorkbook {
  known ??= makeSteadyWorkbook(createRequire(import.meta.url)('exceljs') as typeof ExcelJS);
  return known;
}

/** exceljs' streaming workbook, with entries that carry a fixed date and a sheet that waits for a slow sink. */
function makeSteadyWorkbook({ stream }: typeof ExcelJS) {
  return class extends stream.xlsx.WorkbookWriter {
    declare readonly zip: {
      append(source: unknown, data: { name: string; date?: Date }): unknown;
      on(event: 'error', listener: (error: Error) => void): void;
    };
    declare entry: SheetEntry;

    constructor(options: { stream: Writable }) {
      const fixed = { created: EPOCH, modified: EPOCH, creator: 'Ledgerpost', lastModifiedBy: 'Ledgerpost' };
      // With less room each piece of text would come back from the compressor in parts, each after a turn of the event loop.
      const zlib = { level: 1, chunkSize: 256 * 1024 };
      super({ ...options, ...fixed, zip: { zlib, highWaterMark: 64 * 1024 } } as object);
    }

    // The first thing that the base class' constructor does once it has its zip.
    override addThemes(): Promise<void> {
      const append = this.zip.append.bind(this.zip);
      this.zip.append = (source, data) => append(source, { ...data, date: EPOCH });
      return super.addThemes();
    }

    _openStream(name: string): SheetEntry {
      this.entry = new SheetEntry();
      this.zip.append(this.entry, { name });
      return this.entry;
    }
  };
}
