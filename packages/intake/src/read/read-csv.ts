import { finished } from 'node:stream/promises';
import { CsvError, type Parser, parse } from 'csv-parse';
import { decodeText, type Encoding } from './decode-text.ts';
import { chooseDelimiter, ROWS_TO_SEARCH } from './find-table.ts';
import type { Row } from './rows.ts';
import { type SourceFile, UnreadableFile } from './source-file.ts';
import { type LineBreak, MOST_LETTERS, rowSplitter } from './split-rows.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** Which of comma, semicolon, tab and pipe separates the cells, by the file's first rows. */
export async function delimiterOf(file: SourceFile, encoding: Encoding): Promise<string> {
  const start = await startOf(file, encoding);
  const sample = new Map<string, readonly Row[]>();
  for (const delimiter of DELIMITERS) {
    if (start.includes(delimiter)) sample.set(delimiter, await sampleRows(start, delimiter));
  }
  return chooseDelimiter(sample);
}

/**
 * A CSV file's rows in batches, blank ones included, so that row numbers are those that a spreadsheet shows.
 * @throws UnreadableFile if a quote is never closed
 */
export async function* readCsv(file: SourceFile, encoding: Encoding, delimiter: string): AsyncIterable<readonly Row[]> {
  let row = 0;
  let open = false;
  // One batch behind, since only the end of the file shows whether the last row is whole.
  let before: Row[] = [];
  try {
    for await (const { rows, endsOpen } of cellsIn(decodeText(file, encoding), delimiter)) {
      open = endsOpen;
      if (rows.length === 0) continue;
      if (before.length > 0) yield before;
      before = rows.map((cells) => ({ row: ++row, cells }));
    }
    const last = before.at(-1);
    if (last !== undefined && open) before[before.length - 1] = { ...last, endsOpen: true };
    if (before.length > 0) yield before;
  } catch (error) {
    throw explained(file, error, row);
  }
}

interface Batch {
  readonly rows: readonly string[][];
  /** Whether the text so far ends without a line break. */
  readonly endsOpen: boolean;
}

async function* cellsIn(text: AsyncIterable<string>, delimiter: string): AsyncIterable<Batch> {
  const splitter = rowSplitter(delimiter);
  let parser: Parsing | undefined;
  let endsOpen = false;
  try {
    for await (const piece of text) {
      endsOpen = !/[\r\n]$/.test(piece);
      if (parser !== undefined) {
        yield { rows: await parser.write(piece), endsOpen };
        continue;
      }
      const { rows, left } = splitter.push(piece);
      yield { rows, endsOpen };
      if (left === undefined) continue;
      parser = parsing(delimiter, left.lineBreak);
      yield { rows: await parser.write(left.text), endsOpen };
    }
    if (parser === undefined) {
      const { text: rest, lineBreak } = splitter.end();
      if (rest === '') return;
      parser = parsing(delimiter, lineBreak);
      yield { rows: await parser.write(rest), endsOpen };
    }
    yield { rows: await parser.end(), endsOpen };
  } finally {
    parser?.stop();
  }
}

interface Parsing {
  /** The rows that are whole now. @throws CsvError */
  write(text: string): Promise<readonly string[][]>;
  end(): Promise<readonly string[][]>;
  stop(): void;
}

/** csv-parse, a piece of text at a time. */
function parsing(delimiter: string, lineBreak: LineBreak | undefined): Parsing {
  const parser = parserFor(delimiter, lineBreak);
  let rows: string[][] = [];
  let failed: Error | undefined;
  parser.on('data', (cells: string[]) => rows.push(cells));
  parser.on('error', (error) => {
    failed = error;
  });
  const taken = () => {
    if (failed !== undefined) throw failed;
    const all = rows;
    rows = [];
    return all;
  };
  return {
    async write(text) {
      if (failed === undefined) await new Promise<void>((resolve) => parser.write(text, () => resolve()));
      return taken();
    },
    async end() {
      if (failed === undefined) {
        parser.end();
        await finished(parser).catch(() => {});
      }
      return taken();
    },
    stop: () => parser.destroy(),
  };
}

function parserFor(delimiter: string, lineBreak?: LineBreak): Parser {
  return parse({
    delimiter,
    // Files that were put together from others mix \r\n and \n, and both end a row.
    ...(lineBreak === undefined ? {} : { record_delimiter: ['\r\n', '\n'] }),
    // Rows of other lengths are reported row by row, and blank rows keep their numbers.
    relax_column_count: true,
    skip_empty_lines: false,
    // Excel writes ="363" so that a number stays text.
    relax_quotes: true,
    max_record_size: MOST_LETTERS,
  });
}

function explained(file: SourceFile, error: unknown, row: number): unknown {
  if (!(error instanceof CsvError)) return error;
  const where = `after row ${row}`;
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return new UnreadableFile(
      file.name,
      'row-too-long',
      `${file.name} has a row of more than 1,000,000 letters ${where}. Usually a quote there is never closed: close it, or shorten the cell.`,
    );
  }
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new UnreadableFile(
      file.name,
      'quote-not-closed',
      `${file.name} opens a quote ${where} and never closes it. Export the file again, or close the quote.`,
    );
  }
  return new UnreadableFile(file.name, 'not-a-table', `${file.name} can't be read ${where} as CSV. Export it again.`);
}

const SAMPLE_LETTERS = 64 * 1024;

async function startOf(file: SourceFile, encoding: Encoding): Promise<string> {
  let text = '';
  for await (const piece of decodeText(file, encoding)) {
    text += piece;
    if (text.length >= SAMPLE_LETTERS) break;
  }
  return text.slice(0, SAMPLE_LETTERS);
}

/** What can be read of the start; the cut may go through a row, and a quote may be closed beyond it. */
function sampleRows(start: string, delimiter: string): Promise<Row[]> {
  return new Promise((resolve) => {
    const rows: Row[] = [];
    // A lone \r may end a row too; csv-parse finds that out.
    const parser = parserFor(delimiter, start.includes('\n') && !/\r(?!\n)/.test(start) ? '\n' : undefined);
    parser.on('readable', () => {
      for (let cells = parser.read(); cells !== null; cells = parser.read()) {
        if (rows.length < ROWS_TO_SEARCH) rows.push({ row: rows.length + 1, cells });
      }
    });
    parser.on('error', () => resolve(rows));
    parser.on('end', () => resolve(rows));
    parser.write(start);
    parser.end();
  });
}
