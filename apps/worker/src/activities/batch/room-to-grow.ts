import { setFlagsFromString } from 'node:v8';

/** How far the heap may grow after a collection, in percent of what was left. V8's own choice is some 40. */
const PERCENT = 200;
const AS_V8_CHOOSES = 0;

/** Does some work, with room for the heap to grow meanwhile. */
export type RoomToGrow = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Lets the heap of this process grow further between full collections as long as any such work goes on. While a large batch is frozen,
 * V8 would collect twice a second, with helpers that take a third of a core from Postgres. At all times the worker would need more memory:
 * an import of a million rows some 70 MB. V8 reads the flag at the end of each collection, so that it can be changed.
 * @param set for tests
 */
export function roomToGrow(set: (flag: string) => void = setFlagsFromString): RoomToGrow {
  let works = 0;
  return async (work) => {
    works += 1;
    if (works === 1) set(`--heap-growing-percent=${PERCENT}`);
    try {
      return await work();
    } finally {
      works -= 1;
      if (works === 0) set(`--heap-growing-percent=${AS_V8_CHOOSES}`);
    }
  };
}
