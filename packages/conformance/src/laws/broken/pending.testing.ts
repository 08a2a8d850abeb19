import type { PushOutcome } from '@ledgerpost/core';
import { type Breakers, delivery, wrapPush } from './targets.testing.ts';

/** For each law of pending.ts, targets that break it. */
export const BREAKERS: Breakers = {
  'what-is-pending-is-asked-for': [
    {
      how: 'a new ticket each time',
      on: 'push',
      change: wrapPush((push) => async (session, call: { attempt: number }) => {
        const outcomes = (await push(session, call as never)) as PushOutcome[];
        return outcomes.map((one) => (one.status === 'pending' ? { ...one, ticket: `${one.ticket}/${call.attempt}` } : one));
      }),
    },
    {
      how: 'a question that makes another document',
      on: 'push',
      change: (sound) => {
        let asked = 0;
        const { poll } = sound.delivery as unknown as { poll(session: unknown, tickets: unknown): Promise<PushOutcome[]> };
        const twice = async (session: unknown, tickets: unknown) =>
          (await poll(session, tickets)).map((one) =>
            'receipt' in one ? { ...one, receipt: { ...one.receipt, externalId: `asked-${++asked}` } } : one,
          );
        return delivery({ poll: twice })(sound);
      },
    },
    {
      how: 'a ticket without a name',
      on: 'push',
      change: wrapPush((push) => async (session, call) => {
        const outcomes = (await push(session, call)) as PushOutcome[];
        return outcomes.map((one) => (one.status === 'pending' ? { ...one, ticket: '' } : one));
      }),
    },
  ],
  'expired-keys-post-nothing-twice': [
    {
      how: 'keys that are thought to last',
      on: 'push',
      change: wrapPush((push) => async (session, call: object) => push(session, { ...call, keysExpired: false } as never)),
    },
    { how: 'keys that never lasted', on: 'push', change: delivery({ keyLifetimeMs: 0 }) },
  ],
};
