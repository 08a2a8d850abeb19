import { RECORD_TYPES } from '@ledgerpost/core';
import { z } from 'zod';
import type { Mapping, Value } from '../map/mapping.ts';

const name = z.string().min(1).max(200);
const names = z.record(z.string().min(1).max(100), z.string().max(500));
const dates = z.enum(['iso', 'mdy', 'dmy', 'month-name']);
const numbers = z.enum(['point', 'comma']);

const condition = z.strictObject({
  field: name,
  is: z.array(z.string().max(500)).max(500).optional(),
  isNot: z.array(z.string().max(500)).max(500).optional(),
  begins: z.strictObject({ with: z.array(z.string().min(1).max(100)).max(100), not: z.boolean().optional() }).optional(),
  sign: z.enum(['negative', 'not-negative']).optional(),
});

const file = z.strictObject({
  title: name,
  optional: z.boolean().optional(),
  known: z.array(name).min(1).max(200),
  columns: z.record(name, z.union([name, z.array(name).min(1).max(20)])),
  empty: z.record(name, z.array(z.string().max(200)).max(100)).optional(),
  leaveOut: z.array(condition).max(50).optional(),
  total: name.optional(),
});

const id = z.union([
  z.strictObject({ by: z.enum(['system', 'number', 'name']), field: name }),
  z.strictObject({ by: z.literal('content'), fields: z.array(name).min(1).max(20) }),
]);

const value: z.ZodType<Value> = z.lazy(() =>
  z.union([
    z.strictObject({
      field: z.union([name, z.array(name).min(1).max(20)]),
      as: z.enum(['text', 'money', 'decimal', 'date', 'boolean']),
      negate: z.boolean().optional(),
      table: name.optional(),
      otherwise: z.string().max(500).optional(),
      before: z.string().max(100).optional(),
    }),
    z.strictObject({ sum: name }),
    z.strictObject({ constant: name }),
    z.strictObject({ is: z.union([z.string().max(500), z.boolean()]) }),
    z.strictObject({ idOf: z.enum(RECORD_TYPES), by: z.enum(['system', 'number', 'name']), field: name }),
    z.strictObject({ object: z.record(name, value) }),
  ]),
) as z.ZodType<Value>;

const lines = z.union([
  z.strictObject({
    by: z.literal('rows'),
    from: name,
    name,
    description: name.optional(),
    quantity: name.optional(),
    unitPrice: name.optional(),
    amount: name.optional(),
    taxable: name.optional(),
    service: name.optional(),
    category: name.optional(),
    negate: z.boolean().optional(),
  }),
  z.strictObject({
    by: z.literal('cell'),
    field: name,
    sum: name,
    discount: name.optional(),
    tip: name.optional(),
    otherwise: name,
  }),
  z.strictObject({ by: z.literal('total'), field: name, less: name.optional(), name }),
]);

const record = z.strictObject({
  type: z.enum(RECORD_TYPES),
  from: name,
  when: z.array(condition).max(50).optional(),
  id,
  members: z.record(name, value),
  lines: lines.optional(),
  tax: z.strictObject({ amount: name, rate: name.optional(), name: name.optional(), negate: z.boolean().optional() }).optional(),
  allocations: z
    .strictObject({
      invoice: name,
      by: z.enum(['system', 'number']),
      amount: name,
      negate: z.boolean().optional(),
      less: name.optional(),
    })
    .optional(),
});

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A whole mapping as JSON. */
export const mappingSchema = z.strictObject({
  name: z.string().max(40).regex(KEBAB, 'Write the name in small letters, digits and hyphens, as jobber-invoices.'),
  title: name,
  source: z.string().max(24).regex(KEBAB, 'Write the source in small letters, digits and hyphens, as jobber.'),
  files: z.record(z.string().min(1).max(40), file),
  records: z.array(record).min(1).max(40),
  values: z.record(name, names).optional(),
  constants: names.optional(),
  dates: z.record(name, dates).optional(),
  usualDates: dates.optional(),
  numbers: z.record(name, numbers).optional(),
  zone: z.string().max(60).optional(),
});

/** What a mapping of one's own changes in a preset. */
export const mappingChanges = mappingSchema.partial();

export interface MappingFault {
  /** Where in the mapping: `records.1.lines.from`. */
  readonly field: string;
  readonly message: string;
}

/** Reads a mapping from JSON, with every fault that can be known without a file. */
export function readMapping(value: unknown): { readonly mapping: Mapping } | { readonly faults: readonly MappingFault[] } {
  const parsed = mappingSchema.safeParse(value);
  if (!parsed.success) {
    return { faults: parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })) };
  }
  const mapping = parsed.data as Mapping;
  const faults = faultsIn(mapping);
  return faults.length > 0 ? { faults } : { mapping };
}

/** Names that lead nowhere: a record from a file that the mapping lacks, an id from a column that the file lacks. */
function faultsIn(mapping: Mapping): readonly MappingFault[] {
  const faults: MappingFault[] = [];
  const known = (role: string) => Object.keys(mapping.files[role]?.columns ?? {});
  for (const [at, one] of mapping.records.entries()) {
    const need = (field: string, role: string, names: readonly (string | undefined)[]) => {
      if (mapping.files[role] === undefined) {
        const files = Object.keys(mapping.files).join(', ');
        faults.push({ field: `records.${at}.${field}`, message: `The mapping has no file “${role}”. It has ${files}.` });
        return;
      }
      for (const column of names) {
        if (column === undefined || known(role).includes(column)) continue;
        const message = `The file “${role}” has no column “${column}”. Add it to files.${role}.columns.`;
        faults.push({ field: `records.${at}.${field}`, message });
      }
    };
    need('id', one.from, one.id.by === 'content' ? one.id.fields : [one.id.field]);
    // Other columns may be missing: a file of the same system may not have them, and what they give stays empty.
    if (one.lines?.by === 'rows') {
      need('lines.from', one.lines.from, []);
      if (one.lines.amount === undefined && one.lines.unitPrice === undefined)
        faults.push({ field: `records.${at}.lines`, message: 'Lines need a column with the amount or with the unit price.' });
    }
  }
  if (mapping.zone !== undefined && !isZone(mapping.zone))
    faults.push({ field: 'zone', message: `“${mapping.zone}” is no time zone. Write it like America/Chicago.` });
  return faults;
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
