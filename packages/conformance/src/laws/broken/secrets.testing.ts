import { problem, type TargetContext } from '@ledgerpost/core';
import { type Breakers, wrapPush } from './targets.testing.ts';

/** For each law of secrets.ts, targets that break it. */
export const BREAKERS: Breakers = {
  'secrets-stay-inside': [
    { how: 'a key in the payload', on: 'push', change: (t) => ({ ...t, export: (d, _, { apiKey }) => ({ ...d, apiKey }) }) },
    {
      how: 'a key in a problem',
      on: 'push',
      change: (t) => ({
        ...t,
        validate: (d, _, { apiKey }) => [problem('text-too-long', d.record, `Sent with ${apiKey}.`)].slice(d.marker ? 1 : 0),
      }),
    },
    {
      how: 'a key in a receipt',
      on: 'push',
      change: wrapPush(
        (push) => async (session, call) =>
          ((await push(session, call)) as { receipt?: object }[]).map((outcome) =>
            outcome.receipt
              ? { ...outcome, receipt: { ...outcome.receipt, details: { with: (session as { apiKey: string }).apiKey } } }
              : outcome,
          ),
      ),
    },
    {
      how: 'a key in the log',
      on: 'push',
      change: wrapPush((push) => async (session, call) => {
        const { log, apiKey } = session as TargetContext & { apiKey: string };
        log('debug', 'Sending', { headers: { authorization: apiKey } });
        return push(session, call);
      }),
    },
    {
      how: 'a key in an error’s cause',
      on: 'push',
      change: wrapPush((push) => async (session, call) => {
        try {
          return await push(session, call);
        } catch (error) {
          throw Object.assign(error as Error, { cause: new Error(`with ${(session as { apiKey: string }).apiKey}`) });
        }
      }),
    },
    {
      how: 'a key in whose books these are',
      on: 'push',
      change: (t) => ({ ...t, check: async ({ apiKey }: { apiKey: string }) => ({ company: apiKey }) }),
    },
  ],
};
