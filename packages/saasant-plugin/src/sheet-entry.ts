import { once } from 'node:events';
import { Readable } from 'node:stream';
import { constants, type DeflateRaw } from 'node:zlib';

/** How much text is handed to the compressor at once. */
const CHUNK = 128 * 1024;

/** The compressor of a zip entry as archiver makes it: it counts what came out of it. */
type CountingDeflate = DeflateRaw & { size(compressed: boolean): number };

/**
 * The sheet inside the xlsx file, as exceljs and archiver pass it on. exceljs' own stream takes everything at once and
 * waits for nobody; this one hands its text straight to the compressor, and tells when that has had enough.
 * Chunks are cut by their content alone, so that a slow sink never shows in the bytes.
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

  /** Takes text without waiting: what exceljs writes around the rows. */
  write(text: string | { toBuffer(): Buffer }): void {
    this.waiting += typeof text === 'string' ? text : text.toBuffer().toString();
  }

  /** Takes text, and resolves when it may take more. */
  async put(text: string): Promise<void> {
    this.waiting += text;
    if (this.waiting.length >= CHUNK) await this.compress();
  }

  /** How large all text so far is when compressed, exactly: the same for the same text, however fast it is taken away. */
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

  /** exceljs' word for: no more text comes. */
  end(): void {
    this.compress().then(
      async () => (await this.compressor.promise).end(),
      () => {}, // a broken compressor has told the workbook already
    );
  }

  /** Makes whoever waits here hear of a sink that failed. */
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
