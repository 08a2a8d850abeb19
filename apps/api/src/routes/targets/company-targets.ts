import { keepSecrets, secretsGiven } from '@ledgerpost/connections';
import { type AnyTarget, type BooksSettings, type Chart, Refusal, wrongNames } from '@ledgerpost/core';
import {
  type CompanyTarget,
  connectionChart,
  editSettings,
  enableTarget,
  getCompanyTarget,
  type KeepSettings,
  listCompanyTargets,
  type Store,
} from '@ledgerpost/store';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { fieldSentence } from '../../http/problem-answers.ts';
import { companyParams, errorAnswers, instant, targetParams } from '../../views/views.ts';
import { withoutSecrets } from '../../views/without-secrets.ts';
import { installedTarget } from '../look-ups.ts';

const companyTargetView = z
  .object({
    target: z.string(),
    delivery: z.enum(['files', 'push']),
    settings: z.record(z.string(), z.unknown()).describe('In the target’s form, without secrets'),
    settingsVersion: z.number().int(),
    connectionId: z.string(),
    previewedAt: instant.nullable().describe('When somebody first previewed a batch; null: nobody has'),
    enabledAt: instant,
  })
  .meta({ id: 'CompanyTarget' });

/** A company's settings at a target. */
export function companyTargetRoutes(app: App, { store, targets, connections }: RouteDeps): void {
  app.put(
    '/v1/companies/:company/targets/:target',
    {
      config: { access: company('admin') },
      schema: {
        tags: ['settings'],
        summary: 'Put the settings at a target; the first time enables the target',
        description:
          'The body replaces all settings, in the form that GET /v1/targets/{target} shows. `{}` uses every default. At a target with a connection, a body without `accounts` keeps the default accounts, and one with `accounts` replaces all of them. `classes.mode` follows the books: leave it out, or send the books’ own mode. Spaces around names of the books are ignored. Each new name must be in the chart, where one is known: the connected books’, or the one that the settings declare. Secrets are sealed and never returned: one that is left out stays, and `null` removes it.',
        params: targetParams,
        body: z.record(z.string(), z.unknown()),
        response: { 200: companyTargetView, 201: companyTargetView, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const target = installedTarget(targets, request.params.target);
      const { body, removed } = secretsGiven(target, request.body);
      const given = parseSettings(target, body);
      const forJournal = (shown: BooksSettings) => withoutSecrets(target, shown);
      const companyId = request.company.id;
      const who = { keys: connections.keys, target, companyId, actor: request.caller.actor };
      const keep: KeepSettings = (sql, connectionId, settings, former) =>
        keepSecrets(sql, { ...who, connectionId }, settings, former, removed);
      const key = { companyId, target: target.id, forJournal, keep };
      const before = await getCompanyTarget(store, key.companyId, key.target);
      const existed = before !== undefined;
      if (existed) {
        const chart = await chartOfBooks(store, target, before);
        const mode = chart?.preferences?.classMode;
        refuseOtherMode(request.body, mode);
        refuseWrongNames(given, chart ?? given.chart, before.settings);
        const edit = (former: BooksSettings) => withConnections(target, given, request.body, former, mode);
        await editSettings(store, { ...key, edit }, request.caller.actor);
      } else {
        refuseWrongNames(given, given.chart);
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
        summary: 'The targets that the company can send batches to',
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

/** Settings as they would be once they are put, for a preview; secrets have no part in it. @throws Refusal `bad-request` */
export async function draftSettings(
  store: Store,
  target: AnyTarget,
  stored: CompanyTarget,
  body: Readonly<Record<string, unknown>>,
): Promise<BooksSettings> {
  const given = parseSettings(target, secretsGiven(target, body).body);
  const mode = (await chartOfBooks(store, target, stored))?.preferences?.classMode;
  return withConnections(target, given, body, stored.settings, mode);
}

/** The chart of the connected books; undefined if no books are connected, or they were not read. */
async function chartOfBooks(store: Store, target: AnyTarget, { connectionId }: CompanyTarget): Promise<Chart | undefined> {
  if (target.chart.by !== 'discovered') return undefined;
  return (await connectionChart(store.sql, connectionId))?.chart ?? undefined;
}

/** A name that the books don't have would stop each document that uses it, much later. Refusal `bad-request`, naming each member. */
function refuseWrongNames(given: BooksSettings, chart: Chart | undefined, former?: BooksSettings): void {
  const wrong = wrongNames(given, chart, former);
  if (wrong.length === 0) return;
  const fields = wrong.map(({ path, message, nearest }) => ({ field: ['body', ...path].join('.'), message, nearest }));
  const more = fields.length > 1 ? ` (And ${fields.length - 1} more.)` : '';
  throw new Refusal('bad-request', `${fieldSentence(fields[0]!)}${more}`, { fields });
}

type ClassMode = BooksSettings['classes']['mode'];

/** A mode other than the books' own would lose classes, or send what the books can't hold. Refusal `bad-request`. */
function refuseOtherMode(body: Readonly<Record<string, unknown>>, inBooks: ClassMode | undefined): void {
  const { mode } = (body.classes ?? {}) as { mode?: unknown };
  if (inBooks === undefined || mode === undefined || mode === inBooks) return;
  const message = `The connected books have class tracking “${inBooks}”. Leave the mode out, or change it in the books and refresh the connection.`;
  throw new Refusal('bad-request', `body.classes.mode: ${message}`, { fields: [{ field: 'body.classes.mode', message }] });
}

/** Keeps what a connection filled in where the new settings leave it out. */
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
  throw new Refusal('bad-request', `${fieldSentence(fields[0]!)} The form is at /v1/targets/${target.id}.`, {
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
    previewedAt: stored.previewedAt,
    enabledAt: stored.enabledAt,
  };
}
