import { type Archive, openArchive, tooLarge } from './archive.ts';
import { cellText, isDayFormat } from './cell-text.ts';
import type { Row } from './rows.ts';
import { parseAll, parsed, plainText, type TextList, textList } from './sheet-xml.ts';
import { type SourceFile, UnreadableFile } from './source-file.ts';

/** Texts that a workbook keeps apart from its cells have to be in memory. Tables with more come as CSV. */
const MOST_TEXT = 128 * 1024 * 1024;
const MOST_COLUMNS = 16_384;
const ROWS_PER_BATCH = 1_000;
/** Blank rows that a sheet leaves out are given back, so that they are listed; more than this in one place is an empty part. */
const MOST_BLANK = 1_000;

/** One sheet of a workbook, as text. */
export interface Sheet {
  readonly name: string;
  /** All rows in batches, read as they are asked for. Each call reads from the start. @throws UnreadableFile */
  rows(): AsyncGenerator<readonly Row[]>;
}

/** Whether the bytes are a zip archive, as every .xlsx file is. */
export function isZip(start: Uint8Array): boolean {
  return start[0] === 0x50 && start[1] === 0x4b && start[2] === 0x03 && start[3] === 0x04;
}

/**
 * All sheets of a workbook. Numbers keep the digits that the file has, days become YYYY-MM-DD, and of a formula the stored result
 * is read.
 * @throws UnreadableFile for what is no workbook, or one that unpacks to more than a table may have
 */
export async function readXlsx(file: SourceFile): Promise<readonly Sheet[]> {
  const archive = await openArchive(file, Object.keys(OTHERS));
  if ('found' in archive) throw new UnreadableFile(file.name, 'not-a-table', noWorkbook(file.name, archive.found));
  try {
    const book = await bookOf(file, archive);
    if (book === undefined) throw new UnreadableFile(file.name, 'not-a-table', noWorkbook(file.name, new Set(archive.names)));
    return book;
  } catch (error) {
    throw explained(file, error);
  }
}

async function bookOf(file: SourceFile, archive: Archive): Promise<readonly Sheet[] | undefined> {
  const at = archive.names.find((name) => /(^|\/)workbook\.xml$/.test(name));
  if (at === undefined) return undefined;
  const folder = at.slice(0, at.lastIndexOf('/') + 1);
  const sheets: { name: string; id: string }[] = [];
  let from1904 = false;
  await parseAll(archive.read(at), {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1];
      if (name === 'sheet' && id !== undefined) sheets.push({ name: attributes.name ?? '', id });
    },
  });
  const targets = new Map<string, string>();
  await parseAll(archive.read(`${folder}_rels/workbook.xml.rels`), {
    open(name, { Id, Target }) {
      if (name !== 'Relationship' || Id === undefined || Target === undefined) return;
      targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `${folder}${Target.replace(/^\.\//, '')}`);
    },
  });
  const days = await dayStyles(archive, `${folder}styles.xml`);
  const texts = await sharedTexts(file, archive, `${folder}sharedStrings.xml`);
  return sheets.flatMap(({ name, id }) => {
    const path = targets.get(id);
    // A chart has a sheet of its own, which holds no cells.
    if (path === undefined || !path.includes('worksheets/')) return [];
    return [{ name, rows: () => rowsIn(file, archive, path, { texts, days, from1904 }) }];
  });
}

interface Book {
  readonly texts: TextList;
  /** Numbers of styles that show a day. */
  readonly days: ReadonlySet<number>;
  readonly from1904: boolean;
}

async function dayStyles(archive: Archive, path: string): Promise<ReadonlySet<number>> {
  const formats = new Map<string, string>();
  const days = new Set<number>();
  let inCells = false;
  let style = 0;
  await parseAll(archive.read(path), {
    open(name, { numFmtId, formatCode }) {
      if (name === 'numFmt' && numFmtId !== undefined) formats.set(numFmtId, formatCode ?? '');
      if (name === 'cellXfs') inCells = true;
      if (name !== 'xf' || !inCells) return;
      if (isDayFormat(Number(numFmtId ?? 0), formats.get(numFmtId ?? ''))) days.add(style);
      style += 1;
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return days;
}

async function sharedTexts(file: SourceFile, archive: Archive, path: string): Promise<TextList> {
  const texts = textList();
  let text = '';
  let isText = false;
  // How a text is pronounced stands beside it.
  let isSound = false;
  await parseAll(archive.read(path), {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 'rPh') isSound = true;
      else if (name === 't') isText = !isSound;
    },
    text(part) {
      if (isText) text += part;
    },
    close(name) {
      if (name === 't') isText = false;
      else if (name === 'rPh') isSound = false;
      else if (name === 'si') {
        texts.add(plainText(text));
        if (texts.size() > MOST_TEXT) throw tooLarge(file);
      }
    },
  });
  return texts;
}

async function* rowsIn(file: SourceFile, archive: Archive, path: string, book: Book): AsyncGenerator<readonly Row[]> {
  let rows: Row[] = [];
  let cells: string[] = [];
  let row = 0;
  let column = -1;
  let width = 0;
  let [type, style, value] = ['', 0, ''];
  let isValue = false;
  let isSound = false;
  const handlers = {
    open(name: string, attributes: Readonly<Record<string, string>>) {
      switch (name) {
        case 'row': {
          const next = Number(attributes.r ?? row + 1);
          const blank = next - row - 1;
          for (let at = row + 1; at < next && blank <= MOST_BLANK; at += 1) rows.push({ row: at, cells: padded([], width) });
          [row, column, cells] = [next, -1, []];
          break;
        }
        case 'c':
          column = attributes.r === undefined ? column + 1 : columnOf(attributes.r);
          [type, style, value] = [attributes.t ?? 'n', Number(attributes.s ?? 0), ''];
          break;
        case 'v':
        case 't':
          isValue = !isSound;
          break;
        case 'rPh':
          isSound = true;
          break;
      }
    },
    text(part: string) {
      if (isValue) value += part;
    },
    close(name: string) {
      switch (name) {
        case 'v':
        case 't':
          isValue = false;
          break;
        case 'rPh':
          isSound = false;
          break;
        case 'c':
          if (value === '' || column < 0 || column >= MOST_COLUMNS) break;
          while (cells.length < column) cells.push('');
          cells[column] = cellText(type, value, { texts: book.texts, isDay: book.days.has(style), from1904: book.from1904 });
          break;
        case 'row':
          width = Math.max(width, cells.length);
          rows.push({ row, cells: padded(cells, width) });
          break;
      }
    },
  };
  try {
    for await (const _ of parsed(archive.read(path), handlers)) {
      if (rows.length < ROWS_PER_BATCH) continue;
      const full = rows;
      rows = [];
      yield full;
    }
  } catch (error) {
    throw explained(file, error);
  }
  if (rows.length > 0) yield rows;
}

/** A sheet has no cells where a row is empty; a table has one per column. */
function padded(cells: string[], width: number): readonly string[] {
  while (cells.length < width) cells.push('');
  return cells;
}

/** `C7` is column 2. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const letter = reference.charCodeAt(at) & ~32;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return column - 1;
}

function explained(file: SourceFile, error: unknown): unknown {
  if (error instanceof UnreadableFile) return error;
  return new UnreadableFile(file.name, 'not-a-table', OTHERS['xl/workbook.xml']!(file.name));
}

/** What an archive is that holds no workbook, by the names of the files in it. */
function noWorkbook(name: string, found: ReadonlySet<string>): string {
  const mark = Object.keys(OTHERS).find((one) => found.has(one));
  return mark === undefined ? `${name} is a zip archive. Unpack it, and add the files that are in it.` : OTHERS[mark]!(name);
}

const other = (name: string) => `${name} is a spreadsheet of another program. Open it there and export it as .xlsx or as CSV.`;
const OTHERS: Readonly<Record<string, (name: string) => string>> = {
  'xl/workbook.bin': (name) => `${name} is a binary Excel workbook. Open it in Excel and save it as .xlsx or as CSV.`,
  'xl/workbook.xml': (name) => `${name} is a damaged Excel workbook. Open it in Excel and save it again, or export it again.`,
  'application/vnd.oasis': other,
  // Of an OpenDocument file whose directory can be read.
  'content.xml': other,
  'Index/Document.iwa': other,
  'word/document.xml': (name) => `${name} is a Word document, not a table. Export it as CSV or as .xlsx.`,
};
