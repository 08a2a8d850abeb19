import type { BatchState } from '@ledgerpost/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { batchesQuery, targetsQuery } from '../../api/queries.ts';
import { useAddress } from '../../ui/address.ts';
import { useCompany } from '../../ui/company.ts';
import { Loading, Trouble } from '../../ui/parts.tsx';
import { Select } from '../../ui/select.tsx';
import { BATCH_STATES } from '../../ui/states.ts';
import { ShowMore, useRows } from '../../ui/tables/paged.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { BatchTable } from './batch-table.tsx';
import { UndoWindow } from './undo/undo-window.tsx';

/** All batches of the company, newest first, by accounting system and state. */
export function BatchesScreen() {
  useTitle('Previous Batches');
  const company = useCompany();
  const targets = useQuery(targetsQuery);
  const [address, setAddress] = useAddress();
  const filter = filterOf(address);
  const batches = useInfiniteQuery({ ...batchesQuery(company.id, filter), refetchInterval: 10_000 });
  const rows = useRows(batches);
  const undoing = rows.find(({ id }) => id === address.get('undo'));
  return (
    <>
      <h1>Previous Batches</h1>
      <fieldset className="filters">
        <legend className="hidden">Filters</legend>
        <Select
          label="Accounting system"
          unset="All"
          options={targets.data?.map(({ id, name }) => [id, name] as const) ?? []}
          value={filter.target}
          onChange={(target) => setAddress({ target })}
        />
        <Select
          label="State"
          unset="All"
          options={STATE_OPTIONS}
          value={filter.state}
          onChange={(state) => setAddress({ state })}
        />
      </fieldset>
      <Trouble error={batches.error} />
      {batches.isPending && <Loading what="batches" />}
      {batches.data !== undefined && rows.length === 0 && (
        <p className="empty">
          No batches here. <Link href="/unbatched">Start one from Unbatched</Link>.
        </p>
      )}
      {rows.length > 0 && (
        <BatchTable
          caption="Batches, newest first"
          batches={rows}
          areAll={!batches.hasNextPage}
          onUndo={({ id }) => setAddress({ undo: id }, 'step')}
        />
      )}
      <ShowMore query={batches}>Older batches</ShowMore>
      {undoing !== undefined && (
        <UndoWindow
          batch={undoing}
          target={targets.data?.find(({ id }) => id === undoing.target)}
          onClose={() => setAddress({ undo: undefined })}
        />
      )}
    </>
  );
}

/** One state has two names, by whether the accounting system loads files: the filter shows both. */
const STATE_OPTIONS = (Object.entries(BATCH_STATES) as [BatchState, (typeof BATCH_STATES)[BatchState]][]).map(
  ([state, [words]]) => [state, state === 'posted' ? `${words} or files ready` : words] as const,
);

function filterOf(address: URLSearchParams): { target?: string; state?: BatchState } {
  const [target, state] = [address.get('target'), address.get('state')];
  return { ...(target === null ? {} : { target }), ...(state === null ? {} : { state: state as BatchState }) };
}
