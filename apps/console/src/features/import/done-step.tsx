import { useState } from 'react';
import { Link } from 'wouter';
import { answerOf, api } from '../../api/client.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Button, Note } from '../../ui/parts.tsx';
import { Refused } from '../../ui/refused.tsx';
import { actorName, when } from '../../ui/show.ts';
import { AtWork } from './check-step.tsx';
import { Found } from './findings.tsx';
import { recordsIn } from './import-words.ts';
import { type Import, isAtWork } from './queries.ts';
import { useAct } from './use-act.ts';

/** What an import did, the way on to Unbatched, and its undo. */
export function DoneStep({ it }: { readonly it: Import }) {
  const { id: company, timeZone } = useCompany();
  const isAdmin = useMay();
  const [sure, setSure] = useState(false);
  const undo = useAct(it, () =>
    answerOf(
      api.POST('/v1/companies/{company}/imports/{import}:undo', { params: { path: { company, import: it.id } } } as never),
    ),
  );
  if (isAtWork(it)) return <AtWork it={it} />;
  const left = Number((it.outcome?.left as number | undefined) ?? 0);
  return (
    <div className="stack">
      {it.state === 'applied' && it.report !== null && (
        <Note tone="good">
          {recordsIn(it.report) === '' ? 'Nothing was new.' : `Imported ${recordsIn(it.report)}.`}{' '}
          {it.appliedBy !== null && `By ${actorName(it.appliedBy)}, ${when(it.appliedAt, timeZone)}.`}
        </Note>
      )}
      {it.state === 'undone' && (
        <Note tone="plain">
          This import is undone{it.undoneBy !== null && `, by ${actorName(it.undoneBy)}, ${when(it.undoneAt, timeZone)}`}. Records
          that somebody changed since stay.
        </Note>
      )}
      {it.state === 'undone' && left > 0 && <Found it={it} kind="left" title="Records that stay" />}
      <div className="buttons">
        <Link className="button main" href="/unbatched">
          Open Unbatched
        </Link>
        <Link className="button" href="/import">
          Import more files
        </Link>
        {isAdmin && it.state === 'applied' && !sure && (
          <Button kind="danger" onPress={() => setSure(true)}>
            Undo this import …
          </Button>
        )}
      </div>
      {sure && it.state === 'applied' && (
        <Note tone="warn" label="Undo this import">
          <p>
            Records that are still as this import left them return to what they were, or are removed. This works only while none
            of them is in a batch.
          </p>
          <div className="buttons">
            <Button kind="danger" isDisabled={undo.isPending} onPress={() => undo.mutate(undefined)}>
              Yes, undo it
            </Button>
            <Button onPress={() => setSure(false)}>Keep it</Button>
          </div>
        </Note>
      )}
      {undo.isError && <Refused error={undo.error} />}
    </div>
  );
}
