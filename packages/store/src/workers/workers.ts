import type { Sql } from '../database/open-store.ts';

/** A worker process, as it says of itself. */
export interface WorkerFacts {
  /** Of this process alone, made when it starts. */
  readonly id: string;
  /** Ids of the targets whose queues it serves. */
  readonly targets: readonly string[];
  /** Whether it runs workflows and the engine's own steps. */
  readonly engine: boolean;
  /** The build that runs, where somebody tells it. */
  readonly build: string | null;
  readonly host: string;
}

export interface PresentWorker extends WorkerFacts {
  readonly startedAt: Date;
  readonly seenAt: Date;
}

/** How often a worker says that it is there, and for how long that is believed, in seconds. */
export const PRESENCE = { everySeconds: 10, believedSeconds: 35 } as const;

/** Says that a worker is there. What others left behind long ago is cleared away with it. */
export async function sayPresent(sql: Sql, worker: WorkerFacts): Promise<void> {
  await sql`
    insert into workers (id, targets, engine, build, host)
    values (${worker.id}, ${[...worker.targets]}::text[], ${worker.engine}, ${worker.build}, ${worker.host})
    on conflict (id) do update set seen_at = now()`;
  await sql`delete from workers where seen_at < now() - interval '1 day'`;
}

/** Says that a worker has ended in order. */
export async function sayGone(sql: Sql, id: string): Promise<void> {
  await sql`delete from workers where id = ${id}`;
}

/** The workers that are there, by the database's clock; the one that started last comes first. */
export async function presentWorkers(sql: Sql): Promise<PresentWorker[]> {
  return sql<PresentWorker[]>`
    select id, targets, engine, build, host, started_at as "startedAt", seen_at as "seenAt" from workers
    where seen_at > now() - make_interval(secs => ${PRESENCE.believedSeconds}) order by started_at desc, id`;
}
