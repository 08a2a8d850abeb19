import type { Entity } from '../api/entities.ts';
import { isUnchanged, readVersion } from '../books/content.ts';
import { byId } from '../books/look-up.ts';
import { linkOf } from '../books/merge.ts';
import type { Ids } from '../books/same-ids.ts';
import { readClosedThrough } from '../names/chart.ts';
import { isOurs } from '../payload/texts.ts';
import type { QboSession } from '../session.ts';
import { isDeposited } from './release.ts';

/** An invoice that is to become another customer's, with the payments that follow it. */
export interface Moving {
  /** As the books have it. */
  readonly invoice: Entity;
  /** Payments that follow it, by their ids; the version is that of their posting. Those that are applied to it are added. */
  readonly payments: readonly { readonly externalId: string; readonly externalVersion?: string | undefined }[];
}

/**
 * Reads all payments of these invoices before anything is written, because an invoice must not move to another customer without them.
 * @returns by the invoice's id, what prevents it; an invoice that is not listed may move
 */
export async function whyNotMoved(
  session: QboSession,
  moving: readonly Moving[],
  ids: Ids,
): Promise<ReadonlyMap<string, string>> {
  const why = new Map<string, string>();
  if (moving.length === 0) return why;
  const payments = await byId(
    session.api,
    'Payment',
    moving.flatMap((one) => idsOf(one)),
  );
  const closedThrough = await readClosedThrough(session.api);
  for (const one of moving) {
    const { invoice } = one;
    if (closedThrough !== undefined && (invoice.TxnDate ?? '') <= closedThrough) {
      why.set(invoice.Id, `it is dated ${invoice.TxnDate}, and the books are closed through ${closedThrough}`);
      continue;
    }
    for (const id of idsOf(one)) {
      const payment = payments.get(id);
      const version = readVersion(one.payments.find(({ externalId }) => externalId === id)?.externalVersion);
      const reason = reasonAgainst(payment, version, closedThrough, ids);
      if (reason === undefined) continue;
      why.set(invoice.Id, `its payment ${payment?.PaymentRefNum ?? id} ${reason}`);
      break;
    }
  }
  return why;
}

function idsOf({ invoice, payments }: Moving): readonly string[] {
  const linked = (invoice.LinkedTxn ?? []).filter(({ TxnType }) => TxnType === 'Payment').map(({ TxnId }) => TxnId);
  return [...new Set([...linked, ...payments.map(({ externalId }) => externalId)])];
}

function reasonAgainst(
  payment: Entity | undefined,
  version: ReturnType<typeof readVersion>,
  closedThrough: string | undefined,
  ids: Ids,
): string | undefined {
  if (payment === undefined) return 'was deleted in QuickBooks';
  if (!isOurs(payment.PrivateNote)) return 'was not posted by Ledgerpost';
  if (isDeposited(payment)) return 'is in a bank deposit';
  if (closedThrough !== undefined && (payment.TxnDate ?? '') <= closedThrough) {
    return `is dated ${payment.TxnDate}, and the books are closed through ${closedThrough}`;
  }
  const other = (payment.Line ?? []).map(linkOf).find((link) => link !== undefined && link.TxnType !== 'Invoice');
  if (other !== undefined) return `is also applied to ${other.TxnType} ${other.TxnId}`;
  if (version !== undefined && !isUnchanged('Payment', payment, version, ids)) {
    return 'was changed in QuickBooks since it was posted';
  }
  return undefined;
}
