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

/** QuickBooks' no to one document, with what somebody does about it. Faults that are about no document never come here. */
export function refusalOf(title: string, record: RecordRef, fault: Fault): Problem {
  const said = `QuickBooks says: ${sentenceOf(fault)}`;
  const verdict = verdictOf(fault);
  switch (verdict) {
    case 'closed':
      return problem('closed-period', record, `${title} touches a closed period. Reopen the books, or date it later. ${said}`);
    case 'deposited':
      return problem(
        'refused-by-target',
        record,
        `${title} is in a bank deposit, so it can't change. Take it out of the deposit in QuickBooks, then retry. ${said}`,
      );
    case 'number-taken':
      return problem(
        'duplicate-number',
        record,
        `${title} can't be posted, because QuickBooks has that number already. Give one of the two another number. ${said}`,
      );
    case 'stale':
      return problem(
        'changed-there',
        record,
        `${title} is being changed in QuickBooks right now. Look at it there, then retry. ${said}`,
      );
    case 'gone':
      return problem(
        'refused-by-target',
        record,
        `${title} needs something that was made inactive or deleted in QuickBooks. Make it active there, then retry. ${said}`,
      );
    case 'name-taken':
    case 'transient':
    case 'throttled':
    case 'access':
    case 'config':
    case 'refused':
      return problem('refused-by-target', record, `${title} was refused. Mend the record or the books, then retry. ${said}`);
    default:
      return verdict satisfies never;
  }
}

/** Who changed the transaction last, and when by the books’ own clock, as far as QuickBooks tells. */
export function byWhom({ MetaData }: Entity): string {
  const who = MetaData?.LastModifiedByRef?.name;
  const when = MetaData?.LastUpdatedTime;
  return `${who === undefined ? '' : ` by ${who}`}${when === undefined ? '' : ` (last change there ${when.slice(0, 16).replace('T', ' ')})`}`;
}
