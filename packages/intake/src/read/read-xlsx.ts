import { createInflateRaw } from 'node:zlib';
import readWorkbook from 'read-excel-file/node';
import type { Row } from './rows.ts';
import { type SourceFile, UnreadableFile } from './source-file.ts';

/** A workbook is unpacked in memory, so its size is bounded. Larger tables come as CSV, which streams. */
export const MOST_UNPACKED = 256 * 1024 * 1024;
/** More than this is no table but a bomb: a few bytes that unpack to gigabytes. */
export const MOST_RATIO = 200;

/** One sheet of a workbook, as text. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

/** Whether the bytes are a zip archive, as every .xlsx file is. */
export function isZip(start: Uint8Array): boolean {
  return start[0] === 0x50 && start[1] === 0x4b && start[2] === 0x03 && start[3] === 0x04;
}

/**
 * All sheets of a workbook. Numbers keep the digits that the file has, days become YYYY-MM-DD, and of a formula the stored result
 * is read.
 * @throws UnreadableFile for what is no workbook, or one that unpacks to more than memory should hold
 */
export async function readXlsx(file: SourceFile): Promise<readonly Sheet[]> {
  const bytes = await allBytes(file);
  refuseTooLarge(file, bytes);
  await refuseBomb(file, bytes);
  let sheets: Awaited<ReturnType<typeof readWorkbook>>;
  try {
    sheets = await readWorkbook(Buffer.from(bytes), {
      trim: false,
      parseNumber: (text: string) => numberText(plainNumber(text)),
    } as never);
  } catch {
    throw new UnreadableFile(file.name, 'not-a-table', noWorkbook(file.name, bytes));
  }
  return sheets.map(({ sheet, data }) => {
    // In place: a second copy of a large sheet would double what it needs.
    const rows = data as unknown[][];
    for (const cells of rows) for (let at = 0; at < cells.length; at += 1) cells[at] = textOf(cells[at]);
    return { name: sheet, rows: rows as string[][] };
  });
}

/** The first rows of a sheet, or all of it in batches. */
export function* rowsOf({ rows }: Sheet, most = Number.POSITIVE_INFINITY): Iterable<readonly Row[]> {
  const end = Math.min(rows.length, most);
  for (let from = 0; from < end; from += ROWS_PER_BATCH) {
    yield rows.slice(from, Math.min(end, from + ROWS_PER_BATCH)).map((cells, at) => ({ row: from + at + 1, cells }));
  }
}

const ROWS_PER_BATCH = 1_000;

/** What an archive is that holds no workbook, by the names of the files in it. */
function noWorkbook(name: string, bytes: Uint8Array): string {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const has = (part: string) => archive.includes(part, 0, 'latin1');
  if (has('xl/workbook.bin')) return `${name} is a binary Excel workbook. Open it in Excel and save it as .xlsx or as CSV.`;
  if (has('xl/workbook.xml'))
    return `${name} is a damaged Excel workbook. Open it in Excel and save it again, or export it again.`;
  if (has('application/vnd.oasis') || has('Index/Document.iwa'))
    return `${name} is a spreadsheet of another program. Open it there and export it as .xlsx or as CSV.`;
  if (has('word/document.xml')) return `${name} is a Word document, not a table. Export it as CSV or as .xlsx.`;
  return `${name} is a zip archive. Unpack it, and add the files that are in it.`;
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return dayOf(cell);
  return String(cell);
}

/** A workbook's dates have no zone; the reader gives them as UTC. */
function dayOf(date: Date): string {
  const text = date.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
}

/** A number cell with three fraction digits gets a fourth: as text `10.005` may be ten thousand and five. */
function numberText(text: string): string {
  return /^-?\d{1,3}\.\d{3}$/.test(text) ? `${text}0` : text;
}

/** Excel stores 12,900 as 1.29E4 at times, and 18.66 as 18.660000000000001: 15 digits are what it shows and means. */
function plainNumber(text: string): string {
  if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return text;
  if (!/[eE]/.test(text) && text.replace(/\D/g, '').length <= 15) return text;
  if (!text.includes('.') && !/[eE]/.test(text)) return text;
  const [mantissa, exponent] = Number(text).toPrecision(15).split('e');
  if (exponent === undefined) return trimZeros(mantissa!);
  return trimZeros(shifted(mantissa!, Number(exponent)));
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
}

function shifted(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '0', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = whole + fraction;
  const point = whole.length + exponent;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits.padEnd(point, '0');
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

async function allBytes(file: SourceFile): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const bytes of file.open()) {
    size += bytes.length;
    if (size > MOST_UNPACKED) throw tooLarge(file);
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

/** Adds up what the archive's directory says that its files unpack to, before anything is unpacked. */
function refuseTooLarge(file: SourceFile, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let unpacked = 0;
  for (let at = 0; at + 46 <= bytes.length; at += 1) {
    // A central directory entry; a false hit inside compressed data can only make the sum larger by chance of one in 2^32.
    if (bytes[at] !== 0x50 || bytes[at + 1] !== 0x4b || bytes[at + 2] !== 0x01 || bytes[at + 3] !== 0x02) continue;
    unpacked += view.getUint32(at + 24, true);
  }
  if (unpacked > MOST_UNPACKED || unpacked > Math.max(bytes.length, 64 * 1024) * MOST_RATIO) throw tooLarge(file);
}

/**
 * Unpacks without keeping anything, up to the bound. The archive's directory may lie, and the reader goes by what stands before each
 * file, so this does too; a chance hit inside packed data ends as data that can't be unpacked.
 */
async function refuseBomb(file: SourceFile, bytes: Uint8Array): Promise<void> {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const most = Math.min(MOST_UNPACKED, Math.max(bytes.length, 64 * 1024) * MOST_RATIO);
  let unpacked = 0;
  for (let at = archive.indexOf(LOCAL_FILE); at !== -1 && at + 30 < archive.length; at = archive.indexOf(LOCAL_FILE, at + 4)) {
    const isDeflated = archive.readUInt16LE(at + 8) === 8;
    if (!isDeflated) continue;
    const start = at + 30 + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
    unpacked += await unpackedSize(archive.subarray(start), most - unpacked);
    if (unpacked > most) throw tooLarge(file);
  }
}

const LOCAL_FILE = Buffer.from('PK\x03\x04', 'latin1');

/** How much the packed data is, unpacked; just above `most` if it is more. */
function unpackedSize(packed: Uint8Array, most: number): Promise<number> {
  return new Promise((resolve) => {
    let size = 0;
    const inflate = createInflateRaw({ chunkSize: 64 * 1024 });
    const ended = () => {
      inflate.destroy();
      resolve(size);
    };
    inflate.on('data', (part: Uint8Array) => {
      size += part.length;
      if (size > most) ended();
    });
    inflate.on('end', ended);
    inflate.on('error', ended);
    inflate.end(packed);
  });
}

function tooLarge(file: SourceFile): UnreadableFile {
  return new UnreadableFile(file.name, 'too-large', `${file.name} is too large for a workbook. Save the sheet as CSV.`);
}
