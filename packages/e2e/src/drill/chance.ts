/** Chance that gives the same for the same seed. */
export interface Chance {
  /** A whole number from `from` to `to`, both inclusive. */
  int(from: number, to: number): number;
  /** True that many times in a hundred. */
  percent(share: number): boolean;
  pick<T>(choices: readonly T[]): T;
  /** Up to `count` of them, in a random order, none twice. */
  take<T>(count: number, choices: readonly T[]): T[];
}

/** Mulberry32, begun with a well mixed seed, so that neighbouring seeds have nothing in common. */
export function chanceFrom(seed: number): Chance {
  let state = Math.imul((seed ^ 0x9e3779b9) >>> 0, 0x85ebca6b) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    int,
    percent: (share) => int(0, 99) < share,
    pick: (choices) => choices[int(0, choices.length - 1)]!,
    take(count, choices) {
      const rest = [...choices];
      const taken = [];
      while (taken.length < count && rest.length > 0) taken.push(...rest.splice(int(0, rest.length - 1), 1));
      return taken;
    },
  };
}
