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
