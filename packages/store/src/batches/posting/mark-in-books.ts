import { type BatchedRef, type PostedFacts, Refusal } from '@ledgerpost/core';
import { writeJournal } from '../../access/journal.ts';
import type { Sql } from '../../database/open-store.ts';

/**
 * Makes a posting for a record without sending it: a person says that the books hold it already.
 * @throws Refusal `already-posted` | `record-in-batch`
 */
export async function markPosted(
  sql: Sql,
  mark: { companyId: string; target: string; ref: BatchedRef; facts: PostedFacts; reason: string; actor: string },
): Promise<void> {
  const [claimed] = await sql<{ name: string }[]>`
    select b.name from batch_items i join batches b on b.id = i.batch_id
    where i.company_id = ${mark.companyId} and i.target = ${mark.target} and i.type = ${mark.ref.type} and i.record_id = ${mark.ref.id} and i.claimed`;
  if (claimed !== undefined)
    throw new Refusal('record-in-batch', `The record is in the open batch "${claimed.name}". Wait until it ends.`);
  const [superseded] = await sql<{ id: number }[]>`
    update postings set standing = false
    where company_id = ${mark.companyId} and target = ${mark.target} and type = ${mark.ref.type} and record_id = ${mark.ref.id} and standing returning id`;
  await sql`
    insert into postings (company_id, target, type, record_id, standing, kind, number, amount, facts, supersedes, posted_by, reason)
    values (${mark.companyId}, ${mark.target}, ${mark.ref.type}, ${mark.ref.id}, true, ${mark.facts.kind}, ${mark.facts.number}, ${mark.facts.amount},
      ${sql.json(mark.facts as never)}, ${superseded?.id ?? null}, ${mark.actor}, ${mark.reason})`;
  await writeJournal(sql, {
    companyId: mark.companyId,
    actor: mark.actor,
    act: 'record.marked-in-books',
    subject: `${mark.ref.type}/${mark.ref.id}`,
    details: { target: mark.target, externalId: mark.facts.externalId ?? null, reason: mark.reason },
  });
}
