import { type AnyTarget, type BooksSettings, Refusal } from '@ledgerpost/core';
import { enableTarget, getCompanyTarget, listCompanyTargets, putSettings } from '@ledgerpost/store';
import { z } from 'zod';
import { company, READERS } from '../access.ts';
import type { App, RouteDeps } from '../deps.ts';
import { companyParams, errorAnswers, instant, targetParams } from '../views.ts';
import { withoutSecrets } from '../without-secrets.ts';
import { installedTarget } from './targets.ts';

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
          'The body is the whole of the settings, in the form that GET /v1/targets/{target} shows. `{}` takes every default.',
        params: targetParams,
        body: z.record(z.string(), z.unknown()),
        response: { 200: companyTargetView, 201: companyTargetView, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const target = installedTarget(targets, request.params.target);
      const settings = parseSettings(target, request.body);
      const forJournal = (told: BooksSettings) => withoutSecrets(target, told);
      const key = { companyId: request.company.id, target: target.id, forJournal };
      const existed = (await getCompanyTarget(store, key.companyId, key.target)) !== undefined;
      if (existed) await putSettings(store, { ...key, settings }, request.caller.actor);
      else await enableTarget(store, { ...key, delivery: target.delivery.by, settings }, request.caller.actor);
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

/** The settings by the target's own form. Refusal `bad-request`, naming each member. */
function parseSettings(target: AnyTarget, body: unknown): BooksSettings {
  const parsed = target.settings.safeParse(body);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({ field: ['body', ...issue.path].join('.'), message: issue.message }));
  throw new Refusal('bad-request', `${fields[0]!.field}: ${fields[0]!.message} The form is at /v1/targets/${target.id}.`, {
    fields,
  });
}

type StoredTarget = NonNullable<Awaited<ReturnType<typeof getCompanyTarget>>>;

function viewOf(target: AnyTarget | undefined, stored: StoredTarget) {
  return {
    target: stored.target,
    delivery: stored.delivery,
    settings: target === undefined ? {} : withoutSecrets(target, stored.settings),
    settingsVersion: stored.settingsVersion,
    connectionId: stored.connectionId,
    enabledAt: stored.enabledAt,
  };
}
