import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isTemporary } from '../../../api/client.ts';
import { type FindingSort, verificationQuery } from '../../../api/queries.ts';
import { useMay } from '../../../api/session.ts';
import { useCompany } from '../../../ui/company.ts';
import { Badge, Button, Facts, Loading, Note, SmallTable, Trouble } from '../../../ui/parts.tsx';
import { actorName, money, when } from '../../../ui/show.ts';
import { ShowMore } from '../../../ui/tables/paged.tsx';
import { number, operationName } from '../../../ui/words.ts';
import { type OfBatch, systemName } from '../batch-of.ts';
import { useVerify } from '../verify.ts';

const FINDINGS = {
  same: ['Unchanged', 'good'],
  changed: ['Changed', 'warn'],
  gone: ['Deleted', 'bad'],
} as const;

const STATES = { running: 'In progress', done: 'Done', failed: 'Failed' } as const;

/** Whether the documents of a batch are in the books as they were posted. */
export function Verification(props: OfBatch) {
  const { batch } = props;
  const { id: company, currency, timeZone } = useCompany();
  const mayVerify = useMay('poster');
  const [sort, setSort] = useState<FindingSort>('seq');
  const query = useInfiniteQuery({
    ...verificationQuery(company, batch.id, sort),
    placeholderData: (former) => former,
    refetchInterval: ({ state: { data, error } }) =>
      data?.pages[0]?.state === 'running' ? 1_000 : isTemporary(error) ? 3_000 : false,
  });
  const verify = useVerify(company, batch.id);
  const system = systemName(props);
  if (query.isPending) return <Loading what="the verification" />;
  const found = query.data?.pages[0];
  const findings = query.data?.pages.flatMap((page) => page?.findings.rows ?? []) ?? [];
  return (
    <>
      <Trouble error={query.error ?? verify.error} />
      {found === null && <p className="empty">This batch has not been verified against {system} yet. Verify it now.</p>}
      {found && (
        <>
          <Facts
            facts={[
              ['State', STATES[found.state]],
              ['Started', `${when(found.startedAt, timeZone)} by ${actorName(found.startedBy)}`],
              ['Ended', when(found.endedAt, timeZone)],
              ['Unchanged', number(found.counts.same)],
              ['Changed since posted', number(found.counts.changed)],
              ['Deleted since posted', number(found.counts.gone)],
            ]}
          />
          {found.waiting !== undefined && <Note tone="warn">{found.waiting}</Note>}
          {found.reason !== null && <Note tone="bad">{found.reason.message}</Note>}
          {findings.length > 0 && (
            <SmallTable
              caption="Documents that changed since they were posted"
              heads={['Document', 'Result', 'Details', 'Posted', `In ${system}`]}
              numbers={['Posted', `In ${system}`]}
              paged={{
                columns: {
                  Document: 'document',
                  Result: 'status',
                  Details: 'details',
                  Posted: 'amount',
                  [`In ${system}`]: 'total',
                },
                sort,
                onSort: (next) => setSort(next as FindingSort),
              }}
              rows={findings.map(({ operation, number: name, status, problem, amount, total }) => [
                `${operationName(operation)} ${name}`,
                <Badge key="status" tone={FINDINGS[status][1]}>
                  {FINDINGS[status][0]}
                </Badge>,
                problem?.message ?? '',
                money(amount, currency),
                total === null ? '' : money(total, currency),
              ])}
            />
          )}
          <ShowMore query={query}>Show more</ShowMore>
        </>
      )}
      {mayVerify && batch.ended && (
        <Button isDisabled={verify.isPending || found?.state === 'running'} onPress={() => verify.mutate()}>
          {found?.state === 'running' ? 'Verifying …' : `Verify in ${system}`}
        </Button>
      )}
    </>
  );
}
