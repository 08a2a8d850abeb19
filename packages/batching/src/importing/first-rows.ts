import type { CompanyFacts } from '@ledgerpost/core';
import {
  type MadeRecord,
  memorySorter,
  openTable,
  type Question,
  runMapping,
  type SourceFile,
  type Unreadable,
  UnreadableFile,
} from '@ledgerpost/intake';
import type { ImportRow, Sql } from '@ledgerpost/store';
import { correctionsOf, type LookedAt, lookAtFiles, shownLook } from './look-at-files.ts';

/** The first rows of an import's files beside the records that they make. */
export interface FirstRows {
  readonly looked: LookedAt;
  readonly files: readonly {
    readonly file: string;
    readonly headers: readonly string[];
    readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
  }[];
  readonly records: readonly Pick<MadeRecord, 'record' | 'file' | 'rows'>[];
  readonly unreadable: readonly Unreadable[];
  readonly questions: readonly Question[];
}

/** How much of a file is read, and how many records are shown. */
const BYTES = 256 * 1024;
const ROWS = 30;
const RECORDS = 30;

/** Reads the beginning of each file by its mapping, so that a person sees what a mapping does before the whole is checked. */
export async function firstRows(sql: Sql, company: CompanyFacts, row: ImportRow): Promise<FirstRows> {
  const files = await lookAtFiles(sql, row);
  const shown: FirstRows['files'][number][] = [];
  const records: Pick<MadeRecord, 'record' | 'file' | 'rows'>[] = [];
  const unreadable: Unreadable[] = [];
  const questions: Question[] = [];
  for (const { known, files: roles } of files.sets) {
    const beginnings = Object.fromEntries(Object.entries(roles).map(([role, of]) => [role, of.map(beginningOf)]));
    try {
      for (const file of Object.values(beginnings).flat()) shown.push(await rowsOf(file));
      const outcome = await runMapping(
        {
          mapping: known.mapping,
          files: beginnings,
          corrections: correctionsOf(row),
          currency: company.currency,
          zone: company.timeZone,
          sorter: memorySorter(),
        },
        {
          record({ record, file, rows }) {
            if (records.length < RECORDS) records.push({ record, file, rows });
          },
          unreadable: (problem) => void (unreadable.length < RECORDS && unreadable.push(problem)),
        },
      );
      questions.push(...outcome.questions);
    } catch (error) {
      // What is wrong with a whole file is said by the check.
      if (!(error instanceof UnreadableFile)) throw error;
    }
  }
  return { looked: shownLook(files), files: shown, records, unreadable, questions };
}

async function rowsOf(file: SourceFile): Promise<FirstRows['files'][number]> {
  const table = await openTable(file);
  const rows: { row: number; cells: readonly string[] }[] = [];
  for await (const batch of table.rows()) {
    rows.push(...batch.filter(({ row }) => row > table.headerRow).slice(0, ROWS - rows.length));
    if (rows.length >= ROWS) break;
  }
  return { file: file.name, headers: table.headers, rows };
}

/** The beginning of a text file, up to the last whole line; a workbook can't be cut. */
function beginningOf(file: SourceFile): SourceFile {
  return {
    name: file.name,
    async *open() {
      let size = 0;
      for await (const bytes of file.open()) {
        const isWorkbook = size === 0 && bytes[0] === 0x50 && bytes[1] === 0x4b;
        if (isWorkbook) size = Number.NEGATIVE_INFINITY;
        size += bytes.length;
        if (size < BYTES) {
          yield bytes;
          continue;
        }
        const end = bytes.subarray(0, Math.max(0, BYTES - (size - bytes.length))).lastIndexOf(LINE_FEED);
        if (end > 0) yield bytes.subarray(0, end + 1);
        return;
      }
    },
  };
}

const LINE_FEED = 10;
