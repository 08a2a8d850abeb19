import { type Call, problem, showMoney, TargetError } from '@ledgerpost/core';
import { throwIfWhole, verdictOf } from '../api/classify.ts';
import type { Body } from '../api/entities.ts';
import { besideIn, besideOf, withBeside } from '../books/beside.ts';
import { totalOf } from '../books/content.ts';
import { refusalOf } from '../payload/explain.ts';
import type { QboPayload } from '../payload/payload.ts';
import type { QboSession } from '../session.ts';
import { adopt } from './adopt.ts';
import { begin, bIdOf, create, pending, refuse, settle, type Work } from './work.ts';

/**
 * Posts the card fees of payments that are in the books now, each as a journal beside its payment. It is looked for each time, by its
 * number and marker: an earlier attempt may have posted it, or it stayed when a person deleted an earlier payment of the record. If QuickBooks refuses one, its payment stays, with a notice: no money is
 * kept out of the books by a fee.
 */
export async function postFees(
  session: QboSession,
  works: readonly Work[],
  call: Call<QboPayload>,
  requestId: string,
): Promise<void> {
  const fees = works.flatMap((payment) => {
    const fee = feeWork(payment, call);
    return fee === undefined ? [] : [{ payment, fee }];
  });
  await adopt(
    session,
    fees.map(({ fee }) => fee),
  );
  const unsent = pending(fees.map(({ fee }) => fee));
  if (unsent.length > 0) await send(session, unsent, requestId);
  for (const { payment, fee } of fees) keep(payment, fee);
  for (const payment of works) keepFormer(payment);
}

async function send(session: QboSession, fees: readonly Work[], requestId: string): Promise<void> {
  const answers = await session.api.batch(
    fees.map((fee) => create(fee)),
    requestId,
  );
  for (const fee of fees) {
    const answer = answers.get(bIdOf(fee.item))!;
    if ('entity' in answer) settle(fee, answer.entity, 'created', answer.tid);
    else {
      throwIfWhole(answer.fault, `write ${fee.title}`);
      fee.fault = answer.fault;
    }
  }
  const open = pending(fees);
  if (open.some(({ fault }) => verdictOf(fault!) === 'stale')) {
    const text = 'QuickBooks did not post the journal of a fee yet, because something that belongs to it was being changed.';
    throw new TargetError('transient', 'target-unreachable', text);
  }
  // Perhaps the number is taken by this same journal.
  await adopt(
    session,
    open.filter(({ fault }) => verdictOf(fault!) === 'number-taken'),
  );
  for (const fee of pending(open)) refuse(fee, refusalOf(fee.title, fee.record, fee.fault!));
}

/** A journal as work of its own, for a payment that is in the books. */
function feeWork(payment: Work, call: Call<QboPayload>): Work | undefined {
  const { payload, outcome, item } = payment;
  if (payload.fee === undefined || outcome === undefined || !('receipt' in outcome)) return undefined;
  const { number, marker, body } = payload.fee;
  const journal: QboPayload = {
    ...{ entity: 'JournalEntry', act: 'create', number, marker, ownNumbers: true },
    ...{ currency: payload.currency, body: body as unknown as QboPayload['body'] },
  };
  const { former: _, linked: __, ...rest } = item;
  return begin({ ...rest, payload: journal }, call);
}

function keep(payment: Work, fee: Work): void {
  const { outcome, record, title, payload } = payment;
  if (outcome === undefined || !('receipt' in outcome)) return;
  if (fee.entity !== undefined) {
    const { receipt } = outcome;
    payment.outcome = { ...outcome, receipt: { ...receipt, details: withBeside(receipt.details, besideOf(fee.entity)) } };
    return;
  }
  const amount = totalOf('JournalEntry', payload.fee!.body as unknown as Body, payload.currency);
  const shown = amount === undefined ? '' : ` of ${showMoney(amount, payload.currency)}`;
  const why = fee.outcome !== undefined && 'problem' in fee.outcome ? ` ${fee.outcome.problem.message}` : '';
  const text = `${title} is posted, and its fee${shown} is not. Add the fee to the bank deposit in QuickBooks.${why}`;
  const notice = problem('fee-not-posted', record, text, 'fee');
  payment.outcome = { ...outcome, warnings: [...(outcome.warnings ?? []), notice] };
}

/** An update of a payment leaves its fee as it is. */
function keepFormer(payment: Work): void {
  const { outcome, item } = payment;
  const beside = besideIn(item.former?.details);
  if (beside === undefined || outcome === undefined || !('receipt' in outcome)) return;
  const { receipt } = outcome;
  payment.outcome = { ...outcome, receipt: { ...receipt, details: withBeside(receipt.details, beside) } };
}
