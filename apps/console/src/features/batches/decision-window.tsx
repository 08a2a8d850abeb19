import { useState } from 'react';
import { Button, Trouble } from '../../ui/parts.tsx';
import { Window } from '../../ui/window.tsx';

interface DecisionWindowProps {
  readonly verb: 'approve' | 'decline';
  readonly batch: string;
  readonly isPending: boolean;
  readonly error: Error | null;
  onDecide(comment: string): void;
  onClose(): void;
}

/** The window for a comment to an approval, or for the reason of a decline. */
export function DecisionWindow({ verb, batch, isPending, error, onDecide, onClose }: DecisionWindowProps) {
  const [comment, setComment] = useState('');
  const declines = verb === 'decline';
  return (
    <Window title={declines ? 'Decline the batch' : 'Approve the batch'} open onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onDecide(comment.trim());
        }}
      >
        <p>
          {declines
            ? `Nothing of “${batch}” is sent. Its documents can be batched again.`
            : `All documents of “${batch}” are sent.`}
        </p>
        <div className="field">
          <label>
            {declines ? 'Reason, for the person who started it' : 'Comment (optional)'}
            <textarea
              rows={3}
              maxLength={1000}
              required={declines}
              value={comment}
              onChange={({ target }) => setComment(target.value)}
            />
          </label>
        </div>
        <Trouble error={error} />
        <div className="buttons">
          <Button kind={declines ? 'danger' : 'main'} type="submit" isDisabled={isPending}>
            {declines ? 'Decline' : 'Approve'}
          </Button>
          <Button onPress={onClose}>Not yet</Button>
        </div>
      </form>
    </Window>
  );
}
