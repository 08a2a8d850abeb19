import { and, asc, eq } from 'drizzle-orm';
import { writeJournal } from '../access/journal.ts';
import { drizzleOn, NOW } from '../database/drizzle-on.ts';
import type { Sql, Store } from '../database/open-store.ts';
import { companyMappings } from '../schema/index.ts';

export type CompanyMapping = Readonly<Omit<typeof companyMappings.$inferSelect, 'companyId'>>;

export async function listMappings(sql: Sql, companyId: string): Promise<CompanyMapping[]> {
  const { name, mapping, savedBy, savedAt } = companyMappings;
  return drizzleOn(sql)
    .select({ name, mapping, savedBy, savedAt })
    .from(companyMappings)
    .where(eq(companyMappings.companyId, companyId))
    .orderBy(asc(name));
}

/** Saves a mapping under its name; one of the same name is replaced. */
export async function saveMapping(
  store: Store,
  { companyId, name, mapping, actor }: { companyId: string; name: string; mapping: unknown; actor: string },
): Promise<void> {
  await store.sql.begin(async (sql) => {
    await drizzleOn(sql)
      .insert(companyMappings)
      .values({ companyId, name, mapping, savedBy: actor })
      .onConflictDoUpdate({
        target: [companyMappings.companyId, companyMappings.name],
        set: { mapping, savedBy: actor, savedAt: NOW },
      });
    await writeJournal(sql, { companyId, actor, act: 'mapping.saved', subject: `mapping/${name}`, details: {} });
  });
}

/** False if there is none of that name. */
export async function removeMapping(
  store: Store,
  { companyId, name, actor }: { companyId: string; name: string; actor: string },
): Promise<boolean> {
  return store.sql.begin(async (sql) => {
    const removed = await drizzleOn(sql)
      .delete(companyMappings)
      .where(and(eq(companyMappings.companyId, companyId), eq(companyMappings.name, name)))
      .returning({ name: companyMappings.name });
    if (removed.length === 0) return false;
    await writeJournal(sql, { companyId, actor, act: 'mapping.removed', subject: `mapping/${name}`, details: {} });
    return true;
  });
}
