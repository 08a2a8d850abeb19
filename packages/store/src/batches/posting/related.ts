import type { Document, DocumentKind, Money, Moved, PostedItem } from '@ledgerpost/core';
import type { Sql } from '../../database/open-store.ts';
import { probe } from '../../database/probe.ts';
import { rowsOf } from '../../database/rows-of.ts';

/** The books that documents are in. */
interface Books {
  readonly companyId: string;
  readonly target: string;
}

/** What an item may move at the target, as the engine knows it. */
export type Related = Pick<PostedItem, 'linked' | 'paidBy' | 'versions'>;

/** One item whose related documents are asked for, with the content that it replaced. */
export interface Relating {
  readonly seq: number;
  readonly document: Document;
  readonly former?: Document | null;
}

interface Stands {
  readonly seq: number;
  readonly externalId: string;
  readonly externalVersion: string | null;
}

/**
 * What stands posted around documents: the invoices that a payment is or was applied to, and the payments that our records apply to an
 * invoice, with the versions that we know. By the items' numbers; an item without any is left out.
 */
export async function relatedTo(
  sql: Sql,
  { companyId, target }: Books,
  items: readonly Relating[],
): Promise<Map<number, Related>> {
  const parts = items.flatMap(({ seq, document, former }) =>
    [document, former].flatMap((one) =>
      one?.kind === 'payment' || one?.kind === 'creditMemo'
        ? (one.applied ?? []).map(({ invoiceId }) => ({ seq, invoiceId }))
        : [],
    ),
  );
  const invoices = items.flatMap(({ seq, document }) =>
    document.kind === 'invoice' ? [{ seq, invoiceId: document.record.id }] : [],
  );
  const columns = { seq: 'int', invoiceId: 'text' } as const;
  const linked =
    parts.length === 0
      ? []
      : await sql<(Stands & { invoiceId: string })[]>`
    select n.seq, n.invoice_id as "invoiceId", p.facts->>'externalId' as "externalId", p.facts->>'externalVersion' as "externalVersion"
    from ${rowsOf(sql, parts, columns)} n
    ${probe(
      sql,
      'p',
      sql`
      select facts from postings
      where company_id = ${companyId} and target = ${target} and type = 'invoice' and record_id = n.invoice_id and standing`,
    )}
    where p.facts->>'externalId' is not null`;
  const paid =
    invoices.length === 0
      ? []
      : await sql<(Stands & { amount: number })[]>`
    select n.seq, p.facts->>'externalId' as "externalId", p.facts->>'externalVersion' as "externalVersion", (part->>'amount')::bigint as amount
    from ${rowsOf(sql, invoices, columns)} n
    ${probe(
      sql,
      'a',
      sql`
      select distinct payment_id from allocations where company_id = ${companyId} and invoice_id = n.invoice_id`,
    )}
    ${probe(
      sql,
      'p',
      sql`
      select facts from postings
      where company_id = ${companyId} and target = ${target} and type = 'payment' and record_id = a.payment_id and standing`,
    )}
    cross join lateral jsonb_array_elements(p.facts->'applied') part
    where part->>'invoiceId' = n.invoice_id and p.facts->>'externalId' is not null`;
  const found = new Map<
    number,
    { linked: Record<string, string>; paidBy: Record<string, Money>; versions: Record<string, string> }
  >();
  const of = (kind: DocumentKind, { seq, externalId, externalVersion }: Stands) => {
    const one = found.get(seq) ?? { linked: {}, paidBy: {}, versions: {} };
    found.set(seq, one);
    if (externalVersion !== null) one.versions[`${kind}/${externalId}`] = externalVersion;
    return one;
  };
  for (const one of linked) of('invoice', one).linked[one.invoiceId] = one.externalId;
  for (const one of paid) {
    const { paidBy } = of('payment', one);
    paidBy[one.externalId] = ((paidBy[one.externalId] ?? 0) + one.amount) as Money;
  }
  return new Map(
    [...found].map(([seq, one]) => [
      seq,
      {
        ...(Object.keys(one.linked).length === 0 ? {} : { linked: one.linked }),
        ...(Object.keys(one.paidBy).length === 0 ? {} : { paidBy: one.paidBy }),
        versions: one.versions,
      },
    ]),
  );
}

/** Gives standing postings the versions that our own writes gave their documents. Run it in the outcome's transaction. */
export async function saveMoved(sql: Sql, { companyId, target }: Books, moved: readonly Moved[]): Promise<void> {
  if (moved.length === 0) return;
  // A document that two writes moved has the version of the last.
  const newest = [...new Map(moved.map((one) => [`${one.kind}/${one.externalId}`, one])).values()];
  const columns = { kind: 'text', externalId: 'text', externalVersion: 'text' } as const;
  await sql`
    update postings p set facts = p.facts || jsonb_build_object('externalVersion', n.external_version)
    from ${rowsOf(sql, newest, columns)} n
    where p.facts ->> 'externalId' = n.external_id and p.company_id = ${companyId} and p.target = ${target}
      and p.standing and p.kind = n.kind`;
}
