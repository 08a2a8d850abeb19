import type { Sql } from '../database/open-store.ts';
import { probe } from '../database/probe.ts';

/** Settings map names of these kinds to names of the books. */
export const FOUND_KINDS = ['categories', 'taxCodes', 'paymentMethods', 'terms', 'classes', 'departments'] as const;

/** A name that open records use. */
export interface FoundName {
  /** The member of the settings that maps it. */
  readonly kind: (typeof FOUND_KINDS)[number];
  readonly name: string;
  /** How many open records use it. */
  readonly records: number;
  /** The number of one of them. */
  readonly example: string;
}

/** The names in the records that wait to be sent to a target, the most frequent first: as much work as there is left to send. */
export async function namesFound(sql: Sql, companyId: string, target: string, limit: number): Promise<FoundName[]> {
  const department = sql`
    select content->>'name' as name from records where company_id = ${companyId} and type = 'department' and id = open.department_id`;
  return sql<FoundName[]>`
    with open as (
      select o.type, o.id, o.number, o.department_id, r.content
      from open_records o ${probe(
        sql,
        'r',
        sql`
        select content from records where company_id = o.company_id and type = o.type and id = o.id`,
      )}
      where o.company_id = ${companyId} and o.target = ${target}
    ), line as (
      select open.*, l.value as line, s.content as service
      from open, jsonb_array_elements(case when jsonb_typeof(content->'lines') = 'array' then content->'lines' else '[]'::jsonb end) l
        left join records s on s.company_id = ${companyId} and s.type = 'service' and s.id = l.value->>'serviceId'
    ), found as (
      select 'categories' as kind, coalesce(line->>'accountingCategory', service->>'accountingCategory') as name, type, id, number from line
      union all
      select 'classes', coalesce(line->>'accountingClass', service->>'accountingClass'), type, id, number from line
      union all select 'taxCodes', content->'tax'->>'name', type, id, number from open
      union all select 'paymentMethods', content->>'method', type, id, number from open where type in ('payment', 'refund')
      union all select 'terms', content->>'terms', type, id, number from open
      union all select 'departments', d.name, type, id, number from open ${probe(sql, 'd', department)} where type in ('invoice', 'creditMemo')
    )
    select kind, name, count(distinct (type, id))::int as records, min(coalesce(nullif(number, ''), id)) as example
    from found where trim(name) <> '' group by kind, name order by kind, records desc, name limit ${limit}`;
}
