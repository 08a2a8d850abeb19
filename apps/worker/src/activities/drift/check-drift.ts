import { findChanges as ask, rereadStanding as reread } from '@ledgerpost/batching';
import type { AnyTarget, BatchedType, DocumentKind } from '@ledgerpost/core';
import { beginDriftCheck as begin, type DriftCheck, endDriftCheck, workDriftCheck } from '@ledgerpost/store';
import type { CoreActivities, TargetActivities } from '@ledgerpost/workflows/activities';
import { Context } from '@temporalio/activity';
import { atTarget, type WorkerDeps } from '../verb.ts';

/** Begins a check for drift. */
export function beginLook(deps: WorkerDeps): CoreActivities['beginLook'] {
  return async (order) => {
    const { workflowExecution, activityId } = Context.current().info;
    // All attempts of this activity begin the same check.
    const id = `${workflowExecution?.runId}/${activityId}`;
    return { ...(await deps.store.sql.begin((sql) => begin(sql, { ...order, id }))), id };
  };
}

/** Finds what changed in a company's books, and reads the documents that we posted. */
export function findChanges(deps: WorkerDeps, target: AnyTarget): TargetActivities['findChanges'] {
  return async ({ companyId }) => {
    const look = await openCheck(deps, target, companyId);
    return atTarget(deps, target, look, (context) => ask(deps.store, target, context, look));
  };
}

/** Reads the next page of all posted documents of some kinds. */
export function rereadStanding(deps: WorkerDeps, target: AnyTarget): TargetActivities['rereadStanding'] {
  return async ({ companyId, kinds, after }) => {
    const look = await openCheck(deps, target, companyId);
    const from = after === undefined ? undefined : { ...after, type: after.type as BatchedType };
    return atTarget(deps, target, look, (context) =>
      reread(deps.store, target, context, look, kinds as readonly DocumentKind[], from),
    );
  };
}

/** Seals a check for drift. */
export function recordLook(deps: WorkerDeps): CoreActivities['recordLook'] {
  return async (end) => {
    const sealed = await deps.store.sql.begin((sql) => endDriftCheck(sql, end));
    const { looked, found, postponed } = end;
    return { end: end.reason === undefined ? 'done' : 'failed', looked, found, postponed, ...sealed };
  };
}

async function openCheck({ store }: WorkerDeps, target: AnyTarget, companyId: string): Promise<DriftCheck> {
  const look = await workDriftCheck(store.sql, companyId, target.id);
  if (look === undefined) throw new Error(`The company ${companyId} has no settings at ${target.id}.`);
  return look;
}
