import { expect, it } from 'vitest';
import { projectFiles } from './project-files.ts';

/*
 * What goes wrong between field-service systems and books was collected as 88 numbered cases. Tests that hold one begin with
 * its number; this one notices when the last of a case goes.
 */
const CASES = 88;

it('each of the cases has a test that is named after it', () => {
  const named = new Set<number>();
  for (const { path, text } of projectFiles()) {
    if (!path.endsWith('.test.ts')) continue;
    for (const [, numbers] of text.matchAll(/['"`]cases? ((?:\d+(?:, | and )?)+)/g)) {
      for (const [number] of numbers!.matchAll(/\d+/g)) named.add(Number(number));
    }
  }
  const without = Array.from({ length: CASES }, (_, n) => n + 1).filter((number) => !named.has(number));
  expect(without).toEqual([]);
});
