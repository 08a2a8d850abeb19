import { and, isNull, type SQL } from 'drizzle-orm';
import { drizzleOn, NOW } from '../database/drizzle-on.ts';
import type { Sql } from '../database/open-store.ts';
import { invitations } from '../schema/index.ts';

/** Ends those links of invitations that nobody has used yet, among which `which` chooses. */
export async function endLinks(sql: Sql, which: SQL | undefined): Promise<void> {
  await drizzleOn(sql)
    .update(invitations)
    .set({ endedAt: NOW })
    .where(and(isNull(invitations.acceptedAt), isNull(invitations.endedAt), which));
}
