import scalar from '@scalar/fastify-api-reference';
import { everybody } from './access.ts';
import type { App } from './app.ts';
import { policyHash } from './shared/policy-hash.ts';

/** The API's description at `/openapi.json`, and pages to read it at `/docs`. */
export async function serveDocs(app: App): Promise<void> {
  app.get('/openapi.json', { config: { access: everybody }, schema: { hide: true } }, async () => app.swagger());
  await app.register(async (pages) => {
    pages.addHook('onSend', async (_request, reply, payload) => {
      if (typeof payload !== 'string' || !String(reply.getHeader('content-type')).startsWith('text/html')) return payload;
      reply.headers({
        'Content-Security-Policy': policyOf(payload),
        'X-Frame-Options': 'DENY',
        'Referrer-Policy': 'no-referrer',
      });
      return payload;
    });
    await pages.register(scalar, {
      routePrefix: '/docs',
      logLevel: 'warn',
      // Works without the internet: no fonts, statistics or helpers from elsewhere.
      configuration: {
        withDefaultFonts: false,
        telemetry: false,
        agent: { disabled: true },
        hideClientButton: true,
        showDeveloperTools: 'never',
      },
    });
  });
}

/** Our own files, and the one script that is written into the page. The library sets styles while it runs. */
function policyOf(page: string): string {
  const scripts = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) =>
    policyHash(script!),
  );
  return [
    "default-src 'none'",
    ["script-src 'self'", ...scripts].join(' '),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
