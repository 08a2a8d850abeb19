import { AsyncLocalStorage } from 'node:async_hooks';
import { FencedOff } from '@ledgerpost/batching';
import {
  type ConnectionDeps,
  connectionContext,
  mayWorkSoon,
  noticingLoss,
  type OAuthApps,
  type SealingKeys,
  secretsOf,
} from '@ledgerpost/connections';
import { type AnyTarget, type BatchState, carrySecrets, Refusal, type TargetContext, TargetError } from '@ledgerpost/core';
import { ContextCache, type ItemsIn, type Store, showWait, type WorkBatch, workBatch } from '@ledgerpost/store';
import { ApplicationFailure, Context } from '@temporalio/activity';
import { measureTarget } from '../metrics/measure-target.ts';
import { activityDuration, activityFailures } from '../metrics/metrics.ts';
import type { NoticeTerms } from '../notices/notice-terms.ts';

/** What activities need. */
export interface WorkerDeps {
  readonly store: Store;
  readonly fetch: typeof globalThis.fetch;
  now(): number;
  /** The installation's registrations with targets, and the keys under which grants are sealed; absent: there are none. */
  readonly apps?: OAuthApps | undefined;
  readonly keys?: SealingKeys | undefined;
  /** Documents per chunk of the steps that only compute; absent: 1,000. */
  readonly chunk?: number | undefined;
  /**
   * After the database was restored. `hold`: nothing is sent to books or undone there; batches go on hold before their push.
   * `check-first`: every document is looked for in the books before it is sent. Absent: neither.
   */
  readonly writes?: WriteMode | undefined;
  /** How notices are sent; absent: they wait. */
  readonly notices?: NoticeTerms | undefined;
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string, facts?: Readonly<Record<string, unknown>>): void;
}

export const WRITE_MODES = ['hold', 'check-first'] as const;
export type WriteMode = (typeof WRITE_MODES)[number];

/** Whether this worker may write to books. */
export function mayWrite({ writes }: Pick<WorkerDeps, 'writes'>): boolean {
  return writes !== 'hold';
}

/** Refuses to write to books while writes are on hold. @throws TargetError of kind `config`, so that the batch goes on hold */
export function needWrites(deps: Pick<WorkerDeps, 'writes'>): void {
  if (mayWrite(deps)) return;
  throw new TargetError(
    'config',
    'target-not-ready',
    'The workers run with LEDGERPOST_WRITES=hold, so nothing is sent to the books. Start the workers without it, then resume the batch.',
  );
}

/** How often an activity sends a heartbeat: a few times within its timeout, and not more often than is useful. */
function beatEvery(timeoutMs: number | undefined): number {
  return Math.min(2_000, (timeoutMs ?? 10_000) / 5);
}
/** How often a defect is tried again, in case it was none. Attempts that failed for a passing reason don't count. */
const DEFECT_ATTEMPTS = 5;

/** How often a target may answer that it fails on what it is sent: some ten minutes, so longer than a call may wait for another request id. An outage has no such limit. */
const ANSWERED_ATTEMPTS = 60;

/** Codes of failures that alert ops. */
const DEFECTS = ['engine-defect', 'target-defect'];

/** The company and batch that an activity works on: each of its log lines carries them. */
interface Subject {
  readonly company?: string | undefined;
  readonly batch?: string | undefined;
}

const workingOn = new AsyncLocalStorage<Subject>();

/** A log whose lines carry company and batch while an activity runs. */
export function withSubject(log: WorkerDeps['log']): WorkerDeps['log'] {
  return (level, message, facts) => log(level, message, { ...workingOn.getStore(), ...facts });
}

/** Some orders name the company, and some the batch, whose workflow's id names the company. */
function subjectOf(workflowId = '', order: unknown): Subject {
  const { companyId, batchId } = (order ?? {}) as { companyId?: string; batchId?: string };
  const company = companyId ?? /^(?:batch|undo|verify):(.+):[^:]+:[0-9a-f-]{36}(?::\d+)?$/.exec(workflowId)?.[1];
  return { ...(company === undefined ? {} : { company }), ...(batchId === undefined ? {} : { batch: batchId }) };
}

/** Wraps a verb as an activity: heartbeats while it works, and failures that name who acts on them. */
export function verb<Order, Result>(
  name: string,
  deps: WorkerDeps,
  work: (order: Order) => Promise<Result>,
): (order: Order) => Promise<Result> {
  // Counted from zero: a series that begins with its first failure shows no rise, and the alert would miss it.
  for (const code of DEFECTS) activityFailures.inc({ activity: name, code }, 0);
  return async (order) => {
    const context = Context.current();
    const before = defectsIn(context.info.heartbeatDetails);
    // A step beside its workflow has one attempt, and its workflow's task shows that the worker lives.
    const beats = !context.info.isLocal;
    const beat = beats
      ? setInterval(() => context.heartbeat({ defects: before }), beatEvery(context.info.heartbeatTimeoutMs))
      : undefined;
    const subject = subjectOf(context.info.workflowExecution?.workflowId, order);
    const timed = activityDuration.startTimer({ activity: name });
    try {
      return await workingOn.run(subject, () => work(order));
    } catch (error) {
      const waits = (order as { waits?: boolean } | undefined)?.waits === true;
      const failure = workingOn.run(subject, () => failureOf(name, deps, error, context.info.attempt, before + 1, waits));
      // The next attempt reads the count from the last heartbeat of this one.
      if (beats) context.heartbeat({ defects: failure.type === 'engine-defect' ? before + 1 : before });
      // The stack is in our log; in Temporal's UI it would only be noise.
      failure.stack = `${failure.type}: ${failure.message}`;
      activityFailures.inc({ activity: name, code: failure.type ?? 'unknown' });
      throw failure;
    } finally {
      timed();
      clearInterval(beat);
    }
  };
}

function defectsIn(heartbeat: unknown): number {
  const { defects } = (heartbeat ?? {}) as { defects?: unknown };
  return typeof defects === 'number' ? defects : 0;
}

/**
 * The failure as Temporal and ops see it: its type is a code of docs/errors.md, its details name the kind of trouble.
 * @param defects how many there were of this activity, should this be another
 * @param waits whether the workflow that asked waits by itself where the target says for how long
 */
export function failureOf(
  name: string,
  deps: Pick<WorkerDeps, 'log'>,
  error: unknown,
  attempt: number,
  defects: number,
  waits: boolean,
): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof TargetError) {
    deps.log('warn', `${name}: ${error.code}`, { kind: error.kind, message: error.message, attempt });
    const { kind, code, message, retryAfterMs } = lastWord(error, attempt);
    const nonRetryable = kind !== 'transient';
    if (waits && isLongWait(error))
      return ApplicationFailure.create({
        type: code,
        message,
        nonRetryable: true,
        details: [{ kind: 'wait', ms: retryAfterMs! }],
      });
    return ApplicationFailure.create({
      type: code,
      message,
      nonRetryable,
      details: [{ kind }],
      ...(retryAfterMs === undefined ? {} : { nextRetryDelay: retryAfterMs }),
    });
  }
  if (error instanceof Refusal)
    return ApplicationFailure.create({
      type: error.code,
      message: error.message,
      nonRetryable: true,
      details: [{ kind: 'refusal' }],
    });
  if (error instanceof FencedOff)
    return ApplicationFailure.create({
      type: 'fenced-off',
      message: error.message,
      nonRetryable: true,
      details: [{ kind: 'fence' }],
    });
  if (isDatabaseAway(error)) {
    deps.log('warn', `${name}: the database can’t be reached, attempt ${attempt}`);
    // The message of a database error can hold values of rows: it stays in our log.
    return ApplicationFailure.create({
      type: 'database-down',
      message: 'The database can’t be reached.',
      details: [{ kind: 'transient' }],
    });
  }
  deps.log('error', `${name} failed`, {
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    attempt,
  });
  return ApplicationFailure.create({
    type: 'engine-defect',
    message: `${name} failed unexpectedly; the worker’s log has the whole error.`,
    nonRetryable: defects >= DEFECT_ATTEMPTS,
    details: [{ kind: 'defect' }],
  });
}

/** What a target answers at every attempt, it may answer for ever: then a person decides. */
function lastWord(error: TargetError, attempt: number): TargetError {
  if (error.kind !== 'transient' || !error.answered || attempt < ANSWERED_ATTEMPTS) return error;
  const text = `${error.message} It answered so at each of ${attempt} attempts. Find out why, or try again later: resume the batch, or start again what stopped.`;
  return new TargetError('config', 'target-not-ready', text);
}

const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
]);
/** Connection exceptions, insufficient resources, operator intervention, and locked rows: SQLSTATE classes and codes that pass by themselves. */
const AWAY_STATES = /^(08|53|57)|^(40001|40P01|55P03)$/;

export function isDatabaseAway(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && (AWAY.has(code) || AWAY_STATES.test(code));
}

/** Up to this, in milliseconds, a wait is the activity's own next attempt. Beyond it the workflow waits, where people can end the wait. */
const LONG_WAIT_MS = 60_000;

function isLongWait(error: unknown): error is TargetError & { readonly retryAfterMs: number } {
  return error instanceof TargetError && error.kind === 'transient' && (error.retryAfterMs ?? 0) > LONG_WAIT_MS;
}

/** Does the work of a batch, and shows in the batch until when it waits if its target takes nothing more for minutes. */
export async function showingWaits<T>(deps: WorkerDeps, batchId: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isLongWait(error)) {
      const { code, message, retryAfterMs } = error;
      const until = new Date(deps.now() + retryAfterMs).toISOString();
      // The wait itself counts, not that it is shown.
      await showWait(deps.store.sql, batchId, { until, reason: { code, message } }).catch(() => {});
    }
    throw error;
  }
}

/** The states before anything is sent: a cancel there gives everything back. */
const BEFORE_PUSH: readonly BatchState[] = ['selecting', 'validating', 'exporting', 'awaiting-approval'];

/**
 * The batch, and whether somebody asked it to stop before anything was sent. If a workflow was lost, the next one repeats the
 * early steps of a batch that is already further: there is nothing left to do in them, and nothing to stop.
 */
export async function batchAnd(
  deps: WorkerDeps,
  batchId: string,
  undone?: ItemsIn,
): Promise<{ batch: WorkBatch; cancel: boolean }> {
  const batch = await workBatch(deps.store.sql, batchId, undone);
  return { batch, cancel: batch.cancelRequestedBy !== null && BEFORE_PUSH.includes(batch.state) };
}

const caches = new Map<string, ContextCache>();
/** The cache that the chunks of one batch share, for the few batches that were active last. */
export function cacheOf(batchId: string): ContextCache {
  const known = caches.get(batchId) ?? new ContextCache();
  caches.delete(batchId);
  caches.set(batchId, known);
  for (const old of caches.keys()) {
    if (caches.size <= 4) break;
    caches.delete(old);
  }
  return known;
}

/** Works at a target, with the context that a target may use while an activity runs. A lost access is recorded. */
export function atTarget<Result>(
  deps: WorkerDeps,
  target: AnyTarget,
  batch: Pick<WorkBatch, 'connectionId' | 'settings'>,
  work: (context: TargetContext) => Promise<Result>,
): Promise<Result> {
  const { connectionId, settings } = batch;
  const signal = Context.current().cancellationSignal;
  const connections = connectionDepsOf(deps);
  const context = connectionContext(connections, target, { connectionId, settings, signal });
  return noticingLoss(deps.store, connectionId, async () =>
    work(carrySecrets(measureTarget(target, context), await secretsOf(connections, target, connectionId))),
  );
}

/** Checks that the batch's connection may send soon. @throws TargetError of kind `transient`, with the time until then */
export function mayWorkSoonAt(
  deps: WorkerDeps,
  target: AnyTarget,
  { connectionId, settings }: Pick<WorkBatch, 'connectionId' | 'settings'>,
): Promise<void> {
  return mayWorkSoon(connectionDepsOf(deps), target, { connectionId, settings });
}

function connectionDepsOf({ store, fetch, now, apps = {}, keys, log }: WorkerDeps): ConnectionDeps {
  return { store, fetch, now, apps, keys, log: log as ConnectionDeps['log'] };
}
