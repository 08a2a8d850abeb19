import { normalHeader } from '../match/headers.ts';
import { type Encoding, encodingOf } from './decode-text.ts';
import { findHeader, ROWS_TO_SEARCH } from './find-table.ts';
import { delimiterOf, readCsv } from './read-csv.ts';
import { isZip, readXlsx, type Sheet } from './read-xlsx.ts';
import type { Row, Table } from './rows.ts';
import { type SourceFile, UnreadableFile } from './source-file.ts';

/** A file's table, found, with a way to read its rows. */
export interface OpenTable extends Table {
  /** All rows of the file or sheet in batches, preamble and header too. Each call reads from the start. */
  rows(): AsyncIterable<readonly Row[]>;
}

/**
 * Finds the table in a file: its encoding, delimiter or sheet, and its header.
 * @param known the header sets of the exports that we know, in normal form: the header may stand below a preamble
 * @throws UnreadableFile if the file holds no table
 */
export async function openTable(file: SourceFile, known: readonly ReadonlySet<string>[] = []): Promise<OpenTable> {
  return isZip(await firstBytes(file)) ? openWorkbook(file, known) : openCsv(file, known);
}

async function openCsv(file: SourceFile, known: readonly ReadonlySet<string>[]): Promise<OpenTable> {
  const { encoding, delimiter } = await formOf(file);
  const rows = () => readCsv(file, encoding, delimiter);
  const header = findHeader(await firstOf(rows()), known);
  if (header === undefined) throw noTable(file);
  return { file: file.name, delimiter, headerRow: header.row, headers: header.cells, rows };
}

interface Form {
  readonly encoding: Encoding;
  readonly delimiter: string;
}

/** Only the whole file shows its encoding, so it is looked for once: to recognise a file and to read it takes the same answer. */
const FORMS = new WeakMap<SourceFile, Promise<Form>>();

function formOf(file: SourceFile): Promise<Form> {
  let form = FORMS.get(file);
  if (form === undefined) {
    form = encodingOf(file).then(async (encoding) => ({ encoding, delimiter: await delimiterOf(file, encoding) }));
    FORMS.set(file, form);
  }
  return form;
}

/**
 * The sheet whose header is a known export's; else the first that has a table.
 * @throws UnreadableFile if two sheets have one: reading one alone would lose the other
 */
async function openWorkbook(file: SourceFile, known: readonly ReadonlySet<string>[]): Promise<OpenTable> {
  const sheets = await sheetsOf(file);
  const tables: { sheet: Sheet; header: Row }[] = [];
  for (const sheet of sheets) {
    const header = findHeader(await firstOf(sheet.rows()), known);
    if (header !== undefined) tables.push({ sheet, header });
  }
  const isKnown = ({ header }: { header: Row }) => {
    const names = new Set(header.cells.map(normalHeader));
    return known.some((set) => [...set].every((name) => names.has(name)));
  };
  const [first, ...others] = tables.filter(isKnown);
  if (others.length > 0) {
    const names = tables.filter(isKnown).map(({ sheet }) => `“${sheet.name}”`);
    throw new UnreadableFile(
      file.name,
      'several-sheets',
      `${file.name} has several sheets that could be imported: ${names.join(', ')}. Save each one as a file of its own.`,
    );
  }
  const chosen = first ?? tables[0];
  if (chosen === undefined) throw noTable(file);
  const { sheet, header } = chosen;
  return { file: file.name, sheet: sheet.name, headerRow: header.row, headers: header.cells, rows: () => sheet.rows() };
}

/** Its texts and formats are read once. */
const BOOKS = new WeakMap<SourceFile, Promise<readonly Sheet[]>>();

function sheetsOf(file: SourceFile): Promise<readonly Sheet[]> {
  let sheets = BOOKS.get(file);
  if (sheets === undefined) {
    sheets = readXlsx(file);
    BOOKS.set(file, sheets);
  }
  return sheets;
}

async function firstOf(batches: AsyncIterable<readonly Row[]>): Promise<readonly Row[]> {
  const first: Row[] = [];
  for await (const batch of batches) {
    first.push(...batch.slice(0, ROWS_TO_SEARCH - first.length));
    if (first.length === ROWS_TO_SEARCH) break;
  }
  return first;
}

function noTable(file: SourceFile): UnreadableFile {
  return new UnreadableFile(
    file.name,
    'not-a-table',
    `No table was found in ${file.name}: none of its first ${ROWS_TO_SEARCH} rows looks like a row of column names. Export it as CSV or .xlsx.`,
  );
}

async function firstBytes(file: SourceFile): Promise<Uint8Array> {
  for await (const bytes of file.open()) if (bytes.length > 0) return bytes;
  return new Uint8Array();
}
