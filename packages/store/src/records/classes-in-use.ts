import type { Sql } from '../database/open-store.ts';
import { probe } from '../database/probe.ts';

/** The classes that a company's records use, by name: those of departments, of services, and of the lines that wait to be sent. */
export async function classesInUse(sql: Sql, companyId: string, target: string, limit: number): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select distinct name from (
      select content->>'accountingClass' as name from records where company_id = ${companyId} and type in ('department', 'service')
      union
      select line->>'accountingClass'
      from open_records o ${probe(
        sql,
        'r',
        sql`
        select content from records where company_id = o.company_id and type = o.type and id = o.id`,
      )}
        cross join lateral jsonb_array_elements(r.content->'lines') line
      where o.company_id = ${companyId} and o.target = ${target} and o.type in ('invoice', 'creditMemo')
    ) used where name is not null and name <> '' order by name limit ${limit}`;
  return rows.map((row) => row.name);
}
