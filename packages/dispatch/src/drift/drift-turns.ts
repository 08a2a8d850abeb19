import { requestDueDriftChecks } from '@ledgerpost/store';
import { FORMER_LOOK_SCHEDULE } from '@ledgerpost/workflows/names';
import type { Client } from '@temporalio/client';
import type { HandOverDeps } from '../batches/hand-over.ts';
import { removeSchedule } from '../schedules/keep-schedule.ts';

/** Which books are checked for drift by themselves, and how often. */
export interface DriftTerms {
  /** Ids of the targets that report what changed in the books. */
  readonly targets: readonly string[];
  /** For a target; 0: never. */
  everyMinutes(target: string): number;
}

export interface DriftLog {
  warn(facts: object, message: string): void;
}

export interface DriftTurns {
  /** Requests the checks that are due. Throws if the database or Temporal is down: the next sweep does it. */
  once(): Promise<void>;
}

/** Checks that one sweep requests at a target, at most. */
const AT_ONCE = 500;
/** Schedules that one sweep removes, at most: each takes Temporal some milliseconds. */
const REMOVED_AT_ONCE = 300;
/** How long one list of Temporal's schedules may take, in milliseconds. */
const LIST_PATIENCE = 30_000;
/** After how many milliseconds Temporal's schedules are read again: somebody may have resumed one, or an API of a former release made one. */
const READ_AGAIN_MS = 600_000;

/**
 * Regular checks: the database knows whose turn it is, and Temporal runs the check. A Temporal Schedule for each connection, as before,
 * costs the server ten times as much as the start of a workflow. Schedules of former releases are removed. One that a person paused in
 * Temporal stays, and its books are left alone, until somebody resumes or deletes it there.
 */
export function createDriftTurns({ store, temporal }: HandOverDeps, terms: DriftTerms, log: DriftLog): DriftTurns {
  let former: Former = { running: [], paused: [] };
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    async once() {
      if (Date.now() - readAt >= READ_AGAIN_MS) {
        const known = new Set(former.paused.map(idOf));
        former = await formerSchedules(temporal);
        readAt = Date.now();
        for (const books of former.paused.filter((one) => !known.has(idOf(one))))
          log.warn(books, 'somebody paused the regular checks of these books in Temporal; they stay paused');
      }
      for (const books of former.running.splice(0, REMOVED_AT_ONCE)) await removeSchedule(temporal, idOf(books));
      for (const target of terms.targets) {
        const everyMinutes = terms.everyMinutes(target);
        const except = former.paused.filter((books) => books.target === target).map(({ companyId }) => companyId);
        if (everyMinutes > 0) await requestDueDriftChecks(store.sql, { target, everyMinutes, except }, AT_ONCE);
      }
    },
  };
}

interface BooksOf {
  readonly companyId: string;
  readonly target: string;
}

interface Former {
  readonly running: BooksOf[];
  readonly paused: readonly BooksOf[];
}

/** The schedules of checks that a former release left in Temporal. It paused none of them by itself. */
async function formerSchedules(temporal: Client): Promise<Former> {
  const running: BooksOf[] = [];
  const paused: BooksOf[] = [];
  await temporal.connection.withDeadline(Date.now() + LIST_PATIENCE, async () => {
    for await (const { scheduleId, state } of temporal.schedule.list({ pageSize: 1_000 })) {
      if (!scheduleId.startsWith(FORMER_LOOK_SCHEDULE)) continue;
      const at = scheduleId.lastIndexOf(':');
      const books = { companyId: scheduleId.slice(FORMER_LOOK_SCHEDULE.length, at), target: scheduleId.slice(at + 1) };
      (state.paused ? paused : running).push(books);
    }
  });
  return { running, paused };
}

function idOf({ companyId, target }: BooksOf): string {
  return `${FORMER_LOOK_SCHEDULE}${companyId}:${target}`;
}
