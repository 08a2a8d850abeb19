import { parseMoney, toMoney } from '@ledgerpost/core';
import {
  type ControlTotal,
  type HeldBack,
  type LeftOutRow,
  type MadeRecord,
  memorySorter,
  type Note,
  type Question,
  runMapping,
  type Unreadable,
} from '@ledgerpost/intake';
import type { FileSet } from './recognise-files.ts';

/** What files would bring, before anything is written. */
export interface Checked {
  /** Rows that hold data, of all files. */
  readonly rows: number;
  /** One of each id: of the same customer in two files, the fuller one. */
  readonly records: readonly MadeRecord['record'][];
  readonly unreadable: readonly Unreadable[];
  readonly heldBack: readonly HeldBack[];
  readonly notes: readonly Note[];
  readonly leftOut: readonly (LeftOutRow & { readonly file: string })[];
  readonly totals: readonly ControlTotal[];
  readonly questions: readonly (Question & { readonly mapping: string })[];
}

/** Reads each set of files by its mapping. @throws UnreadableFile */
export async function checkFiles(sets: readonly FileSet[], terms: { currency: string; zone: string }): Promise<Checked> {
  const records = new Map<string, MadeRecord['record']>();
  const unreadable: Unreadable[] = [];
  const heldBack: HeldBack[] = [];
  const notes: Note[] = [];
  const leftOut: (LeftOutRow & { file: string })[] = [];
  const totals: ControlTotal[] = [];
  const questions: (Question & { mapping: string })[] = [];
  let rows = 0;
  for (const { known, files } of sets) {
    const outcome = await runMapping(
      { mapping: known.mapping, files, ...terms, sorter: memorySorter() },
      {
        record({ record }) {
          const key = `${record.type}/${record.id}`;
          const before = records.get(key);
          // A payments export knows a customer's name alone; it must not replace the address of the invoices.
          if (before === undefined || Object.keys(before).length < Object.keys(record).length) records.set(key, record);
        },
        unreadable: (problem) => void unreadable.push(problem),
        heldBack: (held) => void heldBack.push(held),
        note: (note) => void notes.push(note),
        leftOut: (file, row) => void leftOut.push({ ...row, file }),
      },
    );
    rows += outcome.rows;
    totals.push(...outcome.totals);
    questions.push(...outcome.questions.map((question) => ({ ...question, mapping: known.mapping.name })));
  }
  return { rows, records: [...records.values()], unreadable, heldBack, notes, leftOut, totals, questions };
}

/** Number and amount of the records of each type, in minor units; types without an amount have none. */
export function countRecords(
  records: readonly MadeRecord['record'][],
  currency: string,
): ReadonlyMap<string, { readonly count: number; readonly amount: number | undefined }> {
  const types = new Map<string, { count: number; amount: number | undefined }>();
  for (const record of records) {
    const said = record.total ?? record.amount;
    const minor = typeof said === 'string' ? parseMoney(said, currency) : undefined;
    const { count, amount } = types.get(record.type) ?? { count: 0, amount: undefined };
    types.set(record.type, {
      count: count + 1,
      amount: minor === undefined ? amount : toMoney((amount ?? 0) + minor),
    });
  }
  return types;
}
