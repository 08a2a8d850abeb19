import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPANY, customer, invoice, openTestApi, type TestApi } from './testing/open-api.testing.ts';

/*
 * The roles of each route, in a second place. A route that is opened to more roles, or added without a line here,
 * is noticed. `admin` may do everything; `-` is for anybody without a key.
 */
const READ = 'viewer poster approver';
const MATRIX: Readonly<Record<string, string>> = {
  'PUT /v1/companies/{company}': 'installation: admin',
  'GET /v1/companies/{company}': `${READ} source`,
  'GET /v1/companies': 'installation: viewer',
  'GET /v1/companies/{company}/journal': READ,
  'GET /v1/journal': 'installation: viewer',
  'GET /v1/quotas': 'installation: viewer',
  'POST /v1/companies/{company}/keys': 'admin',
  'GET /v1/companies/{company}/keys': 'admin',
  'DELETE /v1/companies/{company}/keys/{key}': 'admin',
  'POST /v1/keys': 'installation: admin',
  'GET /v1/keys': 'installation: admin',
  'DELETE /v1/keys/{key}': 'installation: admin',
  'POST /v1/companies/{company}/imports': 'source',
  'GET /v1/companies/{company}/imports': `${READ} source`,
  'GET /v1/companies/{company}/imports/{import}': `${READ} source`,
  'DELETE /v1/companies/{company}/imports/{import}': 'source',
  'PUT /v1/companies/{company}/imports/{import}/files/{file}': 'source',
  'DELETE /v1/companies/{company}/imports/{import}/files/{file}': 'source',
  'GET /v1/companies/{company}/imports/{import}/files/{file}/errors': `${READ} source`,
  'GET /v1/companies/{company}/imports/{import}/first-rows': `${READ} source`,
  'GET /v1/companies/{company}/imports/{import}/findings': `${READ} source`,
  'PUT /v1/companies/{company}/imports/{import}/mapping': 'source',
  'PUT /v1/companies/{company}/imports/{import}/corrections': 'source',
  'PUT /v1/companies/{company}/imports/{import}/cover': 'source',
  'POST /v1/companies/{company}/imports/{import}:check': 'source',
  'POST /v1/companies/{company}/imports/{import}:apply': 'source',
  'POST /v1/companies/{company}/imports/{import}:undo': 'admin',
  'POST /v1/companies/{company}/imports/{import}:decide': 'admin',
  'GET /v1/companies/{company}/twins': `${READ} source`,
  'POST /v1/companies/{company}/twins/{type}/{id}': 'admin',
  'GET /v1/import-presets': 'every key',
  'GET /v1/companies/{company}/mappings': `${READ} source`,
  'PUT /v1/companies/{company}/mappings/{name}': 'source',
  'DELETE /v1/companies/{company}/mappings/{name}': 'source',
  'GET /v1/companies/{company}/batches/{batch}/causes': READ,
  'GET /v1/companies/{company}/targets/{target}/chart': READ,
  'GET /v1/companies/{company}/dashboard': READ,
  'GET /v1/overview': 'every key',
  'POST /v1/companies/{company}/notices/{channel}/confirm': READ,
  'GET /v1/companies/{company}/targets/{target}/found': READ,
  'GET /v1/companies/{company}/notices': READ,
  'PUT /v1/companies/{company}/notices/{channel}': READ,
  'DELETE /v1/companies/{company}/notices/{channel}': READ,
  'POST /v1/companies/{company}/notices/{channel}/test': READ,
  'PUT /v1/companies/{company}/keys/{key}/owner': 'admin',
  'PUT /v1/keys/{key}/owner': 'installation: admin',
  'GET /v1/companies/{company}/people': 'admin',
  'PUT /v1/companies/{company}/people/{person}': 'admin',
  'DELETE /v1/companies/{company}/people/{person}': 'admin',
  'POST /v1/companies/{company}/people/{person}/password-link': 'admin',
  'GET /v1/companies/{company}/invitations': 'admin',
  'POST /v1/companies/{company}/invitations': 'admin',
  'DELETE /v1/companies/{company}/invitations/{invitation}': 'admin',
  'GET /v1/people': 'installation: admin',
  'PUT /v1/people/{person}': 'installation: admin',
  'DELETE /v1/people/{person}': 'installation: admin',
  'POST /v1/people/{person}/password-link': 'installation: admin',
  'POST /v1/people/{person}/join': 'installation: admin',
  'GET /v1/invitations': 'installation: admin',
  'POST /v1/invitations': 'installation: admin',
  'DELETE /v1/invitations/{invitation}': 'installation: admin',
  'GET /v1/sign-in': '-',
  'POST /v1/sign-in': '-',
  'POST /v1/sign-in/account': '-',
  'GET /v1/sign-in/callback': '-',
  'POST /v1/sign-in/invitation': '-',
  'POST /v1/sign-in/accept': '-',
  'GET /v1/sessions': 'every key',
  'DELETE /v1/sessions/{session}': 'every key',
  'POST /v1/session': '-',
  'GET /v1/session': 'every key',
  'DELETE /v1/session': 'every key',
  'GET /v1/targets': 'every key',
  'GET /v1/targets/{target}': 'every key',
  'PUT /v1/companies/{company}/targets/{target}': 'admin',
  'GET /v1/companies/{company}/targets/{target}': READ,
  'GET /v1/companies/{company}/targets': READ,
  'POST /v1/companies/{company}/targets/{target}/connection': 'admin',
  'GET /v1/companies/{company}/targets/{target}/connection': READ,
  'DELETE /v1/companies/{company}/targets/{target}/connection': 'admin',
  'POST /v1/companies/{company}/targets/{target}/connection/refresh': 'admin',
  'PUT /v1/companies/{company}/targets/{target}/connection/accounts/{role}': 'admin',
  'POST /v1/companies/{company}/targets/{target}/connection/classes': 'admin',
  'GET /v1/companies/{company}/targets/{target}/matching': READ,
  'GET /v1/companies/{company}/targets/{target}/matching/counts': READ,
  'GET /v1/companies/{company}/targets/{target}/matching/books': READ,
  'POST /v1/companies/{company}/targets/{target}/matching:refresh': 'admin',
  'POST /v1/companies/{company}/targets/{target}/matching:accept-same-names': 'admin',
  'PUT /v1/companies/{company}/targets/{target}/matching/{kind}/{key}': 'admin',
  'DELETE /v1/companies/{company}/targets/{target}/matching/{kind}/{key}': 'admin',
  'GET /v1/companies/{company}/targets/{target}/matching.csv': READ,
  'PUT /v1/companies/{company}/targets/{target}/matching.csv': 'admin',
  'GET /v1/oauth/connect': '-',
  'POST /v1/oauth/connect': '-',
  'GET /v1/oauth/callback': '-',
  'POST /v1/oauth/callback': '-',
  'POST /v1/seals/rotate': 'installation: admin',
  'PUT /v1/companies/{company}/records/{type}/{id}': 'source',
  'GET /v1/companies/{company}/records/{type}/{id}': `${READ} source`,
  'POST /v1/companies/{company}/records': 'source',
  'GET /v1/companies/{company}/departments': READ,
  'GET /v1/companies/{company}/targets/{target}/unbatched/{list}': READ,
  'POST /v1/companies/{company}/targets/{target}/postings': 'admin',
  'POST /v1/companies/{company}/targets/{target}/batches:preview': READ,
  'POST /v1/companies/{company}/targets/{target}/batches': 'poster',
  'GET /v1/companies/{company}/batches': READ,
  'GET /v1/companies/{company}/batches/{batch}': READ,
  'GET /v1/companies/{company}/batches/{batch}/items': READ,
  'GET /v1/companies/{company}/batches/{batch}/items/{seq}': READ,
  'GET /v1/companies/{company}/batches/{batch}/ledger': READ,
  'GET /v1/companies/{company}/batches/{batch}/events': READ,
  'GET /v1/companies/{company}/batches/{batch}/files': READ,
  'GET /v1/companies/{company}/batches/{batch}/files/{ordinal}': READ,
  'GET /v1/companies/{company}/batches/{batch}/download': READ,
  'POST /v1/companies/{company}/batches/{batch}/cancel': 'poster',
  'POST /v1/companies/{company}/batches/{batch}/approve': 'approver',
  'POST /v1/companies/{company}/batches/{batch}/decline': 'approver',
  'POST /v1/companies/{company}/batches/{batch}/resume': 'poster',
  'POST /v1/companies/{company}/batches/{batch}/confirm': 'poster',
  'POST /v1/companies/{company}/batches/{batch}/retry': 'poster',
  'POST /v1/companies/{company}/batches/{batch}/undo': 'admin',
  'GET /v1/companies/{company}/batches/{batch}/undo': READ,
  'POST /v1/companies/{company}/batches/{batch}/verify': 'poster',
  'GET /v1/companies/{company}/batches/{batch}/verification': READ,
  'GET /v1/companies/{company}/batches/{batch}/report': READ,
  'GET /v1/companies/{company}/batches/{batch}/report.xlsx': READ,
  'GET /v1/companies/{company}/drift': READ,
  'GET /v1/companies/{company}/targets/{target}/look': READ,
  'POST /v1/companies/{company}/targets/{target}/look': 'poster',
  'POST /v1/companies/{company}/drift/{drift}/keep-theirs': 'admin',
  'POST /v1/companies/{company}/drift/{drift}/send-again': 'admin',
  'POST /v1/companies/{company}/drift/{drift}/resolve': 'poster',
  'POST /v1/webhooks/{webhook}': '-',
  'PUT /v1/companies/{company}/targets/{target}/schedule': 'admin',
  'GET /v1/companies/{company}/targets/{target}/schedule': READ,
  'DELETE /v1/companies/{company}/targets/{target}/schedule': 'admin',
  'POST /v1/companies/{company}/targets/{target}/schedule/pause': 'poster',
  'POST /v1/companies/{company}/targets/{target}/schedule/resume': 'poster',
  'POST /v1/companies/{company}/targets/{target}/schedule/runs': 'poster',
  'GET /v1/companies/{company}/targets/{target}/schedule/runs': READ,
  'GET /v1/companies/{company}/schedules': READ,
  'POST /v1/temporal/decode': '-',
  'POST /v1/temporal/encode': '-',
  'GET /health/live': '-',
  'GET /health/ready': '-',
  'GET /metrics': '-',
};

const ROLES = ['source', 'viewer', 'poster', 'approver', 'admin'] as const;
type Role = (typeof ROLES)[number];

let api: TestApi;
let batch: string;
let described: Record<string, { readonly security?: readonly object[] }>;
const keys = new Map<string, string>();

beforeAll(async () => {
  api = await openTestApi({ limits: { requestsPerMinute: 0, refusedKeysPerMinute: 1_000_000 } });
  for (const company of ['own', 'other']) {
    await api.ask(api.admin, 'PUT', `/v1/companies/${company}`, COMPANY);
    await api.ask(api.admin, 'PUT', `/v1/companies/${company}/targets/saasant`, { accounts: { income: 'Services' } });
    await api.stream(api.admin, company, [customer(), invoice('i-1')]);
    for (const role of ROLES) keys.set(`${company} ${role}`, await api.key(company, role));
  }
  for (const role of ROLES) keys.set(`installation ${role}`, await api.key(null, role));
  batch = (await api.ask(api.admin, 'POST', '/v1/companies/own/targets/saasant/batches', {})).body.batch.id;
  const { paths } = (await api.app.inject({ url: '/openapi.json' })).json() as {
    paths: Record<string, Record<string, { security?: object[] }>>;
  };
  described = Object.fromEntries(
    Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation]),
    ),
  );
});
afterAll(() => api.close());

/** The request of an operation, about things of the company `own` that are there. */
async function send(operation: string, headers: Record<string, string>) {
  const [method, path] = operation.split(' ') as [string, string];
  const values: Record<string, string> = {
    company: 'own',
    target: 'saasant',
    batch,
    key: '000000000000',
    person: '000000000000',
    invitation: '000000000000',
    session: '01900000-0000-7000-8000-000000000000',
    kind: 'customer',
    type: 'customer',
    id: 'c-1',
    list: 'invoices',
    seq: '1',
    ordinal: '1',
    drift: '01900000-0000-7000-8000-000000000000',
    role: 'income',
    import: '01900000-0000-7000-8000-000000000000',
    file: '1',
    name: 'mine',
    webhook: 'quickbooks-online',
  };
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) => values[name]!);
  const stream = operation === 'POST /v1/companies/{company}/records';
  const reply = await api.app.inject({
    method: method as 'POST',
    url,
    headers: { ...headers, ...(stream ? { 'content-type': 'application/x-ndjson' } : {}) },
    // What no route accepts: who is let through is refused for this alone, so that nothing happens.
    ...(method === 'GET' || method === 'DELETE' ? {} : { payload: stream ? 'no\n' : ({ nonsense: true } as object) }),
  });
  return { status: reply.statusCode, body: reply.body };
}

const withKey = (key: string) => ({ authorization: `Bearer ${key}` });

/** What is in the database, but for what refused keys leave in the journal. */
async function stored(): Promise<string> {
  const tables = await api.store.sql<{ name: string }[]>`
    select quote_ident(tablename) as name from pg_tables where schemaname = 'public' order by 1`;
  const sums: string[] = [];
  for (const { name } of tables) {
    const where = name === 'journal' ? `where act not like 'key.%'` : '';
    const [row] = await api.store.sql.unsafe(
      `select count(*) as n, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text as h from ${name} t ${where}`,
    );
    sums.push(`${name} ${row!.n} ${row!.h}`);
  }
  return sums.join('\n');
}

function mayUse(operation: string, scope: 'own' | 'other' | 'installation', role: Role): boolean {
  const rule = MATRIX[operation]!;
  if (rule === 'every key' || rule === '-') return true;
  const [wanted, onlyInstallation] = rule.startsWith('installation: ') ? [rule.slice(14), true] : [rule, false];
  if (onlyInstallation ? scope !== 'installation' : scope === 'other') return false;
  return role === 'admin' || wanted.split(' ').includes(role);
}

/** Those whose success would end what the next requests need, or that answer without end. */
const SKIPPED_WHEN_ALLOWED =
  /^(GET .*\/events|DELETE .*|POST .*\/(cancel|approve|decline|resume|confirm|retry|undo|verify|look|pause|runs|connection|refresh))$/;

describe('the overview of companies', () => {
  it.each([
    ['own viewer', ['own']],
    ['own admin', ['own']],
    ['own source', []],
    ['other poster', ['other']],
    ['installation viewer', ['other', 'own']],
    ['installation source', []],
  ])('shows a key of %s those that it may read, with what is unbatched', async (key, ids) => {
    const { status, body } = await api.ask(keys.get(key)!, 'GET', '/v1/overview');
    expect([status, body.rows.map(({ id }: { id: string }) => id)]).toEqual([200, ids]);
    const other = body.rows.find(({ id }: { id: string }) => id === 'other');
    if (other === undefined) return;
    expect(other.unbatched).toEqual([
      { target: 'saasant', list: 'invoices', documents: 1, amount: 18_900, oldest: '2026-10-03' },
    ]);
    // The numbers of its home page, all of them.
    const home = await api.ask(keys.get(key)!, 'GET', '/v1/companies/other/dashboard');
    expect(other).toMatchObject(home.body);
    expect(Object.keys(home.body)).toEqual(['unbatched', 'weeks', 'leftOpen', 'checks']);
  });
});

describe('every route of the description', () => {
  it('has a line in the matrix, and every line a route', () => {
    expect(Object.keys(described).toSorted()).toEqual(Object.keys(MATRIX).toSorted());
  });

  it('shows whether it needs a key', () => {
    for (const [operation, { security }] of Object.entries(described)) {
      const open = security?.length === 0 || security?.some((one) => Object.keys(one).length === 0) === true;
      expect([operation, open]).toEqual([operation, MATRIX[operation] === '-']);
    }
  });

  it('is refused without a key, with a wrong one and with a forged session', async () => {
    const before = await stored();
    for (const [operation, rule] of Object.entries(MATRIX)) {
      if (rule === '-') continue;
      for (const headers of [
        {},
        withKey(`lp_${'0'.repeat(40)}`),
        { authorization: 'Basic YTpi' },
        { cookie: `ledgerpost_session=${'A'.repeat(43)}` },
      ])
        expect([operation, (await send(operation, headers as Record<string, string>)).status]).toEqual([operation, 401]);
    }
    expect(await stored()).toBe(before);
  });

  it.each(['own', 'other', 'installation'] as const)(
    'lets keys of %s do what the matrix allows, and refuses the rest without a trace',
    async (scope) => {
      const before = await stored();
      for (const role of ROLES) {
        const key = keys.get(`${scope} ${role}`)!;
        for (const [operation, rule] of Object.entries(MATRIX)) {
          if (rule === '-') continue;
          const may = mayUse(operation, scope, role);
          if (may && SKIPPED_WHEN_ALLOWED.test(operation)) continue;
          const { status, body } = await send(operation, withKey(key));
          const where = `${scope} ${role}: ${operation}`;
          const strange = scope === 'other' && !rule.startsWith('installation: ');
          if (may)
            expect([where, [401, 403].includes(status), body.includes('that this key can access')]).toEqual([
              where,
              false,
              false,
            ]);
          else expect([where, status]).toEqual([where, strange ? 404 : 403]);
          // Another company's key learns nothing of this one.
          if (!may) expect([where, body.includes('Bird'), body.includes('i-1')]).toEqual([where, false, false]);
        }
      }
      expect(await stored()).toBe(before);
    },
  );

  it('answers another company’s things as those that don’t exist', async () => {
    const key = keys.get('other admin')!;
    const nothing = await api.ask(key, 'GET', '/v1/companies/nobody/batches');
    const theirs = await api.ask(key, 'GET', '/v1/companies/own/batches');
    expect({ ...theirs.body, instance: '', detail: '' }).toEqual({ ...nothing.body, instance: '', detail: '' });
    expect(theirs.body.detail).toBe(nothing.body.detail.replace('nobody', 'own'));
    expect((await api.ask(key, 'GET', `/v1/companies/other/batches/${batch}`)).status).toBe(404);
  });
});
