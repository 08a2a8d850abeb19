import type { AnyTarget, BatchState } from '@ledgerpost/core';
import { presentWorkers, type Store } from '@ledgerpost/store';

/** What the workers serve that are there at present. */
export interface Served {
  readonly engine: boolean;
  /** Ids of targets. */
  readonly targets: ReadonlySet<string>;
}

export async function servedNow({ sql }: Store): Promise<Served> {
  const workers = await presentWorkers(sql);
  return { engine: workers.some(({ engine }) => engine), targets: new Set(workers.flatMap(({ targets }) => targets)) };
}

/** The states in which a batch waits for a person, and no worker is missed. */
const PERSON: readonly BatchState[] = ['held', 'awaiting-approval'];

/** Why a batch can't go on for want of a worker, in a sentence; undefined where that is not why. */
export function whatIsNotServed(
  served: Served,
  batch: { readonly target: string; readonly state: BatchState },
  targets: readonly AnyTarget[],
): string | undefined {
  if (PERSON.includes(batch.state)) return undefined;
  if (!served.engine) return 'No worker that runs batches is up. The batch goes on by itself as soon as one is.';
  if (served.targets.has(batch.target)) return undefined;
  const name = targets.find(({ id }) => id === batch.target)?.name ?? batch.target;
  return `No worker that serves ${name} is up. The batch goes on by itself as soon as one is.`;
}
