import { type Problem, problem, type RecordType } from '@ledgerpost/core';
import {
  type AppliedThere,
  appliedThere,
  linkedIds,
  type Moved,
  markItems,
  movedInBatch,
  type Sql,
  type WorkBatch,
} from '@ledgerpost/store';

/**
 * Invoices whose customer changed after payments were posted on them. They move together with all of these payments, or not at all: what
 * would leave one behind is rejected, with both ways out. Run it once the batch's documents are judged.
 */
export async function checkMoves(sql: Sql, batch: WorkBatch): Promise<void> {
  const found = await movedInBatch(sql, batch.id);
  if (found.length === 0) return;
  const ids = await linkedIds(
    sql,
    batch.company.id,
    batch.target,
    found.flatMap(({ former, now }) => [former, now]),
  );
  // Two of our customers that are one in the books: nothing moves there.
  const moved = found.filter(({ former, now }) => ids.get(former) === undefined || ids.get(former) !== ids.get(now));
  const of = (type: string) => new Map(moved.filter((one) => one.type === type).map((one) => [one.id, one]));
  const [invoices, payments] = [of('invoice'), of('payment')];
  const applied = await appliedThere(sql, batch.company.id, batch.target, {
    invoiceIds: [...invoices.keys()],
    paymentIds: [...payments.keys()],
  });
  const stopped = new Map<number, Problem>();
  const goes = (one: Moved | undefined) => one?.ready === true && !stopped.has(one.seq);
  // What stops one stops those that would move with it.
  for (let before = -1; before < stopped.size; ) {
    before = stopped.size;
    for (const one of applied) {
      const [invoice, payment] = [invoices.get(one.invoiceId), payments.get(one.paymentId)];
      const stays = invoice !== undefined && goes(invoice) && one.customerId !== invoice.now && (!goes(payment) || one.refunded);
      if (stays) stopped.set(invoice.seq, leftBehind(invoice, one));
      const alone = payment !== undefined && goes(payment) && one.invoiceCustomerId !== payment.now && !goes(invoice);
      if (alone || (payment !== undefined && goes(payment) && one.refunded)) stopped.set(payment.seq, goesAlone(payment, one));
    }
  }
  await markItems(
    sql,
    batch.id,
    'rejected',
    [...stopped].map(([seq, problem]) => ({ seq, problem })),
  );
}

function leftBehind({ type, id, number, now }: Moved, payment: AppliedThere): Problem {
  const why = payment.refunded
    ? 'a refund of it is posted, so it can’t move'
    : 'it still has its former customer, or is not in this batch';
  const text = `Invoice ${number} has another customer now (${now}), and payment ${payment.number} is applied to it in the books: ${why}. Give the payment the same customer and batch both, or give the invoice its former customer back.`;
  return problem('customer-changed-after-payment', { type: type as RecordType, id }, text, 'customerId');
}

function goesAlone({ type, id, number, now }: Moved, { invoiceId, refunded }: AppliedThere): Problem {
  const why = refunded
    ? 'a refund of it is posted, so it can’t move'
    : `invoice ${invoiceId}, to which it is applied in the books, does not move with it`;
  const text = `Payment ${number} has another customer now (${now}), and ${why}. Give both the same customer and batch both, or give the payment its former customer back.`;
  return problem('customer-changed-after-payment', { type: type as RecordType, id }, text, 'customerId');
}
