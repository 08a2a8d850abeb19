import { type AnyTarget, type BooksSettings, Refusal } from '@ledgerpost/core';
import {
  type CompanyTarget,
  connectionChart,
  editSettings,
  enableTarget,
  getCompanyTarget,
  listCompanyTargets,
  type Store,
} from '@ledgerpost/store';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { fieldSays } from '../../http/problem-answers.ts';
import { companyParams, errorAnswers, instant, targetParams } from '../../views/views.ts';
import { withoutSecrets } from '../../views/without-secrets.ts';
import { installedTarget } from '../look-ups.ts';

const companyTargetView = z
  .object({
    target: z.string(),
    delivery: z.enum(['files', 'push']),
    settings: z.record(z.string(), z.unknown()).describe('As the target’s form has them; secrets are left out'),
    settingsVersion: z.number().int(),
    connectionId: z.string(),
    enabledAt: instant,
  })
  .meta({ id: 'CompanyTarget' });

/** A company's settings at a target. */
export function companyTargetRoutes(app: App, { store, targets }: RouteDeps): void {
  app.put(
    '/v1/companies/:company/targets/:target',
    {
      config: { access: company('admin') },
      schema: {
        tags: ['settings'],
        summary: 'Put the settings at a target; the first time enables it',
        description:
          'The body is the whole of the settings, in the form that GET /v1/targets/{target} shows. `{}` takes every default. At a target whose books are read through a connection two things are the connection’s: a body without `accounts` leaves the default accounts as they are, one with `accounts` replaces all of them; and `classes.mode` follows the books, so leave it out, or send it as the books have it.',
        params: targetParams,
        body: z.record(z.string(), z.unknown()),
        response: { 200: companyTargetView, 201: companyTargetView, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const target = installedTarget(targets, request.params.target);
      const given = parseSettings(target, request.body);
      const forJournal = (told: BooksSettings) => withoutSecrets(target, told);
      const key = { companyId: request.company.id, target: target.id, forJournal };
      const before = await getCompanyTarget(store, key.companyId, key.target);
      const existed = before !== undefined;
      if (existed) {
        const mode = await bookedClassMode(store, target, before);
        refuseOtherMode(request.body, mode);
        const edit = (former: BooksSettings) => withConnections(target, given, request.body, former, mode);
        await editSettings(store, { ...key, edit }, request.caller.actor);
      } else {
        const order = { ...key, delivery: target.delivery.by, settings: given };
        await enableTarget(store, order, request.caller.actor);
      }
      const now = await getCompanyTarget(store, key.companyId, key.target);
      return reply.code(existed ? 200 : 201).send(viewOf(target, now!));
    },
  );
  app.get(
    '/v1/companies/:company/targets/:target',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['settings'],
        summary: 'The settings at a target',
        params: targetParams,
        response: { 200: companyTargetView, ...errorAnswers },
      },
    },
    async (request) => {
      const target = installedTarget(targets, request.params.target);
      const found = await getCompanyTarget(store, request.company.id, target.id);
      if (found === undefined) throw new Refusal('not-found', `The company has no settings at ${target.id} yet. Put them first.`);
      return viewOf(target, found);
    },
  );
  app.get(
    '/v1/companies/:company/targets',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['settings'],
        summary: 'The targets that the company may batch to',
        params: companyParams,
        response: { 200: z.object({ rows: z.array(companyTargetView).readonly() }), ...errorAnswers },
      },
    },
    async (request) => {
      const found = await listCompanyTargets(store, request.company.id);
      return {
        rows: found.map((one) =>
          viewOf(
            targets.find((target) => target.id === one.target),
            one,
          ),
        ),
      };
    },
  );
}

/** How the connected books track classes; undefined where no books are connected, or they were not read. */
async function bookedClassMode(store: Store, target: AnyTarget, { connectionId }: CompanyTarget): Promise<ClassMode | undefined> {
  if (target.chart.by !== 'discovered') return undefined;
  return (await connectionChart(store.sql, connectionId))?.chart?.preferences?.classMode;
}

type ClassMode = BooksSettings['classes']['mode'];

/** Another mode than the books' would lose classes, or send what the books can't hold. Refusal `bad-request`. */
function refuseOtherMode(body: Readonly<Record<string, unknown>>, booked: ClassMode | undefined): void {
  const { mode } = (body.classes ?? {}) as { mode?: unknown };
  if (booked === undefined || mode === undefined || mode === booked) return;
  const message = `The connected books have class tracking “${booked}”. Leave the mode out, or change it in the books and refresh the connection.`;
  throw new Refusal('bad-request', `body.classes.mode: ${message}`, { fields: [{ field: 'body.classes.mode', message }] });
}

/** What a connection filled in is not lost by settings that say nothing of it. */
function withConnections(
  target: AnyTarget,
  given: BooksSettings,
  body: Readonly<Record<string, unknown>>,
  former: BooksSettings,
  mode: ClassMode | undefined,
): BooksSettings {
  if (target.chart.by !== 'discovered') return given;
  return {
    ...given,
    accounts: body.accounts === undefined ? former.accounts : given.accounts,
    classes: { ...given.classes, mode: mode ?? given.classes.mode },
  };
}

/** The settings by the target's own form. Refusal `bad-request`, naming each member. */
function parseSettings(target: AnyTarget, body: unknown): BooksSettings {
  const parsed = target.settings.safeParse(body);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({ field: ['body', ...issue.path].join('.'), message: issue.message }));
  throw new Refusal('bad-request', `${fieldSays(fields[0]!)} The form is at /v1/targets/${target.id}.`, {
    fields,
  });
}

function viewOf(target: AnyTarget | undefined, stored: CompanyTarget) {
  return {
    target: stored.target,
    delivery: stored.delivery,
    settings: target === undefined ? {} : withoutSecrets(target, stored.settings),
    settingsVersion: stored.settingsVersion,
    connectionId: stored.connectionId,
    enabledAt: stored.enabledAt,
  };
}
