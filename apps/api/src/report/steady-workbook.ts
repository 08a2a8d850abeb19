import { createRequire } from 'node:module';
import { PassThrough, type Writable } from 'node:stream';
import type ExcelJS from 'exceljs';

/** The workbook carries no clock: the same report gives the same bytes. */
const EPOCH = new Date('2000-01-01T00:00:00Z');

export type SteadyWorkbook = InstanceType<ReturnType<typeof steadyWorkbook>>;

/** A workbook that goes to this stream. exceljs comes with the first one: to load it was a seventh of what an API needs to start. */
export function openWorkbook(stream: Writable): SteadyWorkbook {
  const Workbook = steadyWorkbook(createRequire(import.meta.url)('exceljs') as typeof ExcelJS);
  return new Workbook(stream);
}

/** exceljs' streaming workbook, with entries that carry a fixed date and a sheet that can be waited for. */
function steadyWorkbook({ stream: { xlsx } }: typeof ExcelJS) {
  return class extends xlsx.WorkbookWriter {
    declare readonly zip: { append(source: unknown, data: { name: string; date?: Date }): unknown };
    declare entry: Writable;

    constructor(stream: Writable) {
      const fixed = { created: EPOCH, modified: EPOCH, creator: 'Ledgerpost', lastModifiedBy: 'Ledgerpost' };
      super({ stream, useStyles: true, ...fixed } as object);
    }

    // The first thing that the base class' constructor does once it has its zip.
    override addThemes(): Promise<void> {
      const append = this.zip.append.bind(this.zip);
      this.zip.append = (source, data) => append(source, { ...data, date: EPOCH });
      return super.addThemes();
    }

    _openStream(name: string): Writable {
      this.entry = new Entry({ highWaterMark: 256 * 1024 });
      this.zip.append(this.entry, { name });
      return this.entry;
    }
  };
}

/** A sheet inside the file. exceljs' own accepts everything at once and never asks the writer to wait. */
class Entry extends PassThrough {
  constructor(options: { readonly highWaterMark: number }) {
    super(options);
    // exceljs' word for: all of it was read.
    this.once('finish', () => this.emit('zipped'));
  }

  override write(chunk: unknown, ...more: never[]): boolean {
    const text = typeof chunk === 'string' ? chunk : (chunk as { toBuffer(): Buffer }).toBuffer();
    return super.write(text, ...more);
  }
}
