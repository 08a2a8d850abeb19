import type { AnyTarget } from '@ledgerpost/core';
import { quickbooksOnline } from '@ledgerpost/qbo-plugin';
import { saasant } from '@ledgerpost/saasant-plugin';
import { registry } from './registry.ts';

/** The installed targets: one line each. What is listed here has a form, a queue and a name everywhere else. */
export const TARGETS: readonly AnyTarget[] = registry([
  saasant, //
  quickbooksOnline,
]);

const byId = new Map(TARGETS.map((target) => [target.id, target]));

/** The installed target of that id, or undefined. */
export function targetById(id: string): AnyTarget | undefined {
  return byId.get(id);
}
