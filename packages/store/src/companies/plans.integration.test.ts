import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heavy, watchedDatabase } from '../database/watched-store.testing.ts';
import type { Store } from '../index.ts';
import * as index from '../index.ts';
import { begin, drift, everywhere, names, people, send } from './company-life.testing.ts';

/*
 * An installation of thousands of companies: what one of them does there once more, and lists and sweeps over all of them. As in the
 * tests of batches and imports, Postgres reports how many rows each statement read, and no clock is involved.
 */

const COMPANIES = 1_500;
/** Rows that one statement may read: some for each company of the installation. A statement that reads all of them for each has millions. */
const ROWS_A_COMPANY = 20;

describe('in an installation of thousands of companies', () => {
  let watched: Awaited<ReturnType<typeof watchedDatabase>>;
  beforeAll(async () => {
    watched = await watchedDatabase();
    const life = await begin(watched.store, 'acme');
    for (const part of [people, names, send, drift, everywhere]) await part(life);
    await multiply(watched.store, COMPANIES);
    watched.read.clear();
  }, 300_000);
  afterAll(() => watched.drop());

  it.each([
    ['without statistics', 'beta', false],
    ['with statistics', 'gamma', true],
  ])('%s, no statement reads more rows than there are companies, some times', { timeout: 120_000 }, async (_, id, analyzed) => {
    const { store, read } = watched;
    if (analyzed) await store.sql`analyze`;
    read.clear();
    const life = await begin(store, id);
    for (const part of [people, names, send, drift, everywhere]) await part(life);
    expect(heavy(read, (COMPANIES * ROWS_A_COMPANY) / 100)).toEqual([]);
    // Had no plan been seen, none would be heavy.
    expect(read.size).toBeGreaterThan(200);
  });
});

/** Copies all rows so often, each copy with ids, hashes and accounts of its own, and the same ones in all tables. */
async function multiply({ sql }: Store, times: number): Promise<void> {
  const columns = await sql<{ table: string; column: string; type: string }[]>`
    select c.table_name as table, c.column_name as column, c.data_type as type
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER' order by 1, c.ordinal_position`;
  await sql.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    for (const [table, own] of Map.groupBy(columns, (one) => one.table)) {
      const copies = own.map(({ column, type }) => {
        const quoted = `t."${column}"`;
        if (type === 'uuid') return `md5(${quoted}::text || n)::uuid`;
        const isName = /^id$|_id$|_hash$|^account$|^subject$|^request_key$|^actor$|^email$|^person$/.test(column);
        if (type === 'text' && isName) return `${quoted} || '-' || n`;
        if (type === 'bigint' && /^id$|_id$|^supersedes$/.test(column)) return `${quoted} + n::bigint * 1000000`;
        return quoted;
      });
      const list = own.map(({ column }) => `"${column}"`).join(', ');
      await sql.unsafe(
        `insert into "${table}" (${list}) select ${copies.join(', ')} from "${table}" t cross join generate_series(1, ${times}) n on conflict do nothing`,
      );
    }
  });
}

describe('the tests of plans', () => {
  const src = join(import.meta.dirname, '..');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
  const read = (path: string) => readFileSync(join(src, path), 'utf8');
  const tried = files
    .filter((path) => /(^|\/)(plans\.integration\.test|company-life\.testing)\.ts$/.test(path))
    .map((path) => read(path).replace(/^import [^;]+;/gm, ''))
    .join('\n');

  /** Functions that run statements of their caller, or lock, or are a part of other statements: they read no table by themselves. */
  const READ_NOTHING = [
    'beginCancelable',
    'lockChunk',
    'lockCompany',
    'lockVerdicts',
    'shareCompany',
    'onOneState',
    'lastDriftSql',
    'hasCause',
  ];

  it('run each function of the store with a statement over more than one table, or with one that Drizzle can’t build', () => {
    const sources = files.filter((path) => path.endsWith('.ts') && !/\.test(ing)?\.ts$|(^|\/)test-|^schema\//.test(path));
    const offered = new Map(Object.entries(index));
    const untried = sources
      .flatMap((path) => withStatements(read(path)))
      .filter((name) => offered.has(name))
      .filter((name) => !READ_NOTHING.includes(name) && !new RegExp(`\\b${name}\\(`).test(tried));
    expect(untried).toEqual([]);
  });

  it('know such a statement, also where a helper has it', () => {
    const helper = 'async function rows(sql) {\n  return sql`select 1 from a join b on true`;\n}\n';
    expect(withStatements(`export async function one(sql) {\n  return rows(sql);\n}\n${helper}`)).toEqual(['one']);
    expect(
      withStatements('export async function two(sql) {\n  return drizzleOn(sql).select().from(a).innerJoin(b);\n}\n'),
    ).toEqual(['two']);
    expect(withStatements('export async function three(sql) {\n  return drizzleOn(sql).select().from(a);\n}\n')).toEqual([]);
  });
});

/** A statement of our own, a join, or a query inside another. What Drizzle builds on one table reads each of its rows once at most. */
const STATEMENT = /\bsql(<[^`]*?>)?`|Join\(|expression(<[^`]*?>)?`[^`]*\b(select|exists)\b/;

/** The exported functions of a file that have such a statement, by themselves or by what they use of the file. */
function withStatements(source: string): string[] {
  const parts = source.split(/^(?=(?:export )?(?:async )?(?:function\b|const |class ))/m).flatMap((text) => {
    const [, exported, name] = /^(export )?(?:async )?(?:function\*?|const|class) (\w+)/.exec(text) ?? [];
    return name === undefined
      ? []
      : [{ name, text, isExported: exported !== undefined && /^export (async )?function/.test(text) }];
  });
  const found = new Set(parts.filter(({ text }) => STATEMENT.test(text)).map(({ name }) => name));
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const { name, text } of parts) if ([...found].some((other) => new RegExp(`\\b${other}\\b`).test(text))) found.add(name);
  }
  return parts.filter(({ name, isExported }) => isExported && found.has(name)).map(({ name }) => name);
}
