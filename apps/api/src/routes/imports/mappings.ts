import { Refusal } from '@ledgerpost/core';
import { KNOWN_PRESETS, readOwnMapping } from '@ledgerpost/intake';
import { listMappings, removeMapping, saveMapping } from '@ledgerpost/store';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, everyKey, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { companyParams, errorAnswers, instant } from '../../views/views.ts';
import { needMappings } from './imports.ts';

const mappingName = z
  .string()
  .max(40)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'A mapping’s name has small letters, digits and hyphens.');

/** A company's own mappings, and the presets. */
export function mappingRoutes(app: App, { store }: RouteDeps): void {
  app.get(
    '/v1/import-presets',
    {
      config: { access: everyKey },
      schema: {
        tags: ['imports'],
        summary: 'The exports that Ledgerpost knows, and how sure it is of each',
        response: {
          200: z.object({
            rows: z
              .array(
                z.object({
                  name: z.string(),
                  title: z.string(),
                  source: z.string(),
                  grade: z.enum(['documented', 'used', 'guess', 'own']),
                  notes: z.array(z.string()).readonly(),
                  yieldsTo: z.string().nullable(),
                  files: z
                    .array(
                      z.object({
                        role: z.string(),
                        title: z.string(),
                        optional: z.boolean(),
                        known: z.array(z.string()).readonly(),
                      }),
                    )
                    .readonly(),
                  records: z.array(z.string()).readonly(),
                  mapping: z.record(z.string(), z.unknown()),
                }),
              )
              .readonly(),
          }),
          ...errorAnswers,
        },
      },
    },
    async () => ({
      rows: KNOWN_PRESETS.map(({ mapping, grade, notes, yieldsTo }) => ({
        name: mapping.name,
        title: mapping.title,
        source: mapping.source,
        grade,
        notes,
        yieldsTo: yieldsTo ?? null,
        files: Object.entries(mapping.files).map(([role, { title, optional = false, known }]) => ({
          role,
          title,
          optional,
          known,
        })),
        records: [...new Set(mapping.records.map(({ type }) => type))],
        mapping: mapping as unknown as Record<string, unknown>,
      })),
    }),
  );

  app.get(
    '/v1/companies/:company/mappings',
    {
      config: { access: company(...READERS, 'source') },
      schema: {
        tags: ['imports'],
        summary: 'The company’s own mappings',
        params: companyParams,
        response: {
          200: z.object({
            rows: z.array(z.object({ name: z.string(), mapping: z.unknown(), savedBy: z.string(), savedAt: instant })).readonly(),
          }),
          ...errorAnswers,
        },
      },
    },
    async (request) => ({ rows: await listMappings(store.sql, request.company.id) }),
  );

  app.put(
    '/v1/companies/:company/mappings/:name',
    {
      config: { access: company('source') },
      schema: {
        tags: ['imports'],
        summary: 'Save a mapping',
        description:
          'Whole, or as changes of a preset (`extends`). Files of the company are recognized by it before the presets. The records that it makes keep its name as their way.',
        params: companyParams.extend({ name: mappingName }),
        body: z.strictObject({ mapping: z.record(z.string(), z.unknown()) }),
        response: { 200: z.object({ name: z.string() }), ...errorAnswers },
      },
    },
    async (request) => {
      const { name } = request.params;
      const { mapping } = request.body;
      needMappings([mapping]);
      const read = readOwnMapping(mapping);
      const own = 'known' in read ? read.known.mapping.name : name;
      if (own !== name) {
        throw new Refusal('bad-mapping', `The mapping is named ${own}, and the address ${name}. Make them the same.`, {
          fields: [{ field: 'mapping.name', message: `It is ${own}.` }],
        });
      }
      await saveMapping(store, { companyId: request.company.id, name, mapping, actor: request.caller.actor });
      return { name };
    },
  );

  app.delete(
    '/v1/companies/:company/mappings/:name',
    {
      config: { access: company('source') },
      schema: {
        tags: ['imports'],
        summary: 'Remove a mapping',
        params: companyParams.extend({ name: mappingName }),
        response: { 204: z.null().describe('It is removed; the records that it made stay'), ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      const removed = await removeMapping(store, { companyId: request.company.id, name, actor: request.caller.actor });
      if (!removed) throw new Refusal('not-found', `The company has no mapping ${name}.`);
      return reply.code(204).send(null);
    },
  );
}
