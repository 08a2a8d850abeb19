import type { Operation } from '../batch/operations.ts';
import type { BatchedRecord } from '../records/records.ts';
import type { BuildContext, Built } from './build-context.ts';
import { buildPayment } from './build-payment.ts';
import { buildRefundJournal } from './build-refund.ts';
import { buildCreditMemo, buildInvoice, buildVoidingMemo } from './build-sales-form.ts';
import { buildListedPayment, buildListedRefund } from './build-warning.ts';

/**
 * Builds the document of a record and operation, and runs core's rules over it. Bad data never throws: the document shows what can be
 * read, with problems. Throws TypeError only for an operation that the type of record can't have.
 */
export function buildDocument(record: BatchedRecord, operation: Operation, context: BuildContext): Built {
  switch (operation) {
    case 'invoice.insert':
    case 'invoice.update':
    case 'invoice.void':
      if (record.type === 'invoice') return buildInvoice(record, operation, context);
      break;
    case 'creditMemo.update':
      if (record.type === 'creditMemo') return buildCreditMemo(record, context, operation);
      break;
    case 'creditMemo.insert':
      if (record.type === 'creditMemo') return buildCreditMemo(record, context);
      if (record.type === 'invoice') return buildVoidingMemo(record, context);
      break;
    case 'payment.insert':
    case 'payment.update':
      if (record.type === 'payment') return buildPayment(record, operation, context);
      break;
    case 'journal.insert':
    case 'journal.update':
      if (record.type === 'refund') return buildRefundJournal(record, context, operation);
      break;
    case 'warning.list':
      if (record.type === 'payment') return buildListedPayment(record, context);
      if (record.type === 'refund') return buildListedRefund(record, context);
      break;
    default:
      return operation satisfies never;
  }
  throw new TypeError(`A record of type ${record.type} has no ${operation}.`);
}
