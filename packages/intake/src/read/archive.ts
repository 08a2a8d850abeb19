import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { type SourceFile, UnreadableFile } from './source-file.ts';

/** What all files of an archive may unpack to. */
export const MOST_UNPACKED = 1024 * 1024 * 1024;
/** More than this is no table but a bomb: a few bytes that unpack to gigabytes. */
export const MOST_RATIO = 200;
/** The end of a file that stays in memory: an archive has its directory there. */
const TAIL = 256 * 1024;

/** The files in a zip archive. None of them is ever in memory as a whole. */
export interface Archive {
  readonly names: readonly string[];
  /** The unpacked bytes of the file of that name. @throws UnreadableFile where they are damaged or more than the archive states */
  read(name: string): AsyncGenerator<Uint8Array>;
}

/** A file as the archive's directory states it. */
interface Entry {
  readonly name: string;
  readonly isPacked: boolean;
  readonly packed: number;
  readonly unpacked: number;
  /** Where what stands before it begins. */
  readonly at: number;
}

/**
 * @param marks texts to look for in the packed bytes
 * @returns the archive, or which of the texts were found where it has no directory that can be read
 * @throws UnreadableFile for one that unpacks to more than a table may have
 */
export async function openArchive(
  file: SourceFile,
  marks: readonly string[],
): Promise<Archive | { readonly found: ReadonlySet<string> }> {
  const { size, tail, found } = await endOf(file, marks);
  const listed = directoryOf(tail, size - tail.length);
  if (listed === undefined) return { found };
  const entries = new Map(listed.map((entry) => [entry.name, entry]));
  const unpacked = listed.reduce((all, entry) => all + entry.unpacked, 0);
  if (unpacked > MOST_UNPACKED || unpacked > Math.max(size, 64 * 1024) * MOST_RATIO) throw tooLarge(file);
  return {
    names: [...entries.keys()],
    async *read(name) {
      const entry = entries.get(name);
      if (entry === undefined) return;
      const packed = Readable.from(packedBytes(file, entry));
      const inflate = entry.isPacked ? createInflateRaw() : undefined;
      if (inflate !== undefined) packed.on('error', (error) => inflate.destroy(error)).pipe(inflate);
      const bytes: Readable = inflate ?? packed;
      let so = 0;
      try {
        for await (const part of bytes as AsyncIterable<Uint8Array>) {
          so += part.length;
          // The directory may lie about the size.
          if (so > entry.unpacked) throw tooLarge(file);
          yield part;
        }
        if (so < entry.unpacked) throw new RangeError('The file ends early.');
      } catch (error) {
        throw error instanceof UnreadableFile ? error : damaged(file);
      } finally {
        packed.destroy();
        inflate?.destroy();
      }
    },
  };
}

/** The archive's directory, which stands at its end; undefined for one that can't be read. */
function directoryOf(tail: Buffer, tailAt: number): readonly Entry[] | undefined {
  const end = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end === -1 || end + 22 > tail.length) return undefined;
  let count = tail.readUInt16LE(end + 10);
  let start = tail.readUInt32LE(end + 16);
  if (count === 0xffff || start === MARKED) {
    const wide = tail.lastIndexOf('PK\x06\x06', end, 'latin1');
    if (wide === -1 || wide + 56 > tail.length) return undefined;
    count = Number(tail.readBigUInt64LE(wide + 32));
    start = Number(tail.readBigUInt64LE(wide + 48));
  }
  const entries: Entry[] = [];
  let at = start - tailAt;
  for (let n = 0; n < count; n += 1) {
    if (at < 0 || at + 46 > tail.length || tail.readUInt32LE(at) !== 0x02014b50) return undefined;
    const name = tail.readUInt16LE(at + 28);
    const extra = tail.readUInt16LE(at + 30);
    const next = at + 46 + name + extra + tail.readUInt16LE(at + 32);
    if (next > tail.length) return undefined;
    const wide = wideNumbers(tail.subarray(at + 46 + name, at + 46 + name + extra));
    // In this order, those that don't fit.
    const number = (where: number) => {
      const narrow = tail.readUInt32LE(where);
      return narrow === MARKED ? (wide.shift() ?? narrow) : narrow;
    };
    const unpacked = number(at + 24);
    const packed = number(at + 20);
    entries.push({
      name: tail.toString('utf8', at + 46, at + 46 + name),
      isPacked: tail.readUInt16LE(at + 10) !== 0,
      packed,
      unpacked,
      at: number(at + 42),
    });
    at = next;
  }
  return entries;
}

/** Marks a number that stands apart, with eight bytes. */
const MARKED = 0xffff_ffff;

function wideNumbers(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const end = Math.min(at + 4 + extra.readUInt16LE(at + 2), extra.length);
    const numbers: number[] = [];
    for (let from = at + 4; from + 8 <= end; from += 8) numbers.push(Number(extra.readBigUInt64LE(from)));
    return numbers;
  }
  return [];
}

/** @throws RangeError where no file begins there */
async function* packedBytes(file: SourceFile, { at, packed }: Entry): AsyncGenerator<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of range(file, at, at + 30)) parts.push(part);
  const head = Buffer.concat(parts);
  if (head.length < 30 || head.readUInt32LE(0) !== 0x04034b50) throw new RangeError('No file begins there.');
  const start = at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  yield* range(file, start, start + packed);
}

function damaged(file: SourceFile): UnreadableFile {
  const message = `${file.name} is a damaged Excel workbook. Open it in Excel and save it again, or export it again.`;
  return new UnreadableFile(file.name, 'not-a-table', message);
}

export function tooLarge(file: SourceFile): UnreadableFile {
  return new UnreadableFile(file.name, 'too-large', `${file.name} is too large for a workbook. Save the sheet as CSV.`);
}

async function* range(file: SourceFile, start: number, end: number): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const bytes of file.open()) {
    const [from, to] = [Math.max(start - at, 0), Math.min(end - at, bytes.length)];
    if (from < to) yield Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from);
    at += bytes.length;
    if (at >= end) return;
  }
}

/** How long a file is, its end, and which texts are in it. */
async function endOf(file: SourceFile, marks: readonly string[]): Promise<{ size: number; tail: Buffer; found: Set<string> }> {
  let size = 0;
  let tail = Buffer.alloc(0);
  const found = new Set<string>();
  for await (const bytes of file.open()) {
    size += bytes.length;
    const part = Buffer.concat([tail.subarray(-64), bytes]);
    for (const mark of marks) if (!found.has(mark) && part.includes(mark, 0, 'latin1')) found.add(mark);
    tail = Buffer.from(bytes.length >= TAIL ? bytes.subarray(-TAIL) : Buffer.concat([tail, bytes]).subarray(-TAIL));
  }
  return { size, tail, found };
}
