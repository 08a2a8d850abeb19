import { buildApi } from '../../apps/api/src/build-api.ts';
import { TARGETS } from '../../packages/targets/src/index.ts';
import { cell, madeFrom } from './page.ts';

/** docs/reference/api.md: every route by its purpose, and the roles that may use it, as the API itself enforces. */
export async function apiDoc(): Promise<string> {
  const { app, asKeyOf } = await apiWithoutDatabase();
  try {
    const openApi = app.swagger() as unknown as OpenApi;
    const routes = Object.entries(openApi.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { tags = [], summary = '' }]) => ({
        path,
        method: method.toUpperCase(),
        tags,
        summary,
      })),
    );
    const sections: string[] = [];
    for (const { name, description } of openApi.tags) {
      const rows: string[] = [];
      for (const route of routes.filter(({ tags }) => tags.includes(name))) {
        rows.push(`| \`${route.method} ${route.path}\` | ${cell(route.summary)} | ${await whoMay(app, asKeyOf, route)} |`);
      }
      const title = `## ${name[0]!.toUpperCase()}${name.slice(1)}`;
      const intro = description === undefined ? [] : [`${description}.`, ''];
      sections.push([title, '', ...intro, '| route | what it does | roles |', '|---|---|---|', ...rows].join('\n'));
    }
    return `${[HEAD, ...sections].join('\n\n')}\n`;
  } finally {
    await app.close();
  }
}

const HEAD = `# The API, by purpose

${madeFrom('the routes of apps/api')}

The API describes itself. \`/openapi.json\` is OpenAPI 3.1, generated from the schemas that check each request, and \`/docs\` shows it for reading and trying. They have every parameter and answer; this page is the overview.

- Send a key with every request: \`Authorization: Bearer lp_…\`. A key belongs to one company or to the installation. Requests for another company's things answer 404.
- Amounts in answers are whole minor units of the company's currency (cents). Source records keep their decimal strings.
- Lists have pages: send \`next\` of one answer as \`after\` of the next request. The last page has no \`next\`.
- Every error is \`application/problem+json\` with a stable \`code\`; [errors.md](../errors.md) lists them. \`instance\` is the request id, which is also in the log. Send \`X-Request-Id\` to choose it yourself.
- You can repeat a start with an \`Idempotency-Key\`: the same key and request return the same batch.
- To wait for a batch, request it with \`after=<version>&wait=<seconds>\`, or read its \`events\`.

The last column lists the roles. \`admin\` may do everything.`;

interface OpenApi {
  readonly tags: readonly { readonly name: string; readonly description?: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, { tags?: string[]; summary?: string }>>>>;
}

type App = Awaited<ReturnType<typeof buildApi>>;
type Route = { readonly path: string; readonly method: string };

const COMPANY = 'c';

/** An API whose database knows one key, without any role. */
async function apiWithoutDatabase(): Promise<{ app: App; asKeyOf(company: string | null): void }> {
  let owner: string | null = null;
  // The columns of api_keys but the hash, in the order of the schema.
  const key = () => ['k', owner, 'docs', [], new Date(0), '', null];
  const sql = { unsafe: () => ({ values: () => Promise.resolve([key()]) }) };
  const app = await buildApi({ store: { sql } as never, temporal: undefined, targets: TARGETS, now: () => 0 });
  await app.ready();
  return {
    app,
    asKeyOf(company) {
      owner = company;
    },
  };
}

/** A key without roles makes the API name the roles that it needs. */
async function whoMay(app: App, asKeyOf: (company: string | null) => void, { path, method }: Route): Promise<string> {
  const url = path.replace('{company}', COMPANY).replace(/\{\w+\}/g, 'x');
  const ask = async (headers: Record<string, string>) => {
    const answer = await app.inject({ method: method as 'GET', url, headers });
    return { status: answer.statusCode, body: answer.body === '' ? {} : JSON.parse(jsonIn(answer.body)) };
  };
  if ((await ask({})).status !== 401) return 'everyone, without a key';
  const authorization = 'Bearer lp_docs';
  asKeyOf(COMPANY);
  const asCompany = await ask({ authorization });
  if (asCompany.body.code === 'role-missing') return rolesIn(asCompany.body);
  if (asCompany.body.code !== 'installation-key-needed') return 'any key';
  asKeyOf(null);
  return `${rolesIn((await ask({ authorization })).body)}, with a key of the installation`;
}

function jsonIn(body: string): string {
  return body.startsWith('{') ? body : '{}';
}

function rolesIn(body: { details?: { roles?: readonly string[] } }): string {
  return [...new Set(body.details?.roles ?? [])].join(', ');
}
