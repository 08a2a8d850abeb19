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
 * requests need connections, too. A company runs one at a time; its next one waits for it, and lets other companies go first.
 * @param limits.perCompany running and waiting, so that no company keeps others out
 * @param limits.inAll running; further ones wait `waitMs` at most
 */
export function previewGate(limits: { perCompany: number; inAll: number; waitMs: number }): PreviewGate {
  const ofCompany = new Map<string, number>();
  const running = new Set<string>();
  const waiting: { readonly companyId: string; readonly go: () => void }[] = [];

  async function room(companyId: string, signal: AbortSignal | undefined): Promise<void> {
    if (running.size < limits.inAll && !running.has(companyId)) {
      running.add(companyId);
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const place = { companyId, go: resolve };
    const giveUp = (reason: unknown) => {
      const at = waiting.indexOf(place);
      // Not there any more: a place was handed over to it already.
      if (at < 0) return;
      waiting.splice(at, 1);
      reject(reason);
    };
    const hungUp = () => giveUp(signal!.reason);
    const timer = setTimeout(() => giveUp(busy('Other previews are running.')), limits.waitMs);
    signal?.addEventListener('abort', hungUp, { once: true });
    waiting.push(place);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', hungUp);
    }
  }

  /** Hands its place to the first one that waits and whose company runs none. */
  function leave(companyId: string): void {
    running.delete(companyId);
    const at = waiting.findIndex((next) => !running.has(next.companyId));
    if (at < 0) return;
    const [next] = waiting.splice(at, 1);
    running.add(next!.companyId);
    next!.go();
  }

  return {
    async enter(companyId, signal, preview) {
      signal?.throwIfAborted();
      const others = ofCompany.get(companyId) ?? 0;
      if (others >= limits.perCompany) throw busy('The company has other previews running.');
      ofCompany.set(companyId, others + 1);
      try {
        await room(companyId, signal);
        try {
          return await preview();
        } finally {
          leave(companyId);
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
