import type { AnyTarget } from '@ledgerpost/core';
import type { CoreActivities, TargetActivities } from '@ledgerpost/workflows/activities';
import { SERVED_ELSEWHERE } from '@ledgerpost/workflows/names';
import { ApplicationFailure } from '@temporalio/activity';
import { check } from './batch/check.ts';
import { declare } from './batch/declare.ts';
import { exportChunk } from './batch/export.ts';
import { freeze } from './batch/freeze.ts';
import { approve, hold, orders, resume } from './batch/orders.ts';
import { prepare } from './batch/prepare.ts';
import { push } from './batch/push.ts';
import { finish, record } from './batch/record.ts';
import { select } from './batch/select.ts';
import { validate } from './batch/validate.ts';
import { writeFiles } from './batch/write-files.ts';
import { beginLook, findChanges, recordLook, rereadStanding } from './drift/check-drift.ts';
import { failImport, workImport } from './imports/work-import.ts';
import { sendNotice } from './notices/send-notice.ts';
import { type EngineDeps, startScheduled } from './schedules/start-scheduled.ts';
import { recordUndo } from './undo/record-undo.ts';
import { undo } from './undo/undo.ts';
import { verb, type WorkerDeps } from './verb.ts';
import { recordVerification } from './verification/record-verification.ts';
import { verify } from './verification/verify.ts';

type Activities = Record<string, (order: never) => Promise<unknown>>;

/** The engine's own activities: `core.select`, `core.record`… */
export function coreActivities(deps: EngineDeps): Activities {
  const verbs: CoreActivities = {
    select: select(deps),
    freeze: freeze(deps),
    check: check(deps),
    approve: approve(deps),
    orders: orders(deps),
    hold: hold(deps),
    resume: resume(deps),
    record: record(deps),
    finish: finish(deps),
    recordUndo: recordUndo(deps),
    recordVerification: recordVerification(deps),
    startScheduled: startScheduled(deps),
    workImport: workImport(deps),
    failImport: failImport(deps),
    sendNotice: sendNotice(deps),
    beginLook: beginLook(deps),
    recordLook: recordLook(deps),
  };
  return named('core', deps, verbs);
}

/** A target's activities: `saasant.validate`, `saasant.push`… */
export function targetActivities(deps: WorkerDeps, target: AnyTarget): Activities {
  const verbs: TargetActivities = {
    declare: declare(deps, target),
    validate: validate(deps, target),
    export: exportChunk(deps, target),
    writeFiles: writeFiles(deps, target),
    prepare: prepare(deps, target),
    push: push(deps, target),
    undo: undo(deps, target),
    verify: verify(deps, target),
    findChanges: findChanges(deps, target),
    rereadStanding: rereadStanding(deps, target),
  };
  return named(target.id, deps, verbs);
}

/** What a workflow that runs here gets for a short step of a target whose workers are others: it asks those. */
export async function servedElsewhere(): Promise<never> {
  throw ApplicationFailure.create({
    type: SERVED_ELSEWHERE,
    message: 'This worker does not serve the target. A worker of the target continues.',
    details: [{ kind: 'transient' }],
  });
}

function named(prefix: string, deps: WorkerDeps, verbs: object): Activities {
  return Object.fromEntries(
    Object.entries(verbs).map(([name, work]) => [
      `${prefix}.${name}`,
      verb(`${prefix}.${name}`, deps, work as (order: never) => Promise<unknown>),
    ]),
  );
}
