import { type Random, randomFrom } from '@ledgerpost/devstack/sample';

/** Chance that repeats for the same seed. */
export type Chance = Random;

/** Starts from a well-mixed seed, so that neighboring seeds have nothing in common. */
export function chanceFrom(seed: number): Chance {
  return randomFrom(Math.imul((seed ^ 0x9e3779b9) >>> 0, 0x85ebca6b));
}
