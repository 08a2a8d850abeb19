import type { BatchReport, Manifest, StageRange } from './activities.ts';
import type { Following } from './follow.ts';
import type { BatchOrder } from './names.ts';
import type { ShortSteps } from './short-steps.ts';

export type Step = 'select' | 'validate' | 'export' | 'approve' | 'push' | 'record';
const STEPS: readonly Step[] = ['select', 'validate', 'export', 'approve', 'push', 'record'];

/** Where a batch continues after its history was cut: all that a new run must know. Kept in histories: only ever add members. */
export interface Checkpoint {
  readonly manifest: Manifest;
  readonly stages: readonly StageRange[];
  readonly items: number;
  readonly step: Step;
  /** Within the step: which pass, and from which item on. */
  readonly pass: string;
  readonly cursor: number;
  readonly notes: readonly string[];
  /** How often the batch was held and resumed. */
  readonly resumes: number;
}

/** The workflow of a batch, as a new run of it is asked for. */
export type RunBatch = (order: BatchOrder, from?: Checkpoint) => Promise<BatchReport>;

/** One run of one batch, which may begin in the middle. */
export interface Batch extends Following<BatchOrder> {
  readonly manifest: Manifest;
  stages: readonly StageRange[];
  items: number;
  resumes: number;
  readonly from: Checkpoint | undefined;
  /** Absent in a run that begins in the middle. */
  readonly short: ShortSteps | undefined;
  step: Step;
}

/** Whether that step is still ahead of this run: a run that begins in the middle has earlier steps behind it. */
export function isAhead(batch: Batch, step: Step): boolean {
  return batch.from === undefined || STEPS.indexOf(step) >= STEPS.indexOf(batch.from.step);
}
