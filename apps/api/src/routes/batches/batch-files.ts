import { Readable } from 'node:stream';
import { type BatchState, Refusal } from '@ledgerpost/core';
import { listFiles, readFile, type StoredFile } from '@ledgerpost/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { batchParams, errorAnswers, MOST_INT } from '../../views/views.ts';
import { batchOf } from '../look-ups.ts';

const fileView = z
  .object({
    ordinal: z.number().int(),
    name: z.string(),
    mediaType: z.string(),
    download: z.boolean().describe('The file that /download answers'),
    size: z.number().int(),
    sha256: z.string(),
    rows: z.number().int().describe('Rows of data, without headers'),
    documents: z.number().int(),
  })
  .meta({ id: 'BatchFile' });

/** What targets write. */
const FILE_TYPES = [
  'application/zip',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'text/plain',
  'application/octet-stream',
] as const;

const bytes = {
  200: {
    description: 'The file, with the media type that the list of files states',
    content: Object.fromEntries(FILE_TYPES.map((type) => [type, { schema: z.string() }])),
  },
  304: z.undefined(),
  ...errorAnswers,
};

const RELEASED: readonly BatchState[] = ['posted', 'posted-in-part', 'undoing', 'undone', 'undone-in-part'];

/** The files of a batch. They can be downloaded any number of times, always with the same bytes. */
export function batchFileRoutes(app: App, { store }: RouteDeps): void {
  app.get(
    '/v1/companies/:company/batches/:batch/files',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['batches'],
        summary: 'The files of a batch',
        params: batchParams,
        response: { 200: z.object({ rows: z.array(fileView) }), ...errorAnswers },
      },
    },
    async (request) => ({ rows: await filesOf(request) }),
  );
  app.get(
    '/v1/companies/:company/batches/:batch/files/:ordinal',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['batches'],
        summary: 'One file of a batch',
        params: batchParams.extend({ ordinal: z.coerce.number().int().min(1).max(MOST_INT) }),
        response: bytes,
      },
    },
    async (request, reply) => {
      const file = (await released(request)).find((one) => one.ordinal === request.params.ordinal);
      if (file === undefined) throw new Refusal('not-found', `The batch has no file ${request.params.ordinal}.`);
      return sendFile(request, reply, request.params.batch, file);
    },
  );
  app.get(
    '/v1/companies/:company/batches/:batch/download',
    {
      config: { access: company(...READERS) },
      schema: { tags: ['batches'], summary: 'The batch’s file to download', params: batchParams, response: bytes },
    },
    async (request, reply) => {
      const file = (await released(request)).find((one) => one.download);
      if (file === undefined)
        throw new Refusal(
          'not-found',
          'The batch has nothing to download. Files exist once a batch is posted, and only at targets of files.',
        );
      return sendFile(request, reply, request.params.batch, file);
    },
  );

  async function filesOf(request: FastifyRequest): Promise<StoredFile[]> {
    const batch = await batchOf(store, request.company.id, (request.params as { batch: string }).batch);
    return await listFiles(store.sql, batch.id);
  }

  /** Only files whose documents are batched can be downloaded: others, loaded into the books, would be there twice after the next batch. */
  async function released(request: FastifyRequest): Promise<StoredFile[]> {
    const batch = await batchOf(store, request.company.id, (request.params as { batch: string }).batch);
    if (RELEASED.includes(batch.state)) return await listFiles(store.sql, batch.id);
    const files = await listFiles(store.sql, batch.id);
    if (files.length === 0) return files;
    throw new Refusal(
      'illegal-move',
      `The batch "${batch.name}" is ${batch.state}: its files must not be loaded into the books, so they can’t be downloaded.`,
      {
        state: batch.state,
      },
    );
  }

  function sendFile(request: FastifyRequest, reply: FastifyReply, batchId: string, file: StoredFile): FastifyReply {
    const etag = `"${file.sha256}"`;
    // Files are written once and sealed: what has this tag never changes.
    reply.header('ETag', etag).header('Cache-Control', 'private, max-age=31536000, immutable');
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply
      .header('Content-Type', file.mediaType)
      .header('Content-Length', file.size)
      .header('Content-Disposition', attachment(file.name))
      .send(Readable.from(readFile(store, batchId, file.ordinal), { objectMode: false, highWaterMark: 256 * 1024 }));
  }
}

/** As RFC 6266 has it: plain ASCII for old clients, and the name as it is. */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
