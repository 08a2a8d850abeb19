import { type Store, unhanded } from '@ledgerpost/store';
import type { Client } from '@temporalio/client';
import type { FastifyBaseLogger } from 'fastify';
import { handOver, nudge } from './hand-over.ts';

export interface Sweep {
  /** Looks once for what was left behind, and does it. Throws if the database or Temporal is down: the next look does it. */
  once(): Promise<void>;
  /** A held batch was told to go on, and its workflow could not be told: look at held batches next time. */
  resumeMissed(): void;
}

/**
 * Does what was left between the database and Temporal because Temporal was down, or a process died in between: hands
 * over batches that wait, and nudges those that were told something. Any number of APIs may sweep at once.
 */
export function createSweep({ store, temporal }: { store: Store; temporal: Client }, log: FastifyBaseLogger): Sweep {
  // A resume leaves no trace that it is still unheard, and a nudge is an event in the workflow's history: so held
  // batches are looked at when this process starts, and when it missed one, and not every time.
  let lookAtHeld = true;
  return {
    async once() {
      for (const { batchId, name } of await unhanded(store.sql, 100)) {
        await handOver({ store, temporal }, batchId);
        log.info({ batchId, name }, 'a waiting batch was handed to Temporal');
      }
      for (const batch of await untold(store, lookAtHeld)) {
        if (!(await nudge(temporal, batch))) log.warn({ batch }, 'an open batch has no running workflow to tell');
      }
      lookAtHeld = false;
    },
    resumeMissed() {
      lookAtHeld = true;
    },
  };
}

/** Open batches with an order on which nothing was done yet. */
async function untold(store: Store, held: boolean) {
  return await store.sql<{ companyId: string; target: string; batchId: string }[]>`
    select company_id as "companyId", target, id as "batchId" from batches
    where state in ('selecting', 'validating', 'exporting', 'awaiting-approval', 'pushing', 'held')
      and handed_over_at is not null
      and (cancel_requested_by is not null
        or (state = 'awaiting-approval' and decision is not null)
        or (${held} and state = 'held' and resumes > 0))`;
}
