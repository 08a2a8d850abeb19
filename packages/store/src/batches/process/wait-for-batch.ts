import type { Store } from '../../database/open-store.ts';
import { type BatchView, getBatch } from './batch-view.ts';
import { BATCH_CHANNEL } from './move-batch.ts';

type Waiter = (version: number) => void;
const listeners = new WeakMap<Store, Promise<Map<string, Set<Waiter>>>>();

/** One LISTEN connection per store serves all waiters. */
function waitersOf(store: Store): Promise<Map<string, Set<Waiter>>> {
  const known = listeners.get(store);
  if (known !== undefined) return known;
  const waiters = new Map<string, Set<Waiter>>();
  const wakeAll = () => {
    // Announcements during a reconnect were missed, so every waiter reads its batch again.
    for (const set of waiters.values()) for (const wake of set) wake(Number.POSITIVE_INFINITY);
  };
  const ready = store.sql
    .listen(
      BATCH_CHANNEL,
      (payload) => {
        const [batchId = '', version = '0'] = payload.split(' ');
        for (const wake of waiters.get(batchId) ?? []) wake(Number(version));
      },
      wakeAll,
    )
    .then(() => waiters);
  ready.catch(() => listeners.delete(store));
  listeners.set(store, ready);
  return ready;
}

/**
 * Waits until a batch has a version above `afterVersion`, or until the time is up, and returns the batch as it is then.
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
  let wake: Waiter = () => {};
  const changed = new Promise<void>((resolve) => {
    wake = (version) => {
      if (version > afterVersion) resolve();
    };
  });
  const set = waiters.get(batchId) ?? new Set();
  waiters.set(batchId, set.add(wake));
  let timer: NodeJS.Timeout | undefined;
  try {
    const batch = await getBatch(store.sql, companyId, batchId);
    if (batch === undefined || batch.version > afterVersion || signal?.aborted) return batch;
    await Promise.race([
      changed,
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms);
        signal?.addEventListener('abort', () => resolve(), { once: true });
      }),
    ]);
    return await getBatch(store.sql, companyId, batchId);
  } finally {
    clearTimeout(timer);
    set.delete(wake);
    if (set.size === 0) waiters.delete(batchId);
  }
}
