import { CONTRACT_VERSION } from '@ledgerpost/core';
import { booksSettings } from '@ledgerpost/core/schemas';
import { z } from 'zod';
import type { Breakers } from './targets.testing.ts';

/** For each law of identity.ts, targets that break it. */
export const BREAKERS: Breakers = {
  'built-for-this-contract': [
    { how: 'an older contract', on: 'push', change: (t) => ({ ...t, contract: (CONTRACT_VERSION - 1) as never }) },
  ],
  'named-for-good': [{ how: 'an id with a capital', on: 'push', change: (t) => ({ ...t, id: 'Xero' }) }],
  'stages-in-order': [
    {
      how: 'an operation in two stages',
      on: 'push',
      change: (t) => ({ ...t, stages: [...t.stages, { id: 'more', name: 'More', operations: ['invoice.insert'] }] }),
    },
    {
      how: 'two stages of one id',
      on: 'push',
      change: (t) => ({ ...t, stages: [...t.stages, { ...t.stages[0]!, operations: ['warning.list'] }] }),
    },
  ],
  'settings-need-nothing': [
    { how: 'a required member', on: 'push', change: (t) => ({ ...t, settings: booksSettings.extend({ realm: z.string() }) }) },
  ],
  'settings-are-a-form': [
    {
      how: 'a secret that is not marked',
      on: 'push',
      change: (t) => ({ ...t, settings: booksSettings.extend({ apiKey: z.string().optional() }) }),
    },
    { how: 'no object', on: 'push', change: (t) => ({ ...t, settings: z.any() }) },
  ],
  'voids-have-a-stage': [
    {
      how: 'a choice that leads nowhere',
      on: 'push',
      change: (t) => ({
        ...t,
        stages: t.stages.map((stage) => ({ ...stage, operations: stage.operations.filter((one) => one !== 'invoice.void') })),
      }),
    },
  ],
  'untaken-is-said': [
    {
      how: 'an operation that vanishes without a word',
      on: 'push',
      change: (t) => ({ ...t, stages: t.stages.filter(({ id }) => id !== 'payments') }),
    },
    {
      how: 'a reason without a next step',
      on: 'push',
      change: (t) => ({
        ...t,
        stages: t.stages.filter(({ id }) => id !== 'payments'),
        untaken: { 'payment.insert': 'no', 'payment.update': 'no' },
      }),
    },
    {
      how: 'a reason for what it takes',
      on: 'push',
      change: (t) => ({ ...t, untaken: { 'invoice.insert': 'Enter it there.' } }),
    },
  ],
  'limits-are-characters': [
    {
      how: 'a limit of zero',
      on: 'push',
      change: (t) => ({ ...t, limits: () => ({ number: 0, refNo: 21, customerName: 100 }) }),
    },
  ],
  'open-touches-no-network': [
    {
      how: 'an access that is asked for at once',
      on: 'push',
      change: (t) => ({
        ...t,
        open: (settings, context) => {
          context.access().catch(() => {});
          return t.open(settings, context);
        },
      }),
    },
  ],
  'check-says-whose-books': [
    { how: 'no name', on: 'push', change: (t) => ({ ...t, check: async () => ({ company: ' ', account: 'a' }) }) },
    { how: 'no id of the books', on: 'push', change: (t) => ({ ...t, check: async () => ({ company: 'A' }) }) },
    {
      how: 'a currency by its sign',
      on: 'push',
      change: (t) => ({ ...t, check: async () => ({ company: 'A', account: 'a', currency: '$' }) }),
    },
    {
      how: 'another company every time',
      on: 'push',
      change: (t) => ({ ...t, check: async () => ({ company: `${process.hrtime.bigint()}`, account: 'a' }) }),
    },
  ],
};
