import { type Problem, problem, type RecordRef } from '@ledgerpost/core';
import type { Fault } from '../api/answer.ts';
import { sentenceOf, verdictOf } from '../api/classify.ts';
import type { Entity, Kind } from '../api/entities.ts';
import type { QboPayload } from './payload.ts';

const NAMES: Readonly<Record<Kind, string>> = {
  Invoice: 'Invoice',
  Payment: 'Payment',
  CreditMemo: 'Credit memo',
  JournalEntry: 'Journal entry',
};

/** `Invoice 10427`. */
export function titleOf({ entity, number }: Pick<QboPayload, 'entity' | 'number'>): string {
  return `${NAMES[entity]} ${number}`;
}

/** QuickBooks' refusal of one document, with the next step. Faults that are not about one document never get here. */
export function refusalOf(title: string, record: RecordRef, fault: Fault): Problem {
  const reason = `QuickBooks’ reason: ${sentenceOf(fault)}`;
  const verdict = verdictOf(fault);
  switch (verdict) {
    case 'closed':
      return problem(
        'closed-period',
        record,
        `${title} falls in a closed period. Reopen that period in QuickBooks, or change the date. ${reason}`,
      );
    case 'deposited':
      return problem(
        'refused-by-target',
        record,
        `${title} is in a bank deposit, so it can't be changed. Remove it from the deposit in QuickBooks, then retry. ${reason}`,
      );
    case 'number-taken':
      return problem(
        'duplicate-number',
        record,
        `${title} can't be posted, because QuickBooks already has that number. Change the number of one of the two. ${reason}`,
      );
    case 'stale':
      return problem(
        'changed-there',
        record,
        `${title} is being changed in QuickBooks right now. Check it there, then retry. ${reason}`,
      );
    case 'gone':
      return problem(
        'refused-by-target',
        record,
        `${title} needs something that was deleted or made inactive in QuickBooks. Make it active there, then retry. ${reason}`,
      );
    case 'bad-reference':
    case 'name-taken':
    case 'transient':
    case 'throttled':
    case 'access':
    case 'config':
    case 'refused':
      return problem(
        'refused-by-target',
        record,
        `${title} was refused by QuickBooks. Correct the record or the books, then retry. ${reason}`,
      );
    default:
      return verdict satisfies never;
  }
}

/** Who last changed the transaction, and when by the books’ own clock, as far as QuickBooks reports it. */
export function byWhom({ MetaData }: Entity): string {
  const who = MetaData?.LastModifiedByRef?.name;
  const when = MetaData?.LastUpdatedTime;
  return `${who === undefined ? '' : ` by ${who}`}${when === undefined ? '' : ` (last changed ${when.slice(0, 16).replace('T', ' ')})`}`;
}
