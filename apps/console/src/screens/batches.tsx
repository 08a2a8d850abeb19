import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { type Batch, batchesQuery, targetsQuery } from '../api/queries.ts';
import { useCompany } from '../ui/company.ts';
import { ShowMore, useRows } from '../ui/paged.tsx';
import { Badge, Loading, Trouble } from '../ui/parts.tsx';
import { Select } from '../ui/select.tsx';
import { money, sum, when, who } from '../ui/show.ts';
import { useTitle } from '../ui/use-title.ts';
import { BATCH_STATES, counted, toneOfBatch } from '../ui/words.ts';

export function BatchesScreen() {
  useTitle('Previous batches');
  const company = useCompany();
  const targets = useQuery(targetsQuery);
  const [filter, setFilter] = useState<{ target?: string; state?: Batch['state'] }>({});
  const batches = useInfiniteQuery({ ...batchesQuery(company.id, filter), refetchInterval: 10_000 });
  const rows = useRows(batches);
  const set = (part: 'target' | 'state', value: string | undefined) =>
    setFilter(({ [part]: _, ...rest }) => (value === undefined ? rest : { ...rest, [part]: value }));
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
          onChange={(target) => set('target', target)}
        />
        <Select
          label="State"
          unset="All"
          options={Object.entries(BATCH_STATES) as [Batch['state'], string][]}
          value={filter.state}
          onChange={(state) => set('state', state)}
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

export function BatchTable({ caption, batches }: { readonly caption: string; readonly batches: readonly Batch[] }) {
  const { currency, timeZone } = useCompany();
  const targets = useQuery(targetsQuery);
  return (
    <section className="scroll" aria-label={caption}>
      <table className="small stacks">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">State</th>
            <th scope="col">Started</th>
            <th scope="col">By</th>
            <th scope="col">To</th>
            <th scope="col">Documents</th>
            <th scope="col">Total</th>
          </tr>
        </thead>
        <tbody>
          {batches.map((batch) => {
            const operations = Object.values(batch.totals?.operations ?? {});
            return (
              <tr key={batch.id}>
                <th scope="row">
                  <Link href={`/batches/${batch.id}`}>{batch.name}</Link>
                </th>
                <td>
                  <Badge tone={toneOfBatch(batch.state)}>{BATCH_STATES[batch.state]}</Badge>
                  {batch.confirmedAt !== null && <span className="aside"> loaded</span>}
                </td>
                <td>{when(batch.startedAt, timeZone)}</td>
                <td>{who(batch.startedBy)}</td>
                <td>{targets.data?.find(({ id }) => id === batch.target)?.name ?? batch.target}</td>
                <td>{counted(batch.progress.items, 'document')}</td>
                <td>{operations.length === 0 ? '' : money(sum(operations.map(({ amount }) => amount)), currency)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
