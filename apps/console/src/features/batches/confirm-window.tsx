import { Button, Trouble } from '../../ui/parts.tsx';
import { Window } from '../../ui/window.tsx';
import type { OfBatch } from './batch-of.ts';

interface ConfirmWindowProps extends OfBatch {
  readonly isPending: boolean;
  readonly error: Error | null;
  onConfirm(): void;
  onClose(): void;
}

/** Asks a person to confirm that the files of a batch were loaded. */
export function ConfirmWindow({ batch, target, isPending, error, onConfirm, onClose }: ConfirmWindowProps) {
  return (
    <Window title="Confirm as loaded" open onClose={onClose}>
      <div className="stack">
        <p>
          Confirm that you loaded all files of “{batch.name}”. Nothing is sent. Lists then show the batch as loaded, and an undo
          warns that these documents are in the books.
        </p>
        {target?.instructions !== undefined && <p className="aside">{target.instructions}</p>}
        <Trouble error={error} />
        <div className="buttons">
          <Button kind="main" isDisabled={isPending} onPress={onConfirm}>
            Yes, they are loaded
          </Button>
          <Button onPress={onClose}>Not yet</Button>
        </div>
      </div>
    </Window>
  );
}
