import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { type Batch, batchesQuery, targetsQuery } from '../api/queries.ts';
import { useCompany } from '../ui/company.ts';
import { Badge, Button, Loading, Trouble } from '../ui/parts.tsx';
import { money, total, when, who } from '../ui/show.ts';
import { useTitle } from '../ui/use-title.ts';
import { BATCH_STATES, counted, toneOfBatch } from '../ui/words.ts';

export function BatchesScreen() {
  useTitle('Previous batches');
  const company = useCompany();
  const targets = useQuery(targetsQuery);
  const [filter, setFilter] = useState<{ target?: string; state?: Batch['state'] }>({});
  const batches = useInfiniteQuery({ ...batchesQuery(company.id, filter), refetchInterval: 10_000 });
  const rows = batches.data?.pages.flatMap((page) => page.rows) ?? [];
  const set = (part: 'target' | 'state', value: string) =>
    setFilter(({ [part]: _, ...rest }) => (value === '' ? rest : { ...rest, [part]: value }));
  return (
    <>
      <h1>Previous batches</h1>
      <fieldset className="filters">
        <legend className="hidden">Filters</legend>
        <label>
          Accounting system
          <select value={filter.target ?? ''} onChange={(event) => set('target', event.target.value)}>
            <option value="">All</option>
            {targets.data?.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          State
          <select value={filter.state ?? ''} onChange={(event) => set('state', event.target.value)}>
            <option value="">All</option>
            {Object.entries(BATCH_STATES).map(([state, name]) => (
              <option key={state} value={state}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </fieldset>
      <Trouble error={batches.error} />
      {batches.isPending && <Loading what="batches" />}
      {batches.data !== undefined && rows.length === 0 && <p className="empty">No batches here.</p>}
      {rows.length > 0 && <BatchTable caption="Batches, newest first" batches={rows} />}
      {batches.hasNextPage && (
        <Button isDisabled={batches.isFetchingNextPage} onPress={() => batches.fetchNextPage()}>
          Older batches
        </Button>
      )}
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
                <td>{operations.length === 0 ? '' : money(total(operations), currency)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
