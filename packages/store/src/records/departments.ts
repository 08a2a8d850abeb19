import type { Store } from '../database/open-store.ts';

/** The departments in a company's records, by name. */
export async function listDepartments({ sql }: Store, companyId: string): Promise<readonly { id: string; name: string }[]> {
  return sql<{ id: string; name: string }[]>`
    select id, content->>'name' as name from records
    where company_id = ${companyId} and type = 'department' order by content->>'name', id`;
}
