import { problem, type RecordType } from '@ledgerpost/core';
import {
  customersInTwoSpellings,
  duplicateNumbers,
  itemsOnTwoAccounts,
  markItems,
  numbersOfTwoKinds,
  paymentsOfUnsentInvoices,
  type Range,
  type Sql,
} from '@ledgerpost/store';

/** A range that contains every item of a batch, however many there are. */
export function wholeBatch(batchId: string): Range {
  return { batchId, fromSeq: 1, toSeq: 2 ** 31 - 1 };
}

/**
 * What only the batch as a whole can show: numbers used twice, items that need two accounts, and documents whose invoice
 * won't be sent. Run it in a transaction.
 */
export async function crossCheck(sql: Sql, batchId: string): Promise<void> {
  await markItems(
    sql,
    batchId,
    'rejected',
    (await duplicateNumbers(sql, batchId)).map(({ seq, type, id, number, other }) => ({
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
    (await itemsOnTwoAccounts(sql, batchId)).map(({ seq, type, id, item, accounts }) => ({
      seq,
      problem: problem(
        'item-on-two-accounts',
        { type: type as RecordType, id },
        `The product or service “${item}” needs the accounts ${accounts.map((account) => (account === '' ? '(none)' : `“${account}”`)).join(' and ')}, and it can have only one. Give its lines the same category, or give the services different names.`,
        'lines',
      ),
    })),
  );
  await warnOfNames(sql, batchId);
  await blockPayments(sql, wholeBatch(batchId));
}

/** Warns of names and numbers that the books may treat as one. Only the books decide, so the documents are still sent. */
async function warnOfNames(sql: Sql, batchId: string): Promise<void> {
  const numbers = (await numbersOfTwoKinds(sql, batchId)).map(({ seq, type, id, number, kind }) => {
    const [own, other] = kind === 'invoice' ? ['Invoice', 'a credit memo'] : ['Credit memo', 'an invoice'];
    const text = `${own} ${number} has the same number as ${other}, and the books may refuse the second one. Change one of the two numbers.`;
    return { seq, problem: problem('number-shared', { type: type as RecordType, id }, text, 'number') };
  });
  const customers = (await customersInTwoSpellings(sql, batchId)).map(({ seq, customerId, customer, other }) => {
    const text = `The books treat customers “${customer}” and “${other}” as one, and may refuse one of the names. Give both exactly the name that the books have.`;
    return { seq, problem: problem('customer-spelled-twice', { type: 'customer', id: customerId }, text, 'accountingKey') };
  });
  await markItems(sql, batchId, undefined, [...numbers, ...customers]);
}

/** Blocks payments that are applied to an invoice which is not in the books and which this batch won't send. */
export async function blockPayments(sql: Sql, range: Range): Promise<number> {
  const payments = await paymentsOfUnsentInvoices(sql, range);
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
