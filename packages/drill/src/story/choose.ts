import type { Chance } from './chance.ts';
import { CHEAP_FAULTS, FAULTS, type FaultKind } from './faults.ts';
import type { Fault } from './steps.ts';
import type { World } from './world.ts';

/** Up to two cheap faults by chance, and the one that the theme asks for. */
export function someFaults(chance: Chance, own: FaultKind | undefined): Fault[] {
  const kinds = chance.take(chance.pick([0, 1, 1, 2]), CHEAP_FAULTS);
  if (own !== undefined) kinds.push(own);
  return [...new Set(kinds)].map((kind) => ({ kind, rules: FAULTS[kind](chance) }));
}

/** The key of an invoice of the world. */
export function someInvoice(world: World, chance: Chance): string {
  return chance.pick(named(world, 'invoice'));
}

/** Keys of the world's records of a type. */
export function named(world: World, type: string): string[] {
  return [...world.records.keys()].filter((key) => key.startsWith(`${type}/`));
}
