import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MUTANTS, tryKit } from './kit-mutations.ts';
import { root } from './turbo.ts';

it('at least 60 faults are planted, each in a text that its file has once', () => {
  const lost = MUTANTS.filter(({ file, find }) => readFileSync(join(root, file), 'utf8').split(find).length !== 2);
  expect(lost.map(({ file, what }) => `${file}: ${what}`)).toEqual([]);
  expect(MUTANTS.length).toBeGreaterThanOrEqual(60);
});

it('a fault that the kit can’t notice has a reason that others can judge', () => {
  for (const { reason } of MUTANTS) expect(reason ?? 'no reason is needed').toMatch(/.{15,}/);
});

// All of them take minutes: `npm run kit-mutations`.
it.each(MUTANTS.filter(({ on }) => on === 'memory').filter((_, at) => at % 20 === 0))(
  'the kit notices $what',
  async (mutant) => {
    const { failures } = await tryKit(mutant.on, mutant);
    expect(failures).toHaveLength(1);
  },
  60_000,
);
