import type { Mapping } from '../map/mapping.ts';
import { PRESETS } from '../presets/index.ts';
import { type MappingFault, mappingChanges, readMapping } from './mapping-schema.ts';

/** A mapping, and how far a person may rely on it. */
export interface KnownMapping {
  readonly mapping: Mapping;
  /** Of the headers. `own`: a person of the company confirmed it. */
  readonly grade: 'documented' | 'used' | 'guess' | 'own';
  readonly notes: readonly string[];
  /** The mapping whose files hold the same payments and more of each. */
  readonly yieldsTo?: string | undefined;
}

/** All presets. */
export const KNOWN_PRESETS: readonly KnownMapping[] = PRESETS;

/**
 * Reads what a person saved: a whole mapping, or `{ "extends": "jobber-invoices", … }` with what differs from a preset. Value tables
 * and constants are merged entry by entry, so that a person adds one status without repeating the others.
 */
export function readOwnMapping(value: unknown): { readonly known: KnownMapping } | { readonly faults: readonly MappingFault[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { faults: [{ field: '', message: 'A mapping is a JSON object. See docs/guides/import-files.md.' }] };
  if (!('extends' in value)) {
    const read = readMapping(value);
    return 'faults' in read ? read : { known: { mapping: read.mapping, grade: 'own', notes: [] } };
  }
  const { extends: name, ...given } = value as { readonly extends: unknown } & Readonly<Record<string, unknown>>;
  const preset = PRESETS.find(({ mapping }) => mapping.name === name);
  if (preset === undefined) {
    const names = PRESETS.map(({ mapping }) => mapping.name).join(', ');
    return { faults: [{ field: 'extends', message: `There is no preset “${String(name)}”. Presets: ${names}.` }] };
  }
  const changes = mappingChanges.safeParse(given);
  if (!changes.success) return { faults: changes.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })) };
  const { mapping } = preset;
  const data = changes.data as Partial<Mapping>;
  const merged = {
    ...mapping,
    ...data,
    name: data.name ?? mapping.name,
    values: mergedTables(mapping, data),
    constants: { ...mapping.constants, ...data.constants },
    dates: { ...mapping.dates, ...data.dates },
    numbers: { ...mapping.numbers, ...data.numbers },
  };
  const read = readMapping(merged);
  return 'faults' in read ? read : { known: { ...preset, mapping: read.mapping } };
}

function mergedTables(mapping: Mapping, changes: Partial<Mapping>): NonNullable<Mapping['values']> {
  const tables = { ...mapping.values };
  for (const [name, table] of Object.entries(changes.values ?? {})) tables[name] = { ...tables[name], ...table };
  return tables;
}
