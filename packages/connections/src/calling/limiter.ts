import { type RateLimit, TargetError } from '@ledgerpost/core';
import {
  pauseConnection,
  permitWait,
  prolongPermits,
  releasePermits,
  type Store,
  takeFromDay,
  takePermit,
  type UsedUp,
  usedUp,
} from '@ledgerpost/store';

/** Keeps what a target allows one connection, over all processes: the count is in the database, the waiting is here. */
export interface Limiter {
  /**
   * Waits for a permit. Release it when the answer is read: it counts for a minute from then.
   * @throws TargetError of kind `transient` when the signal aborts, or when the wait would be longer than `PATIENCE_MS`: a worker
   * has other connections to serve until then. So it is when the day or the month of the limit is used up
   */
  take(connectionId: string, bucket: string, limit: OurLimit, signal: AbortSignal): Promise<{ release(): void }>;
  /** Checks that the next permits are near. @throws TargetError of kind `transient` if the wait would be longer than `PATIENCE_MS` */
  near(connectionId: string, limits: Readonly<Record<string, OurLimit>>): Promise<void>;
  /** Nobody sends on the connection for this long. */
  pause(connectionId: string, ms: number): Promise<void>;
}

/** A target's limit, and where its days and months are counted. */
export interface OurLimit extends RateLimit {
  /** Absent: with the connection. */
  readonly scope?: string | undefined;
  /** The target's name, for people. */
  readonly at: string;
}

/** The longest wait for a permit that may keep a worker's slot busy, in milliseconds. */
export const PATIENCE_MS = 10_000;

const limiters = new WeakMap<Store, Limiter>();

/** The limiter of a store: one per process, so that the callers of one connection wait in one line. */
export function limiterOf(store: Store): Limiter {
  const known = limiters.get(store) ?? createLimiter(store);
  limiters.set(store, known);
  return known;
}

interface Waiter {
  readonly limit: OurLimit;
  readonly signal: AbortSignal;
  resolve(permit: { release(): void }): void;
  reject(error: unknown): void;
}

interface Line {
  readonly waiting: Waiter[];
  moving: boolean;
  wake: () => void;
}

/** Leases are prolonged this often, well below their length, in milliseconds. */
const PROLONG_MS = 4_000;
/** The longest sleep before the database is asked again, in milliseconds: pauses and limits change. */
const CHECK_AGAIN_MS = 2_000;

function createLimiter({ sql }: Store): Limiter {
  const lines = new Map<string, Line>();
  const held = new Set<number>();
  let prolonging: NodeJS.Timeout | undefined;

  function hold(permit: number): void {
    held.add(permit);
    // A failed one shows in the next call to the database; the lease outlives two of them.
    prolonging ??= setInterval(() => void prolongPermits(sql, [...held]).catch(() => {}), PROLONG_MS).unref();
  }

  function letGo(permit: number, line: Line): void {
    if (!held.delete(permit)) return;
    if (held.size === 0) {
      clearInterval(prolonging);
      prolonging = undefined;
    }
    // If the release can't be written, the lease ends by itself.
    void releasePermits(sql, [permit]).then(
      () => line.wake(),
      () => {},
    );
  }

  /** First come, first served within a process. */
  async function move(connectionId: string, bucket: string, line: Line): Promise<void> {
    line.moving = true;
    try {
      while (line.waiting.length > 0) await serveFirst(connectionId, bucket, line);
    } catch (error) {
      for (const waiter of line.waiting.splice(0)) waiter.reject(error);
    } finally {
      // No other code runs between the last check of the line and this, so nobody joins a line that has stopped moving.
      line.moving = false;
      lines.delete(`${connectionId}/${bucket}`);
    }
  }

  async function serveFirst(connectionId: string, bucket: string, line: Line): Promise<void> {
    const first = line.waiting[0]!;
    if (first.signal.aborted) {
      line.waiting.shift();
      first.reject(stopped());
      return;
    }
    const taken = await takePermit(sql, connectionId, bucket, first.limit);
    if ('permit' in taken) {
      hold(taken.permit);
      // Counted once the request may go at once: one that only waits uses up nothing of the day.
      const over = await takeFromDay({ sql }, { scope: first.limit.scope ?? connectionId, bucket }, first.limit).catch(
        (error) => {
          letGo(taken.permit, line);
          throw error;
        },
      );
      line.waiting.shift();
      if (over !== undefined) {
        letGo(taken.permit, line);
        first.reject(dayIsOver(first.limit, over));
      } else if (first.signal.aborted) {
        letGo(taken.permit, line);
        first.reject(stopped());
      } else first.resolve({ release: () => letGo(taken.permit, line) });
    } else if (taken.waitMs > PATIENCE_MS) {
      line.waiting.shift();
      first.reject(tooLong(taken.waitMs));
    } else {
      await sleep(Math.min(Math.max(taken.waitMs, 1), CHECK_AGAIN_MS), first.signal, line);
    }
  }

  return {
    take(connectionId, bucket, limit, signal) {
      return new Promise((resolve, reject) => {
        const key = `${connectionId}/${bucket}`;
        const line = lines.get(key) ?? { waiting: [], moving: false, wake: () => {} };
        lines.set(key, line);
        line.waiting.push({ limit, signal, resolve, reject });
        if (!line.moving) void move(connectionId, bucket, line);
      });
    },
    async near(connectionId, limits) {
      for (const [bucket, limit] of Object.entries(limits)) {
        const over = await usedUp(sql, { scope: limit.scope ?? connectionId, bucket }, limit);
        if (over !== undefined) throw dayIsOver(limit, over);
      }
      const waits = Object.entries(limits).map(([bucket, limit]) => permitWait(sql, connectionId, bucket, limit));
      const waitMs = Math.max(0, ...(await Promise.all(waits)));
      if (waitMs > PATIENCE_MS) throw tooLong(waitMs);
    },
    pause: (connectionId, ms) => pauseConnection(sql, connectionId, ms),
  };
}

function sleep(ms: number, signal: AbortSignal, line: Line): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      line.wake = () => {};
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    line.wake = done;
  });
}

function dayIsOver({ at, perDay, perMonth, calendar = 'UTC' }: OurLimit, { span, waitMs }: UsedUp): TargetError {
  const most = (span === 'day' ? perDay : perMonth) ?? 0;
  const requests = most === 1 ? '1 request' : `${most.toLocaleString('en-US')} requests`;
  const text = `${at} accepts ${requests} a ${span}, and this ${span}’s are used up. It continues by itself when the next ${span} begins (${calendar}).`;
  return new TargetError('transient', 'target-throttled', text, waitMs);
}

function tooLong(waitMs: number): TargetError {
  const seconds = Math.ceil(waitMs / 1000);
  const text = `The target accepts no more requests on this connection for ${seconds} seconds. Other connections continue.`;
  return new TargetError('transient', 'target-throttled', text, Math.ceil(waitMs));
}

function stopped(): TargetError {
  return new TargetError('transient', 'target-unreachable', 'The work was stopped while it waited for its turn at the target.');
}
