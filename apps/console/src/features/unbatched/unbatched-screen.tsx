import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Fragment, lazy, Suspense, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { Link, Redirect, useParams, useSearch } from 'wouter';
import { ApiProblem } from '../../api/client.ts';
import {
  companyTargetsQuery,
  departmentsQuery,
  type ListName,
  type Preview,
  previewQuery,
  type Target,
  targetsQuery,
  unbatchedQuery,
} from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useAddress } from '../../ui/address.ts';
import { useCompany } from '../../ui/company.ts';
import { Button, Loading, Note, Trouble } from '../../ui/parts.tsx';
import { Select } from '../../ui/select.tsx';
import { money, sum } from '../../ui/show.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { useSettled } from '../../ui/use-settled.ts';
import { useTitle } from '../../ui/use-title.ts';
import { counted, number } from '../../ui/words.ts';
import { MatchingNote } from '../matching/matching-note.tsx';
import { BatchWindow } from './batch-window.tsx';
import { filterOf, searchIn, sortIn } from './filter.ts';
import { ALL, type Choice, isNothing, type Choices as SelectionChoices, selectionOf } from './selection.ts';
import { documentsIn, sentenceOf, type Totals, totalsOf } from './totals.ts';
import { UnbatchedRows } from './unbatched-rows.tsx';

const SavedFilters = lazy(async () => ({ default: (await import('../../ui/tables/saved-filters.tsx')).SavedFilters }));

/** What a saved filter keeps: dates would be old tomorrow, and are kept all the same if someone set them. */
const KEPT = ['from', 'to', 'department', 'search', 'sort'];

/** Loaded only where a check found something. */
const NeedsAttention = lazy(async () => ({ default: (await import('./needs-attention.tsx')).NeedsAttention }));

/** Everything that is not in a batch yet, for one accounting system, and the start of a batch. */
export function UnbatchedScreen() {
  const company = useCompany();
  const { target: id } = useParams<{ target?: string }>();
  const search = useSearch();
  const enabled = useQuery(companyTargetsQuery(company.id));
  const installed = useQuery(targetsQuery);
  const here = installed.data?.find((target) => target.id === id);
  useTitle(here === undefined ? 'Unbatched' : `Unbatched: ${here.name}`);
  if (enabled.isPending || installed.isPending) return <Loading what="the unbatched records" />;
  if (enabled.data === undefined || installed.data === undefined) return <Trouble error={enabled.error ?? installed.error} />;
  const targets = enabled.data.flatMap((one) => installed.data.find((target) => target.id === one.target) ?? []);
  if (targets.length === 0) {
    return (
      <>
        <h1>Unbatched</h1>
        <Note tone="plain">
          No accounting system is set up yet. <Link href="/books">Set one up in the Marketplace</Link> first.
        </Note>
      </>
    );
  }
  const target = targets.find((one) => one.id === id);
  if (target === undefined) {
    return <Redirect to={`/unbatched/${targets[0]!.id}${search === '' ? '' : `?${search}`}`} replace />;
  }
  return (
    <>
      <div className="title">
        <h1>Unbatched</h1>
        {targets.length > 1 && (
          <nav aria-label="Accounting system" className="switch">
            {targets.map((one) => (
              <Link key={one.id} href={`/unbatched/${one.id}`} {...(one === target ? { 'aria-current': 'page' as const } : {})}>
                {one.name}
              </Link>
            ))}
          </nav>
        )}
      </div>
      <Lists key={target.id} target={target} />
    </>
  );
}

type Choices = Readonly<Record<ListName, Choice>>;
const EVERYTHING: Choices = { invoices: ALL, payments: ALL };
const LISTS = [
  ['invoices', 'Invoices'],
  ['payments', 'Payments'],
] as const;

function Lists({ target }: { readonly target: Target }) {
  const company = useCompany();
  const mayBatch = useMay('poster');
  const [address, setAddress] = useAddress();
  const list: ListName = address.get('list') === 'payments' ? 'payments' : 'invoices';
  const [choices, setChoices] = useState<Choices>(EVERYTHING);
  const [open, setOpen] = useState(false);
  const filter = useDeferredValue(useMemo(() => filterOf(address), [address]));
  const sort = sortIn(address);
  const filters = useMemo(() => ({ invoices: filter, payments: filter }), [filter]);

  const invoices = useInfiniteQuery(unbatchedQuery(company.id, target.id, 'invoices', filter, sort));
  const payments = useInfiniteQuery(unbatchedQuery(company.id, target.id, 'payments', filter, sort));
  const lists = { invoices, payments };
  const attention = address.get('show') === 'attention';
  const stopped = useInfiniteQuery({ ...unbatchedQuery(company.id, target.id, list, filter, sort, true), enabled: attention });
  const totals = { invoices: totalsOf(invoices.data), payments: totalsOf(payments.data) };
  const checked = useChecked(target, { filters, choices }, totals);
  const queries = useQueryClient();
  const { preview } = checked;
  // The lists show what needs attention by the newest check.
  useEffect(() => {
    if (preview?.verdictsChanged) void queries.invalidateQueries({ queryKey: [company.id, 'unbatched'] });
  }, [preview, queries, company.id]);

  return (
    <>
      <MatchingNote target={target} />
      <Filters />
      <Suspense fallback={null}>
        <SavedFilters list="filters" parts={KEPT} />
      </Suspense>
      <div className="act">
        <p role="status">{checked.sentence}</p>
        <Button kind={mayBatch ? 'main' : 'plain'} isDisabled={checked.isEmpty} onPress={() => setOpen(true)}>
          {mayBatch ? batchWords(target) : 'Preview'}
          {checked.documents === undefined ? '' : ` (${number(checked.documents)})`}
        </Button>
      </div>

      {checked.preview !== undefined && (
        <Suspense fallback={null}>
          <NeedsAttention preview={checked.preview} selection={selectionOf({ filters, choices })} target={target} />
        </Suspense>
      )}
      <Tabs
        fill
        label="Unbatched records"
        tabs={LISTS.map(([one, words]) => [
          one,
          <Fragment key={one}>
            {words}
            {totals[one] !== undefined && (
              <span className="tab-count">
                {number(totals[one].documents)} · {money(totals[one].amount, company.currency)}
              </span>
            )}
          </Fragment>,
        ])}
        selected={list}
        onSelect={(one) => setAddress({ list: one === 'payments' ? 'payments' : undefined })}
      >
        <fieldset className="chips shown">
          <legend className="hidden">Show</legend>
          <Button kind={attention ? 'plain' : 'main'} aria-pressed={!attention} onPress={() => setAddress({ show: undefined })}>
            All
          </Button>
          <Button kind={attention ? 'main' : 'plain'} aria-pressed={attention} onPress={() => setAddress({ show: 'attention' })}>
            Needs attention
          </Button>
        </fieldset>
        <UnbatchedRows
          key={`${list} ${attention}`}
          target={target}
          list={list}
          query={attention ? stopped : lists[list]}
          count={attention ? totalsOf(stopped.data)?.documents : totals[list]?.documents}
          empty={attention ? `No unbatched ${list} need attention.` : undefined}
          choice={choices[list]}
          sort={sort}
          onSort={(next) => setAddress({ sort: next === 'date' ? undefined : next })}
          choose={(choice) => setChoices((so) => ({ ...so, [list]: choice }))}
        />
      </Tabs>
      {open && <BatchWindow target={target} choices={{ filters, choices }} choose={setChoices} onClose={() => setOpen(false)} />}
    </>
  );
}

/** The seeds' words for files, which a batch downloads. */
const batchWords = ({ name, capabilities }: Target) =>
  capabilities.delivery === 'files' ? 'Batch & Download' : `Batch to ${name}`;

/** The most records that are checked unasked: a check of more takes the database many seconds. */
const MOST_UNASKED = 20_000;
/** Milliseconds without another change of the selection before it is checked. */
const SETTLED = 400;

interface Checked {
  /** What is checked and can be sent; one sentence or two. */
  readonly sentence: string;
  /** How many documents a batch would send; undefined until that is known. */
  readonly documents?: number;
  /** The check itself, once it is there. */
  readonly preview?: Preview;
  /** Nothing is checked, or nothing that is checked can be sent. */
  readonly isEmpty: boolean;
}

/** What a batch of the choices would send, by the check that the batch itself makes: list, button and window show one number. */
function useChecked(target: Target, choices: SelectionChoices, totals: Readonly<Record<ListName, Totals | undefined>>): Checked {
  const { id: company, currency } = useCompany();
  const selection = selectionOf(choices);
  const wanted = JSON.stringify(selection);
  const settled = useSettled(wanted, SETTLED) === wanted;
  const { invoices, payments } = totals;
  const shown = invoices === undefined || payments === undefined ? undefined : invoices.documents + payments.documents;
  const nothing = isNothing(choices.choices);
  const asked = settled && !nothing && shown !== undefined && shown > 0 && shown <= MOST_UNASKED;
  const { data, error, isFetching } = useQuery({ ...previewQuery(company, target.id, selection), enabled: asked });
  if (shown === undefined) return { sentence: '', isEmpty: false };
  if (shown === 0) return { sentence: 'Nothing is unbatched here.', isEmpty: true };
  if (nothing) return { sentence: 'Nothing is checked.', documents: 0, isEmpty: true };
  if (shown > MOST_UNASKED)
    return { sentence: `${byLastCheck(totals, choices)} They are checked again when you open the batch.`, isEmpty: false };
  if (error instanceof ApiProblem && error.code === 'nothing-to-send')
    return { sentence: 'Nothing that is checked can be sent.', documents: 0, isEmpty: false };
  if (error !== null && !isFetching) return { sentence: error.message, isEmpty: false };
  if (data === undefined || !settled) return { sentence: `Checking ${counted(shown, 'document')} …`, isEmpty: false };
  const documents = documentsIn(data);
  return { sentence: sentenceOf(data, currency), documents, preview: data, isEmpty: false };
}

/** What is known of very many documents without a check of its own: workers keep what they found. Unchecked rows are not counted apart. */
function byLastCheck(
  { invoices, payments }: Readonly<Record<ListName, Totals | undefined>>,
  { choices }: SelectionChoices,
): string {
  const lists = [invoices, payments].flatMap((one) => one ?? []);
  const shown = counted(sum(lists.map(({ documents }) => documents)), 'document');
  if (Object.values(choices).some((choice) => choice.by !== 'all' || choice.except.size > 0)) return `Up to ${shown}.`;
  return `By the last check, ${number(sum(lists.map(({ couldGo }) => couldGo)))} of ${shown} can be sent.`;
}

/** Dates, department and search, for both lists. */
function Filters() {
  const company = useCompany();
  const departments = useQuery(departmentsQuery(company.id));
  const [address, setAddress] = useAddress();
  return (
    <fieldset className="filters">
      <legend className="hidden">Filters</legend>
      <label>
        From
        <input type="date" value={address.get('from') ?? ''} onChange={(event) => setAddress({ from: event.target.value })} />
      </label>
      <label>
        To
        <input type="date" value={address.get('to') ?? ''} onChange={(event) => setAddress({ to: event.target.value })} />
      </label>
      <Select
        label="Department"
        unset="All departments"
        options={departments.data?.map(({ id, name }) => [id, name] as const) ?? []}
        value={address.get('department') ?? undefined}
        onChange={(department) => setAddress({ department })}
      />
      <label className="grow">
        Search
        <input
          type="search"
          placeholder="Number, reference or customer"
          value={searchIn(address)}
          onChange={(event) => setAddress({ search: event.target.value, invoices: undefined, payments: undefined })}
        />
      </label>
    </fieldset>
  );
}
