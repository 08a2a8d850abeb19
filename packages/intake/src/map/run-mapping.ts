import { normalHeader } from '../match/headers.ts';
import { type OpenTable, openTable } from '../read/open-table.ts';
import type { LeftOutRow } from '../read/rows.ts';
import type { SourceFile } from '../read/source-file.ts';
import { asRead, mayBeMadeAsRead } from './as-read.ts';
import { type Assembled, assemble, type HeldBack, type MadeRecord, type Note } from './assemble.ts';
import { type ControlTotal, columnsSeen, type Question, type Settled } from './columns-seen.ts';
import type { Mapping } from './mapping.ts';
import { type Corrections, cutIntoPieces, type Piece, type Unreadable } from './pieces.ts';
import type { Sorter } from './sorter.ts';

/** What an import says, as it goes. Each is called in the order of records; nothing is kept. */
export interface ImportEvents {
  record(made: MadeRecord): void | Promise<void>;
  unreadable?(problem: Unreadable): void;
  heldBack?(held: HeldBack): void;
  note?(note: Note): void;
  leftOut?(file: string, row: LeftOutRow): void;
  /** Now and then, with the number of rows read so far. */
  read?(rows: number): void;
}

export interface ImportOutcome {
  /** Rows that hold data, of all files. */
  readonly rows: number;
  /** If there are any, no record was made. */
  readonly questions: readonly Question[];
  readonly totals: readonly ControlTotal[];
  /** How columns were read, where records were made as their rows came: an apply of the same files need not find it out again. */
  readonly settled?: Settled;
}

export interface ImportTerms {
  readonly mapping: Mapping;
  /** By role. Several files of one role are read one after the other, as if they were one. Their names differ. */
  readonly files: Readonly<Record<string, SourceFile | readonly SourceFile[]>>;
  /** What a person corrected, by file name. */
  readonly corrections?: ReadonlyMap<string, Corrections> | undefined;
  readonly currency: string;
  /** IANA name. */
  readonly zone: string;
  readonly sorter: Sorter;
  /**
   * Records are made as their rows come, where each row may be one: `try`, or as an earlier run over the same files settled it. Absent:
   * after all rows were read.
   */
  readonly asRead?: 'try' | Settled | undefined;
}

/**
 * Reads files by a mapping: each row once, in a stream. How a column writes days and amounts is decided over all of its rows, so
 * records are made only when every row was seen, or count only then.
 * @throws UnreadableFile; no record counts then
 * @throws NeedsAllRows where `asRead` is set and what was made doesn't count
 */
export async function runMapping(terms: ImportTerms, events: ImportEvents): Promise<ImportOutcome> {
  const { mapping, files, sorter, corrections } = terms;
  const giveAway = giver(events);
  let rows = 0;
  const seen = columnsSeen(mapping, terms.currency);
  const stated = new Map<string, { file: string; value: string }[]>();
  const byRows = new Set(mapping.records.flatMap(({ lines }, index) => (lines?.by === 'rows' ? [index] : [])));
  const tables = new Map<string, OpenTable>();
  // Of each file, the last record that has one row per line: the file may have been cut in it.
  const last = new Map<string, string>();
  const known = terms.asRead === 'try' ? undefined : terms.asRead;
  const making =
    terms.asRead !== undefined && mayBeMadeAsRead(mapping) ? asRead(mapping, seen, terms.zone, known, giveAway) : undefined;

  for (const role of Object.keys(mapping.files)) {
    for (const file of filesOf(files[role])) {
      const table = await openTable(file, [new Set(mapping.files[role]!.known.map(normalHeader))]);
      if (!tables.has(role)) tables.set(role, table);
      const before = seen.sumsOf(role);
      const read = {
        isSum: (of: string, value: string) => seen.isSumSince(of, before, value),
        piece(piece: Piece) {
          if (making !== undefined) return making.add(piece);
          if (byRows.has(piece.record)) last.set(file.name, piece.key);
          return sorter.add(piece);
        },
        leftOut: (name: string, row: LeftOutRow) => events.leftOut?.(name, row),
        unreadable: (problem: Unreadable) => events.unreadable?.(problem),
        data(of: string, fields: Readonly<Record<string, string>>) {
          rows += 1;
          seen.add(of, fields);
          if (rows % ROWS_PER_SIGN === 0) events.read?.(rows);
        },
        total(of: string, value: string) {
          const totals = stated.get(of) ?? [];
          totals.push({ file: file.name, value });
          stated.set(of, totals);
        },
        complete: () => last.delete(file.name),
      };
      await cutIntoPieces(table, role, mapping, read, terms.currency, corrections?.get(file.name));
    }
  }

  const settled = await making?.end();
  const questions = seen.questions(tables);
  const totals = seen.totals(stated);
  const tellOfTips = () => {
    for (const { role, column, amount } of seen.tipsLeftOut()) {
      const { file, headerRow } = tables.get(role)!;
      const message = `Tips of ${amount} in “${column}” are left out, because they lie outside the invoices’ totals. To import each as a line, set the constant tipLine.`;
      events.note?.({ file, row: headerRow, code: 'tips-left-out', message });
    }
  };
  if (settled !== undefined) {
    if (questions.length === 0) tellOfTips();
    return { rows, questions, totals, settled };
  }
  if (questions.length > 0) return { rows, questions, totals };
  const readings = seen.readings(terms.zone);
  const ends = new Set(last.values());
  for await (const groups of sorter.groups()) {
    for (const pieces of groups) {
      const kept = giveAway(assemble(pieces, mapping, readings, ends.has(pieces[0]!.key)));
      if (kept !== undefined) await kept;
    }
  }
  tellOfTips();
  return { rows, questions, totals };
}

/** Tells what the rows of one key became. */
function giver(events: ImportEvents): (assembled: Assembled) => void | Promise<void> {
  return ({ made, unreadable, heldBack, notes }) => {
    for (const problem of unreadable) events.unreadable?.(problem);
    for (const held of heldBack) events.heldBack?.(held);
    for (const note of notes) events.note?.(note);
    if (made.length === 1) return events.record(made[0]!);
    return made.length === 0 ? undefined : each(made, events);
  };
}

async function each(made: readonly MadeRecord[], events: ImportEvents): Promise<void> {
  for (const one of made) await events.record(one);
}

/** How often an import shows that it reads on. */
const ROWS_PER_SIGN = 1_000;

function filesOf(files: SourceFile | readonly SourceFile[] | undefined): readonly SourceFile[] {
  if (files === undefined) return [];
  return 'open' in files ? [files] : files;
}
