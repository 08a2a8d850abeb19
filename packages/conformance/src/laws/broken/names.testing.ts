import { type Breakers, delivery } from './targets.testing.ts';

/** For each law of names.ts, targets that break it. */
export const BREAKERS: Breakers = {
  'creating-twice-creates-once': [
    {
      how: 'a name created each time',
      on: 'push',
      change: (t) => {
        let n = 0;
        return delivery({
          create: async (_: unknown, needs: readonly object[]) =>
            needs.map((need) => ({ status: 'created', need, externalId: `name-${n++}` })),
        })(t);
      },
    },
  ],
  'created-names-are-found': [
    {
      how: 'names in another order',
      on: 'push',
      change: (t) =>
        t.delivery.by === 'push'
          ? delivery({
              find: async (s: unknown, needs: never[]) =>
                t.delivery.by === 'push' ? [...(await t.delivery.find(s, needs))].reverse() : [],
            })(t)
          : t,
    },
    { how: 'a create that creates nothing', on: 'push', change: delivery({ create: async () => [] }) },
    {
      how: 'a find that creates',
      on: 'push',
      change: (t) => (t.delivery.by === 'push' ? delivery({ find: t.delivery.create })(t) : t),
    },
  ],
};
