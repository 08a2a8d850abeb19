import type { ApiClient } from '../api-client.ts';
import type { Io } from '../io.ts';
import { count } from './words.ts';

export interface Batch {
  readonly id: string;
  readonly name: string;
  readonly target: string;
  readonly state: string;
  readonly ended: boolean;
  readonly version: number;
  readonly waiting?: string;
  readonly progress: {
    readonly items: number;
    readonly done: number;
    readonly of: number;
    readonly states: Readonly<Record<string, number>>;
  };
  readonly totals: { readonly operations: Readonly<Record<string, { documents: number; amount: number }>> } | null;
  readonly reason: { readonly code: string; readonly message: string } | null;
  readonly startedAt: string;
  readonly startedBy: string;
  readonly confirmedAt: string | null;
}

/** Shows the progress of a batch until it ends or waits for a person. */
export async function followBatch(api: ApiClient, path: string, io: Io): Promise<Batch> {
  let batch = await api.get<Batch>(path);
  for (;;) {
    io.progress(progressLine(batch), batch.state);
    if (batch.ended || batch.state === 'awaiting-approval' || batch.state === 'held') return batch;
    batch = await api.get<Batch>(`${path}?after=${batch.version}&wait=30`);
  }
}

/** `pushing 1,200 of 3,000`. */
export function progressLine({ name, state, progress, waiting, ended }: Batch): string {
  // An API from before may say of an ended batch that it waits.
  if (waiting !== undefined && !ended) return `${name}: waiting. ${waiting}`;
  const step = ended || progress.of === 0 ? '' : ` ${count(progress.done)} of ${count(progress.of)}`;
  return `${name}: ${state}${step}`;
}
