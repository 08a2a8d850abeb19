import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { type Batch, batchesQuery, targetsQuery } from '../../api/queries.ts';
import { useAddress } from '../../ui/address.ts';
import { useCompany } from '../../ui/company.ts';
import { ShowMore, useRows } from '../../ui/paged.tsx';
import { Badge, Loading, SmallTable, Trouble } from '../../ui/parts.tsx';
import { Select } from '../../ui/select.tsx';
import { money, sum, when, who } from '../../ui/show.ts';
import { useTitle } from '../../ui/use-title.ts';
import { BATCH_STATES, toneOfBatch } from '../../ui/words.ts';

export function BatchesScreen() {
  useTitle('Previous batches');
  const company = useCompany();
  const targets = useQuery(targetsQuery);
  const [said, say] = useAddress();
  const filter = filterOf(said);
  const batches = useInfiniteQuery({ ...batchesQuery(company.id, filter), refetchInterval: 10_000 });
  const rows = useRows(batches);
  return (
    <>
      <h1>Previous batches</h1>
      <fieldset className="filters">
        <legend className="hidden">Filters</legend>
        <Select
          label="Accounting system"
          unset="All"
          options={targets.data?.map(({ id, name }) => [id, name] as const) ?? []}
          value={filter.target}
          onChange={(target) => say({ target })}
        />
        <Select
          label="State"
          unset="All"
          options={Object.entries(BATCH_STATES) as [Batch['state'], string][]}
          value={filter.state}
          onChange={(state) => say({ state })}
        />
      </fieldset>
      <Trouble error={batches.error} />
      {batches.isPending && <Loading what="batches" />}
      {batches.data !== undefined && rows.length === 0 && <p className="empty">No batches here.</p>}
      {rows.length > 0 && <BatchTable caption="Batches, newest first" batches={rows} />}
      <ShowMore query={batches}>Older batches</ShowMore>
    </>
  );
}

function filterOf(said: URLSearchParams): { target?: string; state?: Batch['state'] } {
  const [target, state] = [said.get('target'), said.get('state')];
  return { ...(target === null ? {} : { target }), ...(state === null ? {} : { state: state as Batch['state'] }) };
}

export function BatchTable({ caption, batches }: { readonly caption: string; readonly batches: readonly Batch[] }) {
  const { currency, timeZone } = useCompany();
  const targets = useQuery(targetsQuery);
  return (
    <SmallTable
      caption={caption}
      named
      heads={['Name', 'State', 'Started', 'By', 'To', 'Documents', 'Total']}
      numbers={['Documents', 'Total']}
      rows={batches.map((batch) => {
        const operations = Object.values(batch.totals?.operations ?? {});
        return [
          <Link key="name" href={`/batches/${batch.id}`}>
            {batch.name}
          </Link>,
          <span key="state">
            <Badge tone={toneOfBatch(batch.state)}>{BATCH_STATES[batch.state]}</Badge>
            {batch.confirmedAt !== null && <span className="aside"> loaded</span>}
          </span>,
          when(batch.startedAt, timeZone),
          who(batch.startedBy),
          targets.data?.find(({ id }) => id === batch.target)?.name ?? batch.target,
          batch.progress.items.toLocaleString('en-US'),
          operations.length === 0 ? '' : money(sum(operations.map(({ amount }) => amount)), currency),
        ];
      })}
    />
  );
}
