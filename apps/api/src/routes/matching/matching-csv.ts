import type { MatchingDecision, MatchingRow } from '@ledgerpost/store';
import { CsvError, parse } from 'csv-parse/sync';
import { KINDS } from './matching-scope.ts';

type Kind = (typeof KINDS)[number];

/** The columns of the file, in order. `kind`, `key`, `name` and `choice` are read back; the others are for the person. */
const COLUMNS = [
  'kind',
  'key',
  'name',
  'documents',
  'state',
  'linked_id',
  'linked_name',
  'suggested_id',
  'suggested_name',
  'suggested_because',
  'choice',
] as const;
const READ = ['kind', 'key', 'name', 'choice'] as const;

/** The first line. The mark lets spreadsheets read it as UTF-8. */
export const CSV_HEAD = `\uFEFF${COLUMNS.join(',')}\r\n`;

/** One of ours as a line. Read back unchanged, it decides nothing. */
export function csvLine(kind: Kind, row: MatchingRow): string {
  const [best] = row.suggestions;
  const cells: Record<(typeof COLUMNS)[number], string> = {
    kind,
    key: row.key,
    name: row.name,
    documents: String(row.documents),
    state: row.state,
    linked_id: row.link?.externalId ?? '',
    linked_name: row.link?.nameNow ?? row.link?.name ?? '',
    suggested_id: best?.externalId ?? '',
    suggested_name: best?.name ?? '',
    suggested_because: best?.reason ?? '',
    choice: choiceOf(row),
  };
  return `${COLUMNS.map((column) => cell(cells[column])).join(',')}\r\n`;
}

/** What was decided. What still needs a person's word has no choice yet, so that sending the file back does not give it. */
function choiceOf({ state, link, wanted }: MatchingRow): string {
  if (link !== null) return state === 'linked' && !link.toConfirm ? link.externalId : '';
  return wanted === 'create' || wanted === 'another' ? wanted : '';
}

/** What a line decides, and where it stands. */
export interface CsvDecision {
  readonly line: number;
  readonly kind: Kind;
  readonly key: string;
  readonly name: string;
  readonly decision: MatchingDecision;
}

export interface CsvFault {
  readonly line: number;
  readonly message: string;
}

export interface CsvRead {
  readonly decisions: readonly CsvDecision[];
  /** Lines that have no choice. */
  readonly without: number;
  readonly faults: readonly CsvFault[];
}

/** Reads a file as `csvLine` writes it, also after a spreadsheet saved it. Every bad line is named; nothing is guessed. */
export function readMatchingCsv(text: string): CsvRead {
  const rows = rowsOf(text);
  if ('faults' in rows) return { decisions: [], without: 0, faults: rows.faults };
  const [head, ...lines] = rows;
  if (head === undefined) return faulty(1, 'The file is empty. Export it again, and fill in the column “choice”.');
  const columns = head.record.map((name) => name.trim().toLowerCase());
  const missing = READ.filter((name) => !columns.includes(name));
  if (missing.length > 0)
    return faulty(1, `The column “${missing.join('”, “')}” is missing. The first line names the columns: ${COLUMNS.join(',')}.`);
  const twice = READ.find((name) => columns.indexOf(name) !== columns.lastIndexOf(name));
  if (twice !== undefined) return faulty(1, `The column “${twice}” is there twice. Keep one.`);

  const decisions: CsvDecision[] = [];
  const faults: CsvFault[] = [];
  const seen = new Map<string, number>();
  let without = 0;
  for (const { record, line } of lines) {
    if (record.every((value) => value.trim() === '')) continue;
    if (record.length !== columns.length) {
      faults.push({
        line,
        message: `The line has ${record.length} cells, and the first line ${columns.length}. Quote cells that contain a comma.`,
      });
      continue;
    }
    const [kind, key, name, choice] = READ.map((column) => value(record[columns.indexOf(column)]!)) as [
      string,
      string,
      string,
      string,
    ];
    const known = KINDS.find((one) => one === kind);
    if (known === undefined) {
      faults.push({ line, message: `The kind is ${quoted(kind)}. Write customer or item.` });
      continue;
    }
    if (key === '') {
      faults.push({ line, message: 'The key is missing. Export the file again, and change only the column “choice”.' });
      continue;
    }
    const former = seen.get(`${kind}/${key}`);
    if (former !== undefined) {
      faults.push({ line, message: `The ${kind} ${quoted(key)} is on line ${former} already. Keep one of the two lines.` });
      continue;
    }
    seen.set(`${kind}/${key}`, line);
    if (choice === '') {
      without++;
      continue;
    }
    decisions.push({ line, kind: known, key, name, decision: { key, ...decisionIn(choice) } as MatchingDecision });
  }
  return { decisions, without, faults };
}

/** `create`, `another`, `undo`, `same:KEY`, or an id in the books. */
function decisionIn(choice: string): object {
  switch (choice.toLowerCase()) {
    case 'create':
      return { create: true };
    case 'another':
      return { another: true };
    case 'undo':
      return { undo: true };
    default:
      return /^same:/i.test(choice) ? { same: choice.slice(5).trim() } : { externalId: choice };
  }
}

interface Line {
  readonly record: readonly string[];
  readonly line: number;
}

function rowsOf(text: string): readonly Line[] | { readonly faults: readonly CsvFault[] } {
  try {
    const head = text.slice(0, Math.max(0, text.search(/[\r\n]|$/)));
    const delimiter = [',', ';', '\t'].toSorted((a, b) => head.split(b).length - head.split(a).length)[0]!;
    const rows = parse(text, { bom: true, delimiter, relax_column_count: true, info: true, skip_empty_lines: true });
    // `lines` counts to the end of a row; a cell may span several.
    return (rows as unknown as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      record,
      line: info.lines,
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as { lines?: unknown }).lines ?? 1);
    return {
      faults: [
        {
          line,
          message: 'A quote is not where it may be, or is never closed. Put quotes around the whole cell, and write two for one.',
        },
      ],
    };
  }
}

function faulty(line: number, message: string): CsvRead {
  return { decisions: [], without: 0, faults: [{ line, message }] };
}

function quoted(text: string): string {
  return `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`;
}

/** Spreadsheets compute what begins so. An apostrophe before it keeps it a text. */
const COMPUTED = /^'*[=+\-@\t\r]/;

function cell(text: string): string {
  const safe = COMPUTED.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The text of a cell that `cell` may have written. */
function value(text: string): string {
  const trimmed = text.trim();
  return trimmed.startsWith("'") && COMPUTED.test(trimmed) ? trimmed.slice(1) : trimmed;
}
