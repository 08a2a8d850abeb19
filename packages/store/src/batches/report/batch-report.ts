import { type DocumentKind, type ItemState, type LedgerRole, type Operation, STANDING_ITEM_STATES } from '@ledgerpost/core';
import type { Sql, Store } from '../../database/open-store.ts';
import { probeOrNull } from '../../database/probe.ts';
import { customersOf } from '../items/item-customer.ts';
import { itsDocument, itsPosting } from '../items/item-parts.ts';
import { type FindingStatus, getVerification, type VerificationView } from './verifications.ts';

/** Some documents and their total, in minor units. */
export interface Sum {
  readonly documents: number;
  readonly amount: number;
}

/** The batch's totals beside those of the same documents in the books. */
export interface Beside {
  readonly ours: Sum;
  /** Null: none of them was found in the books. */
  readonly books:
    | (Sum & {
        /** Those of ours that the books' total is about: compare it with these. */
        readonly of: Sum;
        /** The books' total less `of`. */
        readonly difference: number;
      })
    | null;
}

/** A batch's totals, ours beside the books' as the newest verification read them. */
export interface BatchReport {
  readonly verification: VerificationView | undefined;
  /** Documents that the batch put into the books and that were not undone. */
  readonly documents: number;
  /** Of these: checked by the verification; with known lines; replaced by a newer batch, which verifies them. */
  readonly looked: number;
  readonly linesTold: number;
  readonly superseded: number;
  /** All documents of the batch, by their state. */
  readonly outcomes: readonly (Sum & { readonly state: ItemState })[];
  readonly operations: readonly (Beside & { readonly operation: Operation })[];
  /** By account and class. Debits are above zero; each side totals zero. In ours, an account of null is the books' own for the role. */
  readonly accounts: readonly (Beside & {
    readonly role: LedgerRole;
    readonly account: string | null;
    readonly class: string | null;
  })[];
  /** Lines of invoices less those of credit memos, without tax. */
  readonly classes: readonly (Beside & { readonly class: string | null })[];
  /** By the department that the document had when it was frozen. */
  readonly departments: readonly (Beside & { readonly department: string | null; readonly kind: DocumentKind })[];
  /** Of invoices less that of credit memos, by tax code. */
  readonly taxes: readonly (Beside & { readonly code: string | null })[];
  /**
   * Of documents whose agencies the books tell. Ours goes to an agency where the tax has only that one, or parts of the agencies' names;
   * null: ours that is not divided.
   */
  readonly agencies: readonly (Beside & { readonly agency: string | null })[];
  /** Payments by deposit account; null: the books' own. */
  readonly deposits: readonly (Beside & { readonly account: string | null })[];
  /** Documents that differ in the books. */
  readonly differing: number;
}

/** One document of the report. */
export interface ReportItem {
  readonly seq: number;
  readonly record: { readonly type: string; readonly id: string };
  readonly operation: Operation;
  readonly number: string;
  readonly date: string;
  /** Its name here, as it is today. */
  readonly customer: string | null;
  /** The customer's id in the books; null: unknown, or the books go by names. */
  readonly customerExternalId: string | null;
  readonly department: string | null;
  readonly state: ItemState;
  /** Ours, in minor units. */
  readonly amount: number;
  readonly externalId: string | null;
  /** The tax in the books less ours, in minor units, where the books compute the tax. Else 0. */
  readonly taxDifference: number;
  /** Null: not checked. */
  readonly finding: FindingStatus | null;
  /** The total as the books hold it, in minor units; null: not known. */
  readonly booksTotal: number | null;
  /** Problems and notices, a sentence each. */
  readonly messages: readonly string[];
}

/** Runs something on one state of the database, however long it runs. */
export function onOneState<T>(store: Store, work: (sql: Sql) => Promise<T>): Promise<T> {
  return store.sql.begin('isolation level repeatable read read only', (sql) => work(sql as unknown as Sql)) as Promise<T>;
}

/**
 * The documents that stand, with what the books hold of each. `lines_known` is true if the books' lines are known: the
 * target listed them, or found everything as it was posted and with the same total, or nothing is left.
 */
function documents(sql: Sql, batchId: string, run: number | null) {
  return sql`
    standing as materialized (
      select i.seq, i.kind, i.operation, i.amount, d.document, f.status, f.holds,
        case when i.kind = 'creditMemo' then -1 else 1 end as sign,
        b.settings->'accounts'->>'receivable' as receivable,
        coalesce(not p.standing, false) as superseded,
        ${taxDifference(sql)} as tax_difference,
        ${booksTotal(sql)} as books_total,
        coalesce(f.status = 'gone' or f.holds is not null
          or (${asPosted(sql)} and coalesce(f.total, i.target_total) = i.amount), false) as lines_known
      from batch_items i join batches b on b.id = i.batch_id ${itsDocument(sql)} ${itsPosting(sql)} ${itsFinding(sql, run)}
      where i.batch_id = ${batchId} and i.state in ${sql(STANDING_ITEM_STATES)}
    )`;
}

/** Joins what a verification found of an item `i`, as `f`. */
function itsFinding(sql: Sql, run: number | null) {
  return probeOrNull(
    sql,
    'f',
    sql`
    select status, problem, total, holds from batch_findings where batch_id = i.batch_id and run = ${run}::int and seq = i.seq`,
  );
}

/** What the books hold of item `i` with its posting `p` by finding `f`; null where that is unknown. */
function booksTotal(sql: Sql) {
  return sql`case when f.status = 'gone' then 0 when f.total is not null then f.total when ${asPosted(sql)} then i.target_total end`;
}

/** Where somebody kept a person's change of a document, "the same" means the same as that change, not as our document. */
function asPosted(sql: Sql) {
  return sql`f.status = 'same' and p.facts->'theirs' is null`;
}

/** The tax that the books hold of item `i`, less ours; zero where the tax is ours, and a difference is one of the document. */
function taxDifference(sql: Sql) {
  const held = sql`(select sum((e->>'amount')::bigint) * case when i.kind = 'creditMemo' then 1 else -1 end
    from jsonb_array_elements(f.holds->'entries') e where e->>'role' = 'tax')`;
  return sql`case when d.document->>'taxMode' = 'books'
    then coalesce(${held}, (p.receipt->>'tax')::bigint, 0) - coalesce((d.document->'tax'->>'amount')::bigint, 0) else 0 end`;
}

interface Row {
  readonly section: 'operation' | 'account' | 'class' | 'department' | 'tax' | 'agency' | 'deposit';
  readonly keys: readonly [string | null, string | null, string | null];
  readonly ours: number;
  readonly oursAmount: number | null;
  readonly of: number;
  readonly ofAmount: number | null;
  readonly books: number;
  readonly booksAmount: number | null;
}

/** A batch's report, summed up in the database. Run it in `onOneState`. */
export async function reportOf(sql: Sql, batchId: string): Promise<BatchReport> {
  const verification = await getVerification(sql, batchId);
  const run = verification?.run ?? null;
  const outcomes = await sql<(Sum & { state: ItemState })[]>`
    select state, count(*)::int as documents, sum(amount)::bigint as amount from batch_items
    where batch_id = ${batchId} group by state order by state`;
  const [coverage] = await sql<[Pick<BatchReport, 'documents' | 'looked' | 'linesTold' | 'superseded' | 'differing'>]>`
    with ${documents(sql, batchId, run)}
    select count(*) filter (where kind <> 'warning')::int as documents, count(status)::int as looked,
      count(*) filter (where lines_known)::int as "linesTold", count(*) filter (where superseded)::int as superseded,
      count(*) filter (where status in ('changed', 'gone') or books_total - tax_difference <> amount)::int as differing
    from standing`;
  const rows = await sql<Row[]>`
    with ${documents(sql, batchId, run)}, ours as (
      select seq, status, holds, lines_known, 'income' as role, line->'item'->>'account' as account, line->>'class' as class,
        -sign * (line->>'amount')::bigint as amount
      from standing, jsonb_array_elements(document->'lines') line where kind in ('invoice', 'creditMemo')
      union all select seq, status, holds, lines_known, 'tax', null, null, -sign * (document->'tax'->>'amount')::bigint
      from standing where document ? 'tax' and kind in ('invoice', 'creditMemo')
      union all select seq, status, holds, lines_known, 'receivable', null, null, sign * (document->>'total')::bigint
      from standing where kind in ('invoice', 'creditMemo')
      union all select seq, status, holds, lines_known, 'deposit', document->>'depositTo', null,
        (document->>'amount')::bigint - coalesce((document->'fee'->>'amount')::bigint, 0)
      from standing where kind = 'payment'
      union all select seq, status, holds, lines_known, 'receivable', null, null, -(document->>'amount')::bigint
      from standing where kind = 'payment'
      union all select seq, status, holds, lines_known, 'fee', document->'fee'->>'account', null, (document->'fee'->>'amount')::bigint
      from standing where kind = 'payment' and document ? 'fee'
      union all
      select seq, status, holds, lines_known, case when line->>'account' = receivable then 'receivable' else 'refund' end,
        case when line->>'account' = receivable then null else line->>'account' end,
        case when line->>'account' = receivable then null else line->>'class' end,
        (line->>'amount')::bigint * case line->>'side' when 'debit' then 1 else -1 end
      from standing, jsonb_array_elements(document->'lines') line where kind = 'journal'
    ), entries as materialized (
      select 'ours' as side, seq, role, account, class, amount, lines_known from ours where amount <> 0
      union all select 'books', seq, role, account, class, amount, true from ours
      where lines_known and status = 'same' and holds is null and amount <> 0
      union all
      select 'books', seq, e->>'role', e->>'account', e->>'class', (e->>'amount')::bigint, true
      from standing, jsonb_array_elements(holds->'entries') e where (e->>'amount')::bigint <> 0
    ), taxed as (
      select 'ours' as side, seq, lines_known, document->'tax'->>'code' as code, sign * (document->'tax'->>'amount')::bigint as amount
      from standing where kind in ('invoice', 'creditMemo') and document ? 'tax'
        and (document->'tax' ? 'code' or (document->'tax'->>'amount')::bigint <> 0)
      union all
      select 'books', seq, true, document->'tax'->>'code', sign * (document->'tax'->>'amount')::bigint
      from standing where kind in ('invoice', 'creditMemo') and document ? 'tax' and lines_known and status = 'same' and holds is null
        and (document->'tax' ? 'code' or (document->'tax'->>'amount')::bigint <> 0)
      union all
      select 'books', t.seq, true, t.holds->>'taxCode', coalesce(-sum((e->>'amount')::bigint), 0)::bigint
      from standing t left join jsonb_array_elements(t.holds->'entries') e on e->>'role' = 'tax'
      where t.holds ? 'taxCode' or e is not null group by t.seq, t.holds->>'taxCode'
    ), told as (
      select seq, sign, document->'tax' as tax, holds->'agencies' as agencies,
        (select array_agg(lower(a->>'agency')) from jsonb_array_elements(holds->'agencies') a) as names
      from standing where holds ? 'agencies' and kind in ('invoice', 'creditMemo')
    ), divided as (
      select *, coalesce(jsonb_array_length(tax->'parts') > 0
        and not exists (select from jsonb_array_elements(tax->'parts') part where lower(part->>'name') <> all (names)), false) as by_parts
      from told
    ), owed as (
      select 'books' as side, seq, true as lines_known, a->>'agency' as agency, (a->>'amount')::bigint as amount
      from divided, jsonb_array_elements(agencies) a
      union all
      select 'ours', seq, true, (select a->>'agency' from jsonb_array_elements(agencies) a where lower(a->>'agency') = lower(part->>'name') limit 1),
        sign * (part->>'amount')::bigint
      from divided, jsonb_array_elements(tax->'parts') part where by_parts
      union all
      select 'ours', seq, true, case when jsonb_array_length(agencies) = 1 then agencies->0->>'agency' end, sign * (tax->>'amount')::bigint
      from divided where not by_parts and (tax->>'amount')::bigint <> 0
    )
    select 'operation' as section, jsonb_build_array(operation, null, null) as keys, count(*)::int as ours, sum(amount)::bigint as "oursAmount",
      count(books_total)::int as of, sum(amount) filter (where books_total is not null)::bigint as "ofAmount",
      count(books_total) filter (where status <> 'gone')::int as books, sum(books_total)::bigint as "booksAmount"
    from standing group by operation
    union all
    select 'department', jsonb_build_array(document->'department'->>'name', kind, null), count(*)::int, sum(amount)::bigint,
      count(books_total)::int, sum(amount) filter (where books_total is not null)::bigint,
      count(books_total) filter (where status <> 'gone')::int, sum(books_total)::bigint
    from standing where kind <> 'warning' group by document->'department'->>'name', kind
    union all
    select 'account', jsonb_build_array(role, account, class), ${sides(sql, sql`amount`)} from entries
    group by role, account, class
    union all
    select 'class', jsonb_build_array(class, null, null), ${sides(sql, sql`-amount`)} from entries
    where role = 'income' group by class
    union all
    select 'deposit', jsonb_build_array(account, null, null), ${sides(sql, sql`amount`)} from entries where role = 'deposit' group by account
    union all
    select 'tax', jsonb_build_array(code, null, null), ${sides(sql, sql`amount`)} from taxed group by code
    union all
    select 'agency', jsonb_build_array(agency, null, null), ${sides(sql, sql`amount`)} from owed group by agency`;

  const of = (section: Row['section']) =>
    rows
      .filter((row) => row.section === section)
      .sort((a, b) => compare(a.keys, b.keys))
      .map(({ keys, ...row }) => ({ keys, ...beside(row) }));
  return {
    verification,
    ...coverage,
    outcomes,
    operations: of('operation').map(({ keys, ...row }) => ({ operation: keys[0] as Operation, ...row })),
    accounts: of('account').map(({ keys, ...row }) => ({
      role: keys[0] as LedgerRole,
      account: keys[1],
      class: keys[2],
      ...row,
    })),
    classes: of('class').map(({ keys, ...row }) => ({ class: keys[0], ...row })),
    departments: of('department').map(({ keys, ...row }) => ({ department: keys[0], kind: keys[1] as DocumentKind, ...row })),
    taxes: of('tax').map(({ keys, ...row }) => ({ code: keys[0], ...row })),
    agencies: of('agency').map(({ keys, ...row }) => ({ agency: keys[0], ...row })),
    deposits: of('deposit').map(({ keys, ...row }) => ({ account: keys[0], ...row })),
  };
}

/** Documents and amounts of entries: ours, those of ours whose lines in the books are known, and the books'. */
function sides(sql: Sql, amount: ReturnType<Sql>) {
  return sql`
    count(distinct seq) filter (where side = 'ours')::int, sum(${amount}) filter (where side = 'ours')::bigint,
    count(distinct seq) filter (where side = 'ours' and lines_known)::int,
    sum(${amount}) filter (where side = 'ours' and lines_known)::bigint,
    count(distinct seq) filter (where side = 'books')::int, sum(${amount}) filter (where side = 'books')::bigint`;
}

function beside(row: Omit<Row, 'keys' | 'section'>): Beside {
  const of = { documents: row.of, amount: row.ofAmount ?? 0 };
  const amount = row.booksAmount ?? 0;
  return {
    ours: { documents: row.ours, amount: row.oursAmount ?? 0 },
    books: row.of + row.books === 0 ? null : { documents: row.books, amount, of, difference: amount - of.amount },
  };
}

/** Null sorts last, so that named entries come first. */
function compare(a: Row['keys'], b: Row['keys']): number {
  for (const [at, one] of a.entries()) {
    const other = b[at] ?? null;
    if (one === other) continue;
    if (one === null) return 1;
    if (other === null) return -1;
    return one < other ? -1 : 1;
  }
  return 0;
}

/**
 * The documents of a batch with what the books hold of each, in the order in which they were sent.
 * @param only `differing`: those that were changed, were deleted, or differ there
 */
export async function reportItems(
  sql: Sql,
  query: { batchId: string; run: number | undefined; only?: 'differing' | undefined; afterSeq: number; limit: number },
): Promise<ReportItem[]> {
  const rows = await sql<ItemRow[]>`
    select * from (
      select i.seq, jsonb_build_object('type', i.type, 'id', i.record_id) as record, i.operation, i.number,
        d.document->>'date' as date, d.document->'customer'->>'name' as customer,
        coalesce(i.customer_id, d.document->'customer'->>'id') as "customerId", d.document->'department'->>'name' as department,
        i.state, i.amount, i.external_id as "externalId", f.status as finding, ${taxDifference(sql)} as "taxDifference", ${booksTotal(sql)} as "booksTotal",
        coalesce(i.problems, '[]') || case when f.problem is null then '[]' else jsonb_build_array(f.problem) end as problems
      from batch_items i ${itsDocument(sql)} ${itsPosting(sql)}
      ${probeOrNull(
        sql,
        'f',
        sql`
        select status, problem, total, holds from batch_findings
        where batch_id = i.batch_id and run = ${query.run ?? null}::int and seq = i.seq and i.state in ${sql(STANDING_ITEM_STATES)}`,
      )}
      where i.batch_id = ${query.batchId} and i.seq > ${query.afterSeq}
    ) i ${query.only === undefined ? sql`` : sql`where i.finding in ('changed', 'gone') or i."booksTotal" - i."taxDifference" <> i.amount`}
    order by i.seq limit ${query.limit}`;
  const used = rows.flatMap(({ customerId: id, customer: name }) => (id === null ? [] : [{ id, name }]));
  const customers = await customersOf(sql, query.batchId, used);
  return rows.map(({ problems, customerId, ...row }) => {
    const known = customerId === null ? undefined : customers.get(customerId);
    return {
      ...row,
      customer: known?.name ?? row.customer,
      customerExternalId: known?.externalId ?? null,
      messages: problems.map(({ message }) => message),
    };
  });
}

interface ItemRow extends Omit<ReportItem, 'messages' | 'customerExternalId'> {
  readonly customerId: string | null;
  readonly problems: readonly { readonly message: string }[];
}
