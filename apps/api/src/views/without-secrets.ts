import { type AnyTarget, type BooksSettings, splitSecrets } from '@ledgerpost/core';

/** Settings without the members that the form marks as secret: those are write-only. */
export function withoutSecrets(target: AnyTarget, settings: BooksSettings): Record<string, unknown> {
  return { ...splitSecrets(target, settings).settings };
}
