import { and, asc, eq, gt, inArray } from 'drizzle-orm';
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

export async function listImportFindings(
  sql: Sql,
  order: { importId: string; kind?: FindingKind | undefined; after?: string | undefined; limit: number },
): Promise<Page<StoredFinding>> {
  const from = order.after === undefined ? undefined : (decodeCursor(order.after, 'import-findings', ['number'])[0] as number);
  const rows = await drizzleOn(sql)
    .select()
    .from(importFindings)
    .where(
      and(
        eq(importFindings.importId, order.importId),
        order.kind === undefined ? undefined : eq(importFindings.kind, order.kind),
        from === undefined ? undefined : gt(importFindings.seq, from),
      ),
    )
    .orderBy(asc(importFindings.seq))
    .limit(order.limit + 1);
  return pageOf(rows, order.limit, (row) => encodeCursor('import-findings', [row.seq]));
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
