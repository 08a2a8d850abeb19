import { useInfiniteQuery } from '@tanstack/react-query';
import { undoQuery } from '../../../api/queries.ts';
import { useCompany } from '../../../ui/company.ts';
import { Loading, Note, Trouble } from '../../../ui/parts.tsx';
import { ShowMore } from '../../../ui/tables/paged.tsx';
import type { OfBatch } from '../batch-of.ts';
import { UndoList } from './undo-list.tsx';

/** After an undo: the result for each document, and what a person still has to do. */
export function UndoOutcome({ batch }: OfBatch) {
  const { id: company } = useCompany();
  const query = useInfiniteQuery(undoQuery(company, batch.id));
  if (query.isPending) return <Loading what="the undo" />;
  if (query.isError) return <Trouble error={query.error} />;
  const { by, warning, instructions } = query.data.pages[0]!;
  const documents = query.data.pages.flatMap((page) => page.documents);
  return (
    <div className="stack">
      {by === 'hand' && <p>If you loaded the files, delete everything listed here in your accounting system.</p>}
      {warning !== null && <Note tone="bad">{warning}</Note>}
      {instructions !== null && <p className="aside">{instructions}</p>}
      <UndoList documents={documents} outcomes={by === 'target'} />
      <ShowMore query={query}>Show more of the list</ShowMore>
    </div>
  );
}
