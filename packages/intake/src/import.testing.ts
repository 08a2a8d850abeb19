import { expect } from 'vitest';
import { NeedsAllRows } from './map/as-read.ts';
import type { HeldBack, MadeRecord, Note } from './map/assemble.ts';
import type { Settled } from './map/columns-seen.ts';
import type { Mapping } from './map/mapping.ts';
import type { Unreadable } from './map/pieces.ts';
import { type ImportOutcome, runMapping } from './map/run-mapping.ts';
import { memorySorter } from './map/sorter.ts';
import type { LeftOutRow } from './read/rows.ts';
import { fileOf } from './read/source-file.ts';

export interface Imported extends ImportOutcome {
  readonly records: readonly MadeRecord['record'][];
  readonly unreadable: readonly Unreadable[];
  readonly heldBack: readonly HeldBack[];
  readonly notes: readonly Note[];
  readonly leftOut: readonly LeftOutRow[];
}

/**
 * Imports contents by role, in USD and Chicago's time. Where records may be made as their rows come, that is done too, and must bring the
 * same.
 */
export async function importFiles(mapping: Mapping, contents: Readonly<Record<string, string | Uint8Array>>): Promise<Imported> {
  const { settled: _, ...sorted } = await run(mapping, contents);
  const tried = await run(mapping, contents, 'try').catch(unlessAllRows);
  if (tried === undefined || tried.settled === undefined) return sorted;
  const known = tried.questions.length > 0 ? tried : await run(mapping, contents, tried.settled);
  for (const { settled: __, ...asRead } of [tried, known]) expect(asRead).toEqual(sorted);
  return sorted;
}

function unlessAllRows(error: unknown): undefined {
  if (!(error instanceof NeedsAllRows)) throw error;
}

/** One run; `asRead` as in `runMapping`. */
export async function run(
  mapping: Mapping,
  contents: Readonly<Record<string, string | Uint8Array>>,
  asRead?: 'try' | Settled,
): Promise<Imported> {
  const records: MadeRecord['record'][] = [];
  const unreadable: Unreadable[] = [];
  const heldBack: HeldBack[] = [];
  const notes: Note[] = [];
  const leftOut: LeftOutRow[] = [];
  const files = Object.fromEntries(Object.entries(contents).map(([role, content]) => [role, fileOf(`${role}.csv`, content)]));
  const outcome = await runMapping(
    { mapping, files, currency: 'USD', zone: 'America/Chicago', sorter: memorySorter(), asRead },
    {
      record: (made) => void records.push(made.record),
      unreadable: (problem) => unreadable.push(problem),
      heldBack: (held) => heldBack.push(held),
      note: (note) => notes.push(note),
      leftOut: (_, row) => leftOut.push(row),
    },
  );
  return { ...outcome, records, unreadable, heldBack, notes, leftOut };
}

/** Rows as CSV, quoted where it must be. */
export function csv(rows: readonly (readonly string[])[], delimiter = ','): string {
  const cell = (text: string) => (new RegExp(`["\\r\\n${delimiter}]`).test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => `${row.map(cell).join(delimiter)}\r\n`).join('');
}
