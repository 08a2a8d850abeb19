/** For a write that waits for the company's lock while the one before it is made: Postgres has its next work at once then. */
export interface InLine {
  /** The write before. If it fails, nothing of this one is written. Its lock must be held already, or each would wait for the other. */
  readonly before: Promise<unknown>;
  /** Called once this write has the lock. */
  locked(): void;
}

/** The writes of one sender, made one after the other: while one is made the next stands in line at the lock, and no more than that. */
export interface WritesInLine {
  /**
   * Begins a write as soon as there is room in the line.
   * @throws what a write before it failed with; nothing behind that one is written
   */
  add(write: (inLine: InLine) => Promise<void>): Promise<void>;
  /** Once all are made. @throws what the first that failed did */
  ended(): Promise<void>;
}

export function writesInLine(): WritesInLine {
  let newest: Promise<void> = Promise.resolve();
  /** Until the newest has its lock, or has ended without. */
  let room: Promise<void> = Promise.resolve();
  let failure: { readonly of: unknown } | undefined;
  return {
    async add(write) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const before = room;
      room = promise;
      await before;
      if (failure !== undefined) {
        resolve();
        throw failure.of;
      }
      const behind = newest;
      // It may fail before the one before it is made, and is not over before that is.
      newest = write({ before: behind, locked: resolve }).finally(() => behind.catch(() => {}));
      // A failure is thrown to the next one, and at the end; until then it must not count as unhandled.
      newest.then(resolve, (error: unknown) => {
        failure ??= { of: error };
        resolve();
      });
    },
    ended: () => newest,
  };
}
