import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { readCsv } from './read-csv.ts';
import { fileOf, type SourceFile } from './source-file.ts';
import { rowSplitter } from './split-rows.ts';

/** The same numbers at every run. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function expected(text: string, lineBreaks?: string[]): string[][] | 'error' {
  try {
    const ends = lineBreaks === undefined ? {} : { record_delimiter: lineBreaks };
    return parse(text, { relax_column_count: true, relax_quotes: true, skip_empty_lines: false, ...ends });
  } catch {
    return 'error';
  }
}

async function ours(file: SourceFile): Promise<string[][] | 'error'> {
  const rows: string[][] = [];
  try {
    for await (const batch of readCsv(file, 'utf-8', ',')) rows.push(...batch.map(({ cells }) => [...cells]));
  } catch {
    return 'error';
  }
  return rows;
}

/** The text in pieces of a few bytes, as a network may deliver it. */
function inPieces(text: string, next: (below: number) => number): SourceFile {
  return {
    name: 'a.csv',
    async *open() {
      const bytes = new TextEncoder().encode(text);
      for (let at = 0; at < bytes.length; ) {
        const size = 1 + next(6);
        yield bytes.subarray(at, at + size);
        at += size;
      }
    },
  };
}

describe('rows of a CSV file', () => {
  it.each([
    ['anything at all', ['a', 'b', ',', '"', '\n', '\r\n', '\r', ' ', 'é', '=']],
    ['regular quotes', ['a', ',', '\n', '"a"', '""', '"a,b"', '"a""b"', '"a\nb"', ',"', '",']],
    ['lines that end in \\r\\n', ['a', ',', '\r\n', '\r\n', '"a"', '"b\r\nc"', '"', '=']],
  ])('are exactly those of csv-parse: %s', async (_, alphabet) => {
    const next = chance(7);
    for (let round = 0; round < 800; round += 1) {
      const text = Array.from({ length: 1 + next(24) }, () => alphabet[next(alphabet.length)]).join('');
      const wanted = [expected(text)];
      // Where both breaks are there, both end a row. csv-parse by itself takes the first one only.
      if (text.includes('\r\n') && /(?<!\r)\n/.test(text)) wanted.push(expected(text, ['\r\n', '\n']));
      expect(wanted, JSON.stringify(text)).toContainEqual(await ours(fileOf('a.csv', text)));
      expect(wanted, `in pieces: ${JSON.stringify(text)}`).toContainEqual(await ours(inPieces(text, next)));
    }
  });

  it('are split without csv-parse as long as the file is regular', () => {
    const splitter = rowSplitter(',');
    expect(splitter.push('a,b\r\n"c, ""d""",e\r\nf')).toEqual({
      rows: [
        ['a', 'b'],
        ['c, "d"', 'e'],
      ],
    });
    expect(splitter.push(',g\r\n')).toEqual({ rows: [['f', 'g']] });
    expect(splitter.push('h\ni\r\n').left).toEqual({ text: 'h\ni\r\n', lineBreak: '\r\n' });
  });
});
