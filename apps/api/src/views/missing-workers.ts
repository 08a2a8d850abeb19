import { type AnyTarget, type BatchState, isOpen } from '@ledgerpost/core';
import { presentWorkers, type Store } from '@ledgerpost/store';

/** What the workers that are up serve. */
export interface Served {
  readonly engine: boolean;
  /** Ids of targets. */
  readonly targets: ReadonlySet<string>;
}

export async function servedNow({ sql }: Store): Promise<Served> {
  const workers = await presentWorkers(sql);
  return { engine: workers.some(({ engine }) => engine), targets: new Set(workers.flatMap(({ targets }) => targets)) };
}

/** The states in which a batch waits for a person, and needs no worker. */
const PERSON: readonly BatchState[] = ['held', 'awaiting-approval'];

/** A sentence that names the missing worker of a batch; undefined if the batch misses none. */
export function whatIsNotServed(
  served: Served,
  batch: { readonly target: string; readonly state: BatchState },
  targets: readonly AnyTarget[],
): string | undefined {
  if (!isOpen(batch.state) || PERSON.includes(batch.state)) return undefined;
  if (!served.engine) return 'No worker that runs batches is up. The batch continues as soon as one is.';
  if (served.targets.has(batch.target)) return undefined;
  const name = targets.find(({ id }) => id === batch.target)?.name ?? batch.target;
  return `No worker that serves ${name} is up. The batch continues as soon as one is.`;
}
