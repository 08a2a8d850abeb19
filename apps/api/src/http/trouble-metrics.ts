import type { Store } from '@ledgerpost/store';
import { Gauge, type Registry } from 'prom-client';

/** More than anyone reads at once. In an outage of everything, the oldest are named and the other metrics count the rest. */
const MOST = 50;

/**
 * What waits for a person, with its company and batch by id, so that an alert names them. All other metrics have neither.
 * Read from the database at each scrape: what is resolved is gone from the next one.
 */
export function addTroubleMetrics(store: Store, registry: Registry): void {
  const batches = new Gauge({
    name: 'ledgerpost_batch_in_trouble_seconds',
    help: 'Seconds for which a batch is on hold, has failed (for an hour), or waits for Temporal',
    labelNames: ['company', 'target', 'batch', 'why'],
    registers: [registry],
    async collect() {
      const rows = await store.sql<{ company: string; target: string; batch: string; why: string; seconds: number }[]>`
        select company_id as company, target, id::text as batch, why, extract(epoch from now() - since)::float8 as seconds
        from (
          select company_id, target, id, 'held' as why, state_since as since from batches where state = 'held'
          union all
          select company_id, target, id, 'failed', ended_at from batches
          where state = 'failed' and ended_at > now() - interval '1 hour'
          union all
          select company_id, target, id, 'not-handed-over', started_at from batches where handed_over_at is null
        ) troubled
        order by since limit ${MOST}`;
      this.reset();
      for (const { seconds, ...labels } of rows) this.set(labels, Math.max(0, seconds));
    },
  });
  const connections = new Gauge({
    name: 'ledgerpost_lost_connection',
    help: 'Companies that lost access to their books, each 1',
    labelNames: ['company', 'target'],
    registers: [registry],
    async collect() {
      const rows = await store.sql<{ company: string; target: string }[]>`
        select company_id as company, target from connections where state = 'lost' order by company_id, target limit ${MOST}`;
      this.reset();
      for (const labels of rows) this.set(labels, 1);
    },
  });
  const schedules = new Gauge({
    name: 'ledgerpost_stopped_schedule',
    help: 'Schedules whose last run started no batch and needs a person, each 1',
    labelNames: ['company', 'target', 'last'],
    registers: [registry],
    async collect() {
      const rows = await store.sql<{ company: string; target: string; last: string }[]>`
        select s.company_id as company, s.target, r.outcome as last
        from schedules s cross join lateral (
          select outcome from schedule_runs r where r.company_id = s.company_id and r.target = s.target order by due desc limit 1
        ) r
        where s.removed_at is null and r.outcome in ('needs-a-person', 'refused')
        order by s.company_id, s.target limit ${MOST}`;
      this.reset();
      for (const labels of rows) this.set(labels, 1);
    },
  });
  void [batches, connections, schedules];
}
