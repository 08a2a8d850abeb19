import { STANDING_ITEM_STATES } from '@ledgerpost/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { answerOf, api } from '../../../api/client.ts';
import { type Batch, batchesQuery, undoQuery } from '../../../api/queries.ts';
import { useCompany } from '../../../ui/company.ts';
import { Button, Loading, Note, Trouble } from '../../../ui/parts.tsx';
import { Refused } from '../../../ui/refused.tsx';
import { countOf } from '../../../ui/states.ts';
import { ShowMore } from '../../../ui/tables/paged.tsx';
import { Window } from '../../../ui/window.tsx';
import { counted } from '../../../ui/words.ts';
import { type OfBatch, systemName } from '../batch-of.ts';
import { UndoList } from './undo-list.tsx';

/** Shows exactly what an undo takes out of the books, and what a person has to do, before anyone starts it. */
export function UndoWindow(props: OfBatch & { onClose(): void }) {
  const { batch, onClose } = props;
  const { id: company } = useCompany();
  const queries = useQueryClient();
  const query = useInfiniteQuery(undoQuery(company, batch.id));
  const newer = useNewerInTheBooks(batch);
  const undo = useMutation({
    mutationFn: () =>
      answerOf(api.POST('/v1/companies/{company}/batches/{batch}/undo', { params: { path: { company, batch: batch.id } } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [company] });
      onClose();
    },
  });
  const view = query.data?.pages[0];
  const documents = query.data?.pages.flatMap((page) => page.documents).filter(({ state }) => state !== 'undone') ?? [];
  const count = countOf(batch, STANDING_ITEM_STATES);
  const system = systemName(props);
  return (
    <Window title={`Undo “${batch.name}”`} open onClose={onClose} wide>
      {query.isPending && <Loading what="the documents of this batch" />}
      <Trouble error={query.error} />
      {view !== undefined && (
        <div className="stack">
          {newer !== undefined && (
            <Note tone="warn" label="A newer batch comes first">
              Batches are undone newest first. Undo <Link href={`/batches/${newer.id}`}>{newer.name}</Link> before this one.
            </Note>
          )}
          {view.by === 'target' ? (
            <>
              <p>
                <strong>
                  Undo removes {counted(count, 'document')} from {system}
                </strong>
                , newest first, payments before their invoices. New documents are deleted, and updated documents get their former
                content back.
              </p>
              <p>
                Undo skips documents that someone changed since, or that are in a bank deposit, reconciled, or in a closed period.
                The result lists each of them with the reason. A void can’t be undone. Customers and products that the batch
                created stay in {system}.
              </p>
            </>
          ) : (
            <p>
              <strong>Undo returns {counted(count, 'record')} to Unbatched.</strong> Ledgerpost can’t remove anything from your
              books. If you loaded the files, delete everything listed here in your accounting system.
            </p>
          )}
          {view.warning !== null && (
            <Note tone="bad" label="Files were loaded">
              {view.warning}
            </Note>
          )}
          {view.instructions !== null && <p className="aside">{view.instructions}</p>}
          <UndoList documents={documents} />
          <ShowMore query={query}>Show more of the list</ShowMore>
          {undo.isError && <Refused error={undo.error} />}
          <div className="buttons">
            <Button kind="danger" isDisabled={undo.isPending || newer !== undefined} onPress={() => undo.mutate()}>
              {undo.isPending ? 'Starting …' : `Undo ${counted(count, 'document')}`}
            </Button>
            <Button onPress={onClose}>Keep the batch</Button>
          </div>
        </div>
      )}
    </Window>
  );
}

/** The newest batch that was started after this one and still has documents in the books: it has to be undone first. */
function useNewerInTheBooks(batch: Batch): Batch | undefined {
  const { id: company } = useCompany();
  const { data } = useInfiniteQuery(batchesQuery(company, { target: batch.target }));
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  return rows.find((one) => one.id !== batch.id && one.startedAt > batch.startedAt && countOf(one, STANDING_ITEM_STATES) > 0);
}
