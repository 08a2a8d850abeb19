import type { RecordRef } from '@ledgerpost/core';
import type { Sql } from '../database/open-store.ts';

/**
 * References as a row source with the columns `type` and `id`; give it an alias.
 *
 * Look their rows up with `cross join lateral (select … offset 0)`: one index probe each, whatever the planner believes.
 * Left to itself, and without statistics (just after a large import there are none), it reads all of a company's
 * rows to find a thousand of them, and an import takes time by the square of its size.
 */
export function refsSql(sql: Sql, refs: readonly RecordRef[]) {
  return sql`(select * from unnest(${typesOf(refs)}::text[], ${idsOf(refs)}::text[]) as given (type, id))`;
}

export function typesOf(refs: readonly RecordRef[]): string[] {
  return refs.map((ref) => ref.type);
}

export function idsOf(refs: readonly { readonly id: string }[]): string[] {
  return refs.map((ref) => ref.id);
}
