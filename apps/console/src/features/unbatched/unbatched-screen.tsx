import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { Link, Redirect, useParams } from 'wouter';
import {
  companyTargetsQuery,
  departmentsQuery,
  type Filter,
  type ListName,
  type Target,
  targetsQuery,
  type UnbatchedPage,
  type UnbatchedRow,
  unbatchedQuery,
} from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useAddress } from '../../ui/address.ts';
import { useCompany } from '../../ui/company.ts';
import { LongTable } from '../../ui/long-table.tsx';
import { type Paged, useMore, useRows } from '../../ui/paged.tsx';
import { Badge, Button, Loading, Note, Trouble } from '../../ui/parts.tsx';
import { Select } from '../../ui/select.tsx';
import { money, sum } from '../../ui/show.ts';
import { useTitle } from '../../ui/use-title.ts';
import { counted, operationName } from '../../ui/words.ts';
import { BatchWindow } from './batch-window.tsx';
import { CureLink } from './cure-link.tsx';
import { type Choice, isChosen, NOTHING, refKey, toggle } from './selection.ts';

export function UnbatchedScreen() {
  const company = useCompany();
  const { target: id } = useParams<{ target?: string }>();
  const enabled = useQuery(companyTargetsQuery(company.id));
  const installed = useQuery(targetsQuery);
  const here = installed.data?.find((target) => target.id === id);
  useTitle(here === undefined ? 'Unbatched' : `Unbatched: ${here.name}`);
  if (enabled.isPending || installed.isPending) return <Loading what="what is unbatched" />;
  if (enabled.isError || installed.isError) return <Trouble error={enabled.error ?? installed.error} />;
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
  if (target === undefined) return <Redirect to={`/unbatched/${targets[0]!.id}`} />;
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

function Lists({ target }: { readonly target: Target }) {
  const company = useCompany();
  const mayBatch = useMay('poster');
  const departments = useQuery(departmentsQuery(company.id));
  const [said, say] = useAddress();
  const list: ListName = said.get('list') === 'payments' ? 'payments' : 'invoices';
  const [choices, setChoices] = useState<Choices>(UNTOUCHED);
  const [open, setOpen] = useState(false);
  const filters = useDeferredValue(
    useMemo(() => ({ invoices: filterOf(said, 'invoices'), payments: filterOf(said, 'payments') }), [said]),
  );

  /** What was chosen by the uppermost checkbox was chosen under the former filter. */
  const narrow = (lists: readonly ListName[]) =>
    setChoices((so) => ({
      ...so,
      ...Object.fromEntries(lists.filter((one) => so[one].by === 'all').map((one) => [one, NOTHING])),
    }));
  const setPart = (part: 'from' | 'to' | 'department', value: string | undefined) => {
    say({ [part]: value });
    narrow(['invoices', 'payments']);
  };
  const choose = (choice: Choice) => setChoices((so) => ({ ...so, [list]: choice }));

  const invoices = useInfiniteQuery(unbatchedQuery(company.id, target.id, 'invoices', filters.invoices));
  const payments = useInfiniteQuery(unbatchedQuery(company.id, target.id, 'payments', filters.payments));
  const queries = { invoices, payments };
  const totals = { invoices: totalsOf(invoices.data), payments: totalsOf(payments.data) };

  return (
    <>
      <fieldset className="filters">
        <legend className="hidden">Filters</legend>
        <label>
          From
          <input type="date" value={said.get('from') ?? ''} onChange={(event) => setPart('from', event.target.value)} />
        </label>
        <label>
          To
          <input type="date" value={said.get('to') ?? ''} onChange={(event) => setPart('to', event.target.value)} />
        </label>
        <Select
          label="Department"
          unset="All departments"
          options={departments.data?.map(({ id, name }) => [id, name] as const) ?? []}
          value={said.get('department') ?? undefined}
          onChange={(id) => setPart('department', id)}
        />
        <label className="grow">
          Search
          <input
            type="search"
            placeholder={list === 'invoices' ? 'Number or customer' : 'Reference or customer'}
            value={said.get(list) ?? ''}
            onChange={(event) => {
              say({ [list]: event.target.value });
              narrow([list]);
            }}
          />
        </label>
      </fieldset>

      <div className="act">
        <p role="status">{told(choices, totals, company.currency)}</p>
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
        onSelectionChange={(key) => say({ list: key === 'payments' ? 'payments' : undefined })}
      >
        <TabList aria-label="What is unbatched" className="tab-list">
          {(['invoices', 'payments'] as const).map((one) => (
            <Tab key={one} id={one} className="tab">
              {one === 'invoices' ? 'Invoices' : 'Payments'}
              {totals[one] !== undefined && (
                <span className="tab-count">
                  {totals[one].documents.toLocaleString('en-US')} · {money(totals[one].amount, company.currency)}
                </span>
              )}
            </Tab>
          ))}
        </TabList>
        <TabPanel id={list} className="tab-panel">
          <Rows
            key={list}
            target={target}
            list={list}
            query={queries[list]}
            count={totals[list]?.documents}
            choice={choices[list]}
            choose={choose}
          />
        </TabPanel>
      </Tabs>
      {open && <BatchWindow target={target} choices={{ filters, choices }} choose={setChoices} onClose={() => setOpen(false)} />}
    </>
  );
}

interface RowsProps {
  readonly target: Target;
  readonly list: ListName;
  readonly query: Paged<UnbatchedPage> & { readonly error: Error | null; readonly isPending: boolean };
  readonly count: number | undefined;
  readonly choice: Choice;
  choose(choice: Choice): void;
}

function Rows({ target, list, query, count, choice, choose }: RowsProps) {
  const { currency } = useCompany();
  const { error, isPending } = query;
  const more = useMore(query);
  const rows = useRows(query);
  if (isPending) return <Loading what={list} />;
  if (rows.length === 0)
    return error === null ? <p className="empty">No {list} are unbatched here.</p> : <Trouble error={error} />;
  const ready = ({ readiness }: UnbatchedRow) => readiness !== 'stopped';

  return (
    <>
      <Trouble error={error} />
      <LongTable<UnbatchedRow>
        label={list === 'invoices' ? 'Unbatched invoices' : 'Unbatched payments'}
        kind="unbatched"
        rowHeight={42}
        heads={[
          <Uppermost key="all" list={list} choice={choice} choose={choose} />,
          'Date',
          'Number',
          'Customer',
          'Department',
          'Would be',
          'Amount',
        ]}
        rows={rows}
        count={count}
        keyOf={refKey}
        chosen={(row) => ready(row) && isChosen(choice, row)}
        more={more}
        cells={(row) => [
          <input
            key="choose"
            type="checkbox"
            aria-label={`${row.type} ${row.number || row.id}`}
            disabled={!ready(row)}
            checked={ready(row) && isChosen(choice, row)}
            onChange={(event) => choose(toggle(choice, row, event.target.checked))}
          />,
          row.date,
          row.number || <span className="none">no number</span>,
          row.customer?.name ?? row.customer?.id ?? <span className="none">no customer</span>,
          row.department?.name ?? row.department?.id ?? '',
          <WouldBe key="would-be" row={row} />,
          money(row.amount, currency),
        ]}
        below={(row) =>
          row.problems.length > 0 && (
            <ul className="problems">
              {row.problems.map(({ code, severity, message, field }) => (
                <li key={`${code} ${field} ${message}`} className={severity}>
                  <span className="code">{severity}</span> {message}
                  <CureLink code={code} target={target} />
                </li>
              ))}
            </ul>
          )
        }
      />
    </>
  );
}

function WouldBe({ row }: { readonly row: UnbatchedRow }) {
  if (row.readiness === 'stopped' || row.operation === null) return <Badge tone="bad">Can’t be sent</Badge>;
  if (row.readiness === 'waiting') return <Badge tone="warn">{operationName(row.operation)}, waits for its invoice</Badge>;
  const wrong = row.problems.some(({ severity }) => severity === 'problem');
  return (
    <Badge tone={wrong ? 'bad' : 'plain'}>
      {wrong ? `${operationName(row.operation)}, with problems` : operationName(row.operation)}
    </Badge>
  );
}

/** Selects or unselects everything in the table that it is on. */
function Uppermost({ list, choice, choose }: Pick<RowsProps, 'list' | 'choice' | 'choose'>) {
  const box = useRef<HTMLInputElement>(null);
  const all = choice.by === 'all' && choice.except.size === 0;
  const some = !all && choice.by !== 'nothing';
  useEffect(() => {
    if (box.current) box.current.indeterminate = some;
  }, [some]);
  return (
    <label className="uppermost">
      <input
        ref={box}
        type="checkbox"
        aria-label={`All ${list}`}
        checked={all}
        onChange={() => choose(all ? NOTHING : { by: 'all', except: new Map() })}
      />
      <span aria-hidden="true"> All {list}</span>
    </label>
  );
}

/** Dates and the department are of both lists, a search of one. */
function filterOf(said: URLSearchParams, list: ListName): Filter {
  const parts: [keyof Filter, string | undefined][] = [
    ['from', said.get('from') ?? undefined],
    ['to', said.get('to') ?? undefined],
    ['departmentId', said.get('department') ?? undefined],
    ['search', said.get(list)?.trim() || undefined],
  ];
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined));
}

type Sums = { readonly documents: number; readonly amount: number };
type Totals = Sums & { readonly sendable: Sums };

function totalsOf(data: { readonly pages: readonly UnbatchedPage[] } | undefined): Totals | undefined {
  const totals = data?.pages[0]?.totals;
  if (totals === undefined) return undefined;
  const of = (some: typeof totals): Sums => ({
    documents: sum(some.map(({ documents }) => documents)),
    amount: sum(some.map(({ amount }) => amount)),
  });
  const sendable = totals.filter(({ operation, readiness }) => operation !== null && readiness !== 'stopped');
  return { ...of(totals), sendable: of(sendable) };
}

/** What a batch would take, in a sentence. */
function told(choices: Choices, totals: Readonly<Record<ListName, Totals | undefined>>, currency: string): string {
  if (totals.invoices === undefined || totals.payments === undefined) return '';
  if (choices.invoices.by === 'nothing' && choices.payments.by === 'nothing') {
    const [invoices, payments] = [totals.invoices.sendable, totals.payments.sendable];
    const stays = totals.invoices.documents + totals.payments.documents - invoices.documents - payments.documents;
    const but = stays === 0 ? '' : `, but for ${counted(stays, 'document')} that can’t be sent`;
    return `Nothing is chosen, so everything shown is batched${but}: ${counted(invoices.documents, 'invoice')} (${money(invoices.amount, currency)}) and ${counted(payments.documents, 'payment')} (${money(payments.amount, currency)}).`;
  }
  const part = (list: ListName, one: string) => {
    const choice = choices[list];
    const { documents } = totals[list]!;
    const count = choice.by === 'nothing' ? 0 : choice.by === 'rows' ? choice.rows.size : documents - choice.except.size;
    return count === 0 ? `no ${one}s` : counted(count, one);
  };
  return `Chosen: ${part('invoices', 'invoice')} and ${part('payments', 'payment')}.`;
}
