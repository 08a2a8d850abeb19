import { Refusal } from '@ledgerpost/core';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { RouteDeps } from '../../deps.ts';
import { readText } from '../../intake/read-json.ts';
import { decideMatchingRoutes } from './decide-matching.ts';
import { matchingRoutes } from './matching.ts';
import { matchingFileRoutes } from './matching-file.ts';

/** Which customer and which product or service of the books ours are. */
export async function matchingPlugin(fastify: FastifyInstance, deps: RouteDeps): Promise<void> {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  // Only here: elsewhere a CSV is a body of another media type.
  app.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (_request, bytes: Buffer, done) => {
    const text = readText(bytes);
    if (text === undefined) done(new Refusal('bad-request', 'The file is not in UTF-8. Save it as “CSV UTF-8”.'));
    else done(null, text);
  });
  matchingRoutes(app, deps);
  decideMatchingRoutes(app, deps);
  matchingFileRoutes(app, deps);
}
