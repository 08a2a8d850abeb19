import { type CompanyFacts, Refusal, type SourceRecord } from '@ledgerpost/core';
import { parseRecord, recordSchema } from '@ledgerpost/core/schemas';
import { getRecord, type InLine, type Prepared, putPrepared, putRecords } from '@ledgerpost/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, endedMeanwhile, isStillInForce, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { refusalOf } from '../../http/problem-answers.ts';
import { atPace } from '../../intake/at-pace.ts';
import { emptyIntake, type Intake, importRecords } from '../../intake/import-records.ts';
import { companyParams, errorAnswers, instant, recordType } from '../../views/views.ts';

const recordParams = companyParams.extend({ type: recordType, id: z.string().min(1).max(64) });

const intakeView = z
  .object({
    lines: z.number().int().describe('Lines read, without blank ones'),
    taken: z.number().int().describe('New, or with new content'),
    unchanged: z.number().int(),
    refused: z.number().int(),
    refusals: z
      .array(
        z.object({ line: z.number().int(), record: z.string().optional(), field: z.string().optional(), reason: z.string() }),
      )
      .describe('The first refused lines; `refused` counts them all'),
    throughLine: z.number().int().describe('This line and all lines before it were processed'),
  })
  .meta({ id: 'Intake' });

const recordView = z.object({
  record: z.record(z.string(), z.unknown()),
  revision: z.number().int(),
  changedAt: instant,
  standings: z
    .array(z.record(z.string(), z.unknown()))
    .describe('Its state at each enabled target: what is posted, what is open'),
});

const sourceRecord = recordSchema.meta({ id: 'SourceRecord', description: 'One source record; a line of the stream' });

const recordAtAddress = z
  .union((recordSchema.options as readonly z.ZodObject[]).map((one) => one.partial({ type: true, id: true })))
  .meta({ id: 'RecordAtAddress', description: 'One source record; without `type` and `id` it has those of the address' });

/**
 * The schema describes the bodies, and core reads them: it knows the company's currency and has its own sentences for
 * what is wrong. A stream is not a value at all.
 */
function bodiesReadByCore(route: { readonly httpPart?: string; readonly schema: unknown }) {
  return route.httpPart === 'body' ? (body: unknown) => ({ value: body }) : validatorCompiler(route as never);
}

/** Records in: one at a time, or as a stream. */
export function recordRoutes(app: App, deps: RouteDeps): void {
  const { store, metrics } = deps;

  app.put(
    '/v1/companies/:company/records/:type/:id',
    {
      config: { access: company('source') },
      validatorCompiler: bodiesReadByCore,
      schema: {
        tags: ['records'],
        summary: 'Put one record',
        description:
          'The same content again changes nothing. The body may leave out `type` and `id`; otherwise they must match the address.',
        params: recordParams,
        body: recordAtAddress,
        response: { 200: z.object({ outcome: z.enum(['taken', 'unchanged']) }), ...errorAnswers },
      },
    },
    async (request) => {
      const { type, id } = request.params;
      const body: unknown = request.body;
      const record = parseOrRefuse(isObject(body) ? { type, id, ...body } : body, request.company);
      if (record.type !== type || record.id !== id) {
        throw new Refusal(
          'bad-record',
          `The body is ${record.type}/${record.id}, but the address is ${type}/${id}. Make them the same.`,
        );
      }
      const [outcome] = await putRecords(store, request.company, [record], request.caller.actor);
      metrics.records.inc({ outcome: outcome! });
      return { outcome: outcome! };
    },
  );

  app.get(
    '/v1/companies/:company/records/:type/:id',
    {
      config: { access: company(...READERS, 'source') },
      schema: {
        tags: ['records'],
        summary: 'One record, and its state at each target',
        params: recordParams,
        response: { 200: recordView, ...errorAnswers },
      },
    },
    async (request) => {
      const { type, id } = request.params;
      const found = await getRecord(store, request.company.id, { type, id });
      if (found === undefined) throw new Refusal('not-found', `There is no ${type} ${JSON.stringify(id)}.`);
      return found as unknown as z.output<typeof recordView>;
    },
  );

  app.post(
    '/v1/companies/:company/records',
    {
      config: { access: company('source') },
      validatorCompiler: bodiesReadByCore,
      schema: {
        tags: ['records'],
        summary: 'Put a stream of records (NDJSON), of any size',
        description:
          'One JSON object on each line, in any order. Refused lines are reported with their number; the others are saved. If the stream breaks, the lines that arrived whole are kept. Send it again: what is already saved counts as unchanged.',
        consumes: ['application/x-ndjson'],
        params: companyParams,
        body: sourceRecord,
        response: { 200: intakeView, ...errorAnswers },
      },
    },
    (request, reply) => importStream(request as FastifyRequest, reply, deps),
  );
}

async function importStream(request: FastifyRequest, reply: FastifyReply, deps: RouteDeps): Promise<Intake> {
  const { store, metrics } = deps;
  const { company, caller } = request;
  if (request.body === undefined || request.body !== request.raw) {
    throw new Refusal('unsupported-media-type', 'Send the records as application/x-ndjson, one JSON object on each line.');
  }
  const intake = emptyIntake();
  try {
    // Left open when we stop early, so that there is a connection to answer on.
    const bytes = atPace(request.raw.iterator({ destroyOnReturn: false }));
    const put = async (records: readonly Prepared[], inLine: InLine) => {
      // A stream may take hours, and its key may be revoked in the meantime.
      if (!(await isStillInForce(request, deps))) throw endedMeanwhile();
      return putPrepared(store, company, records, caller.actor, inLine);
    };
    await importRecords(bytes, company, put, intake);
    return intake;
  } catch (error) {
    request.log.warn({ err: error, intake: { ...intake, refusals: undefined } }, 'a stream of records ended early');
    hangUp(request, reply);
    const cause = refusalOf(error);
    const through = `Everything through line ${intake.throughLine} was processed.`;
    if (error instanceof Refusal) throw new Refusal(cause.code, `${cause.message} ${through}`, { ...intake });
    if (cause.code === 'internal' && !request.raw.readableAborted) throw error;
    throw new Refusal(
      'stream-broken',
      `${cause.code === 'internal' ? 'The stream broke.' : cause.message} ${through} Send the stream again.`,
      { ...intake },
    );
  } finally {
    for (const outcome of ['taken', 'unchanged', 'refused'] as const) metrics.records.inc({ outcome }, intake[outcome]);
  }
}

/** Reads on for a moment, so that the sender receives the answer, and then closes the connection. */
function hangUp(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('Connection', 'close');
  request.raw.resume();
  setTimeout(() => request.raw.destroy(), 5_000).unref();
}

function parseOrRefuse(value: unknown, company: CompanyFacts): SourceRecord {
  const parsed = parseRecord(value, company.currency);
  if (parsed.ok) return parsed.record;
  const first = parsed.refusals[0]!;
  throw new Refusal('bad-record', `${first.field === '' ? '' : `${first.field}: `}${first.message}`, { fields: parsed.refusals });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
