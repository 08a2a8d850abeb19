import type { Alarm, Switches } from '@ledgerpost/qbo-simulator';
import { Tally } from './books/tally.ts';
import { startDrillStack } from './running/drill-stack.ts';
import { runSeed, type SeedResult } from './running/run-seed.ts';

export interface DrillOrder {
  readonly seeds: readonly number[];
  /** Number of seeds played at the same time, each with a company of its own. */
  readonly atOnce: number;
  readonly workers: number;
  /** Start no more seeds after one that failed. */
  readonly bail?: boolean | undefined;
  /** How the books of every seed behave where the seed would choose: as some real books do. */
  readonly switches?: Partial<Switches> | undefined;
  /** A fault that the product is loaded with, see `PLANTED`: the drill has to notice it. */
  readonly plant?: string | undefined;
  /** The product waits for QuickBooks a fifth of the time, see `HASTENED`. */
  readonly hasten?: boolean | undefined;
  /** Start no more seeds after so many minutes; absent: all of them. */
  readonly minutes?: number | undefined;
  readonly print: (line: string) => void;
}

/** In milliseconds: long enough that a worker counts as dead. See HEARTBEAT_SECONDS of the stack. */
const FROZEN_MS = 6_000;

export interface DrillReport {
  readonly results: readonly SeedResult[];
  readonly tally: Tally;
  readonly kills: number;
  readonly seconds: number;
}

/** Plays seeds against all of Ledgerpost, and reports what differs. */
export async function runDrill(order: DrillOrder): Promise<DrillReport> {
  const { seeds, atOnce, workers, bail, switches, plant, minutes = Number.POSITIVE_INFINITY, print } = order;
  const tally = new Tally();
  const alarmed = async ({ port, after, name }: Alarm): Promise<void> => {
    if (name === 'freeze') return stack.freezeWorker(port, FROZEN_MS);
    tally.count('faults', after ? 'worker killed after commit' : 'worker killed before commit');
    await stack.killWorker(port);
  };
  const stack = await startDrillStack(workers, alarmed, order);
  const began = Date.now();
  const results: SeedResult[] = [];
  const waiting = [...seeds];
  const run = `drill-${Date.now().toString(36)}`;

  const noticed = Promise.withResolvers<void>();
  let over = false;
  const playing = new Map<number, readonly string[]>();
  const watch = setInterval(() => {
    const lines = [...playing].map(([seed, story]) => `${seed}: ${story.at(-1)?.trim().slice(0, 100)}`);
    print(`${results.length} seeds in ${Math.round((Date.now() - began) / 1_000)} s; playing ${lines.join(' | ')}`);
  }, 60_000);

  async function lane(): Promise<void> {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      if (Date.now() - began > minutes * 60_000) return;
      const story: string[] = [];
      playing.set(seed, story);
      const result = await runSeed(stack, seed, { tally, run, story, switches });
      playing.delete(seed);
      results.push(result);
      if (result.findings.length > 0 && !over) {
        print(failed(result));
        if (plant !== undefined && result.brokeOff) continue;
        if (bail) waiting.length = 0;
        noticed.resolve();
      }
    }
  }
  try {
    const lanes = Promise.all(Array.from({ length: Math.min(atOnce, seeds.length) }, lane));
    // One seed that notices a planted fault is enough.
    await (plant === undefined ? lanes : Promise.race([lanes, noticed.promise]));
    over = true;
    if (results.some(({ findings }) => findings.length > 0)) print(stack.lastWords());
  } finally {
    clearInterval(watch);
    await stack.stop();
  }
  return { results, tally, kills: stack.kills, seconds: (Date.now() - began) / 1_000 };
}

/** The report of a failed seed, with the command that plays it again. */
export function failed(result: SeedResult): string {
  const { seed, theme, findings } = result;
  return [
    `\nSeed ${seed} (${theme}) failed. Play it again: npm run drill -- --seed ${seed}`,
    ...told(result),
    ...findings.slice(0, 20).map((finding) => `  ! ${finding}`),
  ].join('\n');
}

/** What happened in a seed, a line each. */
export function told({ story }: SeedResult): string[] {
  return story.map((line) => `    ${line}`);
}

export function report({ results, tally, kills, seconds }: DrillReport): string {
  const bad = results.filter(({ findings }) => findings.length > 0);
  const slow = [...results].sort((a, b) => b.ms - a.ms).slice(0, 5);
  return [
    `\n${results.length} seeds in ${Math.round(seconds)} s: ${tally.sum('batches')} batches, ${tally.of('undos').get('started') ?? 0} undos, ${tally.sum('documents')} documents, ${kills} workers killed.`,
    ...tally.lines().map((line) => `  ${line}`),
    `  slowest: ${slow.map(({ seed, theme, ms }) => `${seed} (${theme}) ${Math.round(ms / 1_000)} s`).join(', ')}`,
    bad.length === 0
      ? 'The books agree with the records in every seed.'
      : `${bad.length} seeds failed: ${bad.map(({ seed }) => seed).join(', ')}.`,
  ].join('\n');
}
