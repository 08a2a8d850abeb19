import { useSyncExternalStore } from 'react';

/** A batch of files whose zip is downloaded as soon as it is ready. */
export interface Waiting {
  readonly company: string;
  readonly batch: string;
}

/** Kept for as long as the tab is open, a reload included. It holds ids only. */
const PLACE = 'ledgerpost-downloads';

let waiting: readonly Waiting[] | undefined;
const listeners = new Set<() => void>();

function current(): readonly Waiting[] {
  waiting ??= stored();
  return waiting;
}

function stored(): readonly Waiting[] {
  try {
    const read: unknown = JSON.parse(sessionStorage.getItem(PLACE) ?? '[]');
    return Array.isArray(read) ? read.filter((one) => typeof one?.company === 'string' && typeof one.batch === 'string') : [];
  } catch {
    return [];
  }
}

function put(next: readonly Waiting[]): void {
  waiting = next;
  if (next.length === 0) sessionStorage.removeItem(PLACE);
  else sessionStorage.setItem(PLACE, JSON.stringify(next));
  for (const listener of listeners) listener();
}

/** Downloads the batch's zip once it is ready, on whatever screen one is by then. */
export function downloadWhenReady(one: Waiting): void {
  put([...current().filter(({ batch }) => batch !== one.batch), one]);
}

/** Waits for that batch no more. */
export function forgetDownload(batch: string): void {
  put(current().filter((one) => one.batch !== batch));
}

/** Forgets all: the next person to sign in did not start them. */
export function forgetDownloads(): void {
  put([]);
}

export function useWaiting(): readonly Waiting[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    current,
    current,
  );
}
