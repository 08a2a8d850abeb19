import { CsvError, type Parser, parse } from 'csv-parse';
import { decodeText, type Encoding } from './decode-text.ts';
import { chooseDelimiter, ROWS_TO_SEARCH } from './find-table.ts';
import type { Row } from './rows.ts';
import { type SourceFile, UnreadableFile } from './source-file.ts';

const DELIMITERS = [',', ';', '\t'] as const;

/** Which of comma, semicolon and tab separates the cells, by the file's first rows. */
export async function delimiterOf(file: SourceFile, encoding: Encoding): Promise<string> {
  const start = await startOf(file, encoding);
  const sample = new Map<string, readonly Row[]>();
  for (const delimiter of DELIMITERS) sample.set(delimiter, await sampleRows(start, delimiter));
  return chooseDelimiter(sample);
}

/**
 * A CSV file's rows, blank ones included, so that row numbers are those that a spreadsheet shows.
 * @throws UnreadableFile if a quote is never closed
 */
export async function* readCsv(file: SourceFile, encoding: Encoding, delimiter: string): AsyncIterable<Row> {
  const parser = parserFor(delimiter);
  const end = { open: false };
  const feeding = feed(parser, decodeText(file, encoding), end);
  let row = 0;
  // One row behind, since only the end of the file says whether the last row is whole.
  let before: Row | undefined;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1;
      if (before !== undefined) yield before;
      before = { row, cells };
    }
    await feeding;
    if (before !== undefined) yield end.open ? { ...before, endsOpen: true } : before;
  } catch (error) {
    throw explained(file, error, row);
  } finally {
    parser.destroy();
    await feeding.catch(() => {});
  }
}

function parserFor(delimiter: string): Parser {
  return parse({
    delimiter,
    // Rows of other lengths are reported row by row, and blank rows keep their numbers.
    relax_column_count: true,
    skip_empty_lines: false,
    // Excel writes ="363" so that a number stays text.
    relax_quotes: true,
    max_record_size: 1_000_000,
  });
}

async function feed(parser: Parser, text: AsyncIterable<string>, end: { open: boolean }): Promise<void> {
  try {
    for await (const piece of text) {
      if (parser.destroyed) return;
      end.open = !/[\r\n]$/.test(piece);
      if (!parser.write(piece)) await new Promise<void>((resolve) => parser.once('drain', resolve).once('close', resolve));
    }
    parser.end();
  } catch (error) {
    parser.destroy(error as Error);
  }
}

function explained(file: SourceFile, error: unknown, row: number): unknown {
  if (!(error instanceof CsvError)) return error;
  const where = `after row ${row}`;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE') {
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
    const parser = parserFor(delimiter);
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
