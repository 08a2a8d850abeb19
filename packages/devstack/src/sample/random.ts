/** Repeatable chance: the same seed gives the same company. */
export interface Random {
  /** A whole number from `from` to `to`, both inclusive. */
  int(from: number, to: number): number;
  /** True that many times in a hundred. */
  percent(share: number): boolean;
  pick<T>(choices: readonly T[]): T;
  /** Takes up to `count` of them, in a random order, without repeating one. */
  take<T>(count: number, choices: readonly T[]): T[];
}

/** Mulberry32: small and even enough for sample data. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    int,
    percent: (share) => next() * 100 < share,
    pick: (choices) => choices[int(0, choices.length - 1)]!,
    take(count, choices) {
      const rest = [...choices];
      const taken = [];
      while (taken.length < count && rest.length > 0) taken.push(...rest.splice(int(0, rest.length - 1), 1));
      return taken;
    },
  };
}
