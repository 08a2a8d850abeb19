import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export const registry = new Registry();
collectDefaultMetrics({ register: registry });

export const activityDuration = new Histogram({
  name: 'ledgerpost_activity_duration_seconds',
  help: 'Duration of the activities of a batch.',
  labelNames: ['activity'],
  buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60, 600],
  registers: [registry],
});

export const activityFailures = new Counter({
  name: 'ledgerpost_activity_failures_total',
  help: 'Failed attempts of verbs, by code of docs/errors.md.',
  labelNames: ['activity', 'code'],
  registers: [registry],
});

export const itemsDone = new Counter({
  name: 'ledgerpost_items_total',
  help: 'Items that a step has finished.',
  labelNames: ['target', 'step'],
  registers: [registry],
});

export const targetsServed = new Gauge({
  name: 'ledgerpost_worker_targets',
  help: 'Targets whose queue this worker serves.',
  labelNames: ['target'],
  registers: [registry],
});

export const itemOutcomes = new Counter({
  name: 'ledgerpost_item_outcomes_total',
  help: 'Documents by their outcome at the target: posted, differs, refused, conflict, blocked, undone, left.',
  labelNames: ['target', 'outcome'],
  registers: [registry],
});

export const targetCallDuration = new Histogram({
  name: 'ledgerpost_target_call_duration_seconds',
  help: 'Calls to a target’s API, by its answer: 2xx, 401, 429, 4xx, 5xx, none.',
  labelNames: ['target', 'answer'],
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120],
  registers: [registry],
});

export const limiterWait = new Histogram({
  name: 'ledgerpost_limiter_wait_seconds',
  help: 'How long a call waited for its turn under the target’s limits.',
  labelNames: ['target', 'bucket'],
  buckets: [0.01, 0.1, 0.5, 1, 2, 5, 15, 60, 120],
  registers: [registry],
});

export const targetPauses = new Counter({
  name: 'ledgerpost_target_pauses_total',
  help: 'How often a target refused more requests for now, so that its connection paused.',
  labelNames: ['target'],
  registers: [registry],
});
