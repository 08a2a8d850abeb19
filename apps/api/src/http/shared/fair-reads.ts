/** Reads that cost much, bounded so that no company keeps the others waiting. */
export interface FairReads {
  /**
   * Answers one company's question, once it is its turn. Callers who ask the same while it waits get one answer: it is read
   * after all of them asked, so each sees what was there when it asked, or later.
   * @param question of this company; equal questions of any callers have the same answer
   */
  ask<T>(companyId: string, question: string, read: () => Promise<T>): Promise<T>;
  /** Does what is the caller's alone, once it is the company's turn. */
  turn<T>(companyId: string, work: () => Promise<T>): Promise<T>;
  /** Runs what is bounded elsewhere. While there is any, it takes one of the company's places, without waiting for it. */
  beside<T>(companyId: string, work: () => Promise<T>): Promise<T>;
}

/** Of the pool's ten connections, lists and reports leave some to everything else. */
const USUAL = { perCompany: 2, inAll: 4 };

interface Waiting {
  /** Undefined: shared with nobody. */
  readonly question: string | undefined;
  readonly answer: Promise<unknown>;
  readonly begin: () => void;
}

/**
 * Reads of one process.
 * @param limits.perCompany reads of one company at a time, with what runs beside them; its others wait
 * @param limits.inAll reads at a time, of all companies; of those that wait, companies take turns
 */
export function fairReads(limits: { readonly perCompany: number; readonly inAll: number } = USUAL): FairReads {
  let inAll = 0;
  const running = new Map<string, number>();
  /** By company, in the order of their turns. */
  const waiting = new Map<string, Waiting[]>();

  const beside = new Map<string, number>();

  function hasRoom(companyId: string): boolean {
    const taken = (running.get(companyId) ?? 0) + (beside.has(companyId) ? 1 : 0);
    return inAll < limits.inAll && taken < limits.perCompany;
  }

  async function run<T>(companyId: string, read: () => Promise<T>): Promise<T> {
    inAll++;
    try {
      return await counted(running, companyId, read);
    } finally {
      inAll--;
      beginNext();
    }
  }

  /** The first company in turn that may read; afterwards it is the last one. */
  function beginNext(): void {
    for (const [companyId, own] of waiting) {
      if (!hasRoom(companyId)) continue;
      const next = own.shift()!;
      waiting.delete(companyId);
      if (own.length > 0) waiting.set(companyId, own);
      next.begin();
      return;
    }
  }

  function enter<T>(companyId: string, question: string | undefined, read: () => Promise<T>): Promise<T> {
    const own = waiting.get(companyId) ?? [];
    const same = question === undefined ? undefined : own.find((one) => one.question === question);
    if (same !== undefined) return same.answer as Promise<T>;
    if (own.length === 0 && hasRoom(companyId)) return run(companyId, read);
    const { promise, resolve } = Promise.withResolvers<T>();
    own.push({ question, answer: promise, begin: () => resolve(run(companyId, read)) });
    waiting.set(companyId, own);
    return promise;
  }

  return {
    ask: enter,
    turn: (companyId, work) => enter(companyId, undefined, work),
    async beside(companyId, work) {
      try {
        return await counted(beside, companyId, work);
      } finally {
        beginNext();
      }
    },
  };
}

/** Runs work of a company, and counts it meanwhile. */
async function counted<T>(counts: Map<string, number>, companyId: string, work: () => Promise<T>): Promise<T> {
  counts.set(companyId, (counts.get(companyId) ?? 0) + 1);
  try {
    return await work();
  } finally {
    const left = counts.get(companyId)! - 1;
    if (left === 0) counts.delete(companyId);
    else counts.set(companyId, left);
  }
}
