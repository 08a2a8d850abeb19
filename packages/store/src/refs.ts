import type { RecordRef } from '@ledgerpost/core';
import type { Sql } from './open-store.ts';

/** References as a row source with the columns `type` and `id`; give it an alias. */
export function refsSql(sql: Sql, refs: readonly RecordRef[]) {
  return sql`(select * from unnest(${typesOf(refs)}::text[], ${idsOf(refs)}::text[]) as given (type, id))`;
}

export function typesOf(refs: readonly RecordRef[]): string[] {
  return refs.map((ref) => ref.type);
}

export function idsOf(refs: readonly { readonly id: string }[]): string[] {
  return refs.map((ref) => ref.id);
}
