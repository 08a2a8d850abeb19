import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { TargetError } from '@ledgerpost/core';
import { listJournal, sealedGrant } from '@ledgerpost/store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectionContext } from '../calling/connection-context.ts';
import { rotateSeals } from '../seals/rotate-seals.ts';
import { newSealingKey, parseSealingKeys } from '../seals/seal.ts';
import { openBench } from '../testing/bench.testing.ts';
import { disconnect } from './connect.ts';
import { keepAlive } from './keep-alive.ts';
import { noticingLoss } from './renew-grant.ts';

type Bench = Awaited<ReturnType<typeof openBench>>;
let b: Bench;
let realm = 0;
const newRealm = () => `a-${++realm}`;
beforeAll(async () => {
  b = await openBench();
});
afterAll(() => b.close());
beforeEach(() => {
  Object.assign(b.server.state, { strict: false, down: false, delayMs: 0 });
  b.server.state.refreshes.length = 0;
  b.clock.ahead = 0;
});

async function connected() {
  const co = await b.company();
  await co.connect(newRealm());
  return co;
}

describe('access', () => {
  it('is what was granted, and is not renewed while it is good', async () => {
    const co = await connected();
    const { token, account, environment } = await co.context().access();
    expect(b.server.state.tokens).toContain(token);
    expect({ account, environment }).toEqual({ account: `a-${realm}`, environment: 'simulator' });
    expect(b.server.state.refreshes).toEqual([]);
  });

  it('is renewed five minutes before it ends, and not sooner', async () => {
    const co = await connected();
    b.clock.ahead = 54 * 60_000;
    await co.context().access();
    expect(b.server.state.refreshes).toHaveLength(0);
    b.clock.ahead = 56 * 60_000;
    await co.context().access();
    expect(b.server.state.refreshes).toHaveLength(1);
  });

  it('that can’t be renewed just now goes on while the token is good', async () => {
    const co = await connected();
    const { token } = await co.context().access();
    b.server.state.down = true;
    b.clock.ahead = 56 * 60_000;
    expect((await co.context().access()).token).toBe(token);
    b.clock.ahead = 61 * 60_000;
    await expect(co.context().access()).rejects.toMatchObject({ kind: 'transient' });
  });

  it('to the books of another environment is not taken for this one, nor asked to be renewed there', async () => {
    const co = await connected();
    const { apps } = b.deps;
    Object.assign(b.deps, { apps: { fake: { ...apps.fake, environment: 'production' } } });
    try {
      await expect(co.context().access()).rejects.toMatchObject({ kind: 'config', code: 'target-not-ready' });
      b.clock.ahead = 8 * 86_400_000;
      await keepAlive(b.deps, [b.target]);
      expect(b.server.state.refreshes).toEqual([]);
      expect((await co.card()).state).toBe('connected');
    } finally {
      Object.assign(b.deps, { apps });
    }
  });

  it('is refused before anybody connected', async () => {
    const co = await b.company();
    await expect(co.context().access()).rejects.toMatchObject({ kind: 'access', code: 'access-lost' });
  });
});

describe('a renewal', () => {
  it('of twenty callers at once is one', async () => {
    const co = await connected();
    const stale = await co.context().access();
    b.server.state.delayMs = 50;
    const all = await Promise.all(Array.from({ length: 20 }, () => co.context().renew(stale)));
    expect(new Set(all.map(({ token }) => token)).size).toBe(1);
    expect(all[0]?.token).not.toBe(stale.token);
    expect(b.server.state.refreshes).toHaveLength(1);
  });

  it('in two processes at once is one: the second gets what the first was given', async () => {
    const co = await connected();
    b.server.state.delayMs = 300;
    b.server.state.strict = true;
    const env = {
      ...process.env,
      DATABASE: b.database.url,
      SERVER: b.server.app.endpoints!.api,
      CONNECTION: co.connectionId,
      KEYS: b.keyText,
    };
    const script = fileURLToPath(new URL('../testing/renew-twice.testing.ts', import.meta.url));
    const children = [0, 1].map(() => fork(script, { env, execArgv: [] }));
    await Promise.all(children.map((child) => once(child, 'message')));
    const answers = children.map(async (child: ChildProcess) => ((await once(child, 'message'))[0] as { token: string }).token);
    for (const child of children) child.send('go');
    const [one, two] = await Promise.all(answers);
    expect(one).toBe(two);
    expect(b.server.state.refreshes).toHaveLength(1);
  }, 300_000);

  it('is stored before it is used', async () => {
    const co = await connected();
    const stale = await co.context().access();
    const { token } = await co.context().renew(stale);
    expect((await co.context().access()).token).toBe(token);
    expect((await sealedGrant(b.store.sql, co.connectionId))?.grantVersion).toBe(2);
  });

  it('whose answer was lost before it was stored is done again with the former token', async () => {
    const co = await connected();
    const first = await co.context().access();
    const second = await co.context().renew(first);
    // The target gave out a newer one and took the present one away; the process died before it could write that down.
    const present = b.server.state.secrets.at(-1)!;
    b.server.state.good.delete(present);
    b.server.state.refreshes.length = 0;
    const third = await co.context().renew(second);
    expect(b.server.state.tokens).toContain(third.token);
    expect(b.server.state.refreshes).toEqual([present, expect.any(String)]);
  });

  it('that is refused with both tokens loses the connection, once, and shows why', async () => {
    const co = await connected();
    const stale = await co.context().access();
    await co.context().renew(stale);
    b.server.state.good.clear();
    b.server.state.refreshes.length = 0;
    const { token } = await co.context().access();
    await expect(co.context().renew({ ...stale, token })).rejects.toMatchObject({ kind: 'access' });
    expect(b.server.state.refreshes).toHaveLength(2);
    await expect(co.context().access()).rejects.toMatchObject({ kind: 'access', message: 'Fake Books refused the grant.' });
    const card = await co.card();
    expect(card.state).toBe('lost');
    expect(card.notices[0]).toMatchObject({ code: 'access-lost', severity: 'problem' });
    const { rows } = await listJournal(b.store, { companyId: co.facts.id, limit: 20 });
    expect(rows.filter(({ act }) => act === 'connection.lost')).toHaveLength(1);
  });

  it('case 87: after a reconnect access is there again', async () => {
    const co = await connected();
    const stale = await co.context().access();
    b.server.state.good.clear();
    await expect(co.context().renew(stale)).rejects.toMatchObject({ kind: 'access' });
    await co.connect(`a-${realm}`);
    expect((await co.context().access()).token).not.toBe(stale.token);
    expect((await co.card()).state).toBe('connected');
  });

  it('a request that began before a reconnect does not lose the new grant, and is tried again', async () => {
    const co = await connected();
    const refused = noticingLoss(b.store, co.connectionId, async () => {
      await co.connect(`a-${realm}`);
      throw new TargetError('access', 'access-lost', 'Fake Books refused the earlier grant.');
    });
    await expect(refused).rejects.toMatchObject({ kind: 'transient' });
    expect((await co.card()).state).toBe('connected');
    const again = noticingLoss(b.store, co.connectionId, async () => {
      throw new TargetError('access', 'access-lost', 'Fake Books refused this grant.');
    });
    await expect(again).rejects.toMatchObject({ kind: 'access' });
    expect((await co.card()).state).toBe('lost');
  });

  it('comes by itself for a grant that nobody used for a week, and not before', async () => {
    const co = await connected();
    await keepAlive(b.deps, [b.target]);
    expect(b.server.state.refreshes).toHaveLength(0);
    b.clock.ahead = 8 * 86_400_000;
    expect((await keepAlive(b.deps, [b.target])).renewed).toBeGreaterThan(0);
    const [row] = await b.store.sql<
      { renewedAt: Date }[]
    >`select renewed_at as "renewedAt" from connections where id = ${co.connectionId}`;
    expect(row!.renewedAt.getTime()).toBeGreaterThan(Date.now() + 7 * 86_400_000);
  });

  it('that keeps failing is in the journal 14, 7 and 2 days before the end, once each', async () => {
    const co = await connected();
    b.server.state.down = true;
    for (const days of [85, 87, 87, 94, 99]) {
      b.clock.ahead = days * 86_400_000;
      await keepAlive(b.deps, [b.target]);
    }
    const { rows } = await listJournal(b.store, { companyId: co.facts.id, limit: 20 });
    const told = rows.filter(({ act }) => act === 'connection.ends').map(({ details }) => (details as { days: number }).days);
    expect(told).toEqual([2, 7, 14]);
    expect((await co.card()).notices).toContainEqual(expect.objectContaining({ code: 'access-ends', severity: 'problem' }));
  });
});

describe('a grant that ends even though it is renewed', () => {
  it('has its end on the card, and in the journal once for 14, 7 and 2 days before', async () => {
    const endsAt = Date.now() + 40 * 86_400_000;
    b.server.state.endsAt = endsAt;
    const co = await connected();
    expect((await co.card()).reconnectBy?.getTime()).toBe(endsAt);
    expect((await co.card()).notices).toEqual([]);
    for (const days of [20, 27, 27, 28, 34, 39]) {
      b.clock.ahead = days * 86_400_000;
      await keepAlive(b.deps, [b.target]);
    }
    b.server.state.endsAt = undefined;
    const { rows } = await listJournal(b.store, { companyId: co.facts.id, limit: 20 });
    const written = rows.filter(({ act }) => act === 'connection.ends').map(({ details }) => (details as { days: number }).days);
    expect(written).toEqual([2, 7, 14]);
    expect((await co.card()).notices).toContainEqual({
      code: 'access-ends',
      severity: 'problem',
      message: expect.stringContaining('because a sign-in is good for a limited time only. Reconnect'),
    });
  });
});

describe('secrets', () => {
  it('stand nowhere in the database, the log, the card or an error', async () => {
    const co = await connected();
    const stale = await co.context().access();
    await co.context().renew(stale);
    b.server.state.good.clear();
    const error = await co
      .context()
      .renew(await co.context().access())
      .catch((thrown: unknown) => thrown);
    const tables = await b.store.sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public'`;
    const dump: string[] = [];
    for (const { name } of tables) {
      const rows = await b.store
        .sql`select t::text as row, encode(convert_to(t::text, 'utf8'), 'escape') as escaped from ${b.store.sql(name)} t`;
      dump.push(JSON.stringify(rows));
    }
    const sealed = await b.store.sql<
      { text: string }[]
    >`select encode(sealed, 'escape') || coalesce(encode(former_sealed, 'escape'), '') as text from connections where sealed is not null`;
    const all = [
      ...dump,
      ...sealed.map(({ text }) => text),
      ...b.logged,
      JSON.stringify(await co.card()),
      String(error),
      JSON.stringify(error),
    ].join('\n');
    expect(all).toContain('Fake Books refused the grant.');
    for (const secret of [...b.server.state.secrets, 'secret-client']) expect(all).not.toContain(secret);
  });

  it('whose key is missing are named by a rotation, which seals the others', async () => {
    const [one, two] = [await connected(), await connected()];
    await b.store.sql`update connections set key_id = 'gone' where id = ${one.connectionId}`;
    const keys = parseSealingKeys(`${newSealingKey('k3')},${b.keyText}`);
    const { sealedAgain, unreadable } = await rotateSeals(b.store, keys, 'ada');
    expect(unreadable).toEqual([{ company: one.facts.id, target: 'fake', key: 'gone' }]);
    expect(sealedAgain).toBeGreaterThan(0);
    expect((await sealedGrant(b.store.sql, two.connectionId))?.keyId).toBe('k3');
    // Back under the key that the other tests have.
    await b.store.sql`delete from connections where id = ${one.connectionId}`;
    await rotateSeals(
      b.store,
      parseSealingKeys(`${b.keyText},${keys[0].id}:${Buffer.from(keys[0].secret).toString('base64')}`),
      'ada',
    );
  });

  it('are sealed again by a new key, and the old one can go', async () => {
    const co = await connected();
    const { token } = await co.context().access();
    const keys = parseSealingKeys(`${newSealingKey('k2')},${b.keyText}`);
    expect((await rotateSeals(b.store, keys, 'ada')).sealedAgain).toBeGreaterThan(0);
    expect(await rotateSeals(b.store, keys, 'ada')).toEqual({ key: 'k2', sealedAgain: 0, unreadable: [] });
    Object.assign(b.deps, { keys: [keys[0]] });
    expect((await co.context().access()).token).toBe(token);
  });
});

describe('a disconnect', () => {
  it('revokes the grant at the target and forgets it; whose books they were stays known', async () => {
    const co = await connected();
    const refresh = b.server.state.secrets.at(-1)!;
    await disconnect(b.deps, b.target, await co.companyTarget(), 'ada');
    expect(b.server.state.good).not.toContain(refresh);
    expect((await sealedGrant(b.store.sql, co.connectionId))?.sealed).toBeNull();
    expect(await co.card()).toMatchObject({ state: 'disconnected', account: `a-${realm}` });
    await expect(co.context(true).access()).rejects.toMatchObject({ kind: 'access' });
    await disconnect(b.deps, b.target, await co.companyTarget(), 'ada');
  });
});

describe('a permit', () => {
  it('that is further than anybody waits is refused with the time, to all who stand in line', async () => {
    const co = await connected();
    const context = co.context();
    await context.pause(45_000);
    const bucket = Object.keys(b.target.delivery.by === 'push' ? b.target.delivery.limits : {})[0]!;
    const answers = await Promise.allSettled([context.permit(bucket), context.permit(bucket)]);
    for (const answer of answers) {
      const { kind, code, retryAfterMs } = (answer as PromiseRejectedResult).reason as TargetError;
      expect([kind, code, Math.round(retryAfterMs! / 1000)]).toEqual(['transient', 'target-throttled', 45]);
    }
  });

  it('is needed to check a new grant, because the books count that call too', async () => {
    const co = await connected();
    await co.context().pause(45_000);
    const { connectedAt } = await co.card();
    await expect(co.connect(`a-${realm}`)).rejects.toMatchObject({ code: 'target-throttled' });
    expect((await co.card()).connectedAt).toEqual(connectedAt);
  });

  it('is one of the share of the target’s minute that the settings leave us', async () => {
    const { connectionId } = await connected();
    const signal = new AbortController().signal;
    // The fake target accepts 60 a minute; connecting has used three of our six.
    const context = connectionContext(b.deps, b.target, { connectionId, settings: { useOfLimits: 0.1 }, signal });
    for (let taken = 0; taken < 3; taken++) (await context.permit('calls')).release();
    await expect(context.permit('calls')).rejects.toMatchObject({ code: 'target-throttled' });
  });
});
