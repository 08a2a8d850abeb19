import type { Sql } from '../../database/open-store.ts';
import type { StoredReceipt } from '../../schema/index.ts';
import { type ItemView, itemColumns } from '../process/batch-view.ts';

/** One time that the call which carries an item was sent. */
export interface AttemptView {
  readonly requestId: string;
  /** From 1. */
  readonly attempt: number;
  readonly sentAt: Date;
  /** Null: under way, or whoever sent it died. */
  readonly endedAt: Date | null;
  /** `answered`, or the code of what went wrong; null as long as `endedAt` is. */
  readonly outcome: string | null;
  /** The target's own ids of the requests that it took. */
  readonly traces: readonly string[];
}

/** One item with all that is known of its way into the books. */
export interface ItemDetails extends ItemView {
  /** What the target answered; null before it did, and at a target that takes files. */
  readonly receipt: StoredReceipt | null;
  readonly postedAt: Date | null;
  readonly attempts: readonly AttemptView[];
}

export async function getItem(sql: Sql, batchId: string, seq: number): Promise<ItemDetails | undefined> {
  const [item] = await sql<(ItemView & Pick<ItemDetails, 'receipt' | 'postedAt'>)[]>`
    select ${itemColumns(sql)}, p.receipt, p.posted_at as "postedAt"
    from batch_items i left join postings p on p.batch_id = i.batch_id and p.seq = i.seq
    where i.batch_id = ${batchId} and i.seq = ${seq}`;
  if (item === undefined) return undefined;
  const attempts = await sql<AttemptView[]>`
    select a.request_id as "requestId", a.attempt, a.sent_at as "sentAt", a.ended_at as "endedAt", a.outcome, a.traces
    from batch_calls c join batch_attempts a using (request_id)
    where c.batch_id = ${batchId} and c.seqs @> ${seq}::text::jsonb order by a.sent_at, a.attempt`;
  return { ...item, attempts };
}
