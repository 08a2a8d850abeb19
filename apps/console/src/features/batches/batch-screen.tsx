import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'wouter';
import { batchQuery, connectionQuery, targetsQuery } from '../../api/queries.ts';
import { useCompany } from '../../ui/company.ts';
import { Badge, Facts, Loading, Note, Trouble } from '../../ui/parts.tsx';
import { actorName, when } from '../../ui/show.ts';
import { toneOfBatch } from '../../ui/states.ts';
import { useTitle } from '../../ui/use-title.ts';
import { BatchDrift } from '../drift/drift-list.tsx';
import { BatchActions } from './batch-actions.tsx';
import { type OfBatch, systemName, wordsOfBatch } from './batch-of.ts';
import { BatchSteps } from './batch-steps.tsx';
import { useFollow } from './follow.ts';
import { BatchTabs } from './tabs/batch-tabs.tsx';

/** One batch: its progress, what a person can do with it, and everything known about it. */
export function BatchScreen() {
  const company = useCompany();
  const { batch: id } = useParams<{ batch: string }>();
  const query = useQuery(batchQuery(company.id, id));
  const targets = useQuery(targetsQuery);
  const connected = useFollow(company.id, query.data);
  useTitle(query.data?.name ?? 'Batch');
  const error = query.error ?? targets.error;
  if (query.data === undefined || targets.data === undefined) {
    return error === null ? <Loading what="the batch" /> : <Trouble error={error} />;
  }
  const batch = query.data;
  const target = targets.data.find((one) => one.id === batch.target);
  return (
    <>
      <p className="crumbs">
        <Link href="/batches">Previous Batches</Link>
      </p>
      <div className="title">
        <h1>{batch.name}</h1>
        <Badge tone={toneOfBatch(batch.state)}>{wordsOfBatch({ batch, target })}</Badge>
      </div>
      <About batch={batch} target={target} />
      {!batch.ended && !connected && (
        <Note tone="warn">
          The connection to Ledgerpost was lost. This page reconnects by itself, and the batch continues without it.
        </Note>
      )}
      {connected && <Trouble error={error} />}
      {batch.waiting !== undefined && (
        <Note tone="warn">
          {batch.waiting} {batch.waitingUntil !== undefined && `It continues ${when(batch.waitingUntil, company.timeZone)}.`}
        </Note>
      )}
      <Reason batch={batch} target={target} />
      {!batch.ended && <BatchSteps batch={batch} target={target} />}
      <BatchActions key={batch.id} batch={batch} target={target} />
      <BatchDrift batch={batch} />
      <BatchTabs batch={batch} target={target} />
    </>
  );
}

function About(props: OfBatch) {
  const { batch } = props;
  const { timeZone } = useCompany();
  return (
    <Facts
      facts={[
        ['Accounting system', systemName(props)],
        ['Started', `${when(batch.startedAt, timeZone)} by ${actorName(batch.startedBy)}`],
        ['Ended', when(batch.endedAt, timeZone)],
        ['Approved by', batch.approvedBy === null ? null : actorName(batch.approvedBy)],
        [batch.approvedBy === null ? 'Reason' : 'Comment', batch.decisionComment],
        [
          'Confirmed as loaded',
          batch.confirmedBy === null ? null : `${when(batch.confirmedAt, timeZone)} by ${actorName(batch.confirmedBy)}`,
        ],
        [
          'Retry of',
          batch.retryOf === null ? null : (
            <Link key="retry" href={`/batches/${batch.retryOf}`}>
              an earlier batch
            </Link>
          ),
        ],
        [
          'For operations',
          batch.links.temporal === undefined ? null : (
            <a key="temporal" href={batch.links.temporal} target="_blank" rel="noreferrer">
              Workflow in Temporal
            </a>
          ),
        ],
      ]}
    />
  );
}

/** Why the batch ended as it did, or why it is on hold. After a reconnect, a batch on hold only has to be resumed. */
function Reason(props: OfBatch) {
  const { batch, target } = props;
  const company = useCompany();
  const waits = batch.state === 'held' && target?.capabilities.access === 'oauth';
  const connection = useQuery({ ...connectionQuery(company.id, batch.target), enabled: waits, refetchInterval: 5_000 });
  if (batch.reason === null) return null;
  const lostAccess = waits && (batch.reason.code === 'access-lost' || batch.reason.code === 'not-connected');
  if (lostAccess && connection.data?.state === 'connected') {
    return <Note tone="good">{systemName(props)} is connected again. Resume the batch to continue.</Note>;
  }
  return (
    <Note tone={batch.state === 'held' || batch.ended ? 'warn' : 'plain'}>
      {batch.reason.message} {waits && <Link href={`/books/${batch.target}`}>Open the connection</Link>}
    </Note>
  );
}
