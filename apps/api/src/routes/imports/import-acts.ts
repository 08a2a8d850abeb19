import { ACKNOWLEDGMENTS, type ImportReport } from '@ledgerpost/batching';
import { Refusal } from '@ledgerpost/core';
import {
  beginImportWork,
  changeImport,
  decideKeys,
  decideTwin,
  getImport,
  type ImportRow,
  listImportFiles,
  listTwins,
  needUndoable,
} from '@ledgerpost/store';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { tryHandOverImport } from '../../temporal/hand-to-temporal.ts';
import { storableText } from '../../views/plain-name.ts';
import { companyParams, errorAnswers, instant, recordType } from '../../views/views.ts';
import { IMPORT, importParams, importView, showImport } from './import-views.ts';

const answer = z.enum(['same', 'another']);

/** Check, apply, undo, and decisions about things that came twice. */
export function importActRoutes(app: App, deps: RouteDeps): void {
  const { store } = deps;
  const { sql } = store;
  const at = `/v1/companies/:company/imports/${IMPORT}`;

  app.post(
    `${at}::check`,
    {
      config: { access: company('source') },
      schema: {
        tags: ['imports'],
        summary: 'Check what an import would do',
        description: 'In the background; follow it with GET. Nothing is written to records.',
        params: importParams,
        response: { 202: importView, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { company: of, caller, params } = request;
      const order = { companyId: of.id, importId: params.import, work: 'check' as const, actor: caller.actor };
      const row = await sql.begin((tx) => beginImportWork(tx, order));
      return reply.code(202).send(await handedOver(row, request.log));
    },
  );

  app.post(
    `${at}::apply`,
    {
      config: { access: company('source') },
      schema: {
        tags: ['imports'],
        summary: 'Apply an import that was checked',
        description:
          'In the background; follow it with GET. Records that would change what is in the books, and changes that come from the mapping alone, each need an acknowledgment. If something changed since the check, nothing is applied, and the import is `checked` again with `reason` import-changed.',
        params: importParams,
        body: z.strictObject({
          digest: storableText(0, 100).describe('Of the check that a person read'),
          acknowledge: z.array(z.enum(ACKNOWLEDGMENTS)).max(10).default([]),
        }),
        response: { 202: importView, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { company: of, caller, params, body } = request;
      const row = await sql.begin(async (tx) => {
        const checked = await getImport(tx, of.id, params.import);
        const order = { companyId: of.id, importId: params.import, work: 'apply' as const, actor: caller.actor };
        // First of all whether it can be applied at all.
        const begun = await beginImportWork(tx, { ...order, acknowledged: body.acknowledge });
        needDigest(checked, body.digest);
        needAcknowledged(checked!.report as ImportReport, body.acknowledge);
        return begun;
      });
      return reply.code(202).send(await handedOver(row, request.log));
    },
  );

  app.post(
    `${at}::undo`,
    {
      config: { access: company('admin') },
      schema: {
        tags: ['imports'],
        summary: 'Undo an import',
        description:
          'Only while none of its records is or was in a batch. Records that are still as it left them return to what they were, or go. Records that somebody changed since stay, and are listed as `left`.',
        params: importParams,
        response: { 202: importView, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { company: of, caller, params } = request;
      const row = await sql.begin(async (tx) => {
        const order = { companyId: of.id, importId: params.import, work: 'undo' as const, actor: caller.actor };
        const begun = await beginImportWork(tx, order);
        await needUndoable(tx, params.import);
        return begun;
      });
      return reply.code(202).send(await handedOver(row, request.log));
    },
  );

  app.post(
    `${at}::decide`,
    {
      config: { access: company('admin') },
      schema: {
        tags: ['imports'],
        summary: 'Decide about records that may be there already',
        description:
          'For findings of kind `asked`. `same`: the id that the files make stands for the record that is there, from now on. `another`: both are kept. Then check the import again.',
        params: importParams,
        body: z.strictObject({
          answers: z
            .array(
              z.strictObject({
                type: recordType,
                id: storableText(1, 64).describe('`record.id` of the finding'),
                answer,
                candidate: storableText(1, 64).describe('`details.candidate.id` of the finding'),
              }),
            )
            .min(1)
            .max(5_000),
        }),
        response: { 200: importView, ...errorAnswers },
      },
    },
    async (request) => {
      const { company: of, caller, params, body } = request;
      const row = await changeImport(sql, of.id, params.import, {});
      const answers = body.answers.map(({ type, id, answer, candidate }) => ({ type, key: id, answer, recordId: candidate }));
      await decideKeys(store, of.id, answers, caller.actor);
      return showImport(row, await listImportFiles(sql, row.id));
    },
  );

  const twins = '/v1/companies/:company/twins';
  app.get(
    twins,
    {
      config: { access: company('viewer', 'poster', 'approver', 'source') },
      schema: {
        tags: ['imports'],
        summary: 'Payments and refunds of the API that a file may have brought before',
        params: companyParams,
        response: {
          200: z.object({
            rows: z.array(z.object({ type: recordType, id: z.string(), twin: z.string(), foundAt: instant })).readonly(),
          }),
          ...errorAnswers,
        },
      },
    },
    async (request) => {
      const rows = await listTwins(sql, request.company.id);
      return { rows: rows.map(({ type, id, twinId, foundAt }) => ({ type, id, twin: twinId, foundAt })) };
    },
  );

  app.post(
    `${twins}/:type/:id`,
    {
      config: { access: company('admin') },
      schema: {
        tags: ['imports'],
        summary: 'Decide whether a payment or refund is the one that a file brought before',
        description: '`same`: it is never sent, because the one that came first counts. `another`: it is sent.',
        params: companyParams.extend({ type: z.enum(['payment', 'refund']), id: storableText(1, 64) }),
        body: z.strictObject({ answer }),
        response: { 200: z.object({ answer }), ...errorAnswers },
      },
    },
    async (request) => {
      const { type, id } = request.params;
      await decideTwin(store, request.company, { type, id, answer: request.body.answer, actor: request.caller.actor });
      return { answer: request.body.answer };
    },
  );

  async function handedOver(row: ImportRow, log: Parameters<typeof tryHandOverImport>[2]) {
    await tryHandOverImport(deps, row.id, log);
    return showImport(row, await listImportFiles(sql, row.id));
  }
}

/** @throws Refusal `import-changed` */
function needDigest(row: ImportRow | undefined, digest: string): void {
  if (row?.digest === digest) return;
  throw new Refusal(
    'import-changed',
    'The import was checked again since, or its files or mappings changed. Read the newest check, then apply with its digest.',
    { digest: row?.digest ?? null },
  );
}

/** @throws Refusal `import-not-acknowledged` */
function needAcknowledged(report: ImportReport, given: readonly string[]): void {
  const missing = report.acknowledge.filter((one) => !given.includes(one));
  if (missing.length === 0) return;
  const what = {
    'posted-records': 'changes records that are in the books',
    'mapping-changed': 'changes records because the mapping changed',
    'absent-records': 'voids or removes records that are absent from the files',
  };
  throw new Refusal(
    'import-not-acknowledged',
    `The import ${missing.map((one) => what[one]).join(', and ')}. Read the check, then apply again with acknowledge: ${missing.join(', ')}.`,
    { acknowledge: missing },
  );
}
