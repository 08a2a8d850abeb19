import { describe, expect, it } from 'vitest';
import type { Entity } from '../api/entities.ts';
import { isUnchanged, readVersion } from './content.ts';

/** As QuickBooks returns it today; a place and tax lines were not there, or not looked at, when it was posted. */
const INVOICE = {
  Id: '120',
  SyncToken: '4',
  CustomerRef: { value: '1', name: 'Amy' },
  TxnDate: '2026-10-03',
  DocNumber: '10427',
  TotalAmt: 217.66,
  Balance: 0,
  DueDate: '2026-11-02',
  SalesTermRef: { value: '3' },
  ShipAddr: { Line1: '40 Bay Rd' },
  TxnTaxDetail: { TotalTax: 18.66, TaxLine: [{ Amount: 18.66 }] },
  Line: [
    {
      Id: '1',
      Amount: 189,
      DetailType: 'SalesItemLineDetail',
      SalesItemLineDetail: { ItemRef: { value: '7' }, Qty: 1, UnitPrice: 189, TaxCodeRef: { value: 'TAX' } },
    },
    {
      Id: '2',
      Amount: 10,
      DetailType: 'SalesItemLineDetail',
      SalesItemLineDetail: { ItemRef: { value: '8' }, TaxCodeRef: { value: 'NON' } },
    },
    { Amount: 199, DetailType: 'SubTotalLineDetail' },
  ],
} as unknown as Entity;

describe('the version of a document that release 0.2.0 posted', () => {
  const version = readVersion('3~YSE4_h7bH7b_GJZH~ct')!;

  it('is still recognized, so an upgrade finds no drift and makes no conflict', () => {
    expect(isUnchanged('Invoice', INVOICE, version)).toBe(true);
  });

  it('is not, once a person changed the tax', () => {
    expect(isUnchanged('Invoice', { ...INVOICE, TxnTaxDetail: { TotalTax: 18.67 } }, version)).toBe(false);
  });
});
