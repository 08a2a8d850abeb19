import type { SourceRecord } from '@ledgerpost/core';
import type { Store } from '../database/open-store.ts';
import type { StoredCover } from '../schema/index.ts';

export interface InCover {
  readonly record: SourceRecord;
  readonly way: string;
}

/** The records of a type and of days that came by these mappings, some thousand at a time. */
export async function* storedInCover(
  { sql }: Store,
  companyId: string,
  { type, from = '0000-01-01', to = '9999-12-31' }: StoredCover,
  ways: readonly string[],
): AsyncGenerator<readonly InCover[]> {
  const rows = sql<InCover[]>`
    select content as record, way from records
    where company_id = ${companyId} and type = ${type} and way <> 'api' and way = any(${[...ways]})
      and content ->> 'date' between ${from} and ${to}
    order by id`;
  for await (const batch of rows.cursor(1_000)) yield batch;
}
