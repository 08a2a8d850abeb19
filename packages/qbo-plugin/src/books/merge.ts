import type { Body, Entity, Line, Link } from '../api/entities.ts';

/**
 * A full update: our content replaces what we posted, and every other member stays, including the note with our marker. (A
 * sparse update would append lines that have no id; a full update clears what it leaves out.)
 */
export function merged(fresh: Entity, body: Body, dropped: readonly (keyof Body)[] = []): Body {
  const { MetaData: _meta, TxnTaxDetail: _tax, TotalAmt: _total, Balance: _balance, ...kept } = fresh;
  const rest: Record<string, unknown> = { ...kept };
  for (const member of dropped) delete rest[member];
  const { PrivateNote: _marker, ...ours } = body;
  return {
    ...(rest as Body),
    ...ours,
    ...(body.Line === undefined ? {} : { Line: body.Line.map((line, at) => withClass(line, salesLines(fresh)[at])) }),
    Id: fresh.Id,
    SyncToken: fresh.SyncToken,
    sparse: false,
  };
}

/** Members that QuickBooks fills in from the customer. Those of a former customer must not stay. */
export const OF_CUSTOMER = ['BillAddr', 'ShipAddr', 'BillEmail'] as const satisfies readonly (keyof Body)[];

/** The payment with other lines; its money, date and everything else stay. */
export function reapplied(fresh: Entity, lines: readonly Line[]): Body {
  const { MetaData: _meta, UnappliedAmt: _unapplied, LinkedTxn: _linked, ...kept } = fresh;
  return { ...kept, Line: lines, sparse: false };
}

export function appliedLine(amount: number, link: Link): Line {
  return { Amount: amount, LinkedTxn: [link] };
}

/** What a payment's line is applied to. */
export function linkOf(line: Line): Link | undefined {
  return line.LinkedTxn?.[0];
}

/** Keeps a class that someone gave a line in the books, where we give none. */
function withClass(line: Line, before: Line | undefined): Line {
  const own = line.SalesItemLineDetail;
  const held = before?.SalesItemLineDetail;
  if (own === undefined || own.ClassRef !== undefined || held?.ClassRef === undefined) return line;
  if (held.ItemRef?.value !== own.ItemRef?.value) return line;
  return { ...line, SalesItemLineDetail: { ...own, ClassRef: held.ClassRef } };
}

function salesLines(entity: Entity): readonly Line[] {
  return (entity.Line ?? []).filter((line) => line.DetailType === 'SalesItemLineDetail');
}
