import { count, counted, inMoney } from './words.ts';

interface Sum {
  readonly records: number;
  readonly amount: number;
}

export interface ReportAnswer {
  readonly rows: number;
  readonly types: Readonly<
    Record<string, Readonly<Record<'new' | 'changed' | 'mappingChanged' | 'posted' | 'unchanged' | 'kept' | 'asked', Sum>>>
  >;
  readonly unreadable: number;
  readonly heldBack: number;
  readonly leftOut: Readonly<Record<string, number>>;
  readonly notes: Readonly<Record<string, number>>;
  readonly totals: readonly {
    readonly file: string;
    readonly column: string;
    readonly stated: string;
    readonly ours: string;
    readonly agrees: boolean;
  }[];
  readonly acknowledge: readonly string[];
  readonly seen: { readonly appliedAt: string } | null;
  readonly absent: Sum | null;
  readonly targets: readonly {
    readonly name: string;
    readonly records: number;
    readonly of: number;
    readonly operations: Readonly<Record<string, { readonly documents: number; readonly amount: number }>>;
    readonly problemCounts: Readonly<Record<string, number>>;
    readonly refused: { readonly message: string } | null;
  }[];
}

/** The parts of an import that the command line reads. */
export interface ImportAnswer {
  readonly id: string;
  readonly state: string;
  readonly digest: string | null;
  readonly files: readonly { readonly name: string }[];
  readonly looked: {
    readonly files: readonly {
      readonly file: string;
      readonly mapping: string | null;
      readonly use: string;
      readonly message: string | null;
      readonly proposal?: {
        readonly template: string;
        readonly mapping?: { readonly files: unknown } | undefined;
      } | null;
    }[];
  } | null;
  readonly report: ReportAnswer | null;
  readonly reason: { readonly message: string } | null;
  readonly progress: {
    readonly phase: string;
    readonly done: number;
    readonly of: number;
    readonly perSecond: number;
    readonly secondsLeft: number | null;
  } | null;
  readonly outcome: {
    readonly types?: Readonly<Record<string, { readonly new: number; readonly changed: number; readonly unchanged: number }>>;
    readonly left?: number;
  } | null;
}

const OUTCOMES = [
  ['new', 'new'],
  ['changed', 'changed'],
  ['mappingChanged', 'changed by the mapping'],
  ['posted', 'of these posted'],
  ['unchanged', 'unchanged'],
  ['kept', 'left to another way'],
  ['asked', 'to decide'],
] as const;

/** What a check found, as text. */
export function reportLines(report: ReportAnswer, currency: string): readonly string[] {
  const lines = [`${counted(report.rows, 'row')} with data`];
  if (report.seen !== null) lines.push(`The same files were applied on ${report.seen.appliedAt.slice(0, 10)}.`);
  for (const [type, outcomes] of Object.entries(report.types)) {
    const parts = OUTCOMES.filter(([as]) => outcomes[as].records > 0).map(([as, words]) => {
      const { records, amount } = outcomes[as];
      return `${count(records)} ${words}${amount === 0 ? '' : ` (${inMoney(amount, currency)})`}`;
    });
    lines.push(`${type}: ${parts.join(', ')}`);
  }
  const others = [
    [report.unreadable, 'unreadable'],
    [report.heldBack, 'held back'],
    [Object.values(report.leftOut).reduce((all, one) => all + one, 0), 'rows left out'],
  ] as const;
  lines.push(others.map(([n, words]) => `${count(n)} ${words}`).join(', '));
  for (const { file, column, stated, ours, agrees } of report.totals) {
    lines.push(`total of ${file}, ${column}: ${stated}; ours: ${ours}${agrees ? '' : ' (DIFFERS)'}`);
  }
  if (report.absent !== null) lines.push(`${count(report.absent.records)} no longer in the files`);
  for (const { name, operations, problemCounts, refused, records, of } of report.targets) {
    const verbs = Object.entries(operations)
      .filter(([, { documents }]) => documents > 0)
      .map(([operation, { documents, amount }]) => `${count(documents)} ${operation} (${inMoney(amount, currency)})`);
    const problems = Object.entries(problemCounts).map(([code, n]) => `${count(n)} ${code}`);
    const part = records < of ? `, of the first ${count(records)} records` : '';
    lines.push(`at ${name}${part}: ${refused?.message ?? ([...verbs, ...problems].join(', ') || 'nothing to send')}`);
  }
  return lines;
}

/** Rows that need a person, as text. */
export function findingLines({
  rows,
}: {
  readonly rows: readonly {
    readonly file: string | null;
    readonly row: number | null;
    readonly column: string | null;
    readonly message: string;
  }[];
}): readonly string[] {
  return rows.map(({ file, row, column, message }) => {
    const place = file === null ? '' : `${file}${row === null ? '' : ` row ${row}`}${column === null ? '' : `, ${column}`}: `;
    return `${place}${message}`;
  });
}
