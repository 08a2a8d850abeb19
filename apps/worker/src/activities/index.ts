import type { AnyTarget } from '@ledgerpost/core';
import type { CoreActivities, TargetActivities } from '@ledgerpost/workflows/activities';
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
import { type EngineHands, startScheduled } from './schedules/start-scheduled.ts';
import { recordUndo } from './undo/record-undo.ts';
import { undo } from './undo/undo.ts';
import { type Hands, verb } from './verb.ts';
import { recordVerification } from './verification/record-verification.ts';
import { verify } from './verification/verify.ts';

type Activities = Record<string, (order: never) => Promise<unknown>>;

/** The engine's own activities: `core.select`, `core.record`… */
export function coreActivities(hands: EngineHands): Activities {
  const verbs: CoreActivities = {
    select: select(hands),
    freeze: freeze(hands),
    check: check(hands),
    approve: approve(hands),
    orders: orders(hands),
    hold: hold(hands),
    resume: resume(hands),
    record: record(hands),
    finish: finish(hands),
    recordUndo: recordUndo(hands),
    recordVerification: recordVerification(hands),
    startScheduled: startScheduled(hands),
    beginLook: beginLook(hands),
    recordLook: recordLook(hands),
  };
  return named('core', hands, verbs);
}

/** A target's activities: `saasant.validate`, `saasant.push`… */
export function targetActivities(hands: Hands, target: AnyTarget): Activities {
  const verbs: TargetActivities = {
    declare: declare(hands, target),
    validate: validate(hands, target),
    export: exportChunk(hands, target),
    writeFiles: writeFiles(hands, target),
    prepare: prepare(hands, target),
    push: push(hands, target),
    undo: undo(hands, target),
    verify: verify(hands, target),
    findChanges: findChanges(hands, target),
    rereadStanding: rereadStanding(hands, target),
  };
  return named(target.id, hands, verbs);
}

function named(prefix: string, hands: Hands, verbs: object): Activities {
  return Object.fromEntries(
    Object.entries(verbs).map(([name, work]) => [
      `${prefix}.${name}`,
      verb(`${prefix}.${name}`, hands, work as (order: never) => Promise<unknown>),
    ]),
  );
}
