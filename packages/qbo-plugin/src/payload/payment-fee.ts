import { type Chart, type ChartAccount, compact, FEE_TYPES, type PaymentDocument, sameType } from '@ledgerpost/core';
import type { Body, Line, Ref } from '../api/entities.ts';
import { onWire } from '../api/wire-money.ts';
import { storedMarker, storedRefNo } from './texts.ts';

/** A card processor's fee as it goes to QuickBooks: a journal beside the payment, which itself pays the customer's whole debt. */
export interface FeePayload {
  readonly number: string;
  readonly marker: string;
  readonly body: Body;
}

/** The account in which the fee is missing: where the payment is deposited, or Undeposited Funds. Undefined: these books have none. */
export function heldIn({ depositTo }: PaymentDocument, chart: Chart | undefined): ChartAccount | undefined {
  return chart?.accounts.find(({ name, active, subtype }) =>
    depositTo === undefined ? active && subtype === 'UndepositedFunds' : name === depositTo && active,
  );
}

/** The account of the fee, if the books have it, in use and of a fitting type. */
export function feeAccount({ fee }: PaymentDocument, chart: Chart | undefined): ChartAccount | undefined {
  return chart?.accounts.find(
    ({ name, active, type }) => name === fee?.account && active && FEE_TYPES.some((one) => sameType(one, type)),
  );
}

/** Undefined where there is no fee to post, or the books lack an account for it: then the payment goes alone, and a notice says so. */
export function feePayload(
  document: PaymentDocument,
  chart: Chart | undefined,
  currency: Ref | undefined,
): FeePayload | undefined {
  const { fee, record, refNo } = document;
  const [account, from] = [feeAccount(document, chart)?.id, heldIn(document, chart)?.id];
  if (document.operation !== 'payment.insert' || fee === undefined || account === undefined || from === undefined)
    return undefined;
  const marker = storedMarker(`Ledgerpost fee ${record.id}`);
  const side = (PostingType: 'Debit' | 'Credit', value: string): Line => ({
    DetailType: 'JournalEntryLineDetail',
    Amount: onWire(fee.amount, document.currency),
    Description: `Card fee of payment ${storedRefNo(refNo)}`,
    JournalEntryLineDetail: { PostingType, AccountRef: { value } },
  });
  const body = compact<Body>({
    CurrencyRef: currency,
    TxnDate: document.date,
    DocNumber: fee.number,
    PrivateNote: marker,
    Line: [side('Debit', account), side('Credit', from)],
  });
  return { number: fee.number, marker, body };
}
