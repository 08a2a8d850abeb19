import { refKey } from '@ledgerpost/core';
import { sql as expression } from 'drizzle-orm';
import { drizzleOn } from '../database/drizzle-on.ts';
import type { Sql } from '../database/open-store.ts';
import { recordTwins } from '../schema/index.ts';
import { API, type Prepared, type Stored } from './prepare-records.ts';
import { isProbablySame, sameAmount, storedNames } from './twin-candidates.ts';

/**
 * Finds payments and refunds that the API brings for the first time and that a file brought before. They are stored, and no batch
 * sends them until a person decides. A company without files pays one look into an empty index for that.
 */
export async function findTwins(
  sql: Sql,
  companyId: string,
  changed: readonly Prepared[],
  stored: ReadonlyMap<string, Stored>,
): Promise<void> {
  const added = changed.filter(({ key, type }) => !stored.has(key) && (type === 'payment' || type === 'refund'));
  if (added.length === 0) return;
  const [found] = await sql<{ any: boolean }[]>`
    select exists (
      select from records where company_id = ${companyId} and way <> 'api' and type in ('payment', 'refund')) as any`;
  if (found?.any !== true) return;
  const records = added.map(({ record }) => record);
  const candidates = await sameAmount(sql, companyId, { not: API }, records);
  if (candidates.length === 0) return;
  const byKey = new Map(records.map((record) => [refKey(record), record]));
  const names = await storedNames(sql, companyId, [...records, ...candidates.map(({ twin }) => twin)]);
  const taken = new Set<string>();
  const twins = candidates
    .toSorted((a, b) => (a.twinId < b.twinId ? -1 : 1))
    .flatMap(({ type, id, twinId, twin }) => {
      const [key, twinKey] = [`${type}/${id}`, `twin/${type}/${twinId}`];
      // Two equal payments that came both ways are two pairs: each is asked about once.
      if (taken.has(key) || taken.has(twinKey) || !isProbablySame(byKey.get(refKey({ type, id }))!, twin, names)) return [];
      taken.add(key).add(twinKey);
      return [{ companyId, type, id, twinId }];
    });
  if (twins.length === 0) return;
  await drizzleOn(sql)
    .insert(recordTwins)
    .values(twins)
    .onConflictDoUpdate({
      target: [recordTwins.companyId, recordTwins.type, recordTwins.id],
      set: { twinId: expression`excluded.twin_id`, foundAt: expression`now()`, answer: null, decidedBy: null, decidedAt: null },
    });
}
