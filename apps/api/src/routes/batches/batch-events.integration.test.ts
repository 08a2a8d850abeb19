import { announce, moveBatch, waitForBatch } from '@ledgerpost/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPANY, customer, invoice, openTestApi, type TestApi } from '../../testing/open-api.testing.ts';

let api: TestApi;
let origin: string;
let n = 0;
beforeAll(async () => {
  api = await openTestApi({ streamHeartbeatMs: 50, limits: { streamsPerKey: 2 } });
  origin = await api.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => api.close());

/** A company with an open batch. */
async function openBatch() {
  const company = `company-${++n}`;
  const at = `/v1/companies/${company}`;
  await api.ask(api.admin, 'PUT', at, COMPANY);
  await api.ask(api.admin, 'PUT', `${at}/targets/saasant`, {});
  await api.stream(api.admin, company, [customer(), invoice('i-1')]);
  const { batch } = (await api.ask(api.admin, 'POST', `${at}/targets/saasant/batches`, {})).body;
  const made = await api.ask(api.admin, 'POST', `${at}/keys`, { name: 'Bea', roles: ['viewer'] });
  return {
    company,
    at,
    url: `${at}/batches/${batch.id}`,
    id: batch.id as string,
    version: batch.version as number,
    key: made.body as { id: string; secret: string },
    revoke: () => api.ask(api.admin, 'DELETE', `${at}/keys/${made.body.id}`),
    change: () => api.store.sql.begin((sql) => moveBatch(sql, { batchId: batch.id, to: 'validating' })),
  };
}

/** A stream of events, as it is read. */
async function follow(url: string, headers: Record<string, string>) {
  const leaving = new AbortController();
  const answer = await fetch(`${origin}${url}/events`, { headers, signal: leaving.signal });
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    status: answer.status,
    /** Reads until the text is there, or the stream ends. */
    async until(wanted: string | RegExp): Promise<string> {
      while (!(typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text))) {
        const { value, done } = await reader.read();
        if (done) return `${text}<end>`;
        text += value;
      }
      return text;
    },
    close: () => leaving.abort(),
  };
}

describe('a caller who waits for news of a batch', () => {
  it('gets what follows at once in one answer while the batch moves, and its end without waiting for more', async () => {
    const { company, id, version, change } = await openBatch();
    await change();
    // On a busy machine an announcement may take longer than the answer waits for it.
    await expect
      .poll(async () => {
        const { version: before } = (await waitForBatch(api.store, company, id, 0, 0))!;
        const asked = waitForBatch(api.store, company, id, version, 20_000);
        await announce(api.store.sql, id);
        return (await asked)!.version - before;
      })
      .toBe(1);
    await api.store.sql.begin((sql) => moveBatch(sql, { batchId: id, to: 'canceled' }));
    await expect
      .poll(async () => {
        const from = performance.now();
        const { state } = (await waitForBatch(api.store, company, id, version, 20_000))!;
        return state === 'canceled' && performance.now() - from < 90;
      })
      .toBe(true);
  });

  it('gets the progress of a batch that takes long only twice a second, but a move to another state at once', async () => {
    /** Milliseconds until news of a batch of a minute comes, and the state in it. */
    async function untilNews(happens: (batch: Awaited<ReturnType<typeof openBatch>>) => Promise<unknown>) {
      const batch = await openBatch();
      await batch.change();
      await api.store.sql`update batches set started_at = now() - interval '1 minute' where id = ${batch.id}`;
      const from = performance.now();
      const asked = waitForBatch(api.store, batch.company, batch.id, batch.version, 20_000);
      await happens(batch);
      const { state } = (await asked)!;
      return { state, ms: performance.now() - from };
    }
    const progress = await untilNews(({ id }) => announce(api.store.sql, id));
    expect(progress).toMatchObject({ state: 'validating' });
    expect(progress.ms).toBeGreaterThan(490);
    await expect
      .poll(async () => {
        const { state, ms } = await untilNews(({ id }) =>
          api.store.sql.begin((sql) => moveBatch(sql, { batchId: id, to: 'exporting' })),
        );
        return state === 'exporting' && ms < 400;
      })
      .toBe(true);
  });
});

describe('an event stream', () => {
  it('ends when its key is revoked, without the news that comes then', async () => {
    const batch = await openBatch();
    const stream = await follow(batch.url, { authorization: `Bearer ${batch.key.secret}` });
    await stream.until('"state":"selecting"');
    await batch.revoke();
    await batch.change();
    const text = await stream.until('<never>');
    expect(text).toMatch(/<end>$/);
    expect(text).not.toContain('validating');
  });

  it('ends at the next sign of life when its key is revoked and nothing happens', async () => {
    const batch = await openBatch();
    const stream = await follow(batch.url, { authorization: `Bearer ${batch.key.secret}` });
    await stream.until(': still here');
    await batch.revoke();
    expect(await stream.until('<never>')).toMatch(/<end>$/);
  });

  it('ends when the person signs out, and goes on before that', async () => {
    const batch = await openBatch();
    const signedIn = await api.app.inject({ method: 'POST', url: '/v1/session', payload: { key: batch.key.secret } });
    const cookie = `ledgerpost_session=${signedIn.cookies[0]!.value}`;
    const stream = await follow(batch.url, { cookie });
    await stream.until(/still here[\s\S]*still here/);
    await batch.change();
    await stream.until('validating');
    const headers = { cookie, 'x-csrf-token': signedIn.json().csrfToken };
    expect((await api.app.inject({ method: 'DELETE', url: '/v1/session', headers })).statusCode).toBe(204);
    expect(await stream.until('<never>')).toMatch(/<end>$/);
  });

  it('is refused past the most that one key may hold open, until one of them ends', async () => {
    const batch = await openBatch();
    const authorization = `Bearer ${batch.key.secret}`;
    const held = [await follow(batch.url, { authorization }), await follow(batch.url, { authorization })];
    const third = await follow(batch.url, { authorization });
    expect([third.status, await third.until('<never>')]).toEqual([429, expect.stringContaining('too-many-requests')]);
    held[0]!.close();
    const open = async () => /^ledgerpost_followers (\d+)$/m.exec((await api.app.inject({ url: '/metrics' })).body)?.[1];
    for (let tries = 0; tries < 1_000 && (await open()) !== '1'; tries++);
    const fourth = await follow(batch.url, { authorization });
    expect(fourth.status).toBe(200);
    fourth.close();
    held[1]!.close();
  });
});

describe('what else takes long', () => {
  it('a wait for the next version is refused at its end when the key was revoked', async () => {
    const batch = await openBatch();
    const waiting = api.ask(batch.key.secret, 'GET', `${batch.url}?after=${batch.version}&wait=20`);
    await api.ask(batch.key.secret, 'GET', batch.url);
    await batch.revoke();
    await batch.change();
    expect((await waiting).body).toMatchObject({ status: 401, code: 'no-key' });
  });

  it('a stream of records stops at the next thousand when its key is revoked', async () => {
    const { at } = await openBatch();
    const made = await api.ask(api.admin, 'POST', `${at}/keys`, { name: 'till', roles: ['source'] });
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const answer = fetch(`${origin}${at}/records`, {
      method: 'POST',
      headers: { authorization: `Bearer ${made.body.secret}`, 'content-type': 'application/x-ndjson' },
      body: readable,
      duplex: 'half',
    } as RequestInit);
    const writer = writable.getWriter();
    const lines = (name: string, count: number) =>
      new TextEncoder().encode(Array.from({ length: count }, (_, i) => `${JSON.stringify(customer(`${name}-${i}`))}\n`).join(''));
    await writer.write(lines('before', 1_001));
    const stored = async () => (await api.ask(api.admin, 'GET', `${at}/records/customer/before-0`)).status;
    for (let tries = 0; tries < 400 && (await stored()) !== 200; tries++);
    await api.ask(api.admin, 'DELETE', `${at}/keys/${made.body.id}`);
    await writer.write(lines('after', 1_500)).catch(() => {});
    await writer.close().catch(() => {});
    const reply = await answer;
    expect([reply.status, ((await reply.json()) as { code: string }).code]).toEqual([401, 'no-key']);
    expect((await api.ask(api.admin, 'GET', `${at}/records/customer/after-1400`)).status).toBe(404);
  });
});
