import { asc, desc, eq, sql as expression, gt, lt } from 'drizzle-orm';
import { drizzleOn, NOW } from '../database/drizzle-on.ts';
import type { Sql } from '../database/open-store.ts';
import { workers } from '../schema/index.ts';

/** A worker process, as it describes itself. */
export interface WorkerFacts {
  /** Of this process alone, made when it starts. */
  readonly id: string;
  /** Ids of the targets whose queues it serves. */
  readonly targets: readonly string[];
  /** Whether it runs workflows and the engine's own steps. */
  readonly engine: boolean;
  /** The build that runs, where the environment names it. */
  readonly build: string | null;
  readonly host: string;
}

export type PresentWorker = Readonly<typeof workers.$inferSelect>;

/** How often a worker reports that it is running, and for how long that counts, in seconds. */
export const PRESENCE = { everySeconds: 10, believedSeconds: 35 } as const;

/** Records that a worker is running. Deletes the rows of workers that were last seen more than a day ago. */
export async function reportPresent(sql: Sql, worker: WorkerFacts): Promise<void> {
  await drizzleOn(sql)
    .insert(workers)
    .values({ ...worker, targets: [...worker.targets] })
    .onConflictDoUpdate({ target: workers.id, set: { seenAt: NOW } });
  await drizzleOn(sql).delete(workers).where(lt(workers.seenAt, expression`now() - interval '1 day'`));
}

/** Records that a worker shut down. */
export async function reportStopped(sql: Sql, id: string): Promise<void> {
  await drizzleOn(sql).delete(workers).where(eq(workers.id, id));
}

/** The workers that are running, by the database's clock; the one that started last comes first. */
export async function presentWorkers(sql: Sql): Promise<PresentWorker[]> {
  return drizzleOn(sql)
    .select()
    .from(workers)
    .where(gt(workers.seenAt, expression`now() - make_interval(secs => ${PRESENCE.believedSeconds})`))
    .orderBy(desc(workers.startedAt), asc(workers.id));
}
