import { and, eq } from 'drizzle-orm';
import { drizzleOn, NOW } from '../../database/drizzle-on.ts';
import type { Sql, Store } from '../../database/open-store.ts';
import { batchAttempts } from '../../schema/index.ts';

/** One time that a call is sent. */
export interface Attempt {
  readonly requestId: string;
  /** From 1. */
  readonly attempt: number;
  /** The attempt with which the present round began. Attempts of one round may overlap; those of earlier rounds are over. */
  readonly round: number;
}

/**
 * How long a request without an answer may still be carried out, in seconds. Above the times after which QuickBooks gives up on a
 * request (120 s) and its plugin on the answer (130 s).
 */
const OPEN_FOR_SECONDS = 150;

/** Counts an attempt, unless the call has its outcomes by now, or the batch was fenced off: then nothing may be sent any more. */
export async function beginAttempt(
  { sql }: Store,
  order: { readonly batchId: string; readonly requestId: string; readonly fence: number },
): Promise<Attempt | 'settled' | 'fenced-off'> {
  const { batchId, requestId, fence } = order;
  return sql.begin(async (sql) => {
    // Locks the call: an earlier attempt either began its write before this, and is seen, or may not begin it any more.
    const [call] = await sql<{ attempt: number }[]>`
      update batch_calls c set attempts = attempts + 1, sent_at = now()
      where c.request_id = ${requestId} and c.settled_at is null
        and exists (select from batches b where b.id = ${batchId} and b.fence = ${fence})
      returning c.attempts as attempt`;
    if (call === undefined) {
      const [settled] = await sql`
        select from batch_calls c join batches b on b.id = c.batch_id
        where c.request_id = ${requestId} and c.settled_at is not null and b.fence = ${fence}`;
      return settled === undefined ? 'fenced-off' : 'settled';
    }
    const { attempt } = call;
    // Versions before rounds did not say when they wrote, and had another id for each attempt after the second.
    const earlier = await sql<Earlier[]>`
      select attempt, outcome, coalesce(round, case when attempt <= 2 then 1 else attempt end) as round,
        outcome is not null and open_since is null and (round is not null or outcome = 'answered') as answered,
        coalesce(open_since, case when round is null and outcome is distinct from 'answered' then coalesce(ended_at, sent_at) end)
          > now() - make_interval(secs => ${OPEN_FOR_SECONDS}) as "isOpen"
      from batch_attempts where request_id = ${requestId} order by attempt`;
    const round = roundOf(attempt, earlier);
    await drizzleOn(sql).insert(batchAttempts).values({ requestId, attempt, round });
    return { requestId, attempt, round };
  });
}

interface Earlier {
  readonly attempt: number;
  readonly round: number;
  readonly outcome: string | null;
  /** Whether it ended, and everything that it sent was answered. */
  readonly answered: boolean;
  /** Whether the target may still carry out something that it sent. Null: it sent nothing that is without an answer. */
  readonly isOpen: boolean | null;
}

/**
 * A new round is another request to the target, so it begins only when everything that was sent in this one is surely over, and when
 * the target answered: it may repeat a failure as long as it is asked with the same id. The second attempt stays in the round of the
 * first in any case, unless a person has mended what the target refused.
 */
function roundOf(attempt: number, earlier: readonly Earlier[]): number {
  const last = earlier.at(-1);
  if (last === undefined) return 1;
  const mended = last.outcome === 'target-not-ready';
  const isOver = earlier.every(({ isOpen }) => isOpen !== true);
  const failed = earlier.some(({ round, answered }) => round === last.round && answered);
  return isOver && (mended || (attempt > 2 && failed)) ? attempt : last.round;
}

/** Records that an attempt sends something now. False if a later attempt has begun, or the batch was fenced off: then it may not. */
export async function beginWrite(sql: Sql, { requestId, attempt }: Attempt, fence: number): Promise<boolean> {
  const [row] = await sql`
    with c as (
      select c.request_id from batch_calls c join batches b on b.id = c.batch_id
      where c.request_id = ${requestId} and c.attempts = ${attempt} and c.settled_at is null and b.fence = ${fence}
      for share of c
    )
    update batch_attempts a set open_since = now() from c
    where a.request_id = c.request_id and a.attempt = ${attempt} returning a.attempt`;
  return row !== undefined;
}

/**
 * Records the outcome of an attempt: `answered` or the code of what went wrong, and the target's ids of its requests.
 * @param open whether something that it sent has no answer
 */
export async function endAttempt(
  sql: Sql,
  { requestId, attempt }: Attempt,
  { outcome, traces, open }: { readonly outcome: string; readonly traces: readonly string[]; readonly open: boolean },
): Promise<void> {
  await drizzleOn(sql)
    .update(batchAttempts)
    .set({ endedAt: NOW, outcome, traces: [...traces], ...(open ? {} : { openSince: null }) })
    .where(and(eq(batchAttempts.requestId, requestId), eq(batchAttempts.attempt, attempt)));
}
