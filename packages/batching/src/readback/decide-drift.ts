import { type AnyTarget, type CompanyFacts, PROBLEM_CODES, Refusal } from '@ledgerpost/core';
import {
  type DriftToDecide,
  type DriftView,
  decideDrift,
  driftToDecide,
  dropGone,
  getDrift,
  lockCompany,
  nextGeneration,
  openStanding,
  postedRefundOf,
  type Sql,
  type Store,
  saveCounts,
  takeTheirs,
  withDependents,
} from '@ledgerpost/store';
import { refreshRecords } from '../recording/refresh-records.ts';

export interface DriftDecision {
  readonly company: CompanyFacts;
  readonly target: AnyTarget;
  readonly driftId: string;
  readonly actor: string;
}

/**
 * Keeps what a person made of a document in the books: nothing is sent, later updates of ours start from there, and no undo takes
 * it away. What is gone stays gone: the record counts as posted, and is not offered again.
 * @throws Refusal `not-found` | `drift-decided` | `record-in-batch` | `drift-not-keepable`
 */
export async function keepTheirs(store: Store, decision: DriftDecision): Promise<DriftView> {
  const { company, actor } = decision;
  // Also after all, as long as ours was not sent: what was sent stands as another posting.
  return decide(store, decision, ['open', 'resolved', 'sent-again'], async (sql, drift) => {
    if (drift.status === 'changed') {
      await takeTheirs(sql, drift.postingId, needThere(drift), false);
      await refreshRecords(sql, { company, target: drift.target }, [drift.record]);
    }
    await decideDrift(sql, drift, 'kept-theirs', actor);
  });
}

/**
 * Offers our content again, for the next batch that somebody starts: as an update over what a person changed, or as an insert of
 * what is gone. Nothing is sent by this.
 * @throws Refusal `not-found` | `drift-decided` | `record-in-batch` | `not-sendable-again` | `drift-not-keepable`
 */
export async function sendAgain(store: Store, decision: DriftDecision): Promise<DriftView> {
  const { company, actor } = decision;
  return decide(store, decision, ['open', 'kept-theirs', 'resolved'], async (sql, drift) => {
    const scope = { company, target: drift.target };
    await nextGeneration(sql, drift);
    if (drift.status === 'changed') {
      if (drift.kind !== 'invoice') throw cannotUpdate(drift);
      await takeTheirs(sql, drift.postingId, needThere(drift), true);
      await refreshRecords(sql, scope, [drift.record]);
    } else {
      const refund = await postedRefundOf(sql, drift);
      if (refund !== undefined) throw hasRefund(drift, refund);
      const { touched, batches } = await dropGone(sql, drift);
      await refreshRecords(sql, scope, await withDependents(sql, company.id, touched));
      for (const batchId of batches) await saveCounts(sql, batchId);
    }
    const asks = await openStanding(sql, drift);
    if (asks?.readiness !== 'ready') throw asksForNothing(drift, asks?.reason ?? null);
    await decideDrift(sql, drift, 'sent-again', actor);
  });
}

/**
 * Closes a drift, and does nothing else: our posting stays as it was. It is not found again until somebody changes the document again.
 * @throws Refusal `not-found` | `drift-decided` | `record-in-batch`
 */
export async function resolveDrift(store: Store, decision: DriftDecision): Promise<DriftView> {
  return decide(store, decision, ['open'], (sql, drift) => decideDrift(sql, drift, 'resolved', decision.actor));
}

async function decide(
  store: Store,
  { company, driftId }: DriftDecision,
  from: readonly DriftToDecide['state'][],
  work: (sql: Sql, drift: DriftToDecide) => Promise<void>,
): Promise<DriftView> {
  return store.sql.begin(async (sql) => {
    await lockCompany(sql, company.id);
    const drift = await driftToDecide(sql, company.id, driftId);
    if (drift === undefined) throw new Refusal('not-found', 'There is no such drift of this company.');
    if (!from.includes(drift.state)) {
      throw new Refusal(
        'drift-decided',
        `This was decided already: ${WORDS[drift.state]}, by ${drift.decidedBy ?? 'the engine'}.`,
        {
          state: drift.state,
        },
      );
    }
    if (!drift.standing) {
      throw new Refusal(
        'drift-decided',
        `${titleOf(drift)} does not stand in the books as it was posted then: nothing is left to decide.`,
      );
    }
    if (drift.busy !== null) {
      throw new Refusal('record-in-batch', `${titleOf(drift)} is in the open batch "${drift.busy}". Wait until it ends.`);
    }
    await work(sql, drift);
    return (await getDrift(sql, company.id, driftId))!;
  });
}

const WORDS: Readonly<Record<DriftToDecide['state'], string>> = {
  open: 'open',
  'kept-theirs': 'theirs was kept',
  'sent-again': 'ours is to be sent again',
  resolved: 'it was marked resolved',
};

function needThere(drift: DriftToDecide) {
  if (drift.there?.externalVersion !== undefined) return drift.there;
  throw new Refusal(
    'drift-not-keepable',
    `The target can’t say what ${titleOf(drift)} holds now, so it can’t be taken as the new beginning. Mend the document in the books, or mark this as resolved.`,
  );
}

const KINDS = {
  invoice: 'Invoice',
  payment: 'Payment',
  creditMemo: 'Credit memo',
  journal: 'Journal entry',
  warning: 'Document',
};

function titleOf({ kind, number }: DriftToDecide): string {
  return `${KINDS[kind]} ${number}`;
}

function cannotUpdate(drift: DriftToDecide): Refusal {
  return new Refusal(
    'not-sendable-again',
    `${titleOf(drift)} was changed in the books, and only invoices can be sent over a change: what a payment, a credit memo or a journal entry holds is never updated by Ledgerpost. Put it right in the books by hand, or keep theirs. To send ours, delete the document in the books first; the next look finds it gone, and then it can be sent again.`,
  );
}

function hasRefund(drift: DriftToDecide, refund: string): Refusal {
  return new Refusal(
    'not-sendable-again',
    `${titleOf(drift)} was refunded by ${refund}, whose journal entry stands in the books: sent again, the payment would be lessened by the refund a second time. Enter the payment in the books by hand, then mark it as already in the books.`,
  );
}

function asksForNothing(drift: DriftToDecide, reason: string | null): Refusal {
  const why =
    reason === null
      ? 'the record asks for nothing to be sent: it was voided, removed or refunded since'
      : `the record can’t be sent (${reason}): ${PROBLEM_CODES[reason as keyof typeof PROBLEM_CODES]?.meaning ?? ''}`;
  return new Refusal(
    'not-sendable-again',
    `${titleOf(drift)} can’t be sent again: ${why.replace(/\.$/, '')}. Put the books right by hand, then mark this as resolved.`,
  );
}
