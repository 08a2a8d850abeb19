import { once } from 'node:events';
import { Readable } from 'node:stream';
import { constants, type DeflateRaw } from 'node:zlib';

/** How much text is handed to the compressor at once. */
const CHUNK = 128 * 1024;

/** The compressor of a zip entry as archiver makes it: it counts what came out of it. */
type CountingDeflate = DeflateRaw & { size(compressed: boolean): number };

/**
 * The sheet inside the xlsx file, as exceljs and archiver pass it on. exceljs' own stream accepts everything at once and never
 * waits; this one passes its text directly to the compressor, and waits while that is full. Chunks are cut by their content
 * alone, so that a slow sink never shows in the bytes.
 */
export class SheetEntry extends Readable {
  private readonly compressor = Promise.withResolvers<CountingDeflate>();
  private waiting = '';

  /** archiver pipes an entry into the compressor it made for it. */
  override pipe<T extends NodeJS.WritableStream>(compressor: T): T {
    this.compressor.resolve(compressor as unknown as CountingDeflate);
    return compressor;
  }

  override _read(): void {}

  /** Accepts text without waiting: what exceljs writes around the rows. */
  write(text: string | { toBuffer(): Buffer }): void {
    this.waiting += typeof text === 'string' ? text : text.toBuffer().toString();
  }

  /** Accepts text, and resolves when it can accept more. */
  async put(text: string): Promise<void> {
    this.waiting += text;
    if (this.waiting.length >= CHUNK) await this.compress();
  }

  /** The exact compressed size of all text so far. The same text gives the same size, no matter how fast the sink is. */
  async compressedSize(): Promise<number> {
    await this.compress();
    const compressor = await this.compressor.promise;
    await new Promise<void>((resolve, reject) => {
      compressor.once('error', reject);
      compressor.flush(constants.Z_SYNC_FLUSH, () => {
        compressor.off('error', reject);
        resolve();
      });
    });
    return compressor.size(true);
  }

  /** exceljs calls this when no more text comes. */
  end(): void {
    this.compress().then(
      async () => (await this.compressor.promise).end(),
      () => {}, // the workbook already knows about a broken compressor
    );
  }

  /** Ends all waiting here with the error of a sink that failed. */
  async fail(error: Error): Promise<void> {
    (await this.compressor.promise).destroy(error);
  }

  // One chunk is compressed while the next is being written: so it waits before handing over, not after.
  private async compress(): Promise<void> {
    const text = this.waiting;
    this.waiting = '';
    const compressor = await this.compressor.promise;
    if (compressor.destroyed) throw compressor.errored ?? new Error('The compressor was closed.');
    if (compressor.writableNeedDrain) await once(compressor, 'drain');
    compressor.write(text);
  }
}
