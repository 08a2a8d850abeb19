import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { Link, useLocation, useParams } from 'wouter';
import { api, told } from '../../api/client.ts';
import { type Batch, batchQuery, filesQuery, type Target, targetsQuery } from '../../api/queries.ts';
import { useMay, useSession } from '../../api/session.ts';
import { useAddress } from '../../ui/address.ts';
import { useCompany } from '../../ui/company.ts';
import { Badge, Button, Facts, Loading, Note, Progress, Trouble, Window } from '../../ui/parts.tsx';
import { when, who } from '../../ui/show.ts';
import { useTitle } from '../../ui/use-title.ts';
import { BATCH_STATES, counted, countOf, RETRIABLE, STANDING, toneOfBatch } from '../../ui/words.ts';
import { BatchDrift } from '../drift/drift.tsx';
import { Refused } from '../unbatched/batch-window.tsx';
import { Files, Items, Journal, Ledger, Totals, Verification } from './batch-parts.tsx';
import { useFollow } from './follow.ts';
import { Undone, UndoWindow } from './undo-window.tsx';

export function BatchScreen() {
  const company = useCompany();
  const { batch: id } = useParams<{ batch: string }>();
  const query = useQuery(batchQuery(company.id, id));
  const targets = useQuery(targetsQuery);
  const connected = useFollow(company.id, query.data);
  useTitle(query.data?.name ?? 'Batch');
  if (query.isPending || targets.isPending) return <Loading what="the batch" />;
  if (query.data === undefined || targets.isError) return <Trouble error={query.error ?? targets.error} />;
  const batch = query.data;
  const target = targets.data.find((one) => one.id === batch.target);
  return <Shown key={batch.id} batch={batch} target={target} connected={connected} />;
}

interface ShownProps {
  readonly batch: Batch;
  readonly target: Target | undefined;
  readonly connected: boolean;
}

function Shown({ batch, target, connected }: ShownProps) {
  const { timeZone } = useCompany();
  return (
    <>
      <p className="crumbs">
        <Link href="/batches">Previous batches</Link>
      </p>
      <div className="title">
        <h1>{batch.name}</h1>
        <Badge tone={toneOfBatch(batch.state)}>{BATCH_STATES[batch.state]}</Badge>
      </div>
      <Facts
        facts={[
          ['Accounting system', target?.name ?? batch.target],
          ['Started', `${when(batch.startedAt, timeZone)} by ${who(batch.startedBy)}`],
          ['Ended', when(batch.endedAt, timeZone)],
          ['Approved by', batch.approvedBy === null ? null : who(batch.approvedBy)],
          [
            'Confirmed as loaded',
            batch.confirmedBy === null ? null : `${who(batch.confirmedBy)}, ${when(batch.confirmedAt, timeZone)}`,
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
      {!batch.ended && !connected && (
        <Note tone="warn">The connection to Ledgerpost was lost. It is tried again; the batch goes on without this page.</Note>
      )}
      {batch.waiting !== undefined && <Note tone="warn">{batch.waiting}</Note>}
      {batch.reason !== null && (
        <Note tone={batch.state === 'held' || batch.ended ? 'warn' : 'plain'}>
          {batch.reason.message}{' '}
          {batch.state === 'held' && target?.capabilities.access === 'oauth' && (
            <Link href={`/books/${batch.target}`}>Look at the connection</Link>
          )}
        </Note>
      )}
      {!batch.ended && <Steps batch={batch} />}
      <Acts batch={batch} target={target} />
      <BatchDrift batch={batch} />
      <Details batch={batch} target={target} />
    </>
  );
}

const STEPS = [
  ['selecting', 'Select'],
  ['validating', 'Validate'],
  ['exporting', 'Export'],
  ['awaiting-approval', 'Approve'],
  ['pushing', 'Send'],
  ['recording', 'Record'],
] as const;

/** Which of the steps it is in, and how far. */
function Steps({ batch }: { readonly batch: Batch }) {
  const { state, progress, stages } = batch;
  if (state === 'undoing') return <Progress label="Taking back" done={progress.done} of={progress.of} />;
  const here = STEPS.findIndex(([step]) => step === (state === 'held' ? 'pushing' : state));
  const steps = STEPS.filter(([step]) => step !== 'awaiting-approval' || state === 'awaiting-approval');
  const settled = ['posted', 'listed', 'differs', 'refused', 'conflict', 'rejected', 'blocked'];
  const outcomes = Object.entries(progress.states).filter(([one, count]) => settled.includes(one) && count > 0);
  return (
    <section aria-label="Progress" className="progress-box">
      <ol className="steps">
        {steps.map(([step, name]) => {
          const at = STEPS.findIndex(([one]) => one === step);
          const where = at < here ? 'done' : at === here ? 'here' : 'ahead';
          return (
            <li key={step} className={where} {...(where === 'here' ? { 'aria-current': 'step' as const } : {})}>
              {name}
              <span className="hidden">{where === 'done' ? ', done' : ''}</span>
            </li>
          );
        })}
      </ol>
      <Progress label={BATCH_STATES[state]} done={progress.done} of={progress.of} />
      {state === 'pushing' && stages !== null && stages.length > 0 && (
        <p className="aside">Stages: {stages.map(({ name }) => name).join(' → ')}</p>
      )}
      {outcomes.length > 0 && <p className="aside">{outcomes.map(([one, count]) => `${count} ${one}`).join(', ')}</p>}
    </section>
  );
}

type Verb = 'cancel' | 'approve' | 'decline' | 'resume' | 'confirm';
const RELEASED: readonly Batch['state'][] = ['posted', 'posted-in-part', 'undoing', 'undone', 'undone-in-part'];

/** What whoever is signed in may do with the batch as it is now. */
function Acts({ batch, target }: Omit<ShownProps, 'connected'>) {
  const company = useCompany();
  const session = useSession();
  const [mayPost, mayApprove, isAdmin] = [useMay('poster'), useMay('approver'), useMay()];
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [undoing, setUndoing] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const files = useQuery({ ...filesQuery(company.id, batch.id), enabled: RELEASED.includes(batch.state) });
  const path = { company: company.id, batch: batch.id };
  const act = useMutation({
    mutationFn: (verb: Verb) => told(api.POST(`/v1/companies/{company}/batches/{batch}/${verb}`, { params: { path } })),
    onSuccess: ({ batch: now }) => {
      setConfirming(false);
      queries.setQueryData(batchQuery(company.id, batch.id).queryKey, now);
      void queries.invalidateQueries({ queryKey: [company.id] });
    },
  });
  const retry = useMutation({
    mutationFn: () => told(api.POST('/v1/companies/{company}/batches/{batch}/retry', { params: { path } })),
    onSuccess: ({ batch: next }) => {
      void queries.invalidateQueries({ queryKey: [company.id] });
      go(`/batches/${next.id}`);
    },
  });

  const again = countOf(batch, RETRIABLE);
  const standing = countOf(batch, STANDING);
  const own = batch.startedBy === session.actor;
  const hasZip = files.data?.some(({ download }) => download) ?? false;
  const byFiles = target?.capabilities.delivery === 'files';
  return (
    <>
      <div className="buttons acts">
        {hasZip && (
          <a
            className={batch.state === 'undone' ? 'button' : 'button main'}
            href={`/v1/companies/${encodeURIComponent(company.id)}/batches/${batch.id}/download`}
            download
          >
            Download
          </a>
        )}
        {mayApprove && batch.state === 'awaiting-approval' && !own && (
          <>
            <Button kind="main" isDisabled={act.isPending} onPress={() => act.mutate('approve')}>
              Approve
            </Button>
            <Button isDisabled={act.isPending} onPress={() => act.mutate('decline')}>
              Decline
            </Button>
          </>
        )}
        {mayPost && batch.state === 'held' && (
          <Button kind="main" isDisabled={act.isPending} onPress={() => act.mutate('resume')}>
            Resume
          </Button>
        )}
        {mayPost && batch.ended && again > 0 && (
          <Button isDisabled={retry.isPending} onPress={() => retry.mutate()}>
            Retry {counted(again, 'document')}
          </Button>
        )}
        {mayPost && byFiles && hasZip && batch.confirmedAt === null && ['posted', 'posted-in-part'].includes(batch.state) && (
          <Button onPress={() => setConfirming(true)}>Confirm as loaded</Button>
        )}
        {mayPost && !batch.ended && batch.state !== 'undoing' && (
          <Button isDisabled={act.isPending || batch.cancelRequestedBy !== null} onPress={() => act.mutate('cancel')}>
            {batch.cancelRequestedBy === null ? 'Cancel the batch' : 'Canceling …'}
          </Button>
        )}
        {batch.ended && (
          <Link className="button" href={`/batches/${batch.id}/report`}>
            Report
          </Link>
        )}
        {isAdmin && batch.ended && standing > 0 && (
          <Button kind="danger" onPress={() => setUndoing(true)}>
            Undo …
          </Button>
        )}
      </div>
      {batch.state === 'awaiting-approval' && own && <Note tone="plain">Somebody else has to approve it: you started it.</Note>}
      {act.data?.note !== undefined && <Note tone="plain">{act.data.note}</Note>}
      {act.isError && !confirming && <Refused error={act.error} />}
      {retry.isError && <Refused error={retry.error} />}
      {undoing && <UndoWindow batch={batch} onClose={() => setUndoing(false)} />}
      <Window title="Confirm as loaded" open={confirming} onClose={() => setConfirming(false)}>
        <div className="stack">
          <p>
            You say that all files of “{batch.name}” were loaded into the books. Nothing is sent by that; lists show it, and an
            undo warns that the books hold these documents.
          </p>
          {target?.instructions !== undefined && <p className="aside">{target.instructions}</p>}
          <Trouble error={act.error} />
          <div className="buttons">
            <Button kind="main" isDisabled={act.isPending} onPress={() => act.mutate('confirm')}>
              Yes, they are loaded
            </Button>
            <Button onPress={() => setConfirming(false)}>Not yet</Button>
          </div>
        </div>
      </Window>
    </>
  );
}

function Details({ batch, target }: Omit<ShownProps, 'connected'>) {
  const [said, say] = useAddress();
  const byFiles = target?.capabilities.delivery === 'files';
  const tabs = [
    ['documents', 'Documents', <Items key="documents" batch={batch} />],
    ['totals', 'Totals', <Totals key="totals" batch={batch} />],
    ...(byFiles ? [['files', 'Files', <Files key="files" batch={batch} target={target} />] as const] : []),
    ['ledger', 'Ledger', <Ledger key="ledger" batch={batch} />],
    ...(byFiles ? [] : [['verification', 'Verification', <Verification key="verification" batch={batch} />] as const]),
    ...(batch.undoCount > 0 ? [['undo', 'Undo', <Undone key="undo" batch={batch} />] as const] : []),
    ['journal', 'Journal', <Journal key="journal" batch={batch} />],
  ] as const;
  return (
    <Tabs
      className="tabs"
      selectedKey={tabs.find(([id]) => id === said.get('tab'))?.[0] ?? 'documents'}
      // What narrows one tab means nothing to the next.
      onSelectionChange={(key) => say({ tab: String(key), state: undefined, document: undefined }, 'step')}
    >
      <TabList aria-label="About the batch" className="tab-list">
        {tabs.map(([id, name]) => (
          <Tab key={id} id={id} className="tab">
            {name}
          </Tab>
        ))}
      </TabList>
      {tabs.map(([id, , content]) => (
        <TabPanel key={id} id={id} className="tab-panel">
          {content}
        </TabPanel>
      ))}
    </Tabs>
  );
}
