import type { Store } from '../../database/open-store.ts';

/** From so many postings on, statistics of them are worth having. */
const ENOUGH = 100;

/** Of these databases it is known that they have statistics. */
const known = new WeakSet<Store['sql']>();

/**
 * Gives Postgres statistics of the postings, if it has none yet: then it expects one posting in all, and looks a number up by reading
 * every posting of the company. Autovacuum does the same some minutes later, and a new installation sends its first batches before that.
 */
export async function knowPostings({ sql }: Pick<Store, 'sql'>): Promise<void> {
  if (known.has(sql)) return;
  const [now] = await sql<[{ isKnown: boolean; enough: boolean }]>`
    select reltuples >= ${ENOUGH}::int as "isKnown", (select count(*) from (select from postings limit ${ENOUGH}) p) = ${ENOUGH}::int as enough
    from pg_class where oid = 'postings'::regclass`;
  if (!now.isKnown && !now.enough) return;
  // Before it is done: batches that end beside this one need not do it too.
  known.add(sql);
  if (!now.isKnown) await sql`analyze postings`;
}
