import { randomUUID } from 'node:crypto';
import type { RateLimit } from '@ledgerpost/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../test-store.ts';
import { pauseConnection, permitWait, prolongPermits, releasePermits, takePermit } from './rate-limits.ts';

let t: TestStore;
let connection: string;
beforeAll(async () => {
  t = await openTestStore();
});
afterAll(() => t.close());
beforeEach(() => {
  connection = randomUUID();
});

const take = (limit: RateLimit, bucket = 'calls') => takePermit(t.sql, connection, bucket, limit);

/** Takes a permit, or says that there is none now. */
async function permit(limit: RateLimit, bucket?: string): Promise<number | 'wait'> {
  const taken = await take(limit, bucket);
  return 'permit' in taken ? taken.permit : 'wait';
}

/** A request that begins and ends at once. */
async function request(limit: RateLimit): Promise<boolean> {
  const taken = await permit(limit);
  if (taken === 'wait') return false;
  await releasePermits(t.sql, [taken]);
  return true;
}

/** The clock is the database's: all that it remembers is moved into the past instead. */
async function pass(seconds: number): Promise<void> {
  await t.sql`update rate_permits set held_until = held_until - make_interval(secs => ${seconds}) where connection_id = ${connection}`;
  await t.sql`update rate_buckets set next_at = next_at - make_interval(secs => ${seconds}), last_at = last_at - make_interval(secs => ${seconds})
    where connection_id = ${connection}`;
  await t.sql`update rate_pauses set until = until - make_interval(secs => ${seconds}) where connection_id = ${connection}`;
}

async function count(limit: RateLimit, tries: number): Promise<number> {
  let went = 0;
  for (let n = 0; n < tries; n++) if (await request(limit)) went++;
  return went;
}

describe('a minute', () => {
  it('allows its number of requests and not one more, all at once after a pause', async () => {
    expect(await count({ perMinute: 40 }, 60)).toBe(40);
    await pass(140);
    expect(await count({ perMinute: 40 }, 60)).toBe(40);
  });

  it('counts a request until a minute after its end, since nobody knows when the target saw it', async () => {
    const limit = { perMinute: 1 };
    const slow = (await permit(limit)) as number;
    await pass(10);
    await releasePermits(t.sql, [slow]);
    await pass(59);
    expect(await permit(limit)).toBe('wait');
    await pass(1.1);
    expect(await permit(limit)).not.toBe('wait');
  });

  it('never has more in any window, in whatever pattern requests arrive', async () => {
    const limit = { perMinute: 20 };
    const went: number[] = [];
    // A burst, then one try every half second for five minutes. The database's time goes on beside those that are let pass.
    let passed = 0;
    for (let step = 0; step < 640; step++) {
      const taken = await permit(limit);
      if (taken !== 'wait') {
        await releasePermits(t.sql, [taken]);
        const [row] = await t.sql<{ ended: number }[]>`
          select extract(epoch from held_until)::float8 as ended from rate_permits where id = ${taken}`;
        went.push(row!.ended + passed);
      }
      if (step >= 40) {
        await pass(0.5);
        passed += 0.5;
      }
    }
    const most = Math.max(...went.map((from) => went.filter((at) => at >= from && at < from + 60).length));
    expect(most).toBe(20);
    // After the first minute requests go at an even pace, so that windows are full wherever they begin.
    const starts = Array.from({ length: 170 }, (_, second) => went[0]! + 61 + second);
    const least = Math.min(...starts.map((from) => went.filter((at) => at >= from && at < from + 60).length));
    expect(least).toBeGreaterThanOrEqual(19);
  }, 300_000);

  it('continues at its pace, and no faster, when a burst has left the window', async () => {
    // Half a minute is long beside what the statements themselves take on a busy machine.
    const limit = { perMinute: 2 };
    await count(limit, 2);
    await pass(61);
    expect(await request(limit)).toBe(true);
    expect(await request(limit)).toBe(false);
    await pass(16);
    expect(await request(limit)).toBe(false);
    await pass(15);
    expect(await request(limit)).toBe(true);
  });

  // Each step has 50 ms to spare. Where a busy machine stops for longer in the middle of one, the next ones come too late, so it is
  // tried again.
  it('makes up for lost time at twice the pace, and then no more', { retry: 2 }, async () => {
    const limit = { perMinute: 20 };
    await count(limit, 20);
    const from = performance.now();
    let passed = 0;
    /** Until so many seconds after the burst: what has really passed is part of them, on a busy machine too. */
    async function until(second: number): Promise<void> {
      const more = second - passed - (performance.now() - from) / 1_000;
      await pass(more);
      passed += more;
    }
    await until(61);
    await request(limit);
    await until(64);
    await request(limit);
    // Nobody asks, while three are due.
    await until(76);
    expect(await request(limit)).toBe(true);
    expect(await request(limit)).toBe(false);
    const went: boolean[] = [];
    for (let step = 1; step <= 9; step++) {
      await until(76 + step * 1.55);
      went.push(await request(limit));
    }
    expect(went).toEqual([true, true, true, true, true, true, false, true, false]);
  });

  it('returns how long to wait', async () => {
    const limit = { perMinute: 2 };
    await count(limit, 2);
    const taken = await take(limit);
    expect('waitMs' in taken && taken.waitMs).toBeGreaterThan(59_000);
    expect('waitMs' in taken && taken.waitMs).toBeLessThan(60_100);
  });

  it('is separate for each bucket and each connection', async () => {
    const limit = { perMinute: 1 };
    expect(await permit(limit, 'a')).not.toBe('wait');
    expect(await permit(limit, 'b')).not.toBe('wait');
    expect(await permit(limit, 'a')).toBe('wait');
    connection = randomUUID();
    expect(await permit(limit, 'a')).not.toBe('wait');
  });
});

describe('a second', () => {
  it('allows its number of requests', async () => {
    // Few, and half a second to spare: real time goes on between them.
    const limit = { perMinute: 500, perSecond: 3 };
    expect(await count(limit, 4)).toBe(3);
    await pass(0.5);
    expect(await count(limit, 1)).toBe(0);
    await pass(0.6);
    expect(await count(limit, 4)).toBe(3);
  });
});

describe('requests in flight', () => {
  it('are never more than allowed at the same time', async () => {
    const limit = { perMinute: 500, concurrent: 2 };
    const first = await permit(limit);
    await permit(limit);
    expect(await permit(limit)).toBe('wait');
    await releasePermits(t.sql, [first as number]);
    expect(await permit(limit)).not.toBe('wait');
  });

  it('of a process that died block others no longer than their lease', async () => {
    const limit = { perMinute: 500, concurrent: 1 };
    await permit(limit);
    await pass(14);
    expect(await permit(limit)).toBe('wait');
    await pass(1.1);
    expect(await permit(limit)).not.toBe('wait');
  });

  it('that take long are prolonged', async () => {
    const limit = { perMinute: 500, concurrent: 1 };
    const long = (await permit(limit)) as number;
    await pass(14);
    await prolongPermits(t.sql, [long]);
    await pass(14);
    expect(await permit(limit)).toBe('wait');
  });

  it('of twenty callers at once are never more than allowed', async () => {
    const limit = { perMinute: 500, concurrent: 10 };
    const all = await Promise.all(Array.from({ length: 20 }, () => permit(limit)));
    expect(all.filter((one) => one !== 'wait')).toHaveLength(10);
  });
});

describe('a pause', () => {
  it('case 20: stops the connection in every bucket, and no other connection', async () => {
    const limit = { perMinute: 500 };
    await pauseConnection(t.sql, connection, 60_000);
    expect(await permit(limit, 'a')).toBe('wait');
    expect(await permit(limit, 'b')).toBe('wait');
    const paused = connection;
    connection = randomUUID();
    expect(await permit(limit, 'a')).not.toBe('wait');
    connection = paused;
    await pass(60.1);
    expect(await permit(limit, 'a')).not.toBe('wait');
  });

  it('is never shortened by a shorter one', async () => {
    await pauseConnection(t.sql, connection, 60_000);
    await pauseConnection(t.sql, connection, 1_000);
    await pass(30);
    expect(await permit({ perMinute: 500 })).toBe('wait');
  });
});

describe('the wait for a permit', () => {
  const wait = async (limit: RateLimit) => Math.round((await permitWait(t.sql, connection, 'calls', limit)) / 1000);

  it('is the same as a request for one gets, and uses up none', async () => {
    const limit = { perMinute: 3 };
    expect(await wait(limit)).toBe(0);
    await count(limit, 3);
    expect([await wait(limit), await wait(limit)]).toEqual([60, 60]);
    const taken = await take(limit);
    expect('waitMs' in taken && Math.round(taken.waitMs / 1000)).toBe(60);
    await pass(61);
    expect([await wait(limit), typeof (await permit(limit))]).toEqual([0, 'number']);
  });

  it('includes a pause', async () => {
    await pauseConnection(t.sql, connection, 30_000);
    expect(await wait({ perMinute: 3 })).toBe(30);
  });
});
