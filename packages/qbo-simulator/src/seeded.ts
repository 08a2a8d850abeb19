/** A source of chance that gives the same sequence for the same seed. */
export interface Chance {
  /** A number from 0 up to 1. */
  next(): number;
  /** So many characters of the alphabet. */
  text(length: number, alphabet?: string): string;
}

/** Chance from a seed (mulberry32). */
export function seeded(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    text: (length, alphabet = '0123456789abcdef') =>
      Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]).join(''),
  };
}
