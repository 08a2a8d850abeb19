import type { AnyTarget, TargetContext } from '@ledgerpost/core';
import { quotaUse } from '@ledgerpost/store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepAlive } from '../access/keep-alive.ts';
import { openBench } from '../testing/bench.testing.ts';
import { connectionContext, mayWorkSoon } from './connection-context.ts';

let b: Awaited<ReturnType<typeof openBench>>;
let target: AnyTarget;
let one: TargetContext;
let other: TargetContext;
const places: { companyId: string; connectionId: string }[] = [];
let n = 0;

beforeAll(async () => {
  b = await openBench();
  const quotas = { reads: { perMonth: 1_000, freeIn: ['sandbox'] }, writes: {} };
  target = { ...b.target, delivery: { ...b.target.delivery, quotas } as AnyTarget['delivery'] };
  for (let at = 0; at < 2; at++) {
    const company = await b.company();
    await company.connect(`r-quota-${++n}`);
    places.push({ companyId: company.facts.id, connectionId: company.connectionId });
  }
  [one, other] = places.map(({ connectionId }) => contextOf(connectionId)) as [TargetContext, TargetContext];
});
afterAll(() => b.close());
beforeEach(() => b.store.sql`truncate quota_days, quota_refusals`);

const contextOf = (connectionId: string, apps = b.deps.apps) =>
  connectionContext({ ...b.deps, apps }, target, { connectionId, settings: {}, signal: new AbortController().signal });
/** Lets time pass for what was refused and answered. */
const later = (minutes: number) => b.store.sql`
  update quota_refusals set since = since - make_interval(mins => ${minutes}), last_at = last_at - make_interval(mins => ${minutes})`;

describe('what a target counts by the month', () => {
  it('is counted over all connections, and shown by company with the highest first', async () => {
    await one.count!('reads', 2);
    await other.count!('reads', 5);
    await other.count!('writes', 30);
    const [reads, writes] = await quotaUse(b.store.sql);
    expect(reads).toMatchObject({ target: 'fake', quota: 'reads', used: 7, today: 7, refusedSince: null });
    expect(reads!.companies).toEqual([
      { companyId: places[1]!.companyId, used: 5 },
      { companyId: places[0]!.companyId, used: 2 },
    ]);
    expect(writes).toMatchObject({ quota: 'writes', used: 30 });
  });

  it('begins again with the month', async () => {
    await one.count!('reads', 999);
    await b.store.sql`update quota_days set day = (date_trunc('month', now() at time zone 'UTC') - interval '1 day')::date`;
    await one.count!('reads', 1);
    expect((await quotaUse(b.store.sql))[0]).toMatchObject({ used: 1 });
  });

  it('is forgotten after thirteen months', async () => {
    await one.count!('reads', 3);
    await b.store.sql`
      insert into quota_days select target, environment, quota, (date_trunc('month', now() at time zone 'UTC') - make_interval(months => age))::date,
        connection_id, units, last_at from quota_days, (values (13), (14)) old (age)`;
    await keepAlive(b.deps, [target]);
    const ages = await b.store.sql<{ months: number }[]>`
      select extract(year from age(date_trunc('month', now() at time zone 'UTC'), date_trunc('month', day))) * 12
        + extract(month from age(date_trunc('month', now() at time zone 'UTC'), date_trunc('month', day))) as months
      from quota_days order by day`;
    expect(ages.map(({ months }) => Number(months))).toEqual([13, 0]);
  });

  it('is the reason as soon as our own count has reached the limit', async () => {
    await one.count!('reads', 1_000);
    await expect(one.overQuota!('reads')).rejects.toMatchObject({
      kind: 'config',
      code: 'quota-used-up',
      message: expect.stringContaining('We counted 1,000 of 1,000 this month.'),
    });
  });

  it('is the reason if reads stay refused for minutes while writes are answered', async () => {
    await one.overQuota!('reads');
    await later(1);
    await one.overQuota!('reads');
    await later(2);
    await other.count!('writes', 30);
    await expect(one.overQuota!('reads')).rejects.toMatchObject({ code: 'quota-used-up' });
    expect((await quotaUse(b.store.sql)).find(({ quota }) => quota === 'writes')).toBeDefined();
  });

  it('is not the reason while nothing else is answered either, nor for one refusal, nor once a read was answered', async () => {
    for (const minutes of [1, 2, 3]) {
      await one.overQuota!('reads');
      await later(minutes);
    }
    await one.overQuota!('reads');
    await b.store.sql`truncate quota_refusals`;
    await other.count!('writes', 1);
    await one.overQuota!('reads');
    await one.count!('reads', 1);
    await one.overQuota!('reads');
    await later(5);
    await one.overQuota!('reads');
  });

  it('is not the reason for writes, which have no limit, nor in an environment where reads are free', async () => {
    await one.count!('writes', 1_000_000);
    await one.overQuota!('writes');
    const sandbox = { fake: { ...b.deps.apps.fake!, environment: 'sandbox' } };
    const free = contextOf(places[0]!.connectionId, sandbox);
    await free.count!('reads', 5_000);
    await free.overQuota!('reads');
  });

  it('ends at the limit of the installation’s own plan', async () => {
    const context = contextOf(places[0]!.connectionId, { fake: { ...b.deps.apps.fake!, perMonth: { reads: 10 } } });
    await context.count!('reads', 10);
    await expect(context.overQuota!('reads')).rejects.toThrow('We counted 10 of 10 this month.');
  });
});

describe('a limit by day and month', () => {
  const limits = {
    calls: { perMinute: 60_000, perDay: 2, calendar: 'America/New_York' },
    reports: { perMinute: 60_000, perDay: 5, perMonth: 3, per: 'app' },
  } as const;
  const at = (connectionId: string, settings: object = {}) => {
    const limited = { ...target, delivery: { ...target.delivery, limits } as AnyTarget['delivery'] };
    return connectionContext(b.deps, limited, { connectionId, settings, signal: new AbortController().signal });
  };
  const ask = async (context: TargetContext, bucket: string, times = 1) => {
    for (let n = 0; n < times; n++) (await context.permit(bucket)).release();
  };
  const [here, there] = [() => at(places[0]!.connectionId), () => at(places[1]!.connectionId)];
  beforeEach(() => b.store.sql`truncate rate_days`);

  it('refuses until the next day of the target’s calendar, for that connection alone', async () => {
    await ask(here(), 'calls', 2);
    const refusal = await here()
      .permit('calls')
      .catch((error) => error);
    expect(refusal).toMatchObject({ kind: 'transient', code: 'target-throttled' });
    const then = new Date(Date.now() + refusal.retryAfterMs + 500);
    expect(then.toLocaleTimeString('en-GB', { timeZone: 'America/New_York' })).toMatch(/^00:00:0/);
    await ask(there(), 'calls', 2);
    await b.store.sql`update rate_days set day = day - 1`;
    await ask(here(), 'calls');
  });

  it('counts the month over all connections where our registration has it, and refuses before work begins', async () => {
    await ask(here(), 'reports', 2);
    await ask(there(), 'reports');
    await expect(here().permit('reports')).rejects.toThrow('accepts 3 requests a month');
    const limited = { ...target, delivery: { ...target.delivery, limits } as AnyTarget['delivery'] };
    const order = { connectionId: places[1]!.connectionId, settings: {} };
    await expect(mayWorkSoon(b.deps, limited, order)).rejects.toMatchObject({ code: 'target-throttled' });
    await b.store.sql`update rate_days set day = (day - interval '1 month')::date`;
    await ask(here(), 'reports');
  });

  it('uses up nothing with a refused request, and leaves others their share of a connection’s day', async () => {
    await ask(here(), 'calls', 2);
    for (let n = 0; n < 3; n++)
      await here()
        .permit('calls')
        .catch(() => {});
    const [counted] = await b.store.sql`select sum(used)::int as used from rate_days`;
    expect(counted!.used).toBe(2);
    await b.store.sql`truncate rate_days`;
    const half = at(places[0]!.connectionId, { useOfLimits: 0.5 });
    await ask(half, 'calls');
    await expect(half.permit('calls')).rejects.toThrow('accepts 1 request a day');
  });

  it('is kept exactly when many ask at once, and is forgotten when no limit asks for it', async () => {
    const got = await Promise.allSettled(Array.from({ length: 12 }, () => there().permit('reports')));
    expect(got.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    for (const one of got) if (one.status === 'fulfilled') one.value.release();
    await b.store.sql`update rate_days set day = day - 40`;
    await keepAlive(b.deps, [target]);
    expect(await b.store.sql`select from rate_days`).toHaveLength(0);
  });
});
