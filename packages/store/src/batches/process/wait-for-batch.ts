import type { BatchState } from '@ledgerpost/core';
import type { Store } from '../../database/open-store.ts';
import { type BatchView, getBatch } from './batch-view.ts';
import { BATCH_CHANNEL } from './move-batch.ts';

/** Hears of a version, and of the batch's state then; undefined where that is not known. */
type Waiter = (version: number, state: string | undefined) => void;
const listeners = new WeakMap<Store, Promise<Map<string, Set<Waiter>>>>();

/** One LISTEN connection per store serves all waiters. */
function waitersOf(store: Store): Promise<Map<string, Set<Waiter>>> {
  const known = listeners.get(store);
  if (known !== undefined) return known;
  const waiters = new Map<string, Set<Waiter>>();
  const wakeAll = () => {
    // Announcements during a reconnect were missed, so every waiter reads its batch again.
    for (const set of waiters.values()) for (const wake of set) wake(Number.POSITIVE_INFINITY, undefined);
  };
  const ready = store.sql
    .listen(
      BATCH_CHANNEL,
      (payload) => {
        const [batchId = '', version = '0', state] = payload.split(' ');
        for (const wake of waiters.get(batchId) ?? []) wake(Number(version), state);
      },
      wakeAll,
    )
    .then(() => waiters);
  ready.catch(() => listeners.delete(store));
  listeners.set(store, ready);
  return ready;
}

/** While a batch moves, its followers hear of it at most so often, in milliseconds: a small one has ten announcements in a third of a second. */
const PACE_MS = 100;

/** The same at most, for a batch that was started long ago. */
const SLOWEST_PACE_MS = 500;

/** Of the time that a batch has taken, its followers wait this part for the next progress: of a minute, nobody sees a tenth of a second. */
const PART = 1 / 20;

/** States that a batch leaves by itself. */
const MOVING: readonly BatchState[] = ['selecting', 'validating', 'exporting', 'pushing', 'recording', 'undoing'];

/**
 * Waits until a batch has a version above `afterVersion`, or until the time is up, and returns the batch as it is then. A batch that
 * moves has more to report in a moment, so a caller who knows an earlier version waits a little for that too, and longer where the
 * batch takes long and only makes progress; the state in which it ends, or waits for a person, is returned at once.
 * @param afterVersion 0 for whatever there is
 * @param ms how long to wait at most
 */
export async function waitForBatch(
  store: Store,
  companyId: string,
  batchId: string,
  afterVersion: number,
  ms: number,
  signal?: AbortSignal,
): Promise<BatchView | undefined> {
  const waiters = await waitersOf(store);
  const began = performance.now();
  let heard = 0;
  /** The state in which the first news was found. */
  let newsIn: BatchState | undefined;
  let wake = () => {};
  let stop = () => {};
  let timer: NodeJS.Timeout | undefined;
  const onAbort = () => stop();
  signal?.addEventListener('abort', onAbort);
  const waiter: Waiter = (version, state) => {
    // Mere progress is in the batch when it is read at last.
    if (state !== undefined && state === newsIn) return;
    heard = Math.max(heard, version);
    wake();
  };
  const set = waiters.get(batchId) ?? new Set();
  waiters.set(batchId, set.add(waiter));
  try {
    for (;;) {
      heard = 0;
      const batch = await getBatch(store.sql, companyId, batchId);
      if (batch === undefined || signal?.aborted) return batch;
      const isNews = batch.version > afterVersion;
      const gathers = isNews && afterVersion > 0 && MOVING.includes(batch.state);
      if (isNews) newsIn ??= batch.state;
      const pace = batch.state === newsIn ? paceOf(batch) : PACE_MS;
      const left = (gathers ? Math.min(pace, ms) : ms) - (performance.now() - began);
      if ((isNews && !gathers) || left <= 0) return batch;
      await new Promise<void>((resolve) => {
        timer = setTimeout(resolve, left);
        stop = resolve;
        wake = () => {
          if (heard > Math.max(batch.version, afterVersion)) resolve();
        };
        // What was announced while the batch was read may not be in it.
        wake();
      });
      clearTimeout(timer);
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    set.delete(waiter);
    if (set.size === 0) waiters.delete(batchId);
  }
}

/** In milliseconds. */
function paceOf({ startedAt }: BatchView): number {
  const taken = Date.now() - startedAt.getTime();
  return Math.min(Math.max(taken * PART, PACE_MS), SLOWEST_PACE_MS);
}
