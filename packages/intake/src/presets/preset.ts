import type { Mapping, RecordMapping, Value } from '../map/mapping.ts';

/** A mapping that we ship, and how sure it is. */
export interface Preset {
  readonly mapping: Mapping;
  /**
   * Of the headers: `documented` by the vendor; `used` by public code that reads the vendor's real files; `guess`. Nobody has tried
   * a preset with a real account yet.
   */
  readonly grade: 'documented' | 'used' | 'guess';
  /** The name of a preset that holds the same payments and more of each. Where both files are there, the other one is imported. */
  readonly yieldsTo?: string;
  /** What is uncertain, and what the export can't give. For the person who imports. */
  readonly notes: readonly string[];
}

/**
 * What the books call a customer: the name, unless a person's own table says otherwise. A mapping that uses it has the table
 * `NAMES_AS_THEY_ARE`, to which `values.customers` of a person's mapping adds.
 */
export const ACCOUNTING_KEY: Value = { field: 'customer', as: 'text', table: 'customers' };
export const NAMES_AS_THEY_ARE = { customers: { '*': '*' } };

/** A customer that an export knows by name alone: one record per name, which is its name in the books too. */
export function customerByName(from: string, members: Readonly<Record<string, Value>> = {}): RecordMapping {
  return {
    type: 'customer',
    from,
    id: { by: 'name', field: 'customer' },
    members: { accountingKey: ACCOUNTING_KEY, name: { field: 'customer', as: 'text' }, ...members },
  };
}
