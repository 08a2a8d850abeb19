import type { Preview, Selection, Target } from '../../api/queries.ts';
import { Button, Trouble } from '../../ui/parts.tsx';
import { counted } from '../../ui/words.ts';
import { CauseList } from '../causes/cause-list.tsx';
import { cureWords, meaningOf } from '../causes/cause-words.ts';
import { useSaveProblems } from '../causes/use-save-problems.ts';
import { stayingIn } from './totals.ts';

interface NeedsAttentionProps {
  readonly preview: Preview;
  readonly selection: Selection;
  readonly target: Target;
}

/** What stops documents, by cause, before anybody starts a batch: from the check that the list, the button and the window share. */
export function NeedsAttention({ preview, selection, target }: NeedsAttentionProps) {
  const save = useSaveProblems(target.id, selection);
  const stopping = preview.causes.filter(({ severity }) => severity === 'problem');
  const stopped = preview.notSelected.filter(({ reason }) => cureWords(reason) !== undefined);
  if (stopping.length + stopped.length === 0) return null;
  return (
    <details className="attention">
      <summary>Needs attention: {counted(stayingIn(preview), 'document')} can’t be sent</summary>
      <CauseList causes={stopping} target={target} />
      {stopped.length > 0 && (
        <ul className="problems causes" aria-label="Stopped before the check">
          {stopped.map(({ reason, documents }) => (
            <li key={reason} className="problem">
              <strong>{counted(documents, 'document')}:</strong> {meaningOf(reason)}
              <div className="aside">{cureWords(reason)}</div>
            </li>
          ))}
        </ul>
      )}
      {stopping.length > 0 && (
        <div className="buttons">
          <Button isDisabled={save.isPending} onPress={() => save.mutate()}>
            {save.isPending ? 'Exporting …' : 'Export problems as CSV'}
          </Button>
        </div>
      )}
      <Trouble error={save.error} />
    </details>
  );
}
