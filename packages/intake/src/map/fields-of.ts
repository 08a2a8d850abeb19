import type { RecordMapping, Value } from './mapping.ts';

/** The columns that a record is known by. */
export function idFields(record: RecordMapping): readonly string[] {
  return record.id.by === 'content' ? record.id.fields : [record.id.field];
}

const FIELDS = new WeakMap<RecordMapping, readonly string[]>();

/** The columns that a record's content comes from. */
export function fieldsOf(rule: RecordMapping): readonly string[] {
  const known = FIELDS.get(rule);
  if (known !== undefined) return known;
  const of = (value: Value): readonly string[] => {
    if ('field' in value) return [value.field].flat();
    if ('object' in value) return Object.values(value.object).flatMap(of);
    return 'sum' in value ? [value.sum] : [];
  };
  const { members, tax, lines } = rule;
  const fromLines =
    lines?.by === 'cell'
      ? [lines.field, lines.sum, lines.discount, lines.tip]
      : lines?.by === 'total'
        ? [lines.field, lines.less]
        : [];
  const all = [...Object.values(members).flatMap(of), ...fromLines, tax?.amount, tax?.rate, tax?.name];
  const fields = [...new Set(all.filter((field) => field !== undefined))];
  FIELDS.set(rule, fields);
  return fields;
}
