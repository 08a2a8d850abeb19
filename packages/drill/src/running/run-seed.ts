import type { Switches } from '@ledgerpost/qbo-simulator';
import { examine } from '../books/examine.ts';
import type { Tally } from '../books/tally.ts';
import { scriptLike } from '../story/script.ts';
import type { Step } from '../story/steps.ts';
import { connect } from './connect.ts';
import type { DrillStack } from './drill-stack.ts';
import { playBatch, playRetry, putRecords } from './play-batch.ts';
import { playCheck, playDecisions } from './play-drift.ts';
import { playMatch } from './play-match.ts';
import { playPerson } from './play-person.ts';
import { settle } from './play-settle.ts';
import { undo, undoAll } from './play-undo.ts';
import { Stage, stands } from './stage.ts';

/** The result of one seed. */
export interface SeedResult {
  readonly seed: number;
  readonly theme: string;
  /** What differs, a sentence each. */
  readonly findings: readonly string[];
  /** The play itself broke off: the machine was too busy, or something answered that should not have. It proves nothing about the books. */
  readonly brokeOff: boolean;
  /** What happened, in order, for anyone who investigates a finding. */
  readonly story: readonly string[];
  readonly ms: number;
}

/** What the seeds of one drill share, and where this one keeps its story. */
export interface Play {
  readonly tally: Tally;
  /** A part of the companies' ids, so that no two drills share one. */
  readonly run: string;
  readonly story: string[];
  /** These win over the seed's own. */
  readonly switches?: Partial<Switches> | undefined;
}

/** Plays one seed's script on a company and books of its own. */
export async function runSeed(stack: DrillStack, seed: number, { tally, run, story, switches }: Play): Promise<SeedResult> {
  const began = Date.now();
  const script = scriptLike(seed, switches);
  const stage = new Stage(stack, script, tally, run, story);
  let brokeOff = false;
  try {
    await playAll(stage);
  } catch (error) {
    brokeOff = true;
    stage.findings.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    stage.forget();
  }
  return { seed, theme: script.theme, findings: stage.findings, brokeOff, story: stage.story, ms: Date.now() - began };
}

async function playAll(stage: Stage): Promise<void> {
  const { settings, steps, theme, seed } = stage.script;
  stage.tally.count('theme', theme);
  await stage.ask('PUT', stage.path, { name: `Drill ${seed}`, timeZone: 'America/Los_Angeles', currency: 'USD' });
  await stage.ask('PUT', `${stage.path}/targets/qbo`, settings);
  await connect(stage.stack, stage.id, stage.books.realmId);
  for (const [at, step] of steps.entries()) {
    stage.note(`${at + 1}. ${step.do}${step.do === 'person' ? `: ${JSON.stringify(step.act)}` : ''}`);
    await play(stage, step);
    if (step.do !== 'put' && step.do !== 'person' && step.do !== 'match')
      compareBooks(stage, `after step ${at + 1} (${step.do})`);
    if (stage.findings.length > 0) return;
  }
  if (theme === 'limits on') expectNoThrottling(stage);
}

async function play(stage: Stage, step: Step): Promise<void> {
  switch (step.do) {
    case 'put':
      return putRecords(stage, step.records);
    case 'person':
      return playPerson(stage, step.act);
    case 'match':
      return playMatch(stage, step);
    case 'batch':
      return playBatch(stage, step);
    case 'retry':
      return playRetry(stage);
    case 'undo': {
      const last = stage.batches.findLast(({ items }) => items.some(stands));
      if (last !== undefined) await undo(stage, last, step.faults, step.killIn, step.checkIn);
      return;
    }
    case 'check':
      return playCheck(stage, step);
    case 'decide':
      return playDecisions(stage, step.choices);
    case 'settle':
      return settle(stage);
    case 'undo all':
      return undoAll(stage, step.faults, () => compareBooks(stage, 'between two undos'));
    default:
      return step satisfies never;
  }
}

/** Compares the books with the records and the API, and adds what differs to the findings. */
function compareBooks(stage: Stage, when: string): void {
  const mayDiffer = stage.script.theme === 'automated tax has other totals';
  const { findings } = examine(stage.books, stage.batches, stage.hands, mayDiffer);
  const overwritten = stage.isDrift ? stage.drift.stands() : [];
  stage.findings.push(...[...findings, ...overwritten].map((finding) => `${when}: ${finding}`));
}

function expectNoThrottling({ stack, books, findings }: Stage): void {
  const throttled = stack.simulator.control.requests().filter((one) => one.realmId === books.realmId && one.trouble === 'limit');
  if (throttled.length > 0)
    findings.push(`${throttled.length} requests were throttled that our own limiter should have held back.`);
}
