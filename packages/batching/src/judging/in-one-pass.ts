import type { AnyTarget } from '@ledgerpost/core';

/**
 * Whether documents are judged in the pass that freezes them, and no payload of theirs is stored: where they go into files, and a
 * person takes them back. The files are the payload then. All of them are made by one attempt, so by one version of the target.
 */
export function inOnePass({ delivery, undo, readback }: AnyTarget): boolean {
  return delivery.by === 'files' && undo.by === 'hand' && readback.by === 'hand';
}
