import { faults } from '../faults.ts';
import table from './members.json' with { type: 'json' };

const types = table.types as Record<string, Record<string, string>>;
const enums = table.enums as Record<string, string[]>;

/** The members an entity or a part of one may have, with their types (`Line[]`, `=EnumName`, `*` for anything). */
export function membersOf(type: string): Readonly<Record<string, string>> {
  return types[type] ?? {};
}

/** Reads what a client sent for a type: unknown members and wrong types are fault 2010, wrong enumerations 2170. Nulls vanish. */
export function readMembers(type: string, sent: unknown): Record<string, unknown> {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) throw faults.unreadable(`Can not read a ${type}`);
  const known = types[type];
  if (known === undefined) throw faults.unreadable(type);
  const read: Record<string, unknown> = {};
  for (const [member, value] of Object.entries(sent)) {
    const expected = known[member];
    if (expected === undefined) throw faults.unknownMember(member, type, Object.keys(known));
    // Clients send '' for a date or a number they don't have. It counts as absent.
    if (value === null || value === undefined || (value === '' && expected !== 'string')) continue;
    read[member] = expected.endsWith('[]') ? readList(member, expected.slice(0, -2), value) : readValue(member, expected, value);
  }
  return read;
}

/** Where a value differs from the table. Empty when it conforms. Tests compare every answer with Intuit's schema by it. */
export function strayMembers(type: string, value: unknown, at = type): string[] {
  const known = types[type];
  if (known === undefined) return [`${at}: no such type`];
  return Object.entries(value as Record<string, unknown>).flatMap(([member, found]) => {
    const expected = known[member];
    const here = `${at}.${member}`;
    if (expected === undefined) return [`${here} is not in the schema`];
    if (expected.endsWith('[]')) {
      if (!Array.isArray(found)) return [`${here} is not a list`];
      return found.flatMap((one, index) => strayValue(expected.slice(0, -2), one, `${here}[${index}]`));
    }
    return strayValue(expected, found, here);
  });
}

function strayValue(expected: string, found: unknown, here: string): string[] {
  if (expected === '*') return [];
  if (expected.startsWith('=')) {
    return enums[expected.slice(1)]?.includes(found as string)
      ? []
      : [`${here} ${JSON.stringify(found)} is not one of ${expected}`];
  }
  switch (expected) {
    case 'string':
      return typeof found === 'string' ? [] : [`${here} is not a string`];
    case 'number':
      return typeof found === 'number' && Number.isFinite(found) ? [] : [`${here} is not a number`];
    case 'integer':
      return Number.isInteger(found) ? [] : [`${here} is not an integer`];
    case 'boolean':
      return typeof found === 'boolean' ? [] : [`${here} is not a boolean`];
    case 'date':
      return typeof found === 'string' && isDate(found) ? [] : [`${here} is not a date`];
    case 'dateTime':
      return typeof found === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/.test(found)
        ? []
        : [`${here} is not a time`];
    default:
      return typeof found === 'object' && found !== null ? strayMembers(expected, found, here) : [`${here} is not a ${expected}`];
  }
}

function readList(member: string, type: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw faults.unreadable(`${member}: a list is expected`);
  return value.map((one) => readValue(member, type, one));
}

function readValue(member: string, type: string, value: unknown): unknown {
  if (type === '*') return value;
  if (type.startsWith('=')) {
    const text = String(value);
    if (!enums[type.slice(1)]?.includes(text)) throw faults.badEnumeration(text);
    return text;
  }
  switch (type) {
    case 'string':
      if (typeof value === 'object') throw faults.unreadable(`${member}: a text is expected`);
      return String(value);
    case 'number':
    case 'integer': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      if (typeof number !== 'number' || !Number.isFinite(number)) throw faults.unreadable(`${member}: a number is expected`);
      if (type === 'integer' && !Number.isInteger(number)) throw faults.unreadable(`${member}: a whole number is expected`);
      return number;
    }
    case 'boolean':
      if (value === true || value === 'true') return true;
      if (value === false || value === 'false') return false;
      throw faults.unreadable(`${member}: true or false is expected`);
    case 'date': {
      const day = String(value).slice(0, 10);
      if (!isDate(day)) throw faults.unreadable(`${member}: a date is expected`);
      return day;
    }
    case 'dateTime':
      return String(value);
    default:
      return readMembers(type, value);
  }
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
