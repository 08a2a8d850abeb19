import { problem } from '@ledgerpost/core';
import { alternating, type Breakers, counting } from './targets.testing.ts';

/** For each law of documents.ts, targets that break it. */
export const BREAKERS: Breakers = {
  'validate-is-pure': [
    { how: 'a verdict that changes', on: 'push', change: (t) => ({ ...t, validate: alternating() }) },
    {
      how: 'a document that it corrects',
      on: 'push',
      change: (t) => ({
        ...t,
        validate: (document) => {
          (document as { marker: string }).marker = '';
          return [];
        },
      }),
    },
  ],
  'validate-bears-anything': [
    {
      how: 'a throw on a document without lines',
      on: 'push',
      change: (t) => ({ ...t, validate: (d) => ('lines' in d && d.lines[0]!.amount < 0 ? [] : []) }),
    },
    {
      how: 'a problem with a code of its own',
      on: 'push',
      change: (t) => ({
        ...t,
        validate: (d) => [
          { ...problem('no-lines', d.record, 'It is simply wrong.'), code: 'wrong' as never, severity: 'notice' },
        ],
      }),
    },
  ],
  'sound-documents-pass': [
    {
      how: 'everything refused',
      on: 'push',
      change: (t) => ({ ...t, validate: (d) => [problem('no-lines', d.record, 'I take nothing at all.')] }),
    },
  ],
  'export-is-pure': [{ how: 'a clock in the payload', on: 'push', change: (t) => ({ ...t, export: counting() }) }],
  'payloads-are-json': [
    { how: 'a date in the payload', on: 'push', change: (t) => ({ ...t, export: () => ({ at: new Date(0) }) }) },
  ],
  'export-conserves-money': [
    {
      how: 'a cent lost',
      on: 'push',
      change: (t) => ({ ...t, export: (d) => ({ ...d, total: 'total' in d ? Math.max(0, d.total - 1) : 0, amount: 0 }) }),
    },
  ],
};
