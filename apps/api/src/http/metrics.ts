import { declaredQuotas, type OAuthApps, quotaLimitOf } from '@ledgerpost/connections';
import { type AnyTarget, OPEN_STATES, RUN_OUTCOMES } from '@ledgerpost/core';
import { presentWorkers, quotaSums, type Store, scheduleCounts, schedulesBehind } from '@ledgerpost/store';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { App } from './app.ts';
import { addTroubleMetrics } from './trouble-metrics.ts';

/** What Prometheus reads. Labels are routes and states; only what waits for a person is named by its company and batch. */
export interface Metrics {
  readonly registry: Registry;
  readonly records: Counter<'outcome'>;
  readonly followers: Gauge;
  readonly handedOver: Counter<'outcome'>;
}

export function createMetrics(store: Store, targets: readonly AnyTarget[], apps: OAuthApps): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const states = new Gauge({
    name: 'ledgerpost_open_batches',
    help: 'Batches that are being worked on, by state',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const rows = await store.sql<{ state: string; batches: number }[]>`
        select state, count(*)::int as batches from batches where state in ${store.sql([...OPEN_STATES])} group by state`;
      for (const state of OPEN_STATES) this.set({ state }, rows.find((row) => row.state === state)?.batches ?? 0);
    },
  });
  const waiting = new Gauge({
    name: 'ledgerpost_batches_not_handed_over',
    help: 'Batches that Temporal has not accepted yet',
    registers: [registry],
    async collect() {
      const [row] = await store.sql<
        { batches: number }[]
      >`select count(*)::int as batches from batches where handed_over_at is null`;
      this.set(row?.batches ?? 0);
    },
  });
  const oldestHeld = new Gauge({
    name: 'ledgerpost_oldest_held_seconds',
    help: 'Seconds for which the longest-held batch has been on hold; 0: none is on hold',
    registers: [registry],
    async collect() {
      const [row] = await store.sql<{ seconds: number | null }[]>`
        select extract(epoch from now() - min(state_since))::float8 as seconds from batches where state = 'held'`;
      this.set(row?.seconds ?? 0);
    },
  });
  const workers = new Gauge({
    name: 'ledgerpost_workers',
    help: 'Workers that are up, by what they serve: engine, or a target’s id',
    labelNames: ['serves'],
    registers: [registry],
    async collect() {
      const present = await presentWorkers(store.sql);
      this.reset();
      for (const serves of ['engine', ...targets.map(({ id }) => id)]) {
        this.set({ serves }, present.filter((w) => (serves === 'engine' ? w.engine : w.targets.includes(serves))).length);
      }
    },
  });
  const connections = new Gauge({
    name: 'ledgerpost_connections',
    help: 'Connections that people granted, by target and state',
    labelNames: ['target', 'state'],
    registers: [registry],
    async collect() {
      const rows = await store.sql<{ target: string; state: string; connections: number }[]>`
        select target, state, count(*)::int as connections from connections group by target, state`;
      this.reset();
      for (const { target, state, connections } of rows) this.set({ target, state }, connections);
    },
  });
  const looks = new Gauge({
    name: 'ledgerpost_looks',
    help: 'Books that are checked for drift, by how the newest check ended',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const rows = await store.sql<{ state: string; books: number }[]>`
        select state, count(*)::int as books from drift_looks where state is not null group by state`;
      for (const state of ['running', 'done', 'failed']) this.set({ state }, rows.find((row) => row.state === state)?.books ?? 0);
    },
  });
  const schedules = new Gauge({
    name: 'ledgerpost_schedules',
    help: 'Schedules of companies at targets, by how their last run ended; none: there was no run yet',
    labelNames: ['last'],
    registers: [registry],
    async collect() {
      const rows = await scheduleCounts(store.sql);
      this.reset();
      for (const last of [...RUN_OUTCOMES, 'none']) this.set({ last }, rows.find((row) => row.last === last)?.schedules ?? 0);
    },
  });
  const outdated = new Gauge({
    name: 'ledgerpost_schedules_not_told',
    help: 'Schedules that Temporal does not have in their newest form',
    registers: [registry],
    async collect() {
      this.set(await schedulesBehind(store.sql));
    },
  });
  const quotaLimits = new Gauge({
    name: 'ledgerpost_quota_limit',
    help: 'How many requests of a kind this installation may send in a month; no series where there is no end',
    labelNames: ['target', 'quota'],
    registers: [registry],
    collect() {
      this.reset();
      for (const target of targets) {
        for (const quota of Object.keys(declaredQuotas(target))) {
          const limit = quotaLimitOf(apps, target, quota);
          if (limit !== undefined) this.set({ target: target.id, quota }, limit);
        }
      }
    },
  });
  const quotaUsed = new Gauge({
    name: 'ledgerpost_quota_used',
    help: 'Requests of a kind that targets counted in this month (UTC), over all companies',
    labelNames: ['target', 'quota'],
    registers: [registry],
    async collect() {
      const rows = await quotaSums(store.sql);
      this.reset();
      for (const { target, environment, quota, used } of rows) {
        if (apps[target]?.environment === environment) this.set({ target, quota }, used);
      }
    },
  });
  addTroubleMetrics(store, registry);
  void [quotaLimits, quotaUsed, schedules, outdated, states, waiting, oldestHeld, workers, connections, looks];
  return {
    registry,
    records: new Counter({
      name: 'ledgerpost_records_total',
      help: 'Source records that came in, by outcome',
      labelNames: ['outcome'],
      registers: [registry],
    }),
    followers: new Gauge({ name: 'ledgerpost_followers', help: 'Open event streams of batches', registers: [registry] }),
    handedOver: new Counter({
      name: 'ledgerpost_hand_overs_total',
      help: 'Attempts at handing a batch to Temporal',
      labelNames: ['outcome'],
      registers: [registry],
    }),
  };
}

/** Measures every request by its route. The path of a request without a route is never a label. */
export function registerHttpMetrics(app: App, metrics: Metrics): void {
  const durations = new Histogram({
    name: 'ledgerpost_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600],
    registers: [metrics.registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    durations.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
  });
}
