import {
  type AnyTarget,
  amountOf,
  type Call,
  type Document,
  isTaxedByBooks,
  type Json,
  type Money,
  type PushOutcome,
  problem,
  type Receipt,
  showMoney,
} from '@ledgerpost/core';
import {
  documentsOf,
  lockCompany,
  markDeposited,
  type Posted,
  postItems,
  type Range,
  refuseItems,
  type Sql,
  saveMoved,
  saveTickets,
  settleCall,
  type WorkBatch,
} from '@ledgerpost/store';
import { breakRefused } from '../linking/break-links.ts';
import { idsSent } from '../linking/posted-ids.ts';
import { refreshRecords } from '../recording/refresh-records.ts';
import { appliedFacts } from './applied-facts.ts';

/** Outcomes, postings and tickets of a call in one transaction: all that an answer says is kept, or nothing. */
export async function settle(
  sql: Sql,
  target: AnyTarget,
  batch: WorkBatch,
  range: Range,
  call: Call<Json>,
  outcomes: readonly PushOutcome[],
): Promise<void> {
  await lockCompany(sql, batch.company.id);
  const expected = await documentsOf(
    sql,
    batch.id,
    call.items.map((item) => item.seq),
  );
  const facts = await appliedFacts(sql, batch, outcomes, expected);
  const posted: Posted[] = [];
  const verdicts: Parameters<typeof refuseItems>[2][number][] = [];
  const tickets = new Map<number, string>();
  let askInMs = Number.POSITIVE_INFINITY;
  for (const outcome of outcomes) {
    switch (outcome.status) {
      case 'created':
      case 'existed':
        posted.push({
          seq: outcome.seq,
          receipt: outcome.receipt,
          facts: { ...facts.get(outcome.seq), ids: idsSent(target, batch, call, outcome.seq, expected.get(outcome.seq)) },
          warnings: outcome.warnings,
          differs: differenceOf(batch, expected.get(outcome.seq), outcome.receipt),
        });
        break;
      case 'conflict':
        verdicts.push({ seq: outcome.seq, state: 'conflict', problem: outcome.problem, externalId: outcome.externalId });
        break;
      case 'refused':
        verdicts.push({ seq: outcome.seq, state: 'refused', problem: outcome.problem });
        break;
      case 'pending':
        tickets.set(outcome.seq, outcome.ticket);
        askInMs = Math.min(askInMs, Math.max(ASK_AT_MOST_EVERY_MS, outcome.retryAfterMs ?? ASK_AGAIN_MS));
        break;
      default:
        outcome satisfies never;
    }
  }
  await refuseItems(sql, batch.id, verdicts);
  const deposited = verdicts.flatMap((one) => (one.problem.code === 'payment-deposited' ? [one.seq] : []));
  if (deposited.length > 0) await refreshRecords(sql, batch, await markDeposited(sql, batch.id, deposited));
  await breakRefused(sql, batch, verdicts);
  if (posted.length > 0) await refreshRecords(sql, batch, await postItems(sql, range, posted));
  const moved = outcomes.flatMap((outcome) => ('moved' in outcome ? (outcome.moved ?? []) : []));
  await saveMoved(sql, { companyId: batch.company.id, target: batch.target }, moved);
  if (tickets.size > 0) await saveTickets(sql, call.requestId, tickets, askInMs);
  else await settleCall(sql, call.requestId);
}

/** When tickets are asked for if the target does not say, and how often at most, in milliseconds. */
const ASK_AGAIN_MS = 15_000;
const ASK_AT_MOST_EVERY_MS = 100;

function differenceOf(batch: WorkBatch, document: Document | undefined, { total, tax }: Receipt) {
  if (document === undefined || total === undefined) return undefined;
  const ours = amountOf(document);
  // A tax that the books compute is theirs. The report shows how it differs from ours.
  const theirTax = isTaxedByBooks(document) ? (tax ?? 0) - (document.tax?.amount ?? 0) : 0;
  if (Math.abs(total - theirTax - ours) <= batch.settings.policy.tolerance) return undefined;
  const inWords = (amount: Money) => showMoney(amount, batch.company.currency);
  return problem(
    'books-differ',
    document.record,
    `We sent ${inWords(ours)} and the books show ${inWords(total)}. Check the document in the books. Ledgerpost doesn’t send it again.`,
  );
}
