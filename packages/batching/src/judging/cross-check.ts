import {
  type BooksSettings,
  describe,
  heldBack,
  heldOver,
  type PaymentDocument,
  type PostedFacts,
  problem,
  type RecordType,
  showMoney,
  ZERO,
} from '@ledgerpost/core';
import {
  customersInTwoSpellings,
  duplicateNumbers,
  findTarget,
  freezeAgain,
  itemsOnTwoAccounts,
  linkedIds,
  markItems,
  namesOf,
  numbersOfTwoKinds,
  operationsIn,
  overpaidParts,
  paymentsOfUnsentInvoices,
  type Range,
  type Sql,
  type StoredName,
  unsentPartsBehind,
  type WorkBatch,
  wholeBatch,
} from '@ledgerpost/store';
import { checkLinks } from '../linking/check-links.ts';
import { checkMoves } from '../linking/check-moves.ts';

/**
 * What only the batch as a whole can show: numbers used twice, items that need two accounts, and documents whose invoice
 * won't be sent. Run it in a transaction.
 * @param beside other connections, on which numbers are looked at meanwhile: only where all items are committed
 */
export async function crossCheck(sql: Sql, batch: WorkBatch, beside?: Sql): Promise<void> {
  const { id: batchId, settings } = batch;
  // None of these changes anything, so none waits for another.
  const [some, others, names, operations] = await Promise.all([
    duplicateNumbers(sql, batchId, beside && 0),
    beside === undefined ? [] : duplicateNumbers(beside, batchId, 1),
    namesOf(sql, batchId),
    operationsIn(sql, batchId),
  ]);
  const duplicates = [...some, ...others];
  const early = beside === undefined ? undefined : numbersOfTwoKinds(beside, batchId, operations);
  // It is waited for below, unless something else fails first.
  early?.catch(() => {});
  await markItems(
    sql,
    batchId,
    'rejected',
    duplicates.map(({ seq, type, id, number, other }) => ({
      seq,
      problem: problem(
        'duplicate-number',
        { type: type as RecordType, id },
        `The number ${number} is used by ${type} ${id} and by ${other}, and the books would merge them. Give one of them another number.`,
        'number',
      ),
    })),
  );
  await markItems(
    sql,
    batchId,
    'rejected',
    (await itemsOnTwoAccounts(sql, batchId, names)).map(({ seq, type, id, item, accounts }) => ({
      seq,
      problem: problem(
        'item-on-two-accounts',
        { type: type as RecordType, id },
        `The product or service “${item}” needs the accounts ${accounts.map((account) => (account === '' ? '(none)' : `“${account}”`)).join(' and ')}, and it can have only one. Give its lines the same category, or give the services different names.`,
        'lines',
      ),
    })),
  );
  await checkLinks(sql, batch);
  await checkMoves(sql, batch);
  // What is none before documents are rejected is none after that.
  const isSure = (await early)?.length === 0;
  await warnOfNames(sql, batch, names, isSure ? [] : await numbersOfTwoKinds(sql, batchId, operations));
  if (operations.has('payment.insert')) {
    if (sendsUnapplied(settings)) await freeOfUnsentInvoices(sql, batchId);
    await fitTogether(sql, batch);
  }
  if (operations.has('payment.insert') || operations.has('payment.update'))
    await blockPayments(sql, wholeBatch(batchId), settings);
}

/** Warns of names and numbers that the books may treat as one. Only the books decide, so the documents are still sent. */
async function warnOfNames(
  sql: Sql,
  batch: WorkBatch,
  names: readonly StoredName[],
  shared: Awaited<ReturnType<typeof numbersOfTwoKinds>>,
): Promise<void> {
  const { id: batchId } = batch;
  const numbers = shared.map(({ seq, type, id, number, kind }) => {
    const [own, other] = kind === 'invoice' ? ['Invoice', 'a credit memo'] : ['Credit memo', 'an invoice'];
    const text = `${own} ${number} has the same number as ${other}, and the books may refuse the second one. Change one of the two numbers.`;
    return { seq, problem: problem('number-shared', { type: type as RecordType, id }, text, 'number') };
  });
  const spelled = await customersInTwoSpellings(sql, batchId, names);
  const keys = spelled.flatMap(({ customerId, others }) => [customerId, ...others.map(({ key }) => key)]);
  const linked = await linkedIds(sql, batch.company.id, batch.target, keys);
  const customers = spelled.flatMap(({ seq, customerId, customer, others }) => {
    // Between two that are linked nothing goes by name.
    const other = others.find(({ key }) => !linked.has(customerId) || !linked.has(key));
    if (other === undefined) return [];
    const text = `The books treat customers “${customer}” and “${other.name}” as one, and may refuse one of the names. Give both exactly the name that the books have.`;
    return [{ seq, problem: problem('customer-spelled-twice', { type: 'customer', id: customerId }, text, 'accountingKey') }];
  });
  await markItems(sql, batchId, undefined, [...numbers, ...customers]);
}

/** Whether received money is sent though its invoice is not. Batches of before 0.3.0 keep what they were started with. */
function sendsUnapplied({ policy }: BooksSettings): boolean {
  return policy.paymentsOfStoppedInvoices === 'unapplied';
}

const CHUNK = 1_000;

/** Takes invoices that won't be sent out of new payments, before any payload is made: those parts stay unapplied, with a warning. */
async function freeOfUnsentInvoices(sql: Sql, batchId: string): Promise<void> {
  for (let seq = 0; ; ) {
    const found = await unsentPartsBehind(sql, batchId, seq, CHUNK);
    if (found.length === 0) return;
    seq = found.at(-1)!.seq;
    const freed = found.map((one) => ({ ...one, document: heldBack(one.document, new Set(one.unsent.map(({ id }) => id))) }));
    await freezeAgain(sql, batchId, freed.map(withItsFacts));
    await markItems(
      sql,
      batchId,
      undefined,
      found.flatMap(({ seq, document, unsent }) =>
        unsent.map(({ id, number }) => ({ seq, problem: stays(document, id, number) })),
      ),
    );
  }
}

/** A payment that is divided again, with the same in its facts. */
function withItsFacts({ seq, document, facts }: { seq: number; document: PaymentDocument; facts: PostedFacts }) {
  return { seq, document, facts: { ...facts, applied: document.applied, held: document.held } };
}

/**
 * Payments that together pay more than their invoice's total: what the later ones pay too much stays unapplied in files, with a warning.
 * A push target knows the open balance, and decides; then the warning alone is ours. Where the books compute the tax, only they know the total.
 */
async function fitTogether(sql: Sql, { id: batchId, company, target, settings }: WorkBatch): Promise<void> {
  const found = await overpaidParts(sql, batchId);
  if (found.length === 0) return;
  const delivery = (await findTarget(sql, company.id, target))?.delivery;
  if (delivery === 'push' && settings.tax?.mode === 'books') return;
  if (delivery === 'files') {
    const fitting = found.map((one) => ({ ...one, document: heldOver(one.document, one.over) }));
    await freezeAgain(sql, batchId, fitting.map(withItsFacts));
  }
  const marks = found.flatMap(({ seq, document, over }) =>
    over.map(({ invoiceId, amount, total }) => {
      const { currency, applied } = document;
      const number = applied.find((part) => part.invoiceId === invoiceId)?.invoiceNumber || invoiceId;
      const end = delivery === 'files' ? 'is sent unapplied' : 'stays unapplied, unless the books have more open on it';
      const text = `Other payments pay invoice ${number}, too, whose total is ${showMoney(total, currency)}, so ${showMoney(amount, currency)} of ${describe(document, currency)} ${end}, as an open credit of the customer. Refund it, or correct the allocation.`;
      return { seq, problem: problem('paid-over-invoice', document.record, text, 'allocations') };
    }),
  );
  await markItems(sql, batchId, undefined, marks);
}

function stays(document: PaymentDocument, invoiceId: string, number: string) {
  const amount = document.applied.find((part) => part.invoiceId === invoiceId)?.amount ?? ZERO;
  const text = `${showMoney(amount, document.currency)} of ${describe(document, document.currency)} is sent unapplied, because invoice ${number || invoiceId} is not sent. Correct and batch the invoice, and the payment is re-allocated.`;
  return problem('payment-unapplied', document.record, text, 'allocations');
}

/**
 * Blocks payments that are applied to an invoice which is not in the books and which this batch won't send: re-allocations, and new
 * payments where the settings let them wait.
 */
export async function blockPayments(sql: Sql, range: Range, settings: BooksSettings): Promise<number> {
  const waiting = sendsUnapplied(settings) ? (['payment.update'] as const) : (['payment.insert', 'payment.update'] as const);
  const payments = await paymentsOfUnsentInvoices(sql, range, waiting);
  await markItems(
    sql,
    range.batchId,
    'blocked',
    payments.map(({ seq, type, id, invoiceId, invoiceNumber }) => ({
      seq,
      problem: problem(
        'invoice-not-sent',
        { type: type as RecordType, id },
        `The payment is applied to invoice ${invoiceNumber || invoiceId}, which was not sent. Correct the invoice, then send both again.`,
        'allocations',
      ),
    })),
  );
  return payments.length;
}
