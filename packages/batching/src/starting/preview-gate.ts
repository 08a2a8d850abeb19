import { Refusal } from '@ledgerpost/core';

export interface PreviewGate {
  /**
   * Runs a preview once there is room for it.
   * @throws Refusal `too-many-previews` if the company has too many already, or if no other one ends in time; the
   * signal's reason if it is aborted while it waits
   */
  enter<T>(companyId: string, signal: AbortSignal | undefined, preview: () => Promise<T>): Promise<T>;
}

/**
 * Bounds how many previews one process runs: each of them keeps a connection to the database busy for seconds, and other
 * requests need connections, too.
 * @param limits.perCompany running and waiting, so that no company keeps others out
 * @param limits.inAll running; further ones wait `waitMs` at most
 */
export function previewGate(limits: { perCompany: number; inAll: number; waitMs: number }): PreviewGate {
  const ofCompany = new Map<string, number>();
  const waiting: (() => void)[] = [];
  let running = 0;

  async function room(signal: AbortSignal | undefined): Promise<void> {
    if (running < limits.inAll) {
      running++;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const giveUp = (reason: unknown) => {
      const place = waiting.indexOf(resolve);
      // Not there any more: a place was handed over to it already.
      if (place < 0) return;
      waiting.splice(place, 1);
      reject(reason);
    };
    const hungUp = () => giveUp(signal!.reason);
    const timer = setTimeout(() => giveUp(busy('Other previews are running.')), limits.waitMs);
    signal?.addEventListener('abort', hungUp, { once: true });
    waiting.push(resolve);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', hungUp);
    }
  }

  /** Hands its place to the next one that waits, so `running` changes only if there is none. */
  function leave(): void {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  }

  return {
    async enter(companyId, signal, preview) {
      signal?.throwIfAborted();
      const others = ofCompany.get(companyId) ?? 0;
      if (others >= limits.perCompany) throw busy('The company has other previews running.');
      ofCompany.set(companyId, others + 1);
      try {
        await room(signal);
        try {
          return await preview();
        } finally {
          leave();
        }
      } finally {
        const left = ofCompany.get(companyId)! - 1;
        if (left === 0) ofCompany.delete(companyId);
        else ofCompany.set(companyId, left);
      }
    },
  };
}

function busy(reason: string): Refusal {
  return new Refusal('too-many-previews', `${reason} Wait until they end, then try again.`);
}
