import type { TargetContext } from '@ledgerpost/core';
import { problem } from '@ledgerpost/core';
import { type Breakers, delivery, inContext, wrapPush } from './targets.testing.ts';

/** For each law of context.ts, targets that break it. */
export const BREAKERS: Breakers = {
  'permits-are-kept': [
    {
      how: 'permits that are kept for ever',
      on: 'push',
      change: inContext((context) => ({ permit: async (bucket) => ({ ...(await context.permit(bucket)), release() {} }) })),
    },
    { how: 'a bucket that is not among the limits', on: 'push', change: delivery({ limits: { other: { perMinute: 60 } } }) },
    { how: 'no permit at all', on: 'push', change: inContext(() => ({ permit: async () => ({ release() {} }) })) },
    {
      how: 'a request beside its permits',
      on: 'push',
      change: wrapPush((push) => async (session, call) => {
        await (session as TargetContext).fetch('http://127.0.0.1:9/').catch(() => {});
        return push(session, call);
      }),
    },
    {
      how: 'more permits than may be out',
      on: 'push',
      change: (t) =>
        delivery({ limits: { calls: { perMinute: 60, concurrent: 1 } } })(
          wrapPush((push) => async (session, call) => {
            const { release } = await (session as TargetContext).permit('calls');
            return push(session, call).finally(release);
          })(t),
        ),
    },
  ],
  'a-permits-refusal-goes-through': [
    {
      how: 'a refused permit for a refused document',
      on: 'push',
      change: wrapPush(
        (push) => async (session, call: { items: { seq: number; record: never }[] }) =>
          push(session, call as never).catch(() =>
            call.items.map(({ seq, record }) => ({
              status: 'refused',
              seq,
              problem: problem('refused-by-target', record, 'No.'),
            })),
          ),
      ),
    },
    {
      how: 'a wait that nobody hears of',
      on: 'push',
      change: inContext((context) => ({
        permit: (bucket) =>
          context.permit(bucket).catch(() => {
            throw new Error('Not now.');
          }),
      })),
    },
  ],
  'a-cancel-ends-the-request': [
    { how: 'a signal that goes nowhere', on: 'push', change: inContext(() => ({ signal: new AbortController().signal })) },
  ],
  'support-ids-are-traced': [
    { how: 'ids that are dropped', on: 'push', change: inContext(() => ({ trace: () => {} })) },
    {
      how: 'ids of good answers alone',
      on: 'push',
      change: (t) => {
        const held: string[] = [];
        return wrapPush((push) => async (session, call) => {
          const outcomes = await push(session, call);
          for (const id of held.splice(0)) (session as { told?: (id: string) => void }).told?.(id);
          return outcomes;
        })(inContext((context) => ({ trace: (id) => void held.push(id), told: (id: string) => context.trace?.(id) }))(t));
      },
    },
  ],
};
