import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import {
  condition,
  defineSignal,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type {
  BatchReport,
  Chunk,
  CoreActivities,
  EarlyEnd,
  Manifest,
  Orders,
  Reason,
  StageRange,
  TargetActivities,
} from './activities.ts';
import { ENGINE_QUEUE, NUDGE, SEARCH_ATTRIBUTES, targetQueue } from './names.ts';
import { CHUNK, LOOK_AGAIN_MS, noticing, WHOLE } from './policies.ts';

export type Step = 'select' | 'validate' | 'export' | 'approve' | 'push' | 'record';
const STEPS: readonly Step[] = ['select', 'validate', 'export', 'approve', 'push', 'record'];

/** Where a batch goes on after its history was cut: all that a new run must know. */
export interface Checkpoint {
  readonly manifest: Manifest;
  readonly stages: readonly StageRange[];
  readonly items: number;
  readonly step: Step;
  /** Within the step: which pass, and from which item on. */
  readonly pass: string;
  readonly cursor: number;
  readonly notes: readonly string[];
  /** How often the batch was held and went on. */
  readonly resumes: number;
}

const nudge = defineSignal(NUDGE);
const stateKey = defineSearchAttributeKey(SEARCH_ATTRIBUTES.state, SearchAttributeType.KEYWORD);

/** Calls an activity with a line for ops to read in the timeline. */
type Told<F> = F extends (order: infer O) => infer R ? (order: O, summary: string) => R : never;
export type ToldActivities<A> = { [K in keyof A]: Told<A[K]> };

export function told<A extends object>(prefix: string, taskQueue: string, options: typeof CHUNK): ToldActivities<A> {
  return new Proxy({} as ToldActivities<A>, {
    get(_, verb) {
      const name = `${prefix}.${String(verb)}`;
      return (order: unknown, summary: string) =>
        proxyActivities<Record<string, (order: unknown) => Promise<unknown>>>({ ...options, taskQueue, summary })[name]!(order);
    },
  });
}

/** How one batch (or undo) is followed: what ops see, what people order, and the workers' verbs. */
export function follow(
  order: { target: string; batchId: string; name: string; heartbeatSeconds?: number | undefined },
  from?: { notes: readonly string[] },
) {
  const chunk = noticing(CHUNK, order.heartbeatSeconds);
  const core = told<CoreActivities>('core', ENGINE_QUEUE, chunk);
  const target = told<TargetActivities>(order.target, targetQueue(order.target), chunk);
  const whole = told<TargetActivities>(order.target, targetQueue(order.target), noticing(WHOLE, order.heartbeatSeconds));
  const notes = [...(from?.notes ?? [])];
  let nudges = 0;
  let line = '';

  setHandler(nudge, () => {
    nudges++;
  });

  function render(): void {
    setCurrentDetails([...notes.map((note) => `- ${note}`), ...(line === '' ? [] : [`- **${line}**`])].join('\n'));
  }

  return {
    order,
    core,
    target,
    whole,
    notes,
    /** A line that stays: what a step came to. */
    note(text: string): void {
      notes.push(text);
      line = '';
      render();
    },
    /** The line that changes: what is going on. */
    now(text: string): void {
      line = text;
      render();
    },
    enter(state: string): void {
      upsertSearchAttributes([{ key: stateKey, value: state }]);
      render();
    },
    /**
     * Waits until somebody orders something that counts, or the time is up.
     * @param first does what people will react to, and reads the orders; a nudge that comes while it runs is heard
     */
    async until(
      counts: (orders: Orders) => boolean,
      ms: number | undefined,
      first: () => Promise<Orders>,
    ): Promise<Orders | 'time-is-up'> {
      let heard = nudges;
      let orders = await first();
      const deadline = ms === undefined ? undefined : Date.now() + ms;
      while (!counts(orders)) {
        const left = deadline === undefined ? LOOK_AGAIN_MS : deadline - Date.now();
        if (left <= 0) return 'time-is-up';
        await condition(() => nudges > heard, Math.min(left, LOOK_AGAIN_MS));
        heard = nudges;
        orders = await core.orders({ batchId: order.batchId }, 'read what people have ordered');
      }
      return orders;
    },
  };
}

export type Following = ReturnType<typeof follow>;

/** One run of one batch, which may begin in the middle. */
export interface Batch extends Following {
  manifest: Manifest;
  stages: readonly StageRange[];
  items: number;
  resumes: number;
  readonly from: Checkpoint | undefined;
  step: Step;
}

/** Whether this run still has to take that step: one that begins in the middle has not. */
export function lies(batch: Batch, step: Step): boolean {
  return batch.from === undefined || STEPS.indexOf(step) >= STEPS.indexOf(batch.from.step);
}

/** The sum of a report in one line: `posted: 178 posted, 2 rejected`. */
export function inWords(report: BatchReport): string {
  const states = Object.entries(report.states).map(([state, count]) => `${count} ${state}`);
  return `${report.end}: ${states.length === 0 ? 'no documents' : states.join(', ')}`;
}

export function chunkInWords(chunk: Pick<Chunk, 'fromSeq' | 'toSeq'>, of: number): string {
  return `${chunk.fromSeq}–${chunk.toSeq} of ${of}`;
}

export type { EarlyEnd, Reason };
