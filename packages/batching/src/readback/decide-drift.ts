import { type AnyTarget, type CompanyFacts, PROBLEM_CODES, Refusal } from '@ledgerpost/core';
import {
  adoptVersion,
  type DriftToDecide,
  type DriftView,
  decideDrift,
  driftToDecide,
  dropDeleted,
  getDrift,
  lockCompany,
  nextGeneration,
  openStanding,
  postedRefundOf,
  type Sql,
  type Store,
  saveCounts,
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
 * Keeps the version of a document that is in the books: nothing is sent, our later updates start from there, and an undo leaves
 * it alone. A deleted document stays deleted: the record counts as posted, and is not offered again.
 * @throws Refusal `not-found` | `drift-decided` | `record-in-batch` | `drift-not-keepable`
 */
export async function keepTheirs(store: Store, decision: DriftDecision): Promise<DriftView> {
  const { company, actor } = decision;
  // Somebody may still change their mind after `sent-again`, until our version was sent: then it is another posting.
  return decide(store, decision, ['open', 'resolved', 'sent-again'], async (sql, drift) => {
    if (drift.status === 'changed') {
      await adoptVersion(sql, drift.postingId, needThere(drift), false);
      await refreshRecords(sql, { company, target: drift.target }, [drift.record]);
    }
    await decideDrift(sql, drift, 'kept-theirs', actor);
  });
}

/**
 * Offers our version again, for the next batch that somebody starts: as an update of a changed document, or as an insert of a
 * deleted one. This itself sends nothing.
 * @throws Refusal `not-found` | `drift-decided` | `record-in-batch` | `not-sendable-again` | `drift-not-keepable`
 */
export async function sendAgain(store: Store, decision: DriftDecision): Promise<DriftView> {
  const { company, actor } = decision;
  return decide(store, decision, ['open', 'kept-theirs', 'resolved'], async (sql, drift) => {
    const scope = { company, target: drift.target };
    await nextGeneration(sql, drift);
    if (drift.status === 'changed') {
      if (drift.kind !== 'invoice') throw cannotUpdate(drift);
      await adoptVersion(sql, drift.postingId, needThere(drift), true);
      await refreshRecords(sql, scope, [drift.record]);
    } else {
      const refund = await postedRefundOf(sql, drift);
      if (refund !== undefined) throw hasRefund(drift, refund);
      const { touched, batches } = await dropDeleted(sql, drift);
      await refreshRecords(sql, scope, await withDependents(sql, company.id, touched));
      for (const batchId of batches) await saveCounts(sql, batchId);
    }
    const asks = await openStanding(sql, drift);
    if (asks?.readiness !== 'ready') throw asksForNothing(drift, asks?.reason ?? null);
    await decideDrift(sql, drift, 'sent-again', actor);
  });
}

/**
 * Closes a difference, and does nothing else: our posting stays as it was. A later check finds it only if somebody changes the
 * document again.
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
    if (drift === undefined) throw new Refusal('not-found', 'This company has no such difference.');
    if (!from.includes(drift.state)) {
      throw new Refusal('drift-decided', `${drift.decidedBy ?? 'The engine'} already decided this: ${WORDS[drift.state]}.`, {
        state: drift.state,
      });
    }
    if (!drift.standing) {
      throw new Refusal(
        'drift-decided',
        `A newer posting replaced ${titleOf(drift)}, or it was undone. There is nothing left to decide.`,
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
  'kept-theirs': 'the version in the books is kept',
  'sent-again': 'our version will be sent again',
  resolved: 'it is marked as resolved',
};

function needThere(drift: DriftToDecide) {
  if (drift.there?.externalVersion !== undefined) return drift.there;
  throw new Refusal(
    'drift-not-keepable',
    `The target doesn’t report what ${titleOf(drift)} contains now, so that version can’t be kept. Correct the document in the books, or mark this as resolved.`,
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
    `${titleOf(drift)} was changed in the books. Ledgerpost updates only invoices there, never payments, credit memos or journal entries. Correct it in the books, or keep the version in the books. To send our version, delete the document in the books first; after the next check you can send it again.`,
  );
}

function hasRefund(drift: DriftToDecide, refund: string): Refusal {
  return new Refusal(
    'not-sendable-again',
    `${titleOf(drift)} was refunded by ${refund}, whose journal entry is in the books. If the payment were sent again, the refund would reduce it a second time. Enter the payment in the books yourself, then mark it as already in the books.`,
  );
}

function asksForNothing(drift: DriftToDecide, reason: string | null): Refusal {
  const why =
    reason === null
      ? 'its record was voided, removed or refunded since, so there is nothing to send'
      : `its record can’t be sent (${reason}): ${PROBLEM_CODES[reason as keyof typeof PROBLEM_CODES]?.meaning ?? ''}`;
  return new Refusal(
    'not-sendable-again',
    `${titleOf(drift)} can’t be sent again: ${why.replace(/\.$/, '')}. Correct the books, then mark this as resolved.`,
  );
}
