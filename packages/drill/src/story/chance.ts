import { type Random, randomFrom } from '@ledgerpost/devstack/sample';

/** Chance that gives the same for the same seed. */
export type Chance = Random;

/** Begun with a well mixed seed, so that neighbouring seeds have nothing in common. */
export function chanceFrom(seed: number): Chance {
  return randomFrom(Math.imul((seed ^ 0x9e3779b9) >>> 0, 0x85ebca6b));
}
