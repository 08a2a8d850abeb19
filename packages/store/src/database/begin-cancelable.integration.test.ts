import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../test-store.ts';
import { beginCancelable } from './begin-cancelable.ts';

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test.close());

const sleepers = () => test.sql`select from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'`;

describe('beginCancelable', () => {
  it('stops in the middle of a statement when its signal is aborted, and throws the signal’s reason', async () => {
    const caller = new AbortController();
    const work = beginCancelable(test.store, { statementMs: 60_000, signal: caller.signal }, (sql) => sql`select pg_sleep(60)`);
    const outcome = work.catch((error: unknown) => error);
    await expect.poll(async () => (await sleepers()).length).toBe(1);
    caller.abort('hung up');
    expect(await outcome).toBe('hung up');
    expect(await sleepers()).toEqual([]);
  });

  it('stops a statement that runs too long', async () => {
    const outcome = beginCancelable(test.store, { statementMs: 20 }, (sql) => sql`select pg_sleep(60)`);
    await expect(outcome).rejects.toMatchObject({ code: '57014' });
  });

  it('does not begin once its signal is aborted, and leaves no limit behind on its connection', async () => {
    await expect(
      beginCancelable(test.store, { statementMs: 20, signal: AbortSignal.abort('too late') }, () => {
        throw new Error('it began');
      }),
    ).rejects.toBe('too late');
    await beginCancelable(test.store, { statementMs: 20 }, (sql) => sql`select 1`);
    const limits = await Promise.all(Array.from({ length: 8 }, () => test.sql`show statement_timeout`));
    expect(new Set(limits.map(([row]) => row!.statement_timeout))).toEqual(new Set(['0']));
  });
});
