import { type Breakers, changes, readback } from './targets.testing.ts';

/** For each law of readback.ts, targets that break it. */
export const BREAKERS: Breakers = {
  'readback-finds-the-same': [
    { how: 'a change where there is none', on: 'push', change: readback((outcome) => ({ ...outcome, status: 'changed' })) },
    { how: 'items under other numbers', on: 'push', change: readback((outcome) => ({ ...outcome, seq: outcome.seq + 1 })) },
    {
      how: 'one side of an entry alone',
      on: 'push',
      change: readback((outcome) => ({
        ...outcome,
        holds: { entries: [{ role: 'income', account: 'A', class: null, amount: 1 }] },
      })),
    },
  ],
  'readback-sees-a-persons-change': [
    { how: 'no change seen', on: 'push', change: readback(({ seq }) => ({ status: 'same', seq })) },
    {
      how: 'a change without a sentence',
      on: 'push',
      change: readback((outcome) => ({ ...outcome, problem: { message: 'changed' } })),
    },
  ],
  'readback-misses-what-is-gone': [
    { how: 'nothing missed', on: 'push', change: readback((outcome) => ({ ...outcome, status: 'changed' })) },
  ],
  'a-reallocation-is-seen': [
    {
      how: 'a version for the content alone',
      on: 'push',
      change: readback((outcome) => ({ status: 'same', seq: outcome.seq })),
    },
  ],
  'a-kept-change-reads-the-same': [
    {
      how: 'the receipt of what was posted',
      on: 'push',
      change: readback((outcome) =>
        outcome.receipt ? { ...outcome, receipt: { ...outcome.receipt, externalVersion: '1' } } : outcome,
      ),
    },
  ],
  'changes-name-what-changed': [
    { how: 'a change left out', on: 'push', change: changes((given) => ({ ...given, documents: given.documents.slice(1) })) },
    {
      how: 'changes given once',
      on: 'push',
      change: (t) => {
        const asked = new Set<number>();
        return changes((given, since) => {
          if (!asked.has(since)) asked.add(since);
          else return { ...given, documents: [] };
          return given;
        })(t);
      },
    },
    {
      how: 'an instant that runs backwards',
      on: 'push',
      change: changes((given) => ({ ...given, through: -given.through - 1 })),
    },
  ],
  'changes-name-what-is-gone': [{ how: 'no deletions', on: 'push', change: changes((given) => ({ ...given, documents: [] })) }],
  'changes-of-long-ago-are-not-left-out': [
    {
      how: 'nothing of long ago',
      on: 'push',
      change: changes((given, since) => (since === 0 ? { ...given, untold: [] } : given)),
    },
  ],
  'readback-by-hand-is-explained': [
    { how: 'no instructions', on: 'files', change: (t) => ({ ...t, readback: { by: 'hand', instructions: '' } }) },
  ],
};
