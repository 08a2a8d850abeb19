import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useParams } from 'wouter';
import { type Report, reportQuery, verificationQuery } from '../../api/queries.ts';
import { useMay, useSession } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Button, Facts, Loading, Trouble } from '../../ui/parts.tsx';
import { actorName, sum, when } from '../../ui/show.ts';
import { batchStateWords } from '../../ui/states.ts';
import { useTitle } from '../../ui/use-title.ts';
import { number } from '../../ui/words.ts';
import { useVerify } from '../batches/verify.ts';
import { Differences } from './differences.tsx';
import { Source } from './source.tsx';
import { Sums } from './sums.tsx';

/** The report of a batch: posted amounts beside those in the books, to read, to print, or to download as a workbook. */
export function ReportScreen() {
  const company = useCompany();
  const { batch: id } = useParams<{ batch: string }>();
  const query = useQuery(reportQuery(company.id, id));
  const title = query.data === undefined ? 'Report' : `Report: ${query.data.batch.name}`;
  useTitle(title);
  return (
    <>
      <p className="crumbs">
        <Link href="/batches">Previous Batches</Link> ›{' '}
        <Link href={`/batches/${id}`}>{query.data?.batch.name ?? 'The batch'}</Link>
      </p>
      <h1>{title}</h1>
      {query.isPending && <Loading what="the report" />}
      <Trouble error={query.error} />
      {query.data !== undefined && <Shown report={query.data} />}
    </>
  );
}

function Shown({ report }: { readonly report: Report }) {
  const { id: company, timeZone, name } = useCompany();
  const session = useSession();
  const mayVerify = useMay('poster');
  const { batch, books } = report;
  const verify = useVerify(company, batch.id);
  const running = books.verification?.state === 'running';
  const checked = useCheckedCount(batch.id, running);
  const at = `/v1/companies/${encodeURIComponent(company)}/batches/${batch.id}/report.xlsx`;
  const byFiles = books.by === 'hand';
  return (
    <article className="report">
      <Facts
        facts={[
          ['Company', name],
          ['Accounting system', batch.targetName],
          ['Started', `${when(batch.startedAt, timeZone)} by ${actorName(batch.startedBy)}`],
          ['Ended', when(batch.endedAt, timeZone)],
          ['State', batchStateWords(batch.state, byFiles ? 'files' : 'push', batch.confirmedAt !== null)],
          [byFiles ? 'Documents in the files' : 'Documents in the books', number(report.documents)],
          ...(byFiles ? [['Confirmed as loaded', confirmed(batch, timeZone)] as const] : []),
        ]}
      />
      <p className="on-paper">
        Printed {when(new Date().toISOString(), timeZone)} by {actorName(session.actor)}
      </p>
      <div className="buttons acts">
        {mayVerify && books.by === 'target' && report.documents > 0 && (
          <Button kind="main" isDisabled={verify.isPending || running} onPress={() => verify.mutate()}>
            {running ? `Verifying … ${number(checked)}` : 'Verify now'}
          </Button>
        )}
        {!running && (
          <a className="button" href={at} download>
            Download xlsx
          </a>
        )}
        <Button onPress={() => window.print()}>Print / PDF</Button>
      </div>
      <Trouble error={verify.error} />
      <Source report={report} />
      <Sums report={report} />
      <Differences report={report} />
    </article>
  );
}

/** How many documents a running verification has checked. Once it ends, the report is loaded again. */
function useCheckedCount(batch: string, running: boolean): number {
  const { id: company } = useCompany();
  const queries = useQueryClient();
  const { data: pages, dataUpdatedAt } = useInfiniteQuery({
    ...verificationQuery(company, batch, 'seq'),
    enabled: running,
    refetchInterval: running ? 1_000 : false,
  });
  const data = pages?.pages[0];
  const ended = running && data != null && data.state !== 'running';
  // biome-ignore lint/correctness/useExhaustiveDependencies: every answer counts, because an earlier verification may have been the one that ended
  useEffect(() => {
    if (ended) void queries.invalidateQueries({ queryKey: reportQuery(company, batch).queryKey });
  }, [ended, dataUpdatedAt, queries, company, batch]);
  return data ? sum(Object.values(data.counts)) : 0;
}

function confirmed({ confirmedAt, confirmedBy }: Report['batch'], timeZone: string): string {
  if (confirmedAt === null || confirmedBy === null) return 'Not yet';
  return `${when(confirmedAt, timeZone)} by ${actorName(confirmedBy)}`;
}
