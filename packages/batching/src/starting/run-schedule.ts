import {
  type AnyTarget,
  type BatchSchedule,
  type BatchState,
  CATCH_UP_MINUTES,
  type CompanyFacts,
  dayIn,
  Refusal,
  selectionOf,
} from '@ledgerpost/core';
import {
  batchByIdempotencyKey,
  type CompanyTarget,
  findRun,
  openBatchAt,
  recordRun,
  type ScheduleRun,
  type Store,
} from '@ledgerpost/store';
import { startBatch } from './start-batch.ts';

export interface RunRequest {
  readonly company: CompanyFacts;
  readonly companyTarget: CompanyTarget;
  readonly schedule: BatchSchedule;
  /** When the run was due: one moment has one run, however often it is tried. */
  readonly due: Date;
  /** The person who asked for the run now; null: it was due. */
  readonly askedBy: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether to wait for an open batch that will end by itself: then nothing is recorded yet, and the answer names that batch. */
  readonly patient?: boolean | undefined;
}

/** A batch, or an import that is being applied, that has to end first, and does so by itself. */
export interface WaitsFor {
  readonly waitsFor: { readonly id: string; readonly name: string; readonly state: BatchState } | 'import';
}

/** The name in journal and lists for the starter of a batch that no person started. */
export const SCHEDULE = 'schedule';

/**
 * Starts the batch of a schedule by the same code as a person's start, and records the result. Nothing is guessed: if a person
 * would have to choose, there is no batch, and the run's message says what to do.
 */
export async function runSchedule(
  deps: { store: Store; target: AnyTarget },
  request: RunRequest & { readonly patient: boolean },
): Promise<ScheduleRun | WaitsFor>;
export async function runSchedule(
  deps: { store: Store; target: AnyTarget },
  request: RunRequest & { readonly patient?: undefined },
): Promise<ScheduleRun>;
export async function runSchedule(
  deps: { store: Store; target: AnyTarget },
  request: RunRequest,
): Promise<ScheduleRun | WaitsFor> {
  const { sql } = deps.store;
  const { company, due, askedBy } = request;
  const where = { companyId: company.id, target: deps.target.id };
  const earlier = await findRun(sql, { ...where, due });
  if (earlier !== undefined) return earlier;
  const result = await resultOf(deps, request);
  if ('waitsFor' in result) return result;
  return recordRun(sql, { ...where, due, askedBy, code: null, batchId: null, ...result });
}

type RunResult = Pick<ScheduleRun, 'outcome' | 'message'> & { readonly code?: string; readonly batchId?: string };

async function resultOf(deps: { store: Store; target: AnyTarget }, request: RunRequest): Promise<RunResult | WaitsFor> {
  const { company, companyTarget, schedule, due, askedBy, now, patient = false } = request;
  const { target, store } = deps;
  const idempotencyKey = `schedule/${target.id}/${due.toISOString()}`;
  // An earlier attempt may have started the batch and died before it recorded the run.
  const started = await batchByIdempotencyKey(store.sql, company.id, idempotencyKey);
  if (started !== undefined) return { outcome: 'started', message: STARTED, batchId: started };
  const late = Math.floor((now - due.getTime()) / 60_000);
  if (late > CATCH_UP_MINUTES) {
    return {
      outcome: 'missed',
      message: `Ledgerpost reached this run ${Math.floor(late / 60)} hours after it was due, which is too late to start it. The next run sends what is open then.`,
    };
  }
  const open = await openBatchAt(store.sql, { companyId: company.id, target: target.id });
  if (open !== undefined) {
    if (patient && endsByItself(open.state)) return { waitsFor: open };
    return { outcome: 'batch-open', code: 'batch-open', message: inTheWay(open), batchId: open.id };
  }
  try {
    const { batch } = await startBatch(deps, {
      company,
      companyTarget,
      selection: selectionOf(schedule),
      acknowledge: schedule.acknowledge,
      today: dayIn(company.timeZone, now),
      actor: askedBy ?? SCHEDULE,
      idempotencyKey,
    });
    return { outcome: 'started', message: STARTED, batchId: batch.id };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (patient && error.code === 'import-applying') return { waitsFor: 'import' };
    return refusedAs(error);
  }
}

const STARTED = 'The batch was started.';

/** What a refused start means for a schedule. */
function refusedAs({ code, message, details }: Refusal): RunResult {
  switch (code) {
    case 'nothing-to-send':
      return { outcome: 'nothing-to-send', code, message: `${message} No batch was made.` };
    case 'batch-open': {
      // Somebody started a batch at this very moment.
      const { batch } = details as { batch: { id: string; name: string; state: BatchState } };
      return { outcome: 'batch-open', code, message: inTheWay({ ...batch, reason: null }), batchId: batch.id };
    }
    case 'payments-without-invoices': {
      const { count } = details as { count: number };
      return {
        outcome: 'needs-a-person',
        code,
        message: `${count} payments belong to unbatched invoices that this schedule doesn’t include. Batch them with their invoices, or let the schedule send such payments unapplied. Nothing was sent.`,
      };
    }
    default:
      return { outcome: 'refused', code, message };
  }
}

/** Whether an open batch will end without a person. */
function endsByItself(state: BatchState): boolean {
  return state !== 'held' && state !== 'awaiting-approval';
}

/** Which batch is in the way of a run, and what to do before the next run can start. */
function inTheWay({ name, state, reason }: { name: string; state: BatchState; reason: { message: string } | null }): string {
  switch (state) {
    case 'held':
      return `The batch “${name}” is on hold${reason === null ? '.' : `: ${reason.message}`} Fix the cause and resume the batch, or cancel it. The next run then sends what is open.`;
    case 'awaiting-approval':
      return `The batch “${name}” is waiting for approval. Approve or decline it. The next run then sends what is open.`;
    default:
      return `The batch “${name}” was still in progress (${state}). The next run sends what is open then.`;
  }
}
