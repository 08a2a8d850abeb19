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
  /** When it was due: the run of one moment is done once, however often it is tried. */
  readonly due: Date;
  /** Who asked for it beside the schedule; null: it was due. */
  readonly askedBy: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether the end of a batch that goes on by itself is waited for: then nothing is kept yet, and the answer names it. */
  readonly patient?: boolean | undefined;
}

/** A batch that has to come to its end first, and does so by itself. */
export interface WaitsFor {
  readonly waitsFor: { readonly id: string; readonly name: string; readonly state: BatchState };
}

/** How journal and lists name who started a batch that nobody started. */
export const SCHEDULE = 'schedule';

/**
 * Starts the batch of a schedule as a person would, by the same code, and keeps what it came to. Nothing is guessed: where a
 * person would have to choose, there is no batch, and the run says what is to be done.
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
  const came = await cameTo(deps, request);
  if ('waitsFor' in came) return came;
  return recordRun(sql, { ...where, due, askedBy, code: null, batchId: null, ...came });
}

type CameTo = Pick<ScheduleRun, 'outcome' | 'message'> & { readonly code?: string; readonly batchId?: string };

async function cameTo(deps: { store: Store; target: AnyTarget }, request: RunRequest): Promise<CameTo | WaitsFor> {
  const { company, companyTarget, schedule, due, askedBy, now, patient = false } = request;
  const { target, store } = deps;
  const idempotencyKey = `schedule/${target.id}/${due.toISOString()}`;
  // A worker that died after the start, and before it said so, has started it.
  const started = await batchByIdempotencyKey(store.sql, company.id, idempotencyKey);
  if (started !== undefined) return { outcome: 'started', message: STARTED, batchId: started };
  const late = Math.floor((now - due.getTime()) / 60_000);
  if (late > CATCH_UP_MINUTES) {
    return {
      outcome: 'missed',
      message: `It was due ${Math.floor(late / 60)} hours before it could be looked at: nothing was started so late. The next run takes what is open then.`,
    };
  }
  const open = await openBatchAt(store.sql, { companyId: company.id, target: target.id });
  if (open !== undefined) {
    if (patient && goesOn(open.state)) return { waitsFor: open };
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
    return refusedAs(error);
  }
}

const STARTED = 'The batch was started.';

/** What a start that was refused means for a schedule. */
function refusedAs({ code, message, details }: Refusal): CameTo {
  switch (code) {
    case 'nothing-to-send':
      return { outcome: 'nothing-to-send', code, message: `${message} No batch was made.` };
    case 'batch-open': {
      // Somebody was faster in this very moment.
      const { batch } = details as { batch: { id: string; name: string; state: BatchState } };
      return { outcome: 'batch-open', code, message: inTheWay({ ...batch, reason: null }), batchId: batch.id };
    }
    case 'payments-without-invoices': {
      const { count } = details as { count: number };
      return {
        outcome: 'needs-a-person',
        code,
        message: `${count} payments belong to invoices that are unbatched and not taken by this schedule. A person has to choose: batch them with their invoices, or let the schedule send such payments unapplied. Nothing was sent.`,
      };
    }
    default:
      return { outcome: 'refused', code, message };
  }
}

/** Whether an open batch comes to its end without anybody. */
function goesOn(state: BatchState): boolean {
  return state !== 'held' && state !== 'awaiting-approval';
}

/** Which batch a run met, and who does what before the next can start. */
function inTheWay({ name, state, reason }: { name: string; state: BatchState; reason: { message: string } | null }): string {
  switch (state) {
    case 'held':
      return `The batch “${name}” is held${reason === null ? '' : `: ${reason.message}`} Mend that and resume it, or cancel it. The next run then takes what is open.`;
    case 'awaiting-approval':
      return `The batch “${name}” waits for its approval. Approve or decline it. The next run then takes what is open.`;
    default:
      return `The batch “${name}” was still under way (${state}). The next run takes what is open then.`;
  }
}
