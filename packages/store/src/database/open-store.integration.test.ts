import { and, eq, sql as expression } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiKeys, companies, journal } from '../schema/index.ts';
import { openTestStore, type TestStore } from '../test-store.ts';
import { built, drizzleOn } from './drizzle-on.ts';

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test.close());

describe('a store', () => {
  it('connects again after it lost its connections', async () => {
    const { sql } = test;
    const running = sql`select pg_sleep(30)`.then(
      () => 'done',
      () => 'lost',
    );
    await expect
      .poll(async () => (await sql`select from pg_stat_activity where query like 'select pg_sleep%'`).length)
      .toBeGreaterThan(0);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    expect(await running).toBe('lost');
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  });

  it('speaks the same values through SQL and through Drizzle', async () => {
    const { sql } = test;
    const db = drizzleOn(sql);
    const details = { text: 'a "quoted" \\ one', number: 1, list: [null, true] };
    await db.insert(journal).values({ companyId: 'acme', actor: 'a', act: 'drizzle', subject: 's', details });
    await sql`insert into journal (company_id, actor, act, subject, details) values ('acme', 'a', 'json', 's', ${sql.json(details)})`;
    await sql`insert into journal (company_id, actor, act, subject, details) values ('acme', 'a', 'text', 's', ${JSON.stringify(details)}::jsonb)`;
    const bySql =
      await sql`select act, at, id, details, details ->> 'number' as member from journal where subject = 's' order by id`;
    const byDrizzle = await db.select().from(journal).where(eq(journal.subject, 's')).orderBy(journal.id);
    for (const rows of [bySql, byDrizzle]) {
      expect(rows.map((row) => row.details)).toEqual([details, details, details]);
      expect(rows.every((row) => row.at instanceof Date && typeof row.id === 'number')).toBe(true);
    }
    expect(bySql.map((row) => row.member)).toEqual(['1', '1', '1']);
    const [company] = await db.select().from(companies);
    expect(company?.createdAt).toBeInstanceOf(Date);
    const [since] =
      await sql`select ${new Date('2026-10-03T12:00:00Z')}::timestamptz as at, '2026-10-03'::date as day, 9007199254740991::int8 as big`;
    expect(since).toEqual({ at: new Date('2026-10-03T12:00:00Z'), day: '2026-10-03', big: Number.MAX_SAFE_INTEGER });
  });

  it.each([10, 100_000])('sends %i bytes as they are, beside values of every other kind', async (size) => {
    const { sql } = test;
    const bytes = Uint8Array.from({ length: size }, (_, i) => i % 256);
    const text = 'ü€😀'.repeat(size);
    const asked = () => sql`
      select ${bytes}::bytea as bytes, ${text} as text, ${null}::bytea as nothing, ${[1, 2]}::int[] as list,
        ${sql.typed(Buffer.from(text) as never, 25)} as spelled, ${bytes}::bytea = ${'\\x00'}::bytea as other`;
    // The second time the statement is prepared already.
    for (const [row] of [await asked(), await asked()])
      expect(row).toEqual({ bytes: Buffer.from(bytes), text, nothing: null, list: [1, 2], spelled: text, other: false });
  });

  it('runs Drizzle in the transaction of its handle, by statements that stay prepared', async () => {
    const { sql } = test;
    await sql
      .begin(async (tx) => {
        await drizzleOn(tx).insert(journal).values({ companyId: null, actor: 'a', act: 'rolled-back', subject: 'transaction' });
        const prepared = await tx`select statement from pg_prepared_statements where statement like 'insert into "journal"%'`;
        expect(prepared).toHaveLength(1);
        throw new Error('roll back');
      })
      .catch(() => {});
    expect(await drizzleOn(sql).select().from(journal).where(eq(journal.subject, 'transaction'))).toEqual([]);
  });

  it('runs a built statement on whichever handle it is given, with its own values', async () => {
    const { sql } = test;
    const add = built((db) =>
      db.insert(journal).values({ actor: 'a', act: 'built', subject: expression.placeholder('subject') }),
    );
    const count = built((db) =>
      db
        .select({ subject: journal.subject })
        .from(journal)
        .where(and(eq(journal.act, 'built'), eq(journal.subject, expression.placeholder('subject')))),
    );
    const inside = sql.begin(async (tx) => {
      await Promise.all([add(tx, { subject: 'one' }), add(tx, { subject: 'one' }), add(sql, { subject: 'two' })]);
      expect(await Promise.all([count(tx, { subject: 'one' }), count(sql, { subject: 'one' })])).toMatchObject([
        { length: 2 },
        { length: 0 },
      ]);
      throw new Error('roll back');
    });
    await expect(inside).rejects.toThrow('roll back');
    expect(await Promise.all([count(sql, { subject: 'one' }), count(sql, { subject: 'two' })])).toEqual([
      [],
      [{ subject: 'two' }],
    ]);
    const fails = built((db) => db.select({ one: expression`${expression.placeholder('secret')}::text::int` }).from(companies));
    const error = await fails(sql, { secret: 'very secret' }).catch((error: unknown) => error);
    expect(error).toMatchObject({ name: 'PostgresError', code: '22P02' });
  });

  it('throws the database’s own error through Drizzle, without the parameters', async () => {
    const { sql } = test;
    const twice = { id: 'k', companyId: null, name: 'n', roles: [], secretHash: 'very secret', createdBy: 'a' };
    await drizzleOn(sql).insert(apiKeys).values(twice);
    const error = await drizzleOn(sql)
      .insert(apiKeys)
      .values(twice)
      .catch((error: unknown) => error);
    expect(error).toMatchObject({ name: 'PostgresError', code: '23505' });
    expect((error as Error).message).not.toContain('very secret');
  });
});
