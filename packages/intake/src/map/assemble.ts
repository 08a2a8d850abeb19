import { compact, type RecordType } from '@ledgerpost/core';
import { linesOf, tipOf } from './lines.ts';
import type { AllocationRule, IdRule, Mapping, RecordMapping, Value } from './mapping.ts';
import { BROKEN, type Piece, type RowPlace, sameName, type Unreadable } from './pieces.ts';
import { digest, printOf } from './print-of.ts';
import { CellProblem, type Cells, cellsOf, type Readings } from './read-cell.ts';
import { disagreement, fullest, inContentOrder, sayTheSame, unlikeRows } from './rows-together.ts';
import { add, isSame, subtract } from './sums.ts';
import { taxOf, taxOfRows, totalOf } from './taxes.ts';

/** A record that files make, as plain JSON in the shape that the API accepts, and where it came from. */
export interface MadeRecord {
  readonly record: Readonly<Record<string, unknown>> & { readonly type: RecordType; readonly id: string };
  readonly file: string;
  readonly rows: readonly number[];
  /** The same for the same cells, whatever the mapping makes of them: shows whether the rows changed or the mapping did. */
  print(): string;
}

/** A record that files can't prove, and what a person does about it. Nothing of it comes in. */
export interface HeldBack {
  readonly file: string;
  readonly rows: readonly number[];
  readonly code: HeldBackCode;
  readonly message: string;
}

export type HeldBackCode = 'maybe-cut' | 'header-missing' | 'rows-disagree' | 'refund-to-match' | 'amount-repeated';

/** What somebody should know about a record that came in all the same. */
export interface Note {
  readonly file: string;
  readonly row: number;
  readonly code: 'lines-not-split' | 'unapplied' | 'tip-left-out' | 'tips-left-out' | 'differs';
  readonly message: string;
}

export type Assembled = {
  readonly made: readonly MadeRecord[];
  readonly unreadable: readonly Unreadable[];
  readonly heldBack: readonly HeldBack[];
  readonly notes: readonly Note[];
};

/** Makes the records of one key's pieces. Pure: the same pieces give the same records, in whatever order the rows came. */
export function assemble(pieces: readonly Piece[], mapping: Mapping, readings: Readings, isLast: boolean): Assembled {
  if (pieces.length > 1 || pieces[0]!.record < 0) {
    const broken = pieces.find(({ record }) => record === BROKEN);
    if (broken !== undefined) return { ...NOTHING, unreadable: takenOut(pieces, broken) };
  }
  const all = pieces.length === 1 && pieces[0]!.record >= 0 ? pieces : pieces.filter(({ record }) => record >= 0);
  const heads = all.length < 2 ? all : inContentOrder(all, mapping.records[all[0]!.record]!);
  if (heads.length === 0) return { ...NOTHING, heldBack: [orphan(pieces, mapping)] };
  const rule = mapping.records[heads[0]!.record]!;
  if (rule.id.by === 'content') return joined(heads.map((head, at) => one([head], at, rule, mapping, readings, false)));
  if (rule.lines?.by === 'rows' && rule.lines.from === rule.from) return ofRows(heads, rule, mapping, readings, isLast);
  if (rule.allocations !== undefined) return one(heads, 0, rule, mapping, readings, false);
  if (rule.lines === undefined && sayTheSame(heads, rule)) return one([heads[0]!], 0, rule, mapping, readings, false);
  const unlike = disagreement(heads, rule);
  const lines = pieces.filter(({ record }) => record === -1);
  const made = one([rule.lines === undefined ? fullest(heads) : heads[0]!], 0, rule, mapping, readings, false, lines);
  if (unlike === undefined) return made;
  // What stands for a thing in every row that names it may be spelled in many ways; a document has one.
  if (rule.lines === undefined) return { ...made, notes: [...made.notes, { ...unlike, code: 'differs' }] };
  return {
    ...NOTHING,
    heldBack: [{ ...placeOf(heads), code: 'rows-disagree', message: `${unlike.message} Remove one of them.` }],
  };
}

/** A document whose every row is a line: what its rows repeat must be the same in all that fill it in. */
function ofRows(heads: readonly Piece[], rule: RecordMapping, mapping: Mapping, readings: Readings, isLast: boolean): Assembled {
  if (heads.length === 1) return one(heads, 0, rule, mapping, readings, isLast, heads);
  const unlike = unlikeRows(
    heads,
    heads.map((head) => cellsOf(head, mapping, readings)),
    rule,
  );
  if (unlike !== undefined) {
    const message = `${unlike} Make them the same.`;
    return { ...NOTHING, heldBack: [{ ...placeOf(heads), code: 'rows-disagree', message }] };
  }
  const head = { ...heads[0]!, fields: fullest(heads).fields };
  return one([head, ...heads.slice(1)], 0, rule, mapping, readings, isLast, heads);
}

const NOTHING: Assembled = { made: [], unreadable: [], heldBack: [], notes: [] };

function joined(all: readonly Assembled[]): Assembled {
  return {
    made: all.flatMap(({ made }) => made),
    unreadable: all.flatMap(({ unreadable }) => unreadable),
    heldBack: all.flatMap(({ heldBack }) => heldBack),
    notes: all.flatMap(({ notes }) => notes),
  };
}

/** One record out of its rows. `ordinal` tells payments apart that say the same. */
function one(
  heads: readonly Piece[],
  ordinal: number,
  rule: RecordMapping,
  mapping: Mapping,
  readings: Readings,
  isLast: boolean,
  lineRows: readonly Piece[] = [],
): Assembled {
  const head = heads[0]!;
  const cells = cellsOf(head, mapping, readings);
  const notes: Note[] = [];
  try {
    const proof = provenWhole(rule, heads, mapping, readings, isLast);
    if (proof !== undefined) return { ...NOTHING, heldBack: [{ ...placeOf(heads), ...proof }] };
    // The record as it will be: a copy of each of a million would be garbage.
    const members: Record<string, unknown> = { type: rule.type, id: '' };
    for (const { name, sum, read } of readersOf(rule)) {
      const value = sum === undefined ? read(cells, mapping) : sumOf(sum, heads, mapping, readings);
      if (value !== undefined) members[name] = value;
    }
    requireMembers(rule, members, cells);
    if (rule.type === 'refund' && members.paymentId === undefined) {
      const message = `The file doesn't say which payment this refund of ${String(members.amount)} belongs to. Choose the payment.`;
      return { ...NOTHING, heldBack: [{ ...placeOf(heads), code: 'refund-to-match', message }] };
    }
    if (rule.lines !== undefined) {
      const lines = linesOf(
        rule.lines,
        cells,
        lineRows.map((row) => cellsOf(row, mapping, readings)),
        mapping,
      );
      members.lines = lines.lines;
      const tip = tipOf(rule.lines, cells, mapping);
      if (tip !== undefined && members.total !== undefined) members.total = add([String(members.total), tip]);
      if (lines.note !== undefined) notes.push({ file: head.file, row: head.row, ...lines.note });
    }
    if (rule.tax !== undefined) {
      const tax = taxOfRows(rule.tax, lineRows, mapping, readings, members);
      if (tax === 'unclear') {
        const message =
          'Its rows have different taxes, and no total proves that they are to be added. Export a column with the total of the invoice.';
        return { ...NOTHING, heldBack: [{ ...placeOf(heads), code: 'rows-disagree', message }] };
      }
      const whole = taxOf(rule.tax, cells, mapping, tax);
      if (whole !== undefined) members.tax = whole;
    }
    if (rule.lines !== undefined && (members.total === undefined || rule.lines.by === 'rows')) {
      const total = totalOf(members);
      members.total ??= total;
      if (!isSame(total, String(members.total))) {
        const message = `Its lines and tax total ${total}, but its stated total is ${String(members.total)}. Rows may be missing. Export it again.`;
        return { ...NOTHING, heldBack: [{ ...placeOf([...heads, ...lineRows]), code: 'maybe-cut', message }] };
      }
    }
    if (rule.allocations !== undefined) {
      const { allocations, note } = allocationsOf(
        rule.allocations,
        heads.map((row) => cellsOf(row, mapping, readings)),
        mapping,
      );
      if (allocations.length > 0) members.allocations = allocations;
      if (note !== undefined) notes.push({ file: head.file, row: head.row, ...note });
    }
    members.id = idOf(rule.type, rule.id, cells, mapping.source, ordinal);
    const record = members as MadeRecord['record'];
    const print = () => printOf(lineRows === heads || lineRows.length === 0 ? heads : [...heads, ...lineRows], mapping);
    const { unreadable, heldBack } = NOTHING;
    return { made: [{ record, file: head.file, rows: rowsOf(heads), print }], unreadable, heldBack, notes };
  } catch (error) {
    if (error instanceof CellProblem) {
      const places = placesOf([...heads, ...lineRows]);
      return { ...NOTHING, unreadable: [places.length < 2 ? error.problem : { ...error.problem, rows: places }] };
    }
    throw error;
  }
}

function sumOf(field: string, heads: readonly Piece[], mapping: Mapping, readings: Readings): string {
  return add(heads.map((row) => String(cellsOf(row, mapping, readings).read(field, 'money', {}) ?? '0')));
}

interface Member {
  readonly name: string;
  /** The column whose amounts of all rows it is. */
  readonly sum?: string;
  readonly read: Reader;
}

type Reader = (cells: Cells, mapping: Mapping) => unknown;

const READERS = new WeakMap<RecordMapping, readonly Member[]>();

/** How each member is read: looked up once per rule instead of once per row. */
function readersOf(rule: RecordMapping): readonly Member[] {
  let readers = READERS.get(rule);
  if (readers === undefined) {
    readers = Object.entries(rule.members).map(([name, value]) =>
      'sum' in value ? { name, sum: value.sum, read: () => undefined } : { name, read: readerOf(value) },
    );
    READERS.set(rule, readers);
  }
  return readers;
}

function readerOf(value: Value): Reader {
  if ('is' in value) return () => value.is;
  if ('constant' in value) return (_, mapping) => mapping.constants?.[value.constant];
  if ('sum' in value) return () => undefined;
  if ('object' in value) {
    const parts = Object.entries(value.object).map(([name, one]) => [name, readerOf(one)] as const);
    return (cells, mapping) => {
      const members = parts.map(([name, read]) => [name, read(cells, mapping)] as const);
      return members.every(([, one]) => one === undefined)
        ? undefined
        : compact<Record<string, unknown>>(Object.fromEntries(members));
    };
  }
  if ('idOf' in value) {
    const { idOf: type, by, field } = value;
    return (cells, mapping) => {
      const said = cells.text(field);
      return said === undefined ? undefined : named(type, by, said, mapping.source);
    };
  }
  const { as, before, otherwise } = value;
  const how = { negate: value.negate, table: value.table };
  const fields = [value.field].flat();
  return (cells) => {
    for (const field of fields) {
      const read = cells.read(field, as, how);
      if (read !== undefined) return before === undefined ? read : `${before}${read}`;
    }
    return otherwise;
  };
}

/** 1 to 64 characters, the same for the same thing at every import. */
function idOf(type: RecordType, rule: IdRule, cells: Cells, source: string, ordinal: number): string {
  if (rule.by !== 'content') return named(type, rule.by, cells.text(rule.field)!, source);
  const content = rule.fields.map((field) => cells.normal(field)).join('\u001F');
  return `${source}:${type}:${digest(content)}${ordinal === 0 ? '' : `-${ordinal + 1}`}`;
}

const MOST = 64;

function named(type: RecordType, by: 'system' | 'number' | 'name', said: string, source: string): string {
  const text = sameName(said);
  if (by === 'system' && text.length <= MOST) return text;
  const whole = `${source}:${type}:${text}`;
  return whole.length <= MOST ? whole : `${source}:${type}:${digest(text)}`;
}

/** One allocation per row, or per invoice that a cell names, if what it pays of each is known. */
function allocationsOf(
  rule: AllocationRule,
  rows: readonly Cells[],
  mapping: Mapping,
): { allocations: readonly { invoiceId: string; amount: string }[]; note?: Omit<Note, 'file' | 'row'> } {
  const allocations: { invoiceId: string; amount: string }[] = [];
  let note: Omit<Note, 'file' | 'row'> | undefined;
  for (const cells of rows) {
    const invoice = cells.text(rule.invoice);
    if (invoice === undefined) continue;
    const numbers = invoice.split(/\s*,\s*/).filter((number) => number !== '');
    if (numbers.length > 1) {
      const message = `The payment is for invoices ${numbers.join(' and ')}, and the file doesn't say how much for each. It comes in unapplied.`;
      note = { code: 'unapplied', message };
      continue;
    }
    const amount = cells.read(rule.amount, 'money', { negate: rule.negate }) as string | undefined;
    const less = rule.less === undefined ? undefined : cells.read(rule.less, 'money', {});
    if (amount === undefined) continue;
    const pays = less === undefined ? String(amount) : subtract(String(amount), String(less));
    if (less !== undefined && /[1-9]/.test(String(less))) {
      note = {
        code: 'tip-left-out',
        message: `A tip of ${String(less)} is part of the payment and pays no invoice. It stays unapplied.`,
      };
    }
    if (!pays.startsWith('-') && /[1-9]/.test(pays)) {
      allocations.push({ invoiceId: named('invoice', rule.by, numbers[0]!, mapping.source), amount: pays });
    }
  }
  return note === undefined ? { allocations } : { allocations, note };
}

/** What a record of that type can't be without, and what no constant may stand for. */
const REQUIRED: Partial<Record<RecordType, readonly string[]>> = {
  invoice: ['date'],
  creditMemo: ['date'],
  payment: ['date', 'amount'],
  refund: ['date', 'amount'],
};

function requireMembers(rule: RecordMapping, members: Readonly<Record<string, unknown>>, cells: Cells): void {
  for (const name of REQUIRED[rule.type] ?? []) {
    const value = rule.members[name];
    if (members[name] !== undefined || value === undefined || !('field' in value) || !('as' in value)) continue;
    cells.required([value.field].flat()[0]!, value.as);
  }
}

/** Why nobody can know that all of a record is in the files; undefined where it is proven. */
function provenWhole(
  rule: RecordMapping,
  heads: readonly Piece[],
  mapping: Mapping,
  readings: Readings,
  isLast: boolean,
): { code: HeldBackCode; message: string } | undefined {
  if (
    rule.lines?.by === 'rows' &&
    rule.lines.from === rule.from &&
    isLast &&
    !('total' in rule.members && hasTotal(rule, heads[0]!))
  ) {
    const message =
      'It is the last record of the file, and no total proves that all of its rows are there. Export one more day, or a column with the total.';
    return { code: 'maybe-cut', message };
  }
  if (rule.allocations !== undefined && heads.length > 1) {
    const amounts = new Set(
      heads.map((row) => String(cellsOf(row, mapping, readings).read(rule.allocations!.amount, 'money', {}))),
    );
    // Whether each row of a split payment repeats the whole amount is documented nowhere.
    if (amounts.size === 1) {
      const message =
        'The payment has several rows with the same amount. The file doesn’t say whether each is a part or the whole. Enter this payment’s parts.';
      return { code: 'amount-repeated', message };
    }
  }
  return undefined;
}

function hasTotal(rule: RecordMapping, head: Piece): boolean {
  const total = rule.members.total;
  return total !== undefined && 'field' in total && [total.field].flat().some((field) => head.fields[field] !== undefined);
}

function orphan(pieces: readonly Piece[], mapping: Mapping): HeldBack {
  const roles = [
    ...new Set(mapping.records.filter(({ lines }) => lines?.by === 'rows').map(({ from }) => mapping.files[from]?.title ?? from)),
  ];
  const message = `No file has the record that these lines belong to. Add it to ${roles.join(' or ')}, or export both for the same days.`;
  return { ...placeOf(pieces), code: 'header-missing', message };
}

function placeOf(pieces: readonly Piece[]): { file: string; rows: readonly number[] } {
  return { file: pieces[0]!.file, rows: rowsOf(pieces) };
}

function rowsOf(pieces: readonly Piece[]): readonly number[] {
  if (pieces.length === 1) return [pieces[0]!.row];
  return [...new Set(pieces.map(({ row }) => row))].sort((a, b) => a - b);
}

/** The other rows of a record of which one can't be read: listed with it, so that an error file has the whole record. */
function takenOut(pieces: readonly Piece[], broken: Piece): readonly Unreadable[] {
  const places = placesOf(pieces);
  const others = places.filter(({ file, row }) => file !== broken.file || row !== broken.row);
  if (others.length === 0) return [];
  const message = `Row ${broken.row} of ${broken.file} can't be read and may belong to the same record, so all of it is left out. Correct that row.`;
  return [{ ...others[0]!, code: 'row-broken', message, rows: places }];
}

function placesOf(pieces: readonly Piece[]): readonly RowPlace[] {
  return [...new Map(pieces.map(({ file, row }) => [`${file}\u001F${row}`, { file, row }])).values()];
}
