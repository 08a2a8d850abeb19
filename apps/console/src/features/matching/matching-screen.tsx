import { useQuery } from '@tanstack/react-query';
import { Fragment, useDeferredValue } from 'react';
import { Link, Redirect, useParams, useSearch } from 'wouter';
import { type MatchingCounts, type MatchKind, matchingCountsQuery } from '../../api/matching-queries.ts';
import { companyTargetsQuery, type Target, targetsQuery } from '../../api/queries.ts';
import { useAddress } from '../../ui/address.ts';
import { useCompany } from '../../ui/company.ts';
import { Button, Loading, Note, Trouble } from '../../ui/parts.tsx';
import { when } from '../../ui/show.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { number } from '../../ui/words.ts';
import { AcceptSame } from './accept-same.tsx';
import { MatchingFile } from './matching-file.tsx';
import { MatchingRows } from './matching-rows.tsx';
import { aboutList, LISTS, listName, type MatchList } from './matching-words.ts';
import { OnlyThere } from './only-there.tsx';
import { RefreshNames } from './refresh-names.tsx';

/** Which customer, product or service of the books each of ours is. */
export function MatchingScreen() {
  const company = useCompany();
  const { target: id } = useParams<{ target?: string }>();
  const search = useSearch();
  const enabled = useQuery(companyTargetsQuery(company.id));
  const installed = useQuery(targetsQuery);
  useTitle('Matching');
  if (enabled.isPending || installed.isPending) return <Loading what="matching" />;
  if (enabled.data === undefined || installed.data === undefined) return <Trouble error={enabled.error ?? installed.error} />;
  const targets = enabled.data
    .flatMap((one) => installed.data.find((target) => target.id === one.target) ?? [])
    .filter(({ capabilities }) => capabilities.matching);
  const target = targets.find((one) => one.id === id);
  if (target === undefined && targets.length > 0)
    return <Redirect to={`/matching/${targets[0]!.id}${search === '' ? '' : `?${search}`}`} replace />;
  return (
    <>
      <div className="title">
        <h1>Matching</h1>
        {targets.length > 1 && (
          <nav aria-label="Accounting system" className="switch">
            {targets.map((one) => (
              <Link key={one.id} href={`/matching/${one.id}`} {...(one === target ? { 'aria-current': 'page' as const } : {})}>
                {one.name}
              </Link>
            ))}
          </nav>
        )}
      </div>
      {target === undefined ? (
        <Note tone="plain">
          No accounting system that keeps customers by ID is set up yet. <Link href="/books">Connect one in the Marketplace</Link>{' '}
          first.
        </Note>
      ) : (
        <Matching key={target.id} target={target} />
      )}
    </>
  );
}

const KINDS = [
  ['customer', 'Customers'],
  ['item', 'Products and services'],
] as const;

function Matching({ target }: { readonly target: Target }) {
  const { id: company, timeZone } = useCompany();
  const [address, setAddress] = useAddress();
  const query = useQuery(matchingCountsQuery(company, target.id));
  const counts = query.data;
  if (query.isPending) return <Loading what="matching" />;
  if (query.isError && counts === undefined) return <Trouble error={query.error} />;
  if (counts === null || counts === undefined) {
    return (
      <Note tone="plain">
        {target.name} is not connected yet. <Link href={`/books/${target.id}`}>Connect it</Link>, then match your customers and
        services.
      </Note>
    );
  }
  const kind: MatchKind = address.get('kind') === 'item' ? 'item' : 'customer';
  return (
    <>
      <p className="aside">
        Each of your customers, products and services is linked once to one in {target.name}. From then on its documents go there,
        also if either side gets a new name.
      </p>
      <Trouble error={query.error} />
      <div className="act">
        <p className="aside">
          {counts.listedAt === null
            ? `The names in ${target.name} were not read yet.`
            : `Names in ${target.name} as of ${when(counts.listedAt, timeZone)}.`}
        </p>
        <div className="buttons">
          <RefreshNames target={target} />
          <MatchingFile target={target} />
        </div>
      </div>
      <Tabs
        fill
        label="What to match"
        tabs={KINDS.map(([one, words]) => [
          one,
          <Fragment key={one}>
            {words}
            <span className="tab-count">{tabWords(counts[one])}</span>
          </Fragment>,
        ])}
        selected={kind}
        onSelect={(one) => setAddress({ kind: one === 'item' ? 'item' : undefined, state: undefined, search: undefined })}
      >
        <Lists target={target} kind={kind} counts={counts[kind]} />
      </Tabs>
    </>
  );
}

type KindCounts = MatchingCounts['customer'];

function tabWords(counts: KindCounts): string {
  const waiting = counts['to-match'] + counts.broken;
  return waiting > 0 ? `${number(waiting)} to decide` : `${number(counts.linked)} linked`;
}

interface ListsProps {
  readonly target: Target;
  readonly kind: MatchKind;
  readonly counts: KindCounts;
}

function Lists({ target, kind, counts }: ListsProps) {
  const [address, setAddress] = useAddress();
  const search = useDeferredValue(address.get('search') ?? '');
  const wanted = address.get('state');
  // A search looks everywhere, unless the address names a list.
  const list =
    wanted === 'all' || (wanted === null && search !== '') ? undefined : (LISTS.find((one) => one === wanted) ?? firstOf(counts));
  const sorting = {
    sort: address.get('sort') ?? 'name',
    onSort: (next: string) => setAddress({ sort: next === 'name' ? undefined : next }),
  };
  const setList = (one: MatchList | undefined) => setAddress({ state: one ?? 'all' });
  return (
    <>
      <fieldset className="chips">
        <legend className="hidden">State</legend>
        {LISTS.filter((one) => counts[one] > 0 || one === list).map((one) => (
          <Button key={one} kind={list === one ? 'main' : 'plain'} aria-pressed={list === one} onPress={() => setList(one)}>
            {listName(one, target.name)[0]} {number(counts[one])}
          </Button>
        ))}
        <Button kind={list === undefined ? 'main' : 'plain'} aria-pressed={list === undefined} onPress={() => setList(undefined)}>
          All yours
        </Button>
      </fieldset>
      <div className="act">
        {list !== undefined && <p>{aboutList(list, kind, target.name)}</p>}
        {list === 'same-name' && counts['same-name'] > 0 && (
          <AcceptSame target={target} kind={kind} count={counts['same-name']} />
        )}
      </div>
      <fieldset className="filters">
        <legend className="hidden">Search</legend>
        <label className="grow">
          Search
          <input
            type="search"
            placeholder="Name or ID"
            value={address.get('search') ?? ''}
            onChange={(event) => setAddress({ search: event.target.value })}
          />
        </label>
      </fieldset>
      {list === 'only-there' ? (
        <OnlyThere
          key={`${kind} ${search}`}
          target={target}
          kind={kind}
          search={search}
          count={counts['only-there']}
          {...sorting}
        />
      ) : (
        <MatchingRows
          key={`${kind} ${list} ${search}`}
          target={target}
          kind={kind}
          state={list}
          search={search}
          count={search === '' ? countIn(counts, list) : undefined}
          {...sorting}
        />
      )}
    </>
  );
}

/** What needs a person comes first. */
function firstOf(counts: KindCounts): MatchList | undefined {
  return LISTS.find((one) => counts[one] > 0 && one !== 'only-there');
}

function countIn(counts: KindCounts, list: Exclude<MatchList, 'only-there'> | undefined): number {
  if (list !== undefined) return counts[list];
  return LISTS.reduce((all, one) => (one === 'only-there' ? all : all + counts[one]), 0);
}
