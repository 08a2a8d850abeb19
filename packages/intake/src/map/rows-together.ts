import { fieldsOf, idFields } from './fields-of.ts';
import type { RecordMapping } from './mapping.ts';
import type { Piece } from './pieces.ts';
import type { Cells } from './read-cell.ts';

const REPEATED = new WeakMap<RecordMapping, readonly string[]>();

/** The columns that say the same in each row of a document: not those of its lines, and the tax is looked at apart. */
function repeatedFields(rule: RecordMapping): readonly string[] {
  let fields = REPEATED.get(rule);
  if (fields === undefined) {
    const { lines } = rule;
    const own = new Set<unknown>([
      rule.tax?.amount,
      ...Object.values(rule.members).map((value) => ('sum' in value ? value.sum : '')),
    ]);
    if (lines?.by === 'rows') {
      for (const field of [lines.amount, lines.quantity, lines.unitPrice, lines.name, lines.description]) own.add(field);
    }
    fields = fieldsOf(rule).filter((field) => !own.has(field));
    REPEATED.set(rule, fields);
  }
  return fields;
}

/** What rows of one document say differently of what they repeat, in a sentence; an empty cell says nothing. */
export function unlikeRows(heads: readonly Piece[], cells: readonly Cells[], rule: RecordMapping): string | undefined {
  for (const field of repeatedFields(rule)) {
    const at = heads.findIndex(({ fields }) => fields[field] !== undefined);
    if (at === -1) continue;
    const first = heads[at]!;
    const said = first.fields[field];
    const other = heads.findIndex(
      ({ fields }, index) =>
        fields[field] !== undefined && fields[field] !== said && cells[index]!.normal(field) !== cells[at]!.normal(field),
    );
    if (other === -1) continue;
    const { row, fields } = heads[other]!;
    return `Rows ${first.row} and ${row} of one ${rule.type} say different things: “${said}” and “${fields[field]}”.`;
  }
  return undefined;
}

/** Most rows repeat what the first one says of its customer. */
export function sayTheSame(heads: readonly Piece[], rule: RecordMapping): boolean {
  const fields = fieldsOf(rule);
  const [first] = heads;
  return heads.every((head) => fields.every((field) => head.fields[field] === first!.fields[field]));
}

/** By what they say, so that the order of a file's rows never changes a record. */
export function inContentOrder(pieces: readonly Piece[], rule: RecordMapping): readonly Piece[] {
  const fields = [...idFields(rule), ...fieldsOf(rule)];
  if (rule.id.by !== 'content' && rule.lines === undefined && sayTheSame(pieces, rule)) return pieces;
  const said = pieces.map((piece) => ({ piece, text: fields.map((field) => piece.fields[field] ?? '').join('\u001F') }));
  return said.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : a.piece.row - b.piece.row)).map(({ piece }) => piece);
}

/** What all rows together say of one thing: each cell from the first row that fills it. */
export function fullest(heads: readonly Piece[]): Piece {
  if (heads.length === 1) return heads[0]!;
  const fields: Record<string, string> = {};
  for (const head of heads) {
    for (const [name, cell] of Object.entries(head.fields)) if (cell.trim() !== '' && cell.trim() !== '-') fields[name] ??= cell;
  }
  return { ...heads[0]!, fields };
}

/** Where two rows say different things about one record. */
export function disagreement(
  heads: readonly Piece[],
  rule: RecordMapping,
): { readonly file: string; readonly row: number; readonly message: string } | undefined {
  if (heads.length < 2) return undefined;
  const said = (head: Piece, field: string) => head.fields[field]?.trim() ?? '';
  for (const field of fieldsOf(rule)) {
    // What a thing's row leaves out, another row may say.
    const saying = rule.lines === undefined ? heads.filter((head) => said(head, field) !== '') : heads;
    const [first] = saying;
    const other = saying.find((head) => said(head, field) !== said(first!, field));
    if (other === undefined) continue;
    const who = idFields(rule).map((id) => first!.fields[id]);
    const message = `Rows ${first!.row} and ${other.row} say different things about ${rule.type} ${who.join(' ')}: “${said(first!, field)}” and “${said(other, field)}”.`;
    return { file: other.file, row: other.row, message };
  }
  return undefined;
}
