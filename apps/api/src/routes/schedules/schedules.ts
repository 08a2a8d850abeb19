import { runSchedule } from '@ledgerpost/batching';
import { BATCH_STATES, type BatchState, type CompanyFacts, nextRuns, RUN_OUTCOMES, WEEKDAYS } from '@ledgerpost/core';
import { batchScheduleSchema } from '@ledgerpost/core/schemas';
import {
  getBatch,
  getSchedule,
  listRuns,
  listSchedules,
  noSchedule,
  pauseSchedule,
  putSchedule,
  removeScheduleOf,
  resumeSchedule,
  type ScheduleRun,
  type StoredSchedule,
} from '@ledgerpost/store';
import { scheduledBatchId } from '@ledgerpost/workflows/names';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { tryHandOver, tryKeepSchedule } from '../../temporal/hand-to-temporal.ts';
import { temporalScheduleLink } from '../../views/batch-view.ts';
import { after, companyParams, errorAnswers, instant, limit, page, targetParams } from '../../views/views.ts';
import { enabledTarget } from '../look-ups.ts';

const runView = z
  .object({
    due: instant.describe('When the run was due; for a run that a person requested, the time of the request'),
    askedBy: z.string().nullable().describe('The person who requested the run; null: the run was due'),
    outcome: z
      .enum(RUN_OUTCOMES)
      .describe(
        '`started`: a batch started; `nothing-to-send`: nothing was open; `batch-open`: another batch was still open; `needs-a-person`: a person must choose; `refused`: the company can’t start batches there now; `missed`: no worker ran it in time',
      ),
    code: z.string().nullable().describe('A code of docs/errors.md, where no batch was started'),
    message: z.string().describe('How the run ended, and what to do next'),
    batch: z
      .object({ id: z.uuid(), name: z.string(), state: z.enum(BATCH_STATES as [BatchState, ...BatchState[]]) })
      .nullable()
      .describe('The batch that the run started, or the open batch that prevented it, as it is now'),
    at: instant,
  })
  .meta({ id: 'ScheduleRun' });

const scheduleView = z
  .object({
    target: z.string(),
    days: z.array(z.enum(WEEKDAYS)).readonly(),
    times: z.array(z.string()).readonly().describe('HH:MM in `timeZone`'),
    timeZone: z.string().describe('The company’s'),
    send: z.enum(['everything', 'invoices', 'payments']),
    departmentId: z.string().optional(),
    acknowledge: z.array(z.enum(['payments-without-invoices'])).readonly(),
    paused: z.object({ by: z.string(), at: instant }).nullable(),
    pausedInTemporal: z
      .string()
      .nullable()
      .describe('The note of a pause that was set in Temporal itself; a resume ends that pause. Null: there is none'),
    waiting: z.string().optional().describe('A sentence, if Temporal does not have the newest schedule yet'),
    next: z.array(instant).readonly().describe('The next due times; none while it is paused'),
    lastRun: runView.nullable(),
    changedBy: z.string(),
    changedAt: instant,
    links: z.object({ temporal: z.string().optional() }),
  })
  .meta({ id: 'Schedule' });

/** The schedules on which a company's batches start. */
export function scheduleRoutes(app: App, deps: RouteDeps): void {
  const { store, targets } = deps;
  const url = '/v1/companies/:company/targets/:target/schedule';

  async function where(request: { company: CompanyFacts; params: { target: string } }) {
    const { target } = await enabledTarget(store, targets, request.company, request.params.target);
    return { companyId: request.company.id, target: target.id };
  }

  async function shownNow(at: { companyId: string; target: string }) {
    return show((await getSchedule(store.sql, at)) ?? noSchedule(at));
  }

  async function show(stored: StoredSchedule): Promise<z.output<typeof scheduleView>> {
    const { schedule, timeZone, pausedBy, pausedAt, pausedThere } = stored;
    const resting = pausedBy !== null || pausedThere !== null;
    const [last] = (await listRuns(store.sql, { ...stored, limit: 1 })).rows;
    return {
      target: stored.target,
      ...schedule,
      timeZone,
      paused: pausedBy === null || pausedAt === null ? null : { by: pausedBy, at: pausedAt },
      pausedInTemporal: pausedThere,
      ...(stored.kept
        ? {}
        : { waiting: 'Temporal does not have this schedule yet. It is updated as soon as Temporal is available.' }),
      next: resting ? [] : nextRuns(schedule, timeZone, deps.now(), 5).map((ms) => new Date(ms)),
      lastRun: last ?? null,
      changedBy: stored.changedBy,
      changedAt: stored.changedAt,
      links: temporalScheduleLink(deps, scheduledBatchId(stored)),
    };
  }

  app.put(
    url,
    {
      config: { access: company('admin') },
      schema: {
        tags: ['schedules'],
        summary: 'Put the schedule of a company at a target',
        description:
          'There is at most one, and the body replaces it. A paused schedule stays paused. It is saved as soon as this answers, also while Temporal is down: `waiting` then states that.',
        params: targetParams,
        body: batchScheduleSchema,
        response: { 200: scheduleView, 201: scheduleView, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const at = await where(request);
      const { created } = await putSchedule(store, { ...at, schedule: request.body, actor: request.caller.actor });
      await tryKeepSchedule(deps, at, request.log);
      return reply.code(created ? 201 : 200).send(await shownNow(at));
    },
  );

  app.get(
    url,
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['schedules'],
        summary: 'The schedule, when it is due next, and how its last run ended',
        params: targetParams,
        response: { 200: scheduleView, ...errorAnswers },
      },
    },
    async (request) => await shownNow(await where(request)),
  );

  app.delete(
    url,
    {
      config: { access: company('admin') },
      schema: {
        tags: ['schedules'],
        summary: 'Remove the schedule; batches that it started continue',
        params: targetParams,
        response: { 204: z.undefined(), ...errorAnswers },
      },
    },
    async (request, reply) => {
      const at = await where(request);
      await removeScheduleOf(store, { ...at, actor: request.caller.actor });
      await tryKeepSchedule(deps, at, request.log);
      return reply.code(204).send();
    },
  );

  for (const [verb, change, summary] of [
    ['pause', pauseSchedule, 'Pause the schedule: it starts no batch until it is resumed'],
    ['resume', resumeSchedule, 'Resume the schedule, also one that was paused in Temporal itself'],
  ] as const) {
    app.post(
      `${url}/${verb}`,
      {
        config: { access: company('poster') },
        schema: { tags: ['schedules'], summary, params: targetParams, response: { 200: scheduleView, ...errorAnswers } },
      },
      async (request) => {
        const at = await where(request);
        await change(store, { ...at, actor: request.caller.actor });
        await tryKeepSchedule(deps, at, request.log);
        return shownNow(at);
      },
    );
  }

  app.post(
    `${url}/runs`,
    {
      config: { access: company('poster') },
      schema: {
        tags: ['schedules'],
        summary: 'Run the schedule now, also if it is paused',
        description: 'If a batch starts, the caller is the person who started it.',
        params: targetParams,
        response: { 201: runView, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { target, companyTarget } = await enabledTarget(store, targets, request.company, request.params.target);
      const at = { companyId: request.company.id, target: target.id };
      const { schedule } = (await getSchedule(store.sql, at)) ?? noSchedule(at);
      const now = deps.now();
      const askedBy = request.caller.actor;
      const order = { company: request.company, companyTarget, schedule, due: new Date(now), askedBy, now };
      const run = await runSchedule({ store, target }, order);
      if (run.outcome === 'started' && run.batch !== null) {
        const batch = await getBatch(store.sql, at.companyId, run.batch.id);
        if (batch !== undefined) await tryHandOver(deps, batch, request.log);
      }
      return reply.code(201).send(run satisfies ScheduleRun);
    },
  );

  app.get(
    `${url}/runs`,
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['schedules'],
        summary: 'The runs with their outcomes, newest first; also those of a removed schedule',
        params: targetParams,
        querystring: z.strictObject({ after, limit: limit(200, 20) }),
        response: { 200: page(runView), ...errorAnswers },
      },
    },
    async (request) => await listRuns(store.sql, { ...(await where(request)), ...request.query }),
  );

  app.get(
    '/v1/companies/:company/schedules',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['schedules'],
        summary: 'The schedules of a company, by target',
        params: companyParams,
        response: { 200: z.object({ rows: z.array(scheduleView).readonly() }), ...errorAnswers },
      },
    },
    async (request) => ({ rows: await Promise.all((await listSchedules(store.sql, request.company.id)).map(show)) }),
  );
}
