import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import {
  batchesQuery,
  companyTargetsQuery,
  connectionQuery,
  driftQuery,
  schedulesQuery,
  targetsQuery,
} from '../../api/queries.ts';
import { isOwnBatch, useMay, useSession } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Badge, Loading, Note, Trouble } from '../../ui/parts.tsx';
import { when } from '../../ui/show.ts';
import { useTitle } from '../../ui/use-title.ts';
import { BatchTable } from '../batches/batch-table.tsx';
import { MatchingNote } from '../matching/matching-note.tsx';
import { needsAttention } from '../schedules/schedule-words.ts';
import { FirstSteps } from './first-steps.tsx';

/** Loaded after the rest: few visits find changes to decide about. */
const OpenDrift = lazy(async () => ({ default: (await import('../drift/drift-list.tsx')).OpenDrift }));

const Dashboard = lazy(async () => ({ default: (await import('./dashboard.tsx')).Dashboard }));

/** Everything that needs attention now: batches on hold, approvals, schedules, changes in the books, notices. */
export function HomeScreen() {
  useTitle('Home');
  const company = useCompany();
  const session = useSession();
  const mayApprove = useMay('approver');
  const every = { refetchInterval: 10_000 } as const;
  const held = useInfiniteQuery({ ...batchesQuery(company.id, { state: 'held' }), ...every });
  const waiting = useInfiniteQuery({ ...batchesQuery(company.id, { state: 'awaiting-approval' }), ...every });
  const newest = useInfiniteQuery({ ...batchesQuery(company.id), ...every });
  const schedules = useQuery({ ...schedulesQuery(company.id), ...every });
  const drift = useInfiniteQuery({ ...driftQuery(company.id, { state: 'open' }), ...every });
  const targets = useQuery(targetsQuery);
  const enabled = useQuery(companyTargetsQuery(company.id));
  const oauth = (targets.data ?? []).filter(
    ({ id, capabilities }) => capabilities.access === 'oauth' && enabled.data?.some(({ target }) => target === id),
  );
  const connections = useQueries({ queries: oauth.map(({ id }) => ({ ...connectionQuery(company.id, id), ...every })) });

  const heldBatches = held.data?.pages[0]?.rows ?? [];
  const forMe = (waiting.data?.pages[0]?.rows ?? []).filter((batch) => mayApprove && !isOwnBatch(session, batch));
  const notices = connections.flatMap(({ data }, n) => (data?.notices ?? []).map((notice) => ({ ...notice, target: oauth[n]! })));
  const stopped = (schedules.data ?? []).filter(needsAttention);
  const drifted = drift.data?.pages[0]?.open ?? 0;
  const calm = heldBatches.length + forMe.length + notices.length + stopped.length + drifted === 0;
  const error =
    held.error ??
    waiting.error ??
    schedules.error ??
    drift.error ??
    newest.error ??
    targets.error ??
    enabled.error ??
    connections.find((one) => one.error !== null)?.error;
  const busy =
    held.isPending ||
    waiting.isPending ||
    schedules.isPending ||
    drift.isPending ||
    targets.isPending ||
    enabled.isPending ||
    connections.some(({ isPending }) => isPending);
  return (
    <>
      <h1>{company.name}</h1>
      <Trouble error={error} />
      {busy && <Loading what="what needs attention" />}
      {/* Something that could not be loaded may need attention. */}
      {!busy && !error && calm && <Note tone="good">You’re all caught up.</Note>}
      <FirstSteps />
      {heldBatches.length > 0 && (
        <section aria-labelledby="held">
          <h2 id="held">Batches on hold</h2>
          {heldBatches.map(({ id, name, reason }) => (
            <Note key={id} tone="warn">
              <Link href={`/batches/${id}`}>{name}</Link>: {reason?.message ?? 'Resume or cancel it.'}
            </Note>
          ))}
        </section>
      )}
      {stopped.length > 0 && (
        <section aria-labelledby="stopped">
          <h2 id="stopped">Scheduled batches that did not start</h2>
          {stopped.map(({ target, lastRun }) => (
            <Note key={target} tone="warn">
              {targets.data?.find(({ id }) => id === target)?.name ?? target}, {when(lastRun!.due, company.timeZone)}:{' '}
              {lastRun!.message}{' '}
              <Link href={lastRun!.batch === null ? `/books/${target}/schedule` : `/batches/${lastRun!.batch.id}`}>
                {lastRun!.batch === null ? 'Open the schedule' : 'Open the batch'}
              </Link>
            </Note>
          ))}
        </section>
      )}
      {forMe.length > 0 && <BatchTable caption="Waiting for your approval" batches={forMe} />}
      {oauth.map((target) => (
        <MatchingNote key={target.id} target={target} />
      ))}
      <Suspense fallback={null}>
        <OpenDrift />
      </Suspense>
      <Suspense fallback={null}>
        <Dashboard />
      </Suspense>
      {notices.length > 0 && (
        <section aria-labelledby="notices">
          <h2 id="notices">Notices</h2>
          <ul className="notices">
            {notices.map(({ code, severity, message, target }) => (
              <li key={`${target.id} ${code} ${message}`}>
                <Badge tone={severity === 'problem' ? 'bad' : 'warn'}>{target.name}</Badge> {message}{' '}
                <Link href={`/books/${target.id}`}>Open the connection</Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {enabled.data?.length === 0 && (
        <Note tone="plain">
          No accounting system is set up yet. <Link href="/books">Set one up in the Marketplace</Link>.
        </Note>
      )}
      {newest.data !== undefined && newest.data.pages[0]!.rows.length > 0 && (
        <BatchTable caption="Newest batches" batches={newest.data.pages[0]!.rows.slice(0, 5)} />
      )}
    </>
  );
}
