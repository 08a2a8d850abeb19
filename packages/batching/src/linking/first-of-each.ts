import type { Problem } from '@ledgerpost/core';

/** A notice on thousands of documents would hide the others: the first document of each has it. */
export function firstOfEach(
  uses: readonly { readonly seq: number; readonly key: string }[],
  told: ReadonlyMap<string, Problem>,
): { seq: number; problem: Problem }[] {
  const first = new Map([...uses].reverse().map((use) => [use.key, use.seq]));
  return [...first].map(([key, seq]) => ({ seq, problem: told.get(key)! }));
}
