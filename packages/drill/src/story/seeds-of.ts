import { THEMES, type Theme } from './themes.ts';

/** The first seeds from there on that play such a theme. */
export function seedsOf(wanted: (theme: Theme) => boolean, from: number, count: number): number[] {
  const found: number[] = [];
  for (let seed = from; found.length < count; seed++) if (wanted(THEMES[seed % THEMES.length]!)) found.push(seed);
  return found;
}
