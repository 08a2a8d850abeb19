import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { type Batch, targetsQuery } from '../../api/queries.ts';
import { useCompany } from '../../ui/company.ts';
import { Badge, SmallTable } from '../../ui/parts.tsx';
import { actorName, money, sum, when } from '../../ui/show.ts';
import { toneOfBatch } from '../../ui/states.ts';
import { number } from '../../ui/words.ts';
import { systemName, wordsOfBatch } from './batch-of.ts';

/** Batches, one a row, each with a link to its screen. */
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
        const of = { batch, target: targets.data?.find(({ id }) => id === batch.target) };
        const operations = Object.values(batch.totals?.operations ?? {});
        return [
          <Link key="name" href={`/batches/${batch.id}`}>
            {batch.name}
          </Link>,
          <Badge key="state" tone={toneOfBatch(batch.state)}>
            {wordsOfBatch(of)}
          </Badge>,
          when(batch.startedAt, timeZone),
          actorName(batch.startedBy),
          systemName(of),
          number(batch.progress.items),
          operations.length === 0 ? '' : money(sum(operations.map(({ amount }) => amount)), currency),
        ];
      })}
    />
  );
}
