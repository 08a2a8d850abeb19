import type { Operation, Problem } from '@ledgerpost/core';
import { sql as expression, type SQL } from 'drizzle-orm';
import type { Sql } from '../../database/open-store.ts';
import { batchItems } from '../../schema/index.ts';

/** A problem that several documents of a batch share. */
export interface Cause extends Pick<Problem, 'code' | 'severity'> {
  /** The name that the problem is about, as it is quoted in the problems: an account, a tax, a class. Null where it quotes none. */
  readonly subject: string | null;
  readonly documents: number;
  /** How many of them by operation. */
  readonly operations: Readonly<Partial<Record<Operation, number>>>;
  /** The problem of the first of these documents. */
  readonly example: Problem & { readonly number: string };
}

/** What a cause goes by: its code, and the name that its problems quote. */
export interface CauseRef {
  readonly code: string;
  readonly subject: string | null;
}

/** Whether an item has a problem with this cause. */
export function hasCause({ code, subject }: CauseRef): SQL {
  return expression`exists (select from jsonb_array_elements(${batchItems.problems}) p
    where p->>'code' = ${code} and substring(p->>'message' from '“([^”]*)”') is not distinct from ${subject}::text)`;
}

/**
 * What is wrong with a batch's documents, by cause: those that stop documents first, then the most frequent. A document with
 * two causes counts in both.
 */
export async function causesOf(sql: Sql, batchId: string, limit = 200): Promise<readonly Cause[]> {
  return sql<Cause[]>`
    with found as (
      select i.seq, i.operation, i.number, p, p->>'code' as code, p->>'severity' as severity,
        substring(p->>'message' from '“([^”]*)”') as subject
      from batch_items i, jsonb_array_elements(i.problems) p
      where i.batch_id = ${batchId} and i.problems is not null
    ),
    kinds as (
      select code, severity, subject, operation, count(distinct seq)::int as documents, min(seq) as first
      from found group by 1, 2, 3, 4
    )
    select k.code, k.severity, k.subject, sum(k.documents)::int as documents, jsonb_object_agg(k.operation, k.documents) as operations,
      (select f.p || jsonb_build_object('number', f.number) from found f
        where f.seq = min(k.first) and f.code = k.code and f.severity = k.severity and f.subject is not distinct from k.subject
        limit 1) as example
    from kinds k group by 1, 2, 3
    order by case k.severity when 'problem' then 0 when 'warning' then 1 else 2 end, 4 desc, 1, 3
    limit ${limit}`;
}
