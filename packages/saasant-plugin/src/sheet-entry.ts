import { once } from 'node:events';
import { Readable, type Transform } from 'node:stream';
import { constants, crc32, DeflateRaw } from 'node:zlib';

/**
 * How much text is handed to the compressor at once. A thread of Node's pool compresses it in a millisecond or two, and where all cores
 * are busy, one waits several for that thread: less text at once would wait as often.
 */
const CHUNK = 512 * 1024;

/**
 * The compressor of a zip entry as archiver makes it (crc32-stream): it counts what came out of it, and adds up the checksum of what
 * goes in. The checksum is no number before the first text.
 */
type CountingDeflate = DeflateRaw &
  Pick<Transform, '_transform'> & {
    size(compressed: boolean): number;
    checksum: unknown;
    rawSize: number;
  };

/**
 * The sheet inside the xlsx file, as exceljs and archiver pass it on. exceljs' own stream accepts everything at once and never
 * waits; this one passes its text directly to the compressor, and waits while that is full. Chunks are cut by their content
 * alone, so that a slow sink never shows in the bytes.
 */
export class SheetEntry extends Readable {
  private readonly compressor = Promise.withResolvers<CountingDeflate>();
  private waiting: string[] = [];
  private bytes = 0;
  private length = 0;

  /** archiver pipes an entry into the compressor it made for it. */
  override pipe<T extends NodeJS.WritableStream>(compressor: T): T {
    this.compressor.resolve(withFastChecksum(compressor as unknown as CountingDeflate));
    return compressor;
  }

  override _read(): void {}

  /** Accepts text without waiting: what exceljs writes around the rows. */
  write(text: string | { toBuffer(): Buffer }): void {
    this.add(typeof text === 'string' ? text : text.toBuffer().toString());
  }

  /**
   * Accepts text, and resolves when it can accept more; undefined: at once. Not a part of a character.
   * @param bytes of the text, if the caller has counted them
   */
  put(text: string, bytes?: number): Promise<void> | undefined {
    this.add(text, bytes);
    return this.length >= CHUNK ? this.compress() : undefined;
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
    const { waiting: texts, bytes } = this;
    this.waiting = [];
    this.length = 0;
    this.bytes = 0;
    const compressor = await this.compressor.promise;
    if (compressor.destroyed) throw compressor.errored ?? new Error('The compressor was closed.');
    if (compressor.writableNeedDrain) await once(compressor, 'drain');
    compressor.write(bytesOf(texts, bytes));
  }

  private add(text: string, bytes = Buffer.byteLength(text)): void {
    this.waiting.push(text);
    this.length += text.length;
    this.bytes += bytes;
  }
}

/** crc32-stream computes its checksum in JavaScript, which took a twentieth of the time of making documents and files; zlib needs a quarter of that. */
function withFastChecksum(compressor: CountingDeflate): CountingDeflate {
  const compress = DeflateRaw.prototype as unknown as Pick<Transform, '_transform'>;
  compressor._transform = (chunk: Buffer, encoding, done) => {
    compressor.checksum = crc32(chunk, typeof compressor.checksum === 'number' ? compressor.checksum : 0);
    compressor.rawSize += chunk.length;
    compress._transform.call(compressor, chunk, encoding, done);
  };
  return compressor;
}

/** Each text by itself: to join them first would copy them once more. */
function bytesOf(texts: readonly string[], size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for (const text of texts) at += bytes.write(text, at);
  return bytes;
}
