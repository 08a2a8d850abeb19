import type { ItemState } from '@ledgerpost/core';
import type { Undo } from '../../../api/queries.ts';
import { Badge } from '../../../ui/parts.tsx';
import { ITEM_STATES, itemStateWords, toneOfItem } from '../../../ui/states.ts';

interface UndoListProps {
  readonly documents: Undo['documents'];
  /** Whether the undo has run, so that each document shows its result. */
  readonly outcomes?: boolean;
}

/** The documents of an undo, newest first, with what a person does about each. */
export function UndoList({ documents, outcomes = false }: UndoListProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
    <section className="undo-list" aria-label="Documents, newest first" tabIndex={0}>
      <ol>
        {documents.map(({ seq, document, state, todo }) => (
          <li key={seq}>
            {document} {outcomes && isItemState(state) && <Badge tone={toneOfItem(state)}>{itemStateWords(state)}</Badge>}
            {todo !== null && <div className="aside">{todo}</div>}
          </li>
        ))}
      </ol>
    </section>
  );
}

const isItemState = (state: string): state is ItemState => Object.hasOwn(ITEM_STATES, state);
