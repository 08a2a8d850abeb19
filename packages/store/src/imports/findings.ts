import { and, asc, desc, eq, sql as expression, getTableColumns, gt, inArray, lt, type SQL } from 'drizzle-orm';
import { drizzleOn } from '../database/drizzle-on.ts';
import { decodeCursor, encodeCursor, type Page, pageOf } from '../database/keyset.ts';
import type { Sql } from '../database/open-store.ts';
import { rowsOf } from '../database/rows-of.ts';
import { type FindingKind, importFindings } from '../schema/index.ts';

export type StoredFinding = Readonly<typeof importFindings.$inferSelect>;
export type NewFinding = Readonly<Omit<typeof importFindings.$inferInsert, 'importId' | 'seq'>>;

export async function addFindings(sql: Sql, importId: string, findings: readonly NewFinding[]): Promise<void> {
  if (findings.length === 0) return;
  const columns = {
    kind: 'text',
    code: 'text',
    file: 'text',
    row: 'int',
    column: 'text',
    value: 'text',
    message: 'text',
    type: 'text',
    recordId: 'text',
    details: 'jsonb',
  } as const;
  await sql`
    insert into import_findings (import_id, kind, code, file, "row", "column", value, message, type, record_id, details)
    select ${importId}, n.kind, n.code, n.file, n."row", n."column", n.value, n.message, n.type, n.record_id, n.details
    from ${rowsOf(sql, findings, columns)} n`;
}

export async function dropFindings(sql: Sql, importId: string, kinds?: readonly FindingKind[]): Promise<void> {
  await drizzleOn(sql)
    .delete(importFindings)
    .where(
      and(eq(importFindings.importId, importId), kinds === undefined ? undefined : inArray(importFindings.kind, [...kinds])),
    );
}

/** What findings may be sorted by; with a hyphen, the other way round. `seq` is the order in which they were found. */
const COLUMNS = ['seq', 'place', 'value', 'message'] as const;
type Column = (typeof COLUMNS)[number];
export const IMPORT_FINDING_SORTS = COLUMNS.flatMap((column) => [column, `-${column}`] as const);

export async function listImportFindings(
  sql: Sql,
  order: {
    importId: string;
    kind?: FindingKind | undefined;
    sort?: (typeof IMPORT_FINDING_SORTS)[number] | undefined;
    after?: string | undefined;
    limit: number;
  },
): Promise<Page<StoredFinding>> {
  const { sort = 'seq' } = order;
  const down = sort.startsWith('-');
  const key = keyOf(sort.replace('-', '') as Column);
  // Cursors of the order in which they were found are as they always were.
  const list = sort === 'seq' ? 'import-findings' : `import-findings/${sort}`;
  const from =
    order.after === undefined
      ? undefined
      : decodeCursor(order.after, list, key === undefined ? ['number'] : ['string', 'number']);
  const { seq } = importFindings;
  const rows = await drizzleOn(sql)
    .select({ ...getTableColumns(importFindings), key: key ?? expression<string>`''` })
    .from(importFindings)
    .where(
      and(
        eq(importFindings.importId, order.importId),
        order.kind === undefined ? undefined : eq(importFindings.kind, order.kind),
        from === undefined ? undefined : beyond(key, down, from),
      ),
    )
    .orderBy(...(key === undefined ? [] : [down ? desc(key) : asc(key)]), down ? desc(seq) : asc(seq))
    .limit(order.limit + 1);
  const page = pageOf(rows, order.limit, (row) => encodeCursor(list, key === undefined ? [row.seq] : [row.key, row.seq]));
  return { ...page, rows: page.rows.map(({ key: _, ...row }) => row) };
}

function beyond(key: SQL<string> | undefined, down: boolean, from: readonly (string | number)[]): SQL {
  const { seq } = importFindings;
  if (key === undefined) return (down ? lt : gt)(seq, from[0] as number);
  return down
    ? expression`(${key}, ${seq}) < (${from[0]}::text, ${from[1]}::int8)`
    : expression`(${key}, ${seq}) > (${from[0]}::text, ${from[1]}::int8)`;
}

/** What findings are sorted by besides `seq`. Rows of a file are in their order. */
function keyOf(column: Column): SQL<string> | undefined {
  const { file, row, column: inFile, type, recordId, value, message } = importFindings;
  switch (column) {
    case 'seq':
      return undefined;
    case 'place':
      return expression`concat(${file}, '/', lpad(${row}::text, 10, '0'), '/', ${inFile}, '/', ${type}, ' ', ${recordId})`;
    case 'value':
      return expression`coalesce(${value}, '')`;
    case 'message':
      return expression`${message}`;
    default:
      return column satisfies never;
  }
}

/** All findings of a kind, page by page. */
export async function* eachFinding(sql: Sql, importId: string, kind: FindingKind): AsyncGenerator<readonly StoredFinding[]> {
  let after: string | undefined;
  do {
    const page: Page<StoredFinding> = await listImportFindings(sql, { importId, kind, after, limit: 2_000 });
    yield page.rows;
    after = page.next;
  } while (after !== undefined);
}
