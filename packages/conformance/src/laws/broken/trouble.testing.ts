import { type ExportedItem, problem, TargetError } from '@ledgerpost/core';
import { type Breakers, failingAs, wrapPush } from './targets.testing.ts';

/** For each law of trouble.ts, targets that break it. */
export const BREAKERS: Breakers = {
  'a-lost-reply-posts-once': [
    {
      how: 'a new key for the second attempt',
      on: 'push',
      change: wrapPush(
        (push) => async (session, call: { attempt: number; items: ExportedItem[] }) =>
          push(session, { ...call, items: call.items.map((item) => ({ ...item, key: `${item.key}/${call.attempt}` })) } as never),
      ),
    },
    { how: 'a lost reply for a defect', on: 'push', change: failingAs(({ code }) => new TargetError('defect', code, 'Broken.')) },
  ],
  'a-throttle-is-mended-by-time': [
    { how: 'a plain error', on: 'push', change: failingAs(() => new Error('Too many.')) },
    {
      how: 'a fault for an admin',
      on: 'push',
      change: failingAs(({ code, message }) => new TargetError('config', code, message, 1000)),
    },
    {
      how: 'nobody given how long to wait',
      on: 'push',
      change: (t) =>
        failingAs(({ kind, code, message }) => new TargetError(kind, code, message))(
          wrapPush((push) => async (session, call) => push({ ...(session as object), pause: async () => {} }, call))(t),
        ),
    },
    { how: 'a code of its own', on: 'push', change: failingAs(({ kind }) => new TargetError(kind, '429', 'Too many.', 1000)) },
    {
      how: 'refused items instead of a failure',
      on: 'push',
      change: wrapPush((push) => async (session, call: { items: ExportedItem[] }) => {
        try {
          return await push(session, call as never);
        } catch {
          return call.items.map(({ seq, record }) => ({
            status: 'refused',
            seq,
            problem: problem('refused-by-target', record, 'It was refused.'),
          }));
        }
      }),
    },
  ],
  'lost-access-is-for-an-admin': [
    {
      how: 'an access that is tried for ever',
      on: 'push',
      change: failingAs(({ code, message }) => new TargetError('transient', code, message)),
    },
  ],
};
