import { useQuery } from '@tanstack/react-query';
import { journalQuery } from '../../../api/queries.ts';
import { useCompany } from '../../../ui/company.ts';
import { Loading, SmallTable, Trouble } from '../../../ui/parts.tsx';
import { actorName, when } from '../../../ui/show.ts';
import { counted } from '../../../ui/words.ts';
import type { OfBatch } from '../batch-of.ts';
import { actInWords, detailsInWords } from './journal-words.ts';

/** The journal of a batch: each action with its time and actor. */
export function Journal({ batch, target }: OfBatch) {
  const { id: company, timeZone } = useCompany();
  const journal = useQuery({ ...journalQuery(company, `batch/${batch.id}`), staleTime: 0 });
  if (journal.isPending) return <Loading what="the journal" />;
  if (journal.isError) return <Trouble error={journal.error} />;
  return (
    <>
      <SmallTable
        sorts
        caption="Activity, newest first"
        heads={['When', 'By', 'Action', 'Details']}
        rows={journal.data.map(({ at, actor, act, details }) => [
          when(at, timeZone),
          actorName(actor),
          actInWords(act),
          detailsInWords(act, details, target?.capabilities.delivery),
        ])}
      />
      <p className="aside">{counted(journal.data.length, 'entry', 'entries')}</p>
    </>
  );
}
