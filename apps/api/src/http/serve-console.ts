import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { App } from './app.ts';

/**
 * Scripts and styles are our own files alone, nothing is loaded from or sent elsewhere, and no page may frame the
 * console. The component library adds two small styles of its own, which carry the nonce.
 */
function pageHeaders(nonce: string): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    // The console watches the window in which a person signs in to the books.
    'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
    // The page names the files that it needs; those have a hash in their names.
    'Cache-Control': 'no-store',
  };
}

/** Help has no script. */
const HELP_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What the build leaves in the page, to be replaced by each answer's own. */
const NONCE = /NONCE-OF-THE-ANSWER/g;

/** Where the console's own addresses begin, besides `/` itself. */
const PAGES = ['/c/*', '/invitation', '/people'];

/** The built console at `/`, if there is one in that folder. */
export async function serveConsole(app: App, folder: string): Promise<void> {
  const page = await readFile(join(folder, 'index.html'), 'utf8').catch(() => undefined);
  if (page === undefined) {
    app.log.warn({ folder }, 'the console is not built, so it is not served');
    return;
  }
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    index: false,
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
  });
  // The guides, made into pages when the console was built.
  await app.register(fastifyStatic, {
    root: join(folder, 'help'),
    prefix: '/help/',
    index: 'console.html',
    decorateReply: false,
    setHeaders: (reply) => {
      reply.header('Content-Security-Policy', HELP_POLICY);
      reply.header('X-Frame-Options', 'DENY');
      reply.header('Referrer-Policy', 'no-referrer');
    },
  });
  for (const url of ['/', ...PAGES]) {
    app.get(url, { schema: { hide: true } }, async (_request, reply) => {
      const nonce = randomBytes(16).toString('base64url');
      return reply.headers(pageHeaders(nonce)).type('text/html; charset=utf-8').send(page.replace(NONCE, nonce));
    });
  }
}
