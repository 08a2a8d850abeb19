import { type CompanyFacts, parseMoney, type RecordType, type SourceRecord } from '@ledgerpost/core';
import { type ImportRow, type NewFinding, type Store, storedInCover } from '@ledgerpost/store';
import type { ImportReport } from './import-report.ts';

/**
 * Lists what a person declared the files to cover and what is no longer in them. Nothing is done about it where a row could not be
 * read: that row may be the one that is missing.
 */
export async function absentRecords(
  store: Store,
  company: CompanyFacts,
  row: ImportRow,
  ways: readonly string[],
  isHere: (key: string) => boolean,
  isUnsure: boolean,
  add: (finding: NewFinding) => void,
): Promise<ImportReport['absent']> {
  if (row.cover === null) return null;
  let records = 0;
  let amount = 0;
  for await (const rows of storedInCover(store, company.id, row.cover, ways)) {
    for (const { record } of rows) {
      if (isHere(`${record.type}/${record.id}`) || statusOf(record) !== 'counts') continue;
      records += 1;
      const said = 'total' in record ? record.total : 'amount' in record ? record.amount : '0';
      amount += parseMoney(said, company.currency) ?? 0;
      add({
        kind: 'absent',
        code: 'absent',
        type: record.type,
        recordId: record.id,
        message: `${record.type} ${'number' in record ? (record.number ?? record.id) : record.id} is no longer in the files.`,
        details: { record },
      });
    }
  }
  const unsure = 'Rows could not be read or were held back, so nothing is done about what is absent. Correct them first.';
  return { records, amount, unsure: isUnsure && records > 0 ? unsure : null };
}

/** Whether a record still counts; a void or removed one may be absent. */
function statusOf(record: SourceRecord): 'counts' | 'ended' {
  const status = 'status' in record ? record.status : undefined;
  return status === 'void' || status === 'removed' ? 'ended' : 'counts';
}

/** The record after the choice; undefined where the choice does not exist for its type. */
export function afterChoice(record: SourceRecord, choice: 'void' | 'removed'): SourceRecord | undefined {
  if (record.type === 'invoice') return choice === 'void' ? { ...record, status: 'void' } : undefined;
  if (record.type === 'payment' || record.type === 'refund' || record.type === 'creditMemo')
    return choice === 'removed' ? { ...record, status: 'removed' } : undefined;
  return undefined;
}

/** Which choices a type has. */
export function choicesOf(type: RecordType): readonly ('leave' | 'void' | 'removed')[] {
  if (type === 'invoice') return ['leave', 'void'];
  return type === 'payment' || type === 'refund' || type === 'creditMemo' ? ['leave', 'removed'] : [];
}
