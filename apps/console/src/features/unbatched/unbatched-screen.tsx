import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { Link, Redirect, useParams, useSearch } from 'wouter';
import {
  companyTargetsQuery,
  departmentsQuery,
  type ListName,
  type Target,
  targetsQuery,
  unbatchedQuery,
} from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useAddress } from '../../ui/address.ts';
import { useCompany } from '../../ui/company.ts';
import { Button, Loading, Note, Trouble } from '../../ui/parts.tsx';
import { Select } from '../../ui/select.tsx';
import { money } from '../../ui/show.ts';
import { useTitle } from '../../ui/use-title.ts';
import { number } from '../../ui/words.ts';
import { BatchWindow } from './batch-window.tsx';
import { filterOf } from './filter.ts';
import { type Choice, NOTHING } from './selection.ts';
import { summaryOf, totalsOf } from './totals.ts';
import { UnbatchedRows } from './unbatched-rows.tsx';

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
const UNTOUCHED: Choices = { invoices: NOTHING, payments: NOTHING };
const LISTS = [
  ['invoices', 'Invoices'],
  ['payments', 'Payments'],
] as const;

function Lists({ target }: { readonly target: Target }) {
  const company = useCompany();
  const mayBatch = useMay('poster');
  const [address, setAddress] = useAddress();
  const list: ListName = address.get('list') === 'payments' ? 'payments' : 'invoices';
  const [choices, setChoices] = useState<Choices>(UNTOUCHED);
  const [open, setOpen] = useState(false);
  const filters = useDeferredValue(
    useMemo(() => ({ invoices: filterOf(address, 'invoices'), payments: filterOf(address, 'payments') }), [address]),
  );

  /** The checkbox at the top chose what the former filter showed, so a new filter clears it. */
  const onNarrow = (lists: readonly ListName[]) =>
    setChoices((so) => ({
      ...so,
      ...Object.fromEntries(lists.filter((one) => so[one].by === 'all').map((one) => [one, NOTHING])),
    }));

  const invoices = useInfiniteQuery(unbatchedQuery(company.id, target.id, 'invoices', filters.invoices));
  const payments = useInfiniteQuery(unbatchedQuery(company.id, target.id, 'payments', filters.payments));
  const queries = { invoices, payments };
  const totals = { invoices: totalsOf(invoices.data), payments: totalsOf(payments.data) };

  return (
    <>
      <Filters list={list} onNarrow={onNarrow} />
      <div className="act">
        <p role="status">{summaryOf(choices, totals, company.currency)}</p>
        {mayBatch ? (
          <Button kind="main" onPress={() => setOpen(true)}>
            {target.capabilities.delivery === 'files' ? 'Batch & Download' : `Batch to ${target.name}`}
          </Button>
        ) : (
          <Button onPress={() => setOpen(true)}>Preview</Button>
        )}
      </div>

      <Tabs
        className="tabs fill"
        selectedKey={list}
        onSelectionChange={(key) => setAddress({ list: key === 'payments' ? 'payments' : undefined })}
      >
        <TabList aria-label="Unbatched records" className="tab-list">
          {LISTS.map(([one, words]) => (
            <Tab key={one} id={one} className="tab">
              {words}
              {totals[one] !== undefined && (
                <span className="tab-count">
                  {number(totals[one].documents)} · {money(totals[one].amount, company.currency)}
                </span>
              )}
            </Tab>
          ))}
        </TabList>
        <TabPanel id={list} className="tab-panel">
          <UnbatchedRows
            key={list}
            target={target}
            list={list}
            query={queries[list]}
            count={totals[list]?.documents}
            choice={choices[list]}
            choose={(choice) => setChoices((so) => ({ ...so, [list]: choice }))}
          />
        </TabPanel>
      </Tabs>
      {open && <BatchWindow target={target} choices={{ filters, choices }} choose={setChoices} onClose={() => setOpen(false)} />}
    </>
  );
}

interface FiltersProps {
  readonly list: ListName;
  /** Called with the lists that a changed filter narrows. */
  onNarrow(lists: readonly ListName[]): void;
}

/** Dates and the department filter both lists; the search filters the open one. */
function Filters({ list, onNarrow }: FiltersProps) {
  const company = useCompany();
  const departments = useQuery(departmentsQuery(company.id));
  const [address, setAddress] = useAddress();
  const setPart = (part: 'from' | 'to' | 'department', value: string | undefined) => {
    setAddress({ [part]: value });
    onNarrow(['invoices', 'payments']);
  };
  return (
    <fieldset className="filters">
      <legend className="hidden">Filters</legend>
      <label>
        From
        <input type="date" value={address.get('from') ?? ''} onChange={(event) => setPart('from', event.target.value)} />
      </label>
      <label>
        To
        <input type="date" value={address.get('to') ?? ''} onChange={(event) => setPart('to', event.target.value)} />
      </label>
      <Select
        label="Department"
        unset="All departments"
        options={departments.data?.map(({ id, name }) => [id, name] as const) ?? []}
        value={address.get('department') ?? undefined}
        onChange={(id) => setPart('department', id)}
      />
      <label className="grow">
        Search
        <input
          type="search"
          placeholder={list === 'invoices' ? 'Number or customer' : 'Reference or customer'}
          value={address.get(list) ?? ''}
          onChange={(event) => {
            setAddress({ [list]: event.target.value });
            onNarrow([list]);
          }}
        />
      </label>
    </fieldset>
  );
}
