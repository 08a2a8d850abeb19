import type { Operation, RecordType } from '@ledgerpost/core';
import type { ControlTotal, Question } from '@ledgerpost/intake';
import type { SettledByMapping } from './read-records.ts';

/** Records, and their sum in minor units where the type has amounts. */
export interface Sum {
  readonly records: number;
  readonly amount: number;
}

/** What an import would do with the records of one type. */
export interface TypeReport {
  readonly new: Sum;
  /** Changed because the rows did. */
  readonly changed: Sum;
  /** Changed because the mapping did: the rows are as they were. */
  readonly mappingChanged: Sum;
  /** Of the two above: in the books of some target, where the change becomes an update or a problem. */
  readonly posted: Sum;
  readonly unchanged: Sum;
  /** Another way brought them: the files don't overwrite them. */
  readonly kept: Sum;
  /** May be records that are there already under another id: held back until a person decides. */
  readonly asked: Sum;
}

/** What the records would be at one target. */
export interface TargetReport {
  readonly target: string;
  readonly name: string;
  /** How many of the new and changed records were tried: the first ones, up to a bound. */
  readonly records: number;
  readonly of: number;
  readonly operations: Readonly<Partial<Record<Operation, { readonly documents: number; readonly amount: number }>>>;
  readonly notSelected: readonly { readonly reason: string; readonly documents: number; readonly amount: number }[];
  readonly problemCounts: Readonly<Record<string, number>>;
  readonly problems: readonly { readonly code: string; readonly message: string; readonly number: string }[];
  /** Why the target could not be asked. */
  readonly refused: { readonly code: string; readonly message: string } | null;
}

export interface ImportReport {
  /** Rows that hold data, of all files. */
  readonly rows: number;
  readonly types: Readonly<Partial<Record<RecordType, TypeReport>>>;
  readonly unreadable: number;
  readonly heldBack: number;
  /** Rows by why they were left out. */
  readonly leftOut: Readonly<Record<string, number>>;
  readonly notes: Readonly<Record<string, number>>;
  readonly totals: readonly ControlTotal[];
  readonly questions: readonly (Question & { readonly mapping: string })[];
  /** What apply wants acknowledged. */
  readonly acknowledge: readonly Acknowledgment[];
  /** An earlier import of the same files, mappings and corrections. */
  readonly seen: { readonly importId: string; readonly appliedAt: string } | null;
  /** Within the declared cover, and no longer in the files. Null: no cover was declared. */
  readonly absent: { readonly records: number; readonly amount: number; readonly unsure: string | null } | null;
  readonly targets: readonly TargetReport[];
  /** How columns were read, where records were made as their rows came; absent in checks of former releases. For the apply alone. */
  readonly settled?: SettledByMapping;
}

export const ACKNOWLEDGMENTS = ['posted-records', 'mapping-changed', 'absent-records'] as const;
export type Acknowledgment = (typeof ACKNOWLEDGMENTS)[number];

/** What an apply did. */
export interface ApplyOutcome {
  readonly types: Readonly<
    Partial<Record<RecordType, { readonly new: number; readonly changed: number; readonly unchanged: number }>>
  >;
  /** Changed by somebody after the check, so they stayed as they are. */
  readonly left: number;
  readonly absent: number;
  readonly seconds: number;
}

const OUTCOMES = ['new', 'changed', 'mappingChanged', 'posted', 'unchanged', 'kept', 'asked'] as const;
export type CountedAs = (typeof OUTCOMES)[number];

/** Adds up records by type and outcome. */
export function counter() {
  const types = new Map<RecordType, Record<CountedAs, { records: number; amount: number }>>();
  return {
    add(type: RecordType, as: CountedAs, amount: number, times = 1) {
      let of = types.get(type);
      if (of === undefined) {
        of = Object.fromEntries(OUTCOMES.map((one) => [one, { records: 0, amount: 0 }])) as NonNullable<typeof of>;
        types.set(type, of);
      }
      of[as].records += times;
      of[as].amount += amount * times;
    },
    types: () => Object.fromEntries(types) as ImportReport['types'],
    total: (as: CountedAs) => [...types.values()].reduce((all, of) => all + of[as].records, 0),
  };
}
