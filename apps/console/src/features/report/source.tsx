import type { Report } from '../../api/queries.ts';
import { useCompany } from '../../ui/company.ts';
import { Note } from '../../ui/parts.tsx';
import { actorName, when } from '../../ui/show.ts';
import { counted } from '../../ui/words.ts';

/** Where the amounts in the books come from, and which documents they cover. */
export function Source({ report: { batch, books, documents } }: { readonly report: Report }) {
  const { timeZone } = useCompany();
  const { verification, looked: checked, linesTold: withLines, superseded, how } = books;
  if (documents === 0) return null;
  if (verification === null) {
    return (
      <Note tone="plain" label="Amounts in the books">
        <p>
          The amounts in the books are not known yet. {how}
          {books.by === 'hand' && ' The tables have an empty column to fill in, on paper and in the workbook.'}
        </p>
      </Note>
    );
  }
  const left = documents - checked - superseded;
  return (
    <Note tone={verification.state === 'failed' ? 'warn' : 'plain'} label="Amounts in the books">
      <p>
        The amounts in {batch.targetName} come from verification {verification.run} on{' '}
        {when(verification.endedAt ?? verification.startedAt, timeZone)}, started by {actorName(verification.startedBy)}.
        {verification.state === 'running' && ' It is in progress.'} {verification.reason?.message}
      </p>
      {left > 0 && (
        <p>
          {counted(left, 'document was', 'documents were')} not checked, so the amounts in the books are not known. {how}
        </p>
      )}
      {superseded > 0 && (
        <p>
          A newer batch replaced {counted(superseded, 'document')}. See the report of that batch for the amounts in the books.
        </p>
      )}
      {withLines < checked && (
        <p>
          For {counted(checked - withLines, 'document')}, {batch.targetName} returned a total and no lines. The accounts, classes
          and tax codes are not known.
        </p>
      )}
    </Note>
  );
}
