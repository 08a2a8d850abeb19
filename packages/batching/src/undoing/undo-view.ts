import { type AnyTarget, type BatchState, type Document, describe } from '@ledgerpost/core';
import { type BatchView, type Store, undoItems } from '@ledgerpost/store';

/** What an undo does, or did, and what is left for a person to do. */
export interface UndoView {
  readonly batch: { readonly id: string; readonly name: string; readonly state: BatchState };
  /** Who removes the documents from the books: the target's own interface, or a person (`hand`). */
  readonly by: 'target' | 'hand';
  /** Somebody confirmed that the files were loaded: then all of this stays in the books until a person removes it. */
  readonly loaded: boolean;
  readonly warning: string | null;
  readonly instructions: string | null;
  readonly documents: readonly {
    readonly seq: number;
    readonly document: string;
    readonly state: string;
    readonly todo: string | null;
  }[];
  readonly next?: string;
}

/** The list of an undo's documents, newest first. `after` is `next` of the page before. */
export async function undoView(
  store: Store,
  target: AnyTarget,
  batch: BatchView,
  currency: string,
  page: { after?: number | undefined; limit: number },
): Promise<UndoView> {
  const items = await undoItems(store.sql, batch.id, page.after, page.limit + 1);
  const shown = items.slice(0, page.limit);
  const last = shown.at(-1);
  const loaded = batch.confirmedAt !== null;
  const byHand = target.undo.by === 'hand' ? target.undo : undefined;
  return {
    batch: { id: batch.id, name: batch.name, state: batch.state },
    by: target.undo.by,
    loaded,
    warning: loaded
      ? `${batch.confirmedBy} confirmed that these files were loaded. Every document listed here stays in the books until a person removes it.`
      : null,
    instructions: byHand?.instructions ?? null,
    documents: shown.map(({ seq, state, document, why }) => ({
      seq,
      state,
      document: describe(document as Document, currency),
      todo: byHand?.instruction(document) ?? why,
    })),
    ...(items.length > page.limit && last !== undefined ? { next: String(last.seq) } : {}),
  };
}
