import { checkUnbatched } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import { claimCheck, getCompany, getCompanyTarget, releaseCheck } from '@ledgerpost/store';
import type { WorkerDeps } from '../activities/verb.ts';

/** How often to ask whether something changed, in milliseconds. */
const EVERY_MS = 5_000;
/** How often in a row batches may go first. Then checks run all the same, one a lane. */
const MOST_YIELDS = 6;
/** One lane has only companies whose last check took no longer: a company with very many documents never keeps all others waiting. */
const SHORT_MS = 2_000;

/**
 * Renews in the background what is known of unbatched documents, after records, settings, links or the chart changed. The company that
 * waits longest is next, and each is checked for a tenth of the time at most. Batches go first.
 * @param isBusy whether this worker has other work now
 */
export function keepChecked(deps: WorkerDeps, targets: readonly AnyTarget[], isBusy: () => boolean): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const lane = (mostMs?: number) => {
    let yields = 0;
    const round = async (): Promise<void> => {
      yields = isBusy() ? yields + 1 : 0;
      if (yields > 0 && yields <= MOST_YIELDS) return;
      const most = yields === 0 ? Number.POSITIVE_INFINITY : 1;
      yields = 0;
      for (let done = 0; done < most && !stopping.signal.aborted; done++)
        if (!(await checkNext(deps, targets, { mostMs, signal: stopping.signal }))) return;
    };
    let running = round();
    const timer = setInterval(() => {
      running = running.then(round);
    }, EVERY_MS);
    return {
      stop: () => {
        clearInterval(timer);
        return running;
      },
    };
  };
  const lanes = [lane(), lane(SHORT_MS)];
  return {
    async stop() {
      stopping.abort();
      await Promise.all(lanes.map((one) => one.stop()));
    },
  };
}

/** Checks the company that waits longest. @returns whether there may be another one */
export async function checkNext(
  { store, log }: Pick<WorkerDeps, 'store' | 'log'>,
  targets: readonly AnyTarget[],
  { mostMs, signal }: { readonly mostMs?: number | undefined; readonly signal?: AbortSignal } = {},
): Promise<boolean> {
  let due: Awaited<ReturnType<typeof claimCheck>>;
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
      if (due !== undefined) await releaseCheck(store.sql, due).catch(() => {});
      return false;
    }
    log('warn', 'Unbatched documents could not be checked; the worker tries again in some minutes.', { error: String(error) });
    return false;
  }
}
