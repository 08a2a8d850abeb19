import { type BatchedRef, type PostedFacts, Refusal } from '@ledgerpost/core';
import { and, eq } from 'drizzle-orm';
import { writeJournal } from '../../access/journal.ts';
import { drizzleOn } from '../../database/drizzle-on.ts';
import type { Sql } from '../../database/open-store.ts';
import { batches, batchItems, postings } from '../../schema/index.ts';

/**
 * Makes a posting for a record without sending it, because a person confirms that the books hold it already.
 * @throws Refusal `already-posted` | `record-in-batch`
 */
export async function markPosted(
  sql: Sql,
  mark: { companyId: string; target: string; ref: BatchedRef; facts: PostedFacts; reason: string; actor: string },
): Promise<void> {
  const { companyId, target, ref, facts } = mark;
  const ofItem = and(
    eq(batchItems.companyId, companyId),
    eq(batchItems.target, target),
    eq(batchItems.type, ref.type),
    eq(batchItems.recordId, ref.id),
    batchItems.claimed,
  );
  const [claimed] = await drizzleOn(sql)
    .select({ name: batches.name })
    .from(batchItems)
    .innerJoin(batches, eq(batches.id, batchItems.batchId))
    .where(ofItem);
  if (claimed !== undefined)
    throw new Refusal('record-in-batch', `The record is in the open batch "${claimed.name}". Wait until it ends.`);
  const [superseded] = await drizzleOn(sql)
    .update(postings)
    .set({ standing: false })
    .where(
      and(
        eq(postings.companyId, companyId),
        eq(postings.target, target),
        eq(postings.type, ref.type),
        eq(postings.recordId, ref.id),
        postings.standing,
      ),
    )
    .returning({ id: postings.id });
  await drizzleOn(sql)
    .insert(postings)
    .values({
      ...{ companyId, target, type: ref.type, recordId: ref.id, standing: true, facts },
      ...{ kind: facts.kind, number: facts.number, amount: facts.amount },
      ...{ supersedes: superseded?.id ?? null, postedBy: mark.actor, reason: mark.reason },
    });
  await writeJournal(sql, {
    companyId: mark.companyId,
    actor: mark.actor,
    act: 'record.marked-in-books',
    subject: `${mark.ref.type}/${mark.ref.id}`,
    details: { target: mark.target, externalId: mark.facts.externalId ?? null, reason: mark.reason },
  });
}
