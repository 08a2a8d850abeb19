import { type Breakers, chart, discovered } from './targets.testing.ts';

/** For each law of chart.ts, targets that break it. */
export const BREAKERS: Breakers = {
  'discover-reads-only': [
    {
      how: 'a chart without accounts',
      on: 'push',
      change: (t) => chart({ discover: async () => ({ ...(await discovered(t)), accounts: [] }) })(t),
    },
    {
      how: 'a chart that grows',
      on: 'push',
      change: (t) => {
        let n = 0;
        return chart({
          discover: async () => ({ ...(await discovered(t)), terms: [{ name: `Net ${n++}`, active: true }] }),
        })(t);
      },
    },
  ],
  'suggestions-are-accounts': [
    { how: 'an account from nowhere', on: 'push', change: chart({ suggest: () => ({ income: 'Sales' }) }) },
    { how: 'an account that is out of use', on: 'push', change: chart({ suggest: () => ({ income: 'Old services' }) }) },
    {
      how: 'an account for any chart',
      on: 'push',
      change: chart({ suggest: () => ({ income: 'Services' }) }),
    },
  ],
  'classes-are-made-once': [
    {
      how: 'a class made each time',
      on: 'push',
      change: (t) => {
        let n = 0;
        return chart({
          createClasses: async (_: unknown, names: readonly string[]) =>
            names.map((name) => ({ status: 'created', name, externalId: `class-${n++}` })),
        })(t);
      },
    },
    {
      how: 'a class that is only said to be there',
      on: 'push',
      change: chart({
        createClasses: async (_: unknown, names: readonly string[]) =>
          names.map((name) => ({ status: 'found', name, externalId: name })),
      }),
    },
  ],
};
