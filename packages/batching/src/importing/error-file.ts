import { END_OF_ERRORS, knownHeaders, openTable, type RowPlace } from '@ledgerpost/intake';
import { eachFinding, type ImportFile, type ImportRow, type Sql } from '@ledgerpost/store';
import { type LookedAt, sourceFile } from './look-at-files.ts';

/** The column that an error file begins with. */
export const REASON = 'Reason';

/**
 * The rows of a file that could not be read, as they came, each with its reason in front. Of a record of several rows all of them are
 * there, so that the corrected file makes the whole record. CSV, in UTF-8.
 */
export async function* errorFile(sql: Sql, row: ImportRow, file: ImportFile): AsyncGenerator<string> {
  const reasons = await reasonsOf(sql, row.id, file.name);
  const known = ((row.assigned as LookedAt | null)?.sets ?? []).map(({ mapping }) => mapping);
  const table = await openTable(sourceFile(sql, row.id, file), knownHeaders(known));
  yield `\uFEFF${line([REASON, ...table.headers])}`;
  for await (const rows of table.rows()) {
    const lines = rows.flatMap(({ row: at, cells }) => {
      const reason = reasons.get(at);
      return reason === undefined || at === table.headerRow ? [] : [line([reason, ...cells])];
    });
    if (lines.length > 0) yield lines.join('');
  }
  yield line([END_OF_ERRORS, ...table.headers.map(() => '')]);
}

async function reasonsOf(sql: Sql, importId: string, name: string): Promise<ReadonlyMap<number, string>> {
  const reasons = new Map<number, string>();
  for await (const page of eachFinding(sql, importId, 'unreadable')) {
    for (const { file, row, message, details } of page) {
      const places = (details as { rows?: readonly RowPlace[] } | null)?.rows ?? [];
      for (const place of places) {
        if (place.file === name && !reasons.has(place.row))
          reasons.set(place.row, `Belongs to row ${row} of ${file}: ${message}`);
      }
      if (file === name && row !== null) reasons.set(row, message);
    }
  }
  return reasons;
}

function line(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}
