import type { TargetContext } from '@ledgerpost/core';
import { contextOf, pushOf } from './books.ts';
import type { Subject } from './law.ts';

/** What a target did with its context, and ways to disturb its requests. */
export interface Watch {
  /** To be passed to the target. */
  readonly context: TargetContext;
  /** Buckets of the permits that it took, in order. */
  readonly taken: string[];
  /** What it did that the engine does not allow, in sentences. */
  readonly complaints: string[];
  /** Support ids that it traced, in order. */
  readonly traced: string[];
  /** How long it asked to pause, in milliseconds. */
  readonly pauses: number[];
  /** How many permits it holds now. */
  out(): number;
  /** How many requests it sent by `fetch`. */
  requests(): number;
  /** Replaces every `fetch` from now on, until it is called without a function. */
  disturb(by?: (send: () => Promise<Response>, signal: AbortSignal | undefined, nth: number) => Promise<Response>): void;
}

/** Watches how a target uses its context, as the engine would keep it. */
export function watch(subject: Subject, base: TargetContext = contextOf(subject)): Watch {
  const { limits } = pushOf(subject.target);
  const out = new Map<string, number>();
  const [taken, complaints, traced, pauses] = [[] as string[], [] as string[], [] as string[], [] as number[]];
  let [flying, requests, struck] = [0, 0, 0];
  let disturbance: Parameters<Watch['disturb']>[0];
  const sum = () => [...out.values()].reduce((all, one) => all + one, 0);
  const complain = (sentence: string) => {
    if (!complaints.includes(sentence)) complaints.push(sentence);
  };
  const context: TargetContext = {
    ...base,
    async permit(bucket) {
      const limit = limits[bucket];
      // As the engine does: nobody knows how many of an unknown kind may be sent.
      if (limit === undefined) {
        complain(`It asked for a permit of “${bucket}”, which is not among its limits: ${Object.keys(limits).join(', ')}.`);
        throw new Error(`There is no limit “${bucket}”.`);
      }
      taken.push(bucket);
      const now = (out.get(bucket) ?? 0) + 1;
      out.set(bucket, now);
      if (limit.concurrent !== undefined && now > limit.concurrent)
        complain(`It holds ${now} permits of “${bucket}”, and ${limit.concurrent} may be out at once: it would wait for itself.`);
      const permit = await base.permit(bucket);
      let isOut = true;
      return {
        release() {
          if (isOut) out.set(bucket, out.get(bucket)! - 1);
          isOut = false;
          permit.release();
        },
      };
    },
    async pause(ms) {
      pauses.push(ms);
      await base.pause(ms);
    },
    trace(id) {
      traced.push(id);
      base.trace?.(id);
    },
    async fetch(input, init) {
      requests += 1;
      flying += 1;
      if (flying > sum())
        complain('It sent a request without a permit. Nobody counts such a request, so the vendor’s limit is broken.');
      const send = () => base.fetch(input, init);
      const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
      struck += 1;
      try {
        return await (disturbance === undefined ? send() : disturbance(send, signal ?? undefined, struck));
      } finally {
        flying -= 1;
      }
    },
  };
  return {
    ...{ context, taken, complaints, traced, pauses },
    out: sum,
    requests: () => requests,
    disturb(by) {
      disturbance = by;
      struck = 0;
    },
  };
}

/** The answer of the nth request is lost: the books carried it out. Others pass. */
export const losing = (nth: number) => async (send: () => Promise<Response>, _: unknown, at: number) => {
  const answer = await send();
  if (at !== nth) return answer;
  await answer.body?.cancel();
  throw new TypeError('fetch failed');
};

/** The nth request and all after it never arrive. */
export const cutting = (nth: number) => async (send: () => Promise<Response>, _: unknown, at: number) => {
  if (at < nth) return send();
  throw new TypeError('fetch failed');
};

/** A gateway answers the nth request instead of the books, which carried it out. Others pass. */
export const gateway = (nth: number) => async (send: () => Promise<Response>, _: unknown, at: number) => {
  const answer = await send();
  if (at !== nth) return answer;
  await answer.body?.cancel();
  return new Response('<html><body>Bad gateway</body></html>', { status: 502, headers: { 'content-type': 'text/html' } });
};
