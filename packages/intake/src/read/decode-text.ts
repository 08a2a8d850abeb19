import { isAscii } from 'node:buffer';
import { type SourceFile, UnreadableFile } from './source-file.ts';
import { endOf, withoutMarks } from './without-marks.ts';

/** How a text file's bytes become letters. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/**
 * Finds a file's encoding by reading all of it: UTF-16 by its byte order mark; UTF-8 if every byte fits; else windows-1252,
 * which Excel still writes.
 * @throws UnreadableFile for an empty file, for one that holds no text, and for one that mixes encodings
 */
export async function encodingOf(file: SourceFile): Promise<Encoding> {
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  let isEmpty = true;
  let foreign = false;
  let letters = false;
  // Whether the decoder may hold the first bytes of a letter.
  let isOpen = false;
  // Whether the text has ended, and only what pads the file follows.
  let isPadding = false;
  for await (const bytes of file.open()) {
    const isFirst = isEmpty;
    if (isEmpty && bytes.length > 0) {
      const marked = byteOrderMark(bytes);
      if (marked !== undefined) return marked;
      refuseOtherFormats(file, bytes);
      isEmpty = false;
    }
    // Most files are ASCII, of which every byte is one letter in every encoding but UTF-16.
    if (!isFirst && !isOpen && !isPadding && isAscii(bytes) && !bytes.includes(0)) continue;
    const text = utf8.decode(bytes, { stream: true });
    isOpen = !isAscii(bytes);
    if (isFirst) refuseMarkup(file, text.slice(0, 200));
    isPadding = isPadded(file, text, isPadding);
    if (text.length === bytes.length && !isOpen) continue;
    foreign ||= text.includes('\uFFFD');
    letters ||= BEYOND_ASCII.test(text);
  }
  const isCut = utf8.decode() !== '';
  if (isEmpty) throw new UnreadableFile(file.name, 'empty-file', `${file.name} is empty. Export it again.`);
  if (!foreign && !isCut) return 'utf-8';
  if (letters) {
    const where = foreign ? 'after bytes of UTF-8' : 'at its end';
    throw new UnreadableFile(
      file.name,
      'mixed-encodings',
      `${file.name} mixes two encodings: it has bytes that are not UTF-8 ${where}. Export it again, or save it as CSV UTF-8 in Excel.`,
    );
  }
  return 'windows-1252';
}

/** Letters that UTF-8 wrote: neither ASCII, nor a byte order mark, nor what stands for bytes that are not UTF-8. */
const BEYOND_ASCII = /[\u0080-\uFEFE\uFF00-\uFFFC]/;

const PIECE = 16 * 1024;

/** The file's text in pieces, without the marks that programs leave where files begin and end. */
export function decodeText(file: SourceFile, encoding: Encoding): AsyncIterable<string> {
  return withoutMarks(pieces(file, encoding));
}

async function* pieces(file: SourceFile, encoding: Encoding): AsyncIterable<string> {
  // The decoder drops the byte order mark by itself.
  const decoder = encoding === 'windows-1252' ? undefined : new TextDecoder(encoding);
  for await (const bytes of file.open()) {
    // A caller may hand over a whole file at once; rows are made a piece at a time.
    for (let from = 0; from < bytes.length; from += PIECE) {
      const part = bytes.subarray(from, from + PIECE);
      const text = decoder === undefined ? fromWindows1252(part) : decoder.decode(part, { stream: true });
      if (text !== '') yield text;
    }
  }
  if (decoder === undefined) return;
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

function byteOrderMark(bytes: Uint8Array): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** Files that people call CSV and that are something else. */
function refuseOtherFormats(file: SourceFile, bytes: Uint8Array): void {
  const starts = (...expected: number[]) => expected.every((byte, at) => bytes[at] === byte);
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) {
    if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(ENCRYPTED)) {
      const message = `${file.name} is protected by a password. Open it in Excel, remove the password, and save it again.`;
      throw new UnreadableFile(file.name, 'protected', message);
    }
    throw new UnreadableFile(
      file.name,
      'old-excel',
      `${file.name} is in Excel's old format. Open it in Excel and save it as .xlsx or as CSV.`,
    );
  }
  const other = OTHER_FORMATS.find(({ begins }) => starts(...begins));
  if (other !== undefined) {
    throw new UnreadableFile(
      file.name,
      'not-a-table',
      `${file.name} is ${other.name}, not a table. Export it as CSV or as .xlsx.`,
    );
  }
}

/** By their first bytes, since their name may say .csv. */
const OTHER_FORMATS = [
  { name: 'an image', begins: [0x89, 0x50, 0x4e, 0x47] },
  { name: 'an image', begins: [0xff, 0xd8, 0xff] },
  { name: 'an image', begins: [0x47, 0x49, 0x46, 0x38] },
  { name: 'a PDF', begins: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { name: 'an image', begins: [0x52, 0x49, 0x46, 0x46] },
  { name: 'a compressed file', begins: [0x1f, 0x8b] },
  { name: 'a compressed file', begins: [0x52, 0x61, 0x72, 0x21] },
  { name: 'a compressed file', begins: [0x37, 0x7a, 0xbc, 0xaf] },
  { name: 'a text document', begins: [0x7b, 0x5c, 0x72, 0x74, 0x66] },
] as const;

/** The name of the part that holds a workbook with a password, as such files write it. */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

/** Markup and JSON have commas too, and would look like a table of nothing. */
function refuseMarkup(file: SourceFile, start: string): void {
  const other = /^\uFEFF?\s*<(?:!DOCTYPE html|html|table|\?xml)/i.test(start)
    ? 'a web page or XML'
    : /^\uFEFF?\s*[[{]\s*[{"\]]/.test(start)
      ? 'JSON'
      : undefined;
  if (other === undefined) return;
  throw new UnreadableFile(file.name, 'not-a-table', `${file.name} is ${other}, not a table. Export it as CSV or as .xlsx.`);
}

/**
 * Whether the text ends in NUL, with which some disks and devices fill up a file.
 * @throws UnreadableFile for a NUL with text behind it
 */
function isPadded(file: SourceFile, text: string, isPadding: boolean): boolean {
  if (!isPadding && !text.includes('\0')) return false;
  const rest = text.slice(0, endOf(text, '\0\x04\x1A\r\n\f '));
  if (isPadding ? rest === '' : !rest.includes('\0')) return true;
  // Every second letter of English text in UTF-16.
  if (/^(?:[\t\n\r -~]\0){20}|^(?:\0[\t\n\r -~]){20}/.test(text)) {
    const message = `${file.name} is UTF-16 text without the mark that shows it. Open it in Excel and save it as CSV UTF-8.`;
    throw new UnreadableFile(file.name, 'not-a-table', message);
  }
  throw new UnreadableFile(
    file.name,
    'not-a-table',
    `${file.name} is no table: it holds bytes that no text has. Export it as CSV or as .xlsx.`,
  );
}

/**
 * Bytes 0x80 to 0x9F of windows-1252, as the WHATWG encoding standard maps them. Node's own decoder maps them as if they were
 * Latin-1 in some versions (nodejs/node issue 56542), so a euro sign would become a control character.
 */
const HIGH = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8DŽ\x8F\x90‘’“”•–—˜™š›œ\x9DžŸ';

function fromWindows1252(bytes: Uint8Array): string {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  return latin.replace(/[\x80-\x9F]/g, (letter: string) => HIGH[letter.charCodeAt(0) - 0x80]!);
}
