import { membersOf } from '../api/members.ts';
import { type Books, recordsOf } from '../books/books.ts';
import type { BookRecord } from '../books/records.ts';
import { companyInfo } from '../entities/company.ts';
import type { Kind } from '../entities/kind.ts';
import { kindAt } from '../entities/kinds.ts';
import { preferencesView } from '../entities/preferences.ts';
import { faults } from '../faults.ts';
import { type Condition, parse, type Query } from './parse.ts';

/** Answers a query as the member `QueryResponse`. Faults 4000 and 4001. */
export function runQuery(books: Books, text: string): Record<string, unknown> {
  const query = parse(text);
  const single = singles[query.entity.toLowerCase()];
  if (single !== undefined) return page(query, single[0], [single[1](books)]);
  const kind = kindAt(query.entity);
  if (kind === undefined) throw faults.queryInvalid(`invalid context declaration: ${query.entity}`);
  for (const { member } of [...query.conditions, ...query.order]) checkMember(kind, member);
  if (Array.isArray(query.columns)) {
    for (const column of query.columns) {
      const first = column.split('.')[0] ?? column;
      if (membersOf(kind.name)[first] === undefined)
        throw faults.queryInvalid(`Property ${column} not found for Entity ${kind.name}`);
    }
  }
  const computed = [...query.conditions, ...query.order].some(({ member }) => /Balance$/.test(member));
  const hidesInactive = kind.sort === 'list' && !query.conditions.some((one) => one.member === 'Active');
  const conditions = query.conditions.map(predicate);
  const found = recordsOf(books, kind.name)
    .filter((record) => !hidesInactive || record.Active !== false)
    .map((record) => (computed ? kind.view(books, record) : record))
    .filter((record) => conditions.every((isTrue) => isTrue(record)));
  if (query.columns === 'count') return { totalCount: found.length };
  const ordered = found.sort(query.order.length === 0 ? usualOrder(kind) : givenOrder(query.order));
  const shown = ordered.slice(query.start - 1, query.start - 1 + query.most);
  return page(query, kind.name, computed ? shown : shown.map((record) => kind.view(books, record)));
}

const singles: Readonly<Record<string, readonly [string, (books: Books) => BookRecord]>> = {
  companyinfo: ['CompanyInfo', companyInfo],
  preferences: ['Preferences', preferencesView],
};

function page(query: Query, name: string, rows: readonly BookRecord[]): Record<string, unknown> {
  if (query.columns === 'count') return { totalCount: rows.length };
  if (rows.length === 0) return {};
  const columns = query.columns;
  const shown =
    columns === 'all'
      ? rows
      : rows.map((row) => {
          const wanted = columns.map((column) => column.split('.')[0] ?? column);
          const kept = Object.entries(row).filter(
            ([member]) => member === 'Id' || member === 'domain' || wanted.includes(member),
          );
          return { ...Object.fromEntries(kept), sparse: true };
        });
  return { [name]: shown, startPosition: query.start, maxResults: shown.length };
}

function checkMember(kind: Kind, member: string): void {
  const known = membersOf(kind.name)[member.split('.')[0] ?? member];
  if (known === undefined) throw faults.queryInvalid(`Property ${member} not found for Entity ${kind.name}`);
  if (!kind.queryable.includes(member)) throw faults.queryInvalid(`property '${member}' is not queryable`);
}

/** Long lists of names are looked up, since comparing each row with each name takes minutes in large books. */
function predicate(condition: Condition): (record: BookRecord) => boolean {
  const { member, operator, values } = condition;
  const isPlain = operator === 'IN' && values.every((value) => !/^(\d+|\d{4}-\d\d-\d\d.*|true|false)$/.test(value));
  if (!isPlain) return (record) => holds(record, condition);
  const folded = new Set(values.map((value) => value.toLowerCase()));
  return (record) => {
    const found = valueAt(record, member);
    return typeof found === 'string' ? folded.has(found.toLowerCase()) : holds(record, condition);
  };
}

function holds(record: BookRecord, { member, operator, values }: Condition): boolean {
  const found = valueAt(record, member);
  if (found === undefined) return false;
  switch (operator) {
    case 'IN':
      return values.some((value) => compare(found, value) === 0);
    case 'LIKE':
      return likeness(values[0] ?? '').test(String(found));
    case '=':
      return compare(found, values[0] ?? '') === 0;
    case '<':
      return compare(found, values[0] ?? '') < 0;
    case '>':
      return compare(found, values[0] ?? '') > 0;
    case '<=':
      return compare(found, values[0] ?? '') <= 0;
    case '>=':
      return compare(found, values[0] ?? '') >= 0;
  }
}

function valueAt(record: BookRecord, member: string): string | number | boolean | undefined {
  let value: unknown = record;
  for (const part of member.split('.')) value = (value as Record<string, unknown> | undefined)?.[part];
  if (typeof value === 'object' && value !== null) {
    const { value: id, Address: address } = value as { value?: string; Address?: string };
    return id ?? address;
  }
  return value as string | number | boolean | undefined;
}

function compare(found: string | number | boolean, value: string): number {
  if (typeof found === 'number') return found - Number(value);
  if (typeof found === 'boolean') return found === (value === 'true') ? 0 : 1;
  if (/^\d{4}-\d\d-\d\dT/.test(found) && /^\d{4}-\d\d-\d\d/.test(value)) return Date.parse(found) - Date.parse(value);
  if (/^\d+$/.test(found) && /^\d+$/.test(value)) return Number(found) - Number(value);
  const [one, other] = [found.toLowerCase(), value.toLowerCase()];
  return one < other ? -1 : one > other ? 1 : 0;
}

function likeness(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('%', '.*')}$`, 'is');
}

// As recorded: lists by name, transactions the latest first.
function usualOrder(kind: Kind): (one: BookRecord, other: BookRecord) => number {
  if (kind.sort === 'transaction') {
    return (one, other) => compare(other.TxnDate ?? '', one.TxnDate ?? '') || Number(other.Id) - Number(one.Id);
  }
  return (one, other) => compare(nameOf(one), nameOf(other)) || Number(one.Id) - Number(other.Id);
}

function givenOrder(order: Query['order']): (one: BookRecord, other: BookRecord) => number {
  return (one, other) => {
    for (const { member, descending } of order) {
      const difference = compare(valueAt(one, member) ?? '', String(valueAt(other, member) ?? ''));
      if (difference !== 0) return descending ? -difference : difference;
    }
    return Number(one.Id) - Number(other.Id);
  };
}

function nameOf(record: BookRecord): string {
  return record.FullyQualifiedName ?? record.DisplayName ?? record.Name ?? '';
}
