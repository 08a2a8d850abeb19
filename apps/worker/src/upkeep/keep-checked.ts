import { checkUnbatched } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import { claimCheck, getCompany, getCompanyTarget, releaseCheck } from '@ledgerpost/store';
import type { WorkerDeps } from '../activities/verb.ts';
import { repeat } from './repeat.ts';

/** How often to ask whether something changed, in milliseconds. */
const EVERY_MS = 5_000;
/** A check may run beside a batch for as long, in milliseconds. A lane that has only checks as short as this keeps none waiting for long. */
const SHORT_MS = 2_000;
/** How often in a row batches may go first: half a minute before a short check, five minutes before a long one. */
const YIELDS = { short: 6, long: 60 };

/**
 * Renews in the background what is known of unbatched documents, after records, settings, links or the chart changed. The company that
 * waits longest is next, and each is checked for a tenth of the time at most. Batches go first: a check that takes long ends when one
 * begins, and is due again.
 * @param isBusy whether this worker has other work now
 */
export function keepChecked(deps: WorkerDeps, targets: readonly AnyTarget[], isBusy: () => boolean): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const lane = (kind: 'short' | 'long') => {
    const mostMs = kind === 'short' ? SHORT_MS : undefined;
    const check = (signal: AbortSignal) => checkNext(deps, targets, { mostMs, signal });
    return repeat(rounds(kind, isBusy, stopping.signal, check), EVERY_MS);
  };
  const lanes = [lane('long'), lane('short')];
  return {
    async stop() {
      stopping.abort();
      await Promise.all(lanes.map((one) => one.stop()));
    },
  };
}

/**
 * A round checks one company after another, until none is due or a batch begins. Rounds that come while batches run check nothing, and
 * now and then one company.
 * @param check the next company; resolves with whether there may be another one
 */
export function rounds(
  kind: 'short' | 'long',
  isBusy: () => boolean,
  stop: AbortSignal,
  check: (signal: AbortSignal) => Promise<boolean>,
): () => Promise<void> {
  let yields = 0;
  return async () => {
    yields = isBusy() ? yields + 1 : 0;
    if (yields > 0 && yields <= YIELDS[kind]) return;
    const isPatient = yields === 0;
    yields = 0;
    // A long check that has waited for five minutes runs to its end.
    const yieldsTo = isPatient || kind === 'short' ? isBusy : () => false;
    while (!stop.aborted) {
      const mayBeMore = await whileFree(yieldsTo, stop, check);
      if (!mayBeMore || !isPatient || isBusy()) return;
    }
  };
}

/** Runs `work` with a signal that comes with `stop`, or once it has run for a while and the worker is busy. */
export async function whileFree<T>(
  isBusy: () => boolean,
  stop: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const yielding = new AbortController();
  const began = performance.now();
  const watch = setInterval(() => {
    if (performance.now() - began > SHORT_MS && isBusy()) yielding.abort();
  }, 500);
  try {
    return await work(AbortSignal.any([stop, yielding.signal]));
  } finally {
    clearInterval(watch);
  }
}

/** Checks the company that waits longest. @returns whether there may be another one */
export async function checkNext(
  { store, log }: Pick<WorkerDeps, 'store' | 'log'>,
  targets: readonly AnyTarget[],
  { mostMs, signal }: { readonly mostMs?: number | undefined; readonly signal?: AbortSignal } = {},
): Promise<boolean> {
  let due: Awaited<ReturnType<typeof claimCheck>>;
  const began = performance.now();
  try {
    due = await claimCheck(store.sql, { targets: targets.map(({ id }) => id), mostMs });
    if (due === undefined) return false;
    const [company, companyTarget] = [
      await getCompany(store, due.companyId),
      await getCompanyTarget(store, due.companyId, due.target),
    ];
    const { target: wanted } = due;
    const target = targets.find(({ id }) => id === wanted);
    if (company === undefined || companyTarget === undefined || target === undefined) return true;
    await checkUnbatched({ store, target }, { company, companyTarget }, signal);
    return true;
  } catch (error) {
    if (signal?.aborted) {
      if (due !== undefined) await releaseCheck(store.sql, due, performance.now() - began).catch(() => {});
      return false;
    }
    log('warn', 'Unbatched documents could not be checked; the worker tries again in some minutes.', { error: String(error) });
    return false;
  }
}
