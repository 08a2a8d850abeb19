import { Refusal } from '@ledgerpost/core';

export interface Pace {
  /** At least so many bytes … */
  readonly bytes: number;
  /** … in every so many milliseconds that are spent waiting for the sender. */
  readonly everyMs: number;
}

export const STREAM_PACE: Pace = { bytes: 16 * 1024, everyMs: 30_000 };

/**
 * A stream that must not drip: one that is slower than the pace is refused, so that it can't hold a connection for ever. Only
 * the time that the reader waits counts, not the time that it takes itself.
 * @throws Refusal `too-slow`
 */
export async function* atPace(bytes: AsyncIterable<Uint8Array>, pace = STREAM_PACE): AsyncGenerator<Uint8Array> {
  const source = bytes[Symbol.asyncIterator]();
  let [waited, received] = [0, 0];
  try {
    for (let coming = source.next(); ; ) {
      const began = performance.now();
      const chunk = await withinMs(coming, pace.everyMs - waited);
      waited += performance.now() - began;
      received += chunk?.value?.length ?? 0;
      if (waited >= pace.everyMs && !chunk?.done) {
        if (received < pace.bytes) throw tooSlow(pace);
        [waited, received] = [0, 0];
      }
      if (chunk === undefined) continue;
      if (chunk.done) return;
      yield chunk.value;
      coming = source.next();
    }
  } finally {
    // Not awaited: a stream that gives nothing gives no end either.
    void source.return?.();
  }
}

function tooSlow({ bytes, everyMs }: Pace): Refusal {
  return new Refusal('too-slow', `Fewer than ${bytes} bytes arrived in ${Math.round(everyMs / 1_000)} seconds.`);
}

/** What was promised, or undefined once the time is over. */
async function withinMs<T>(promised: Promise<T>, ms: number): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), Math.max(0, ms));
  promised.catch(() => {});
  try {
    return await Promise.race([promised, late]);
  } finally {
    clearTimeout(timer);
  }
}
