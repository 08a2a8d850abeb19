import { isTemporary } from './client.ts';

/** Milliseconds between two attempts while Ledgerpost can't be reached. */
const AGAIN_AFTER = 3_000;

/** Refreshes a query at an interval in milliseconds, or only while a temporary failure lasts. */
export function pollEvery(milliseconds: number | false) {
  return ({ state: { error } }: { readonly state: { readonly error: Error | null } }) =>
    isTemporary(error) ? AGAIN_AFTER : milliseconds;
}
