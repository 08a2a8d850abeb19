import { type ExportedItem, problem, TargetError } from '@ledgerpost/core';
import { type Breakers, delivery, failingAs, leavesWhatIsGone, wrapPush } from './targets.testing.ts';

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
  'any-lost-reply-posts-once': [
    {
      how: 'a second attempt that skips the invoices of payments',
      on: 'push',
      change: wrapPush(
        (push) => async (session, call: { attempt: number; items: ExportedItem[] }) =>
          push(session, {
            ...call,
            items: call.attempt === 1 ? call.items : call.items.map(({ linked: _, ...item }) => item),
          } as never),
      ),
    },
  ],
  'an-undo-survives-lost-replies': [
    {
      how: 'what is gone for a person’s work',
      on: 'push',
      change: leavesWhatIsGone,
    },
  ],
  'a-failed-question-is-no-answer': [
    {
      how: 'an unread document for one that is gone',
      on: 'push',
      change: (t) => {
        const sane = t.readback;
        if (sane.by !== 'target') return t;
        const read = (session: unknown, items: readonly { seq: number }[]) =>
          sane.read(session, items as never).catch(() => items.map(({ seq }) => ({ status: 'gone', seq })));
        return { ...t, readback: { ...sane, read } } as never;
      },
    },
    {
      how: 'a name that nobody looked up for one that is missing',
      on: 'push',
      change: (t) =>
        delivery({
          find: (session: unknown, needs: readonly object[]) =>
            t.delivery.by === 'push'
              ? t.delivery.find(session, needs as never).catch(() => needs.map((need) => ({ status: 'missing', need })))
              : [],
        })(t),
    },
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
