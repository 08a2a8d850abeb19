import type { ItemState } from '@ledgerpost/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { type Batch, type BatchItem, type ItemSort, itemsQuery } from '../../../api/queries.ts';
import { pollEvery } from '../../../api/query-client.ts';
import { useAddress } from '../../../ui/address.ts';
import { useCompany } from '../../../ui/company.ts';
import { Badge, Button, Loading, Trouble } from '../../../ui/parts.tsx';
import { day, money } from '../../../ui/show.ts';
import { toneOfItem } from '../../../ui/states.ts';
import { ChooseColumns, type ColumnChoice, useHiddenColumns, withoutColumns } from '../../../ui/tables/columns.tsx';
import { LongTable } from '../../../ui/tables/long-table.tsx';
import { useMore, useRows } from '../../../ui/tables/paged.tsx';
import { SavedFilters } from '../../../ui/tables/saved-filters.tsx';
import { SortHead, sortOf } from '../../../ui/tables/sort-head.tsx';
import { number, operationName } from '../../../ui/words.ts';
import { type OfBatch, systemName, wordsOfItem } from '../batch-of.ts';
import { ItemWindow } from './item-window.tsx';

const COLUMNS = [
  ['operation', 'Document'],
  ['date', 'Date'],
  ['number', 'Number'],
  ['customer', 'Customer'],
  ['department', 'Department'],
  ['state', 'State'],
  ['posted-as', 'Posted as'],
  ['amount', 'Amount'],
] as const;
const CHOICE: ColumnChoice<(typeof COLUMNS)[number][0]> = {
  place: 'ledgerpost.columns.documents',
  columns: COLUMNS,
  optional: ['date', 'customer', 'department', 'posted-as'],
};
/** What a saved filter keeps. It serves all batches of the company. */
const KEPT = ['state', 'search', 'sort'];
const SORTS: readonly ItemSort[] = COLUMNS.flatMap(([column]) => [column, `-${column}`] as const);

/** The documents of a batch, each with its state and its problems. */
export function Items(props: OfBatch) {
  const { batch } = props;
  const { id: company, currency } = useCompany();
  const [address, setAddress] = useAddress();
  const wanted = address.get('state') as ItemState | null;
  const state = wanted === null ? undefined : stateInLists(wanted, batch);
  const sort = SORTS.find((one) => one === address.get('sort')) ?? 'seq';
  const [hidden, toggle] = useHiddenColumns(CHOICE);
  const setState = (one: ItemState | undefined) => setAddress({ state: one });
  const open = /^[1-9]\d*$/.test(address.get('document') ?? '') ? Number(address.get('document')) : undefined;
  const moves = batch.state === 'pushing' || batch.state === 'undoing';
  const search = address.get('search') ?? '';
  const query = useInfiniteQuery({
    ...itemsQuery(company, batch.id, { state, search: useDeferredValue(search.trim()) }, sort),
    refetchInterval: pollEvery(moves ? 5_000 : false),
  });
  const more = useMore(query);
  const rows = useRows(query);
  const counts = countsByState(batch);
  return (
    <>
      <fieldset className="chips shown">
        <legend className="hidden">State of the documents</legend>
        <Button
          kind={state === undefined ? 'main' : 'plain'}
          aria-pressed={state === undefined}
          onPress={() => setState(undefined)}
        >
          All {number(batch.progress.items)}
        </Button>
        {[...counts].map(([one, count]) => (
          <Button key={one} kind={state === one ? 'main' : 'plain'} aria-pressed={state === one} onPress={() => setState(one)}>
            {wordsOfItem(props, one)} {number(count)}
          </Button>
        ))}
      </fieldset>
      <div className="filters">
        <label className="grow">
          Search
          <input
            type="search"
            placeholder="Number or customer"
            value={search}
            onChange={({ target }) => setAddress({ search: target.value })}
          />
        </label>
      </div>
      <SavedFilters list="filters.documents" parts={KEPT} />
      <ChooseColumns of={CHOICE} hidden={hidden} toggle={toggle} />
      <Trouble error={query.error} />
      {query.isPending && <Loading what="documents" />}
      {query.data !== undefined && rows.length === 0 && (
        <p className="empty">No documents here. Choose another state or search above.</p>
      )}
      {rows.length > 0 && (
        <LongTable
          label="Documents of the batch"
          kind={`items${withoutColumns(hidden)}`}
          rowHeight={48}
          heads={COLUMNS.map(([column, words]) => (
            <SortHead
              key={column}
              {...{ column, words, sort }}
              onSort={(next) => setAddress({ sort: next === 'seq' ? undefined : next })}
            />
          ))}
          sorts={COLUMNS.map(([column]) => sortOf(column, sort))}
          rows={rows}
          count={search !== '' ? undefined : state === undefined ? batch.progress.items : counts.get(state)}
          keyOf={seqOf}
          more={more}
          cells={(item) => [
            <Button
              key="open"
              kind="quiet"
              onPress={() => setAddress({ document: String(item.seq) }, 'step')}
              aria-label={`${operationName(item.operation)} ${item.number || item.record.id}: details`}
            >
              {operationName(item.operation)}
            </Button>,
            item.date === null ? '' : day(item.date),
            item.number || item.record.id,
            item.customerName ?? '',
            item.departmentName ?? '',
            <Badge key="state" tone={toneOfItem(item.state)}>
              {wordsOfItem(props, item.state)}
            </Badge>,
            item.externalId ?? '',
            money(item.amount, currency),
          ]}
          below={({ problems, state: of, targetTotal, amount }) =>
            (problems.length > 0 || of === 'differs') && (
              <ul className="problems">
                {of === 'differs' && targetTotal !== null && (
                  <li className="warning">
                    {systemName(props)} has {money(targetTotal, currency)} instead of {money(amount, currency)}.
                  </li>
                )}
                {problems.map(({ code, severity, message, field }) => (
                  <li key={`${code} ${field} ${message}`} className={severity}>
                    {message}
                  </li>
                ))}
              </ul>
            )
          }
        />
      )}
      {open !== undefined && <ItemWindow {...props} seq={open} onClose={() => setAddress({ document: undefined })} />}
    </>
  );
}

const seqOf = ({ seq }: BatchItem) => String(seq);

const BEFORE_SENDING: readonly Batch['state'][] = ['selecting', 'validating', 'exporting'];

/**
 * People see `ready` and `exported` as one state, "Ready to send". The documents of a batch are in one or the other: its
 * counts may still name the first when its lists already have the second.
 */
function stateInLists(state: ItemState, { state: of }: Batch): ItemState {
  if (state !== 'ready' && state !== 'exported') return state;
  return BEFORE_SENDING.includes(of) ? 'ready' : 'exported';
}

/** How many documents are in each state that has any. */
export function countsByState(batch: Batch): ReadonlyMap<ItemState, number> {
  const counts = new Map<ItemState, number>();
  for (const [state, count] of Object.entries(batch.progress.states) as [ItemState, number][]) {
    if (count === 0) continue;
    const shown = stateInLists(state, batch);
    counts.set(shown, (counts.get(shown) ?? 0) + count);
  }
  return counts;
}
