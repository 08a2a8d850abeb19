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

/** Of the works of one name, one at a time runs, in the order in which they came; other names don't wait. */
export function oneAtATime(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return async (name, work) => {
    const before = last.get(name);
    const done = (before ?? Promise.resolve()).then(work, work);
    last.set(name, done);
    try {
      return await done;
    } finally {
      if (last.get(name) === done) last.delete(name);
    }
  };
}
