import { randomUUID } from 'node:crypto';
import { workOnImport } from '@ledgerpost/batching';
import { type Role, unhandedImports } from '@ledgerpost/store';
import { TARGETS } from '@ledgerpost/targets';
import { openTestApi, type TestApi } from './open-api.testing.ts';

/** An API, one company in it with SaasAnt as its target, and imports into it. */
export async function importBench() {
  const api = await openTestApi();
  const id = `co-${randomUUID().slice(0, 8)}`;
  const base = `/v1/companies/${id}`;
  await api.ask(api.admin, 'PUT', base, { name: 'Acme', timeZone: 'America/Chicago', currency: 'USD' });
  const settings = { accounts: { income: 'Services', receivable: 'A/R', depositTo: 'Undeposited Funds' } };
  await api.ask(api.admin, 'PUT', `${base}/targets/saasant`, settings);
  return importsInto(api, id);
}

/** Imports into a company, with a worker's part of them done in this process. */
export function importsInto(api: TestApi, id: string) {
  const base = `/v1/companies/${id}`;

  async function put(of: string, name: string, content: string | Uint8Array) {
    const url = `${base}/imports/${of}/files/${encodeURIComponent(name)}`;
    const headers = { authorization: `Bearer ${api.admin}`, 'content-type': 'application/octet-stream' };
    const answer = await api.app.inject({ method: 'PUT', url, headers, payload: Buffer.from(content) });
    return { status: answer.statusCode, body: answer.json() };
  }
  const get = async (of: string) => (await api.ask(api.admin, 'GET', `${base}/imports/${of}`)).body;
  const post = (of: string, act: string, body?: unknown) => api.ask(api.admin, 'POST', `${base}/imports/${of}:${act}`, body);
  async function work(of: string): Promise<string> {
    const [wanted] = await unhandedImports(api.store.sql, 1, of);
    return workOnImport({ store: api.store, targets: TARGETS, now: () => Date.now() }, wanted!);
  }
  async function begin(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
    const { body } = await api.ask(api.admin, 'POST', `${base}/imports`);
    for (const [name, content] of Object.entries(files)) await put(body.id, name, content);
    return body.id;
  }
  async function check(of: string) {
    const asked = await post(of, 'check');
    if (asked.status !== 202) throw new Error(JSON.stringify(asked.body));
    await work(of);
    return get(of);
  }
  async function apply(of: string, acknowledge: readonly string[] = []) {
    const { digest } = await get(of);
    const asked = await post(of, 'apply', { digest, acknowledge });
    if (asked.status !== 202) throw new Error(JSON.stringify(asked.body));
    await work(of);
    return get(of);
  }
  return {
    api,
    id,
    base,
    put,
    get,
    post,
    work,
    begin,
    check,
    apply,
    key: (role: Role) => api.key(id, role),
    /** Files in, checked and applied. */
    async imported(files: Readonly<Record<string, string | Uint8Array>>, acknowledge: readonly string[] = []) {
      const of = await begin(files);
      await check(of);
      return apply(of, acknowledge);
    },
    async undo(of: string) {
      const asked = await post(of, 'undo');
      if (asked.status !== 202) throw new Error(JSON.stringify(asked.body));
      await work(of);
      return get(of);
    },
    send: (path: string, body: unknown) => api.ask(api.admin, 'PUT', `${base}/${path}`, body),
    async findings(of: string, kind: string) {
      return (await api.ask(api.admin, 'GET', `${base}/imports/${of}/findings?kind=${kind}`)).body.rows;
    },
    /** The values of all findings of a kind, one a page, sorted. */
    async values(of: string, kind: string, sort: string) {
      const values: string[] = [];
      for (let after: string | undefined; ; ) {
        const page = `${base}/imports/${of}/findings?kind=${kind}&sort=${sort}&limit=1${after === undefined ? '' : `&after=${after}`}`;
        const { body } = await api.ask(api.admin, 'GET', page);
        values.push(...body.rows.map(({ value }: { value: string }) => value));
        if (body.next === undefined) return values.join(' ');
        after = body.next;
      }
    },
    async errors(of: string, name: string): Promise<string> {
      const url = `${base}/imports/${of}/files/${encodeURIComponent(name)}/errors`;
      return (await api.app.inject({ url, headers: { authorization: `Bearer ${api.admin}` } })).body;
    },
    /** Every record of the company, as `type/id total way`. */
    async records(): Promise<readonly string[]> {
      const rows = await api.store.sql<{ line: string }[]>`
        select concat_ws(' ', type || '/' || id, coalesce(content ->> 'total', content ->> 'amount'), content ->> 'status', way) as line
        from records where company_id = ${id} order by type collate "C", id collate "C"`;
      return rows.map(({ line }) => line);
    },
    close: () => api.close(),
  };
}

export type ImportBench = Awaited<ReturnType<typeof importBench>>;
