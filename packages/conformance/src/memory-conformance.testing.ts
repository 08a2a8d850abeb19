import type { AnyTarget } from '@ledgerpost/core';
import type { Conformance } from './law.ts';
import { givenFor } from './memory-given.testing.ts';
import { memoryBooks, memoryTarget } from './memory-target.ts';

/** The target in memory, and what its author tells the kit. */
export async function conformanceOf(): Promise<{ target: AnyTarget; given: Conformance; stop(): void }> {
  const books = memoryBooks();
  return { target: memoryTarget(books), given: givenFor(books), stop() {} };
}
