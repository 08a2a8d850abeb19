import { type Theme, themeOf } from './themes.ts';

/** The first seeds from there on that play such a theme. */
export function seedsOf(wanted: (theme: Theme) => boolean, from: number, count: number): number[] {
  const found: number[] = [];
  for (let seed = from; found.length < count; seed++) if (wanted(themeOf(seed))) found.push(seed);
  return found;
}
