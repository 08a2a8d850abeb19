import { type Chart, nearest } from '@ledgerpost/core';

/** A class that records use, and whether the books have it. */
export interface ClassStatus {
  readonly name: string;
  /** `ambiguous`: the books have no class of exactly this name, but similar ones (another case, or under a parent). */
  readonly status: 'verified' | 'inactive' | 'missing' | 'ambiguous';
  /** What may be meant, nearest first. */
  readonly nearest?: readonly string[];
}

/** The status of each class. */
export function classStatuses(names: readonly string[], chart: Chart): readonly ClassStatus[] {
  const exact = new Map(chart.classes.map((one) => [one.name, one]));
  const like = new Map<string, string[]>();
  for (const { name } of chart.classes) {
    for (const key of new Set([fold(name), fold(lastOf(name))])) like.set(key, [...(like.get(key) ?? []), name]);
  }
  const all = chart.classes.map(({ name }) => name);
  return names.map((name): ClassStatus => {
    const found = exact.get(name);
    if (found !== undefined) return { name, status: found.active ? 'verified' : 'inactive' };
    const meant = like.get(fold(name));
    if (meant !== undefined) return { name, status: 'ambiguous', nearest: meant.slice(0, 3) };
    const near = nearest(name, all);
    return near.length === 0 ? { name, status: 'missing' } : { name, status: 'missing', nearest: near };
  });
}

function fold(name: string): string {
  return name.toLowerCase().replace(/\s+/g, ' ').trim();
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}
