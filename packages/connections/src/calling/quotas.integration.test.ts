import type { AnyTarget, TargetContext } from '@ledgerpost/core';
import { quotaUse } from '@ledgerpost/store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepAlive } from '../access/keep-alive.ts';
import { openBench } from '../testing/bench.testing.ts';
import { connectionContext } from './connection-context.ts';

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
