import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export const registry = new Registry();
collectDefaultMetrics({ register: registry });

export const activityDuration = new Histogram({
  name: 'ledgerpost_activity_duration_seconds',
  help: 'How long the verbs of a batch take.',
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
  help: 'Items that a step has dealt with.',
  labelNames: ['target', 'step'],
  registers: [registry],
});

export const targetsServed = new Gauge({
  name: 'ledgerpost_worker_targets',
  help: 'Targets whose queue this worker serves.',
  labelNames: ['target'],
  registers: [registry],
});
