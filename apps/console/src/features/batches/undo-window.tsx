import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, told } from '../../api/client.ts';
import { type Batch, type BatchItem, type Undo, undoQuery } from '../../api/queries.ts';
import { useCompany } from '../../ui/company.ts';
import { ShowMore } from '../../ui/paged.tsx';
import { Badge, Button, Loading, Note, Trouble, Window } from '../../ui/parts.tsx';
import { counted, countOf, ITEM_STATES, STANDING, toneOfItem } from '../../ui/words.ts';
import { Refused } from '../unbatched/batch-window.tsx';

/** Says exactly what an undo takes back and what is left for a person, before anybody orders it. */
export function UndoWindow({ batch, onClose }: { readonly batch: Batch; onClose(): void }) {
  const { id: company } = useCompany();
  const queries = useQueryClient();
  const query = useInfiniteQuery(undoQuery(company, batch.id));
  const undo = useMutation({
    mutationFn: () =>
      told(api.POST('/v1/companies/{company}/batches/{batch}/undo', { params: { path: { company, batch: batch.id } } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [company] });
      onClose();
    },
  });
  const view = query.data?.pages[0];
  const documents = query.data?.pages.flatMap((page) => page.documents).filter(({ state }) => state !== 'undone') ?? [];
  const count = countOf(batch, STANDING);
  return (
    <Window title={`Undo “${batch.name}”`} open onClose={onClose} wide>
      {query.isPending && <Loading what="what it would take back" />}
      <Trouble error={query.error} />
      {view !== undefined && (
        <div className="stack">
          {view.by === 'target' ? (
            <p>
              <strong>{counted(count, 'document')} would be taken out of the books</strong>, newest first, payments before their
              invoices. What was new is deleted there; what was an update gets its former content back. What somebody changed
              there since, what is in a bank deposit, reconciled or in a closed period is left alone, and said so. A void can’t be
              taken back. Customers and products that the batch created stay.
            </p>
          ) : (
            <p>
              <strong>{counted(count, 'record')} would return to unbatched</strong>, as they were. Nobody but a person can take
              them out of the books: if the files were loaded, everything listed here has to be taken out there by hand.
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
            <Button kind="danger" isDisabled={undo.isPending} onPress={() => undo.mutate()}>
              {undo.isPending ? 'Starting …' : `Undo ${counted(count, 'document')}`}
            </Button>
            <Button onPress={onClose}>Keep the batch</Button>
          </div>
        </div>
      )}
    </Window>
  );
}

interface UndoListProps {
  readonly documents: Undo['documents'];
  /** Whether it tells what became of each. */
  readonly outcomes?: boolean;
}

function UndoList({ documents, outcomes = false }: UndoListProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="undo-list" aria-label="What it takes back, newest first" tabIndex={0}>
      <ol>
        {documents.map(({ seq, document, state, todo }) => (
          <li key={seq}>
            {document}{' '}
            {outcomes && <Badge tone={toneOfItem(state as BatchItem['state'])}>{ITEM_STATES[state as BatchItem['state']]}</Badge>}
            {todo !== null && <div className="aside">{todo}</div>}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** After an undo: what became of each document, and what is left for a person. */
export function Undone({ batch }: { readonly batch: Batch }) {
  const { id: company } = useCompany();
  const query = useInfiniteQuery(undoQuery(company, batch.id));
  if (query.isPending) return <Loading what="the undo" />;
  if (query.isError) return <Trouble error={query.error} />;
  const { by, warning, instructions } = query.data.pages[0]!;
  const documents = query.data.pages.flatMap((page) => page.documents);
  return (
    <div className="stack">
      {by === 'hand' && <p>Everything of this that was loaded into the books has to be taken out there by a person.</p>}
      {warning !== null && <Note tone="bad">{warning}</Note>}
      {instructions !== null && <p className="aside">{instructions}</p>}
      <UndoList documents={documents} outcomes={by === 'target'} />
      <ShowMore query={query}>Show more of the list</ShowMore>
    </div>
  );
}
