import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { runsQuery, type Target } from '../../api/queries.ts';
import { useCompany } from '../../ui/company.ts';
import { Badge, Loading, SmallTable, Trouble } from '../../ui/parts.tsx';
import { actorName, when } from '../../ui/show.ts';
import { ShowMore } from '../../ui/tables/paged.tsx';
import { OUTCOMES } from './schedule-words.ts';

/** The result of each run of a schedule, newest first. */
export function ScheduleRuns({ target }: { readonly target: Target }) {
  const company = useCompany();
  const runs = useInfiniteQuery({ ...runsQuery(company.id, target.id), refetchInterval: 10_000 });
  const rows = runs.data?.pages.flatMap((page) => page.rows) ?? [];
  if (runs.isPending) return <Loading what="the runs" />;
  if (runs.isError) return <Trouble error={runs.error} />;
  if (rows.length === 0) return null;
  return (
    <>
      <SmallTable
        sorts
        caption="Runs"
        heads={['Due', 'Result', 'Details', 'Batch']}
        rows={rows.map(({ due, askedBy, outcome, message, batch }) => {
          const [words, tone] = OUTCOMES[outcome];
          return [
            `${when(due, company.timeZone)}${askedBy === null ? '' : `, started by ${actorName(askedBy)}`}`,
            <Badge key="outcome" tone={tone}>
              {words}
            </Badge>,
            message,
            batch === null ? (
              ''
            ) : (
              <Link key="batch" href={`/batches/${batch.id}`}>
                {batch.name}
              </Link>
            ),
          ];
        })}
      />
      <ShowMore query={runs}>Older runs</ShowMore>
    </>
  );
}
