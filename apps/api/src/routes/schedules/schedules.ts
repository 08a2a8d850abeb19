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
import { tryHandOver, tryKeepSchedule } from '../../temporal/tell-temporal.ts';
import { temporalScheduleLink } from '../../views/batch-view.ts';
import { after, companyParams, errorAnswers, instant, limit, page, targetParams } from '../../views/views.ts';
import { enabledTarget } from '../look-ups.ts';

const runView = z
  .object({
    due: instant.describe('When it was due; for one that somebody asked for, when they did'),
    askedBy: z.string().nullable().describe('Who asked for it beside the schedule; null: it was due'),
    outcome: z
      .enum(RUN_OUTCOMES)
      .describe(
        '`started`: a batch; `nothing-to-send`: none, nothing was open; `batch-open`: another batch was in its way; `needs-a-person`: somebody has to choose; `refused`: the company can’t batch there now; `missed`: it could not be looked at in time',
      ),
    code: z.string().nullable().describe('A code of docs/errors.md, where no batch was started'),
    message: z.string().describe('What it came to, and who does what next'),
    batch: z
      .object({ id: z.uuid(), name: z.string(), state: z.enum(BATCH_STATES as [BatchState, ...BatchState[]]) })
      .nullable()
      .describe('The batch that it started, or that was in its way, as it is now'),
    at: instant,
  })
  .meta({ id: 'ScheduleRun' });

const scheduleView = z
  .object({
    target: z.string(),
    days: z.array(z.enum(WEEKDAYS)).readonly(),
    times: z.array(z.string()).readonly().describe('HH:MM by the clock of `timeZone`'),
    timeZone: z.string().describe('The company’s'),
    send: z.enum(['everything', 'invoices', 'payments']),
    departmentId: z.string().optional(),
    acknowledge: z.array(z.enum(['payments-without-invoices'])).readonly(),
    paused: z.object({ by: z.string(), at: instant }).nullable(),
    pausedInTemporal: z
      .string()
      .nullable()
      .describe('The note of a pause that was made in Temporal itself, as last seen; a resume lifts it. Null: there is none'),
    waiting: z.string().optional().describe('That Temporal does not have it as it is here yet, in a sentence'),
    next: z.array(instant).readonly().describe('When it is due next; none while it is paused'),
    lastRun: runView.nullable(),
    changedBy: z.string(),
    changedAt: instant,
    links: z.object({ temporal: z.string().optional() }),
  })
  .meta({ id: 'Schedule' });

/** When a company's batches start by themselves. */
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
      ...(stored.kept ? {} : { waiting: 'Temporal does not have it as it is here yet; it is told as soon as it is there.' }),
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
          'There is one at most, and the body is the whole of it. One that is paused stays paused. It stands as soon as this answers, also while Temporal is down: `waiting` then says so.',
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
        summary: 'The schedule, when it is due next, and what its last run came to',
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
        summary: 'Remove the schedule; what it started goes on',
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
    ['pause', pauseSchedule, 'Let the schedule rest: nothing starts by itself until it is resumed'],
    ['resume', resumeSchedule, 'Let the schedule run again, also one that was paused in Temporal itself'],
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
        summary: 'Run it now, besides when it is due; also one that is paused',
        description: 'The batch, if there is one, is started by whoever asks, and answers as any other batch.',
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
        summary: 'What the runs came to, newest first; also those of a schedule that was removed',
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
