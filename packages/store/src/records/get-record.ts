import {
  isBatchedType,
  type Operation,
  type PostedFacts,
  type ProblemCode,
  type RecordRef,
  type SourceRecord,
} from '@ledgerpost/core';
import { and, eq } from 'drizzle-orm';
import { drizzleOn } from '../database/drizzle-on.ts';
import type { Store } from '../database/open-store.ts';
import { records } from '../schema/index.ts';
import type { Readiness } from '../standing/unbatched.ts';

/** A record, its content, and how it stands at each of the company's targets. */
export interface StoredRecord {
  readonly record: SourceRecord;
  readonly revision: number;
  readonly changedAt: Date;
  /** One per enabled target; none for a record that is only referred to. */
  readonly standings: readonly RecordStanding[];
}

export interface RecordStanding {
  readonly target: string;
  /** What the books hold because of it. */
  readonly posted: PostedFacts | undefined;
  /** What of it is to be sent; undefined: nothing. */
  readonly open: OpenFacts | undefined;
}

export interface OpenFacts {
  readonly readiness: Readiness;
  readonly operation: Operation | null;
  readonly reason: ProblemCode | null;
  readonly amount: number;
  /** The open batch that has it. */
  readonly claimedBy: string | null;
}

export async function getRecord({ sql }: Store, companyId: string, ref: RecordRef): Promise<StoredRecord | undefined> {
  const [record] = await drizzleOn(sql)
    .select({ record: records.content, revision: records.revision, changedAt: records.changedAt })
    .from(records)
    .where(and(eq(records.companyId, companyId), eq(records.type, ref.type), eq(records.id, ref.id)));
  if (record === undefined) return undefined;
  if (!isBatchedType(ref.type)) return { ...record, standings: [] };
  const standings = await sql<{ target: string; posted: PostedFacts | null; open: OpenFacts | null }[]>`
    select t.target, p.facts as posted,
      case when o.id is not null then jsonb_build_object('readiness', o.readiness, 'operation', o.operation,
        'reason', o.reason, 'amount', o.amount, 'claimedBy', o.claimed_by) end as open
    from company_targets t
    left join postings p on p.company_id = t.company_id and p.target = t.target and p.type = ${ref.type}
      and p.record_id = ${ref.id} and p.standing
    left join open_records o on o.company_id = t.company_id and o.target = t.target and o.type = ${ref.type} and o.id = ${ref.id}
    where t.company_id = ${companyId}
    order by t.target`;
  return {
    ...record,
    standings: standings.map(({ target, posted, open }) => ({ target, posted: posted ?? undefined, open: open ?? undefined })),
  };
}
