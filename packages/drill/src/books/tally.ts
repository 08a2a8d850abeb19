import type { Item } from './claims.ts';

/** Counts what a drill did and met, as evidence that it was not idle. */
export class Tally {
  readonly #counts = new Map<string, Map<string, number>>();

  count(what: string, which: string, times = 1): void {
    const counts = this.#counts.get(what) ?? new Map<string, number>();
    counts.set(which, (counts.get(which) ?? 0) + times);
    this.#counts.set(what, counts);
  }

  batch(state: string, items: readonly Item[]): void {
    this.count('batch ends', state);
    for (const item of items) {
      this.count('documents', item.state);
      this.count('operations', item.operation);
      if (item.problems.length > 0 && item.state !== 'posted') this.count(`${item.state} for`, item.problems.at(-1)!.code);
    }
  }

  /** Counts what an undo left in the books, and why. */
  undo(state: string, items: readonly Item[]): void {
    this.count('undos', state);
    for (const item of items) {
      if (item.state === 'undone') this.count('documents', 'undone');
      if (item.state === 'left') this.count('documents', 'left');
      if (item.state === 'left' && item.problems.length > 0) this.count('left for', item.problems.at(-1)!.code);
    }
  }

  of(what: string): ReadonlyMap<string, number> {
    return this.#counts.get(what) ?? new Map();
  }

  sum(what: string): number {
    return [...this.of(what).values()].reduce((sum, count) => sum + count, 0);
  }

  lines(): readonly string[] {
    return [...this.#counts].map(([what, counts]) => {
      const parts = [...counts].sort(([, a], [, b]) => b - a).map(([which, count]) => `${which} ${count}`);
      return `${what}: ${parts.join(', ')}`;
    });
  }
}
