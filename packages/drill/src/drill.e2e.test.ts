import { describe, expect, it } from 'vitest';
import { type DrillReport, failed, report, runDrill } from './run-drill.ts';
import { FAULT_KINDS } from './story/faults.ts';
import { scriptOf } from './story/script.ts';
import { TAXED, TAXED_FROM, THEMES } from './story/themes.ts';

/** Each theme once; the longest stories begin first, so that none of them plays on when all others are over. */
const SEEDS = [TAXED_FROM + 3, ...THEMES.map((_, at) => at + 1)].sort((a, b) => lengthOf(b) - lengthOf(a));

/** A fault takes about as long as two steps without one. */
function lengthOf(seed: number): number {
  const { steps } = scriptOf(seed);
  return steps.length + 2 * steps.reduce((sum, step) => sum + ('faults' in step ? step.faults.length : 0), 0);
}

describe('the drill', () => {
  let done: DrillReport;

  it('after a seed of each theme, with batches and undos under faults, the books agree with the records and the API', async () => {
    done = await runDrill({ seeds: SEEDS, atOnce: 24, workers: 2, hasten: true, print: (line) => console.log(line) });
    console.log(report(done));
    expect(done.results.filter(({ findings }) => findings.length > 0).map(failed)).toEqual([]);
    expect(done.results).toHaveLength(SEEDS.length);
  }, 900_000);

  it('was not idle: every kind of fault struck, and documents reached every end state', () => {
    const struck = done.tally.of('faults');
    expect(FAULT_KINDS.filter((kind) => !struck.has(kind))).toEqual([]);
    const ends = done.tally.of('documents');
    expect(
      ['posted', 'rejected', 'blocked', 'refused', 'conflict', 'differs', 'released'].filter((state) => !ends.has(state)),
    ).toEqual([]);
    expect(done.kills).toBeGreaterThan(2);
    expect(done.tally.of('undos').get('of everything')).toBeGreaterThan(5);
    expect(done.tally.of('operations').size).toBeGreaterThanOrEqual(6);
  });

  it('plays the same story for the same seed, and every theme in turn', () => {
    for (const seed of [1, 7, 1_999]) expect(scriptOf(seed)).toEqual(scriptOf(seed));
    expect(scriptOf(3)).not.toEqual(scriptOf(4));
    expect(new Set(SEEDS.map((seed) => scriptOf(seed).theme))).toEqual(new Set([...THEMES, TAXED]));
  });
});
