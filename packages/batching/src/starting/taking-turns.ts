/** Several long computations on one event loop, each in pieces. */
export interface Turns {
  /** Resolves when the caller may compute its next piece: after whatever came in meanwhile, and one caller at a time. */
  next(): Promise<void>;
}

/** However many computations there are, what comes in waits for one piece at most. */
export function takingTurns(): Turns {
  let last: Promise<void> = Promise.resolve();
  return {
    next() {
      last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
      return last;
    },
  };
}

/** Does the work of a name when it is its turn. Works of other names don't wait. */
export type FewAtOnce = <T>(name: string, place: number, work: () => Promise<T>) => Promise<T>;

interface Name {
  busy: number;
  readonly waiting: { readonly place: number; readonly begin: () => void }[];
}

/**
 * Of the works of one name, a few run at once. Of those that wait, the one with the lowest place begins next; of one place, the one
 * that came first.
 */
export function fewAtOnce(most: number): FewAtOnce {
  const names = new Map<string, Name>();
  return async (name, place, work) => {
    const known = names.get(name) ?? { busy: 0, waiting: [] };
    names.set(name, known);
    const { waiting } = known;
    if (known.busy < most) known.busy += 1;
    else
      await new Promise<void>((begin) => {
        const behind = waiting.findIndex((other) => other.place > place);
        waiting.splice(behind === -1 ? waiting.length : behind, 0, { place, begin });
      });
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place of this work is the next one's.
      if (next !== undefined) next.begin();
      else known.busy -= 1;
      if (known.busy === 0) names.delete(name);
    }
  };
}
