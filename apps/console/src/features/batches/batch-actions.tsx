import { RETRIABLE_ITEM_STATES, STANDING_ITEM_STATES } from '@ledgerpost/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { answerOf, api } from '../../api/client.ts';
import { type Batch, batchQuery, filesQuery } from '../../api/queries.ts';
import { isOwnBatch, useMay, useSession } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Button, Note } from '../../ui/parts.tsx';
import { Refused } from '../../ui/refused.tsx';
import { countOf } from '../../ui/states.ts';
import { counted } from '../../ui/words.ts';
import type { OfBatch } from './batch-of.ts';
import { ConfirmWindow } from './confirm-window.tsx';
import { DecisionWindow } from './decision-window.tsx';
import { UndoWindow } from './undo/undo-window.tsx';
import { useRetry } from './use-retry.ts';

type Verb = 'cancel' | 'approve' | 'decline' | 'resume' | 'confirm';
const WITH_FILES: readonly Batch['state'][] = ['posted', 'posted-in-part', 'undoing', 'undone', 'undone-in-part'];

/** The actions that the signed-in role has on the batch in its present state. */
export function BatchActions({ batch, target }: OfBatch) {
  const company = useCompany();
  const session = useSession();
  const [mayPost, mayApprove, isAdmin] = [useMay('poster'), useMay('approver'), useMay()];
  const [undoing, setUndoing] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const [deciding, setDeciding] = useState<'approve' | 'decline'>();
  const files = useQuery({ ...filesQuery(company.id, batch.id), enabled: WITH_FILES.includes(batch.state) });
  const act = useAct(batch, () => {
    setConfirming(false);
    setDeciding(undefined);
  });
  const retry = useRetry(batch, target?.capabilities.delivery === 'files');
  const stillHeld = useLater(act.isSuccess && act.variables.verb === 'resume' && batch.state === 'held');

  const again = countOf(batch, RETRIABLE_ITEM_STATES);
  const standing = countOf(batch, STANDING_ITEM_STATES);
  const own = isOwnBatch(session, batch);
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
            <Button kind="main" onPress={() => setDeciding('approve')}>
              Approve …
            </Button>
            <Button onPress={() => setDeciding('decline')}>Decline …</Button>
          </>
        )}
        {mayPost && batch.state === 'held' && (
          <Button kind="main" isDisabled={act.isPending} onPress={() => act.mutate({ verb: 'resume' })}>
            Resume
          </Button>
        )}
        {mayPost && batch.ended && again > 0 && (
          <Button isDisabled={retry.isPending} onPress={() => retry.mutate(undefined)}>
            Retry {counted(again, 'document')}
          </Button>
        )}
        {mayPost && byFiles && hasZip && batch.confirmedAt === null && ['posted', 'posted-in-part'].includes(batch.state) && (
          <Button onPress={() => setConfirming(true)}>Confirm as loaded</Button>
        )}
        {mayPost && !batch.ended && batch.state !== 'undoing' && (
          <Button isDisabled={act.isPending || batch.cancelRequestedBy !== null} onPress={() => act.mutate({ verb: 'cancel' })}>
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
      {batch.state === 'awaiting-approval' && own && (
        <Note tone="plain">You started this batch, so someone else has to approve it.</Note>
      )}
      {act.data?.note !== undefined && <Note tone="plain">{act.data.note}</Note>}
      {stillHeld && <Note tone="warn">The batch is still on hold. Fix the reason above, then resume it again.</Note>}
      {act.isError && !confirming && deciding === undefined && <Refused error={act.error} />}
      {retry.isError && <Refused error={retry.error} />}
      {undoing && <UndoWindow batch={batch} target={target} onClose={() => setUndoing(false)} />}
      {deciding !== undefined && (
        <DecisionWindow
          verb={deciding}
          batch={batch.name}
          isPending={act.isPending}
          error={act.error}
          onDecide={(comment) => act.mutate({ verb: deciding, comment })}
          onClose={() => setDeciding(undefined)}
        />
      )}
      {confirming && (
        <ConfirmWindow
          batch={batch}
          target={target}
          isPending={act.isPending}
          error={act.error}
          onConfirm={() => act.mutate({ verb: 'confirm' })}
          onClose={() => setConfirming(false)}
        />
      )}
    </>
  );
}

/** Milliseconds that a resumed batch needs to leave its hold. */
const TO_RESUME = 2_000;

/** Whether something has been so for a while. */
function useLater(isSo: boolean): boolean {
  const [later, setLater] = useState(false);
  useEffect(() => {
    if (!isSo) return setLater(false);
    const timer = setTimeout(() => setLater(true), TO_RESUME);
    return () => clearTimeout(timer);
  }, [isSo]);
  return later;
}

function useAct(batch: Batch, onDone: () => void) {
  const { id: company } = useCompany();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ verb, comment = '' }: { verb: Verb; comment?: string }) => {
      const params = { path: { company, batch: batch.id } };
      const decides = verb === 'approve' || verb === 'decline';
      return answerOf(
        decides
          ? api.POST(`/v1/companies/{company}/batches/{batch}/${verb}`, { params, body: comment === '' ? {} : { comment } })
          : api.POST(`/v1/companies/{company}/batches/{batch}/${verb}`, { params }),
      );
    },
    onSuccess: ({ batch: now }) => {
      onDone();
      queries.setQueryData(batchQuery(company, batch.id).queryKey, now);
      void queries.invalidateQueries({ queryKey: [company] });
    },
  });
}
