import type { DocumentLimits } from '@ledgerpost/core';
import {
  type Column,
  CREDIT_MEMO_COLUMNS,
  INVOICE_COLUMNS,
  JOURNAL_COLUMNS,
  PAYMENT_COLUMNS,
  WARNING_COLUMNS,
} from './columns.ts';

/** The kinds of files; inserts and updates of one kind share their columns. */
export type Sheet = 'invoices' | 'payments' | 'journals' | 'creditMemos' | 'warnings';

/** One edition's files: the names of its columns, and how long its numbers may be. */
export interface Profile {
  readonly id: string;
  readonly name: string;
  readonly limits: DocumentLimits;
  /** The most characters of one name: of a customer without its parents, and of a product or service. */
  readonly names: { readonly customer: number; readonly item: number };
  readonly columns: Readonly<Record<Sheet, readonly Column[]>>;
}

const columns = {
  invoices: INVOICE_COLUMNS,
  payments: PAYMENT_COLUMNS,
  journals: JOURNAL_COLUMNS,
  creditMemos: CREDIT_MEMO_COLUMNS,
  warnings: WARNING_COLUMNS,
};

export const PROFILES = {
  'quickbooks-online-us': {
    id: 'quickbooks-online-us',
    name: 'QuickBooks Online (US)',
    limits: { number: 21, refNo: 21, customerName: 500 },
    names: { customer: 500, item: 100 },
    columns,
  },
  // SaasAnt does not publish its headers for Desktop. Its mapping works the same way, so the same fields are offered.
  'quickbooks-desktop': {
    id: 'quickbooks-desktop',
    name: 'QuickBooks Desktop',
    // 41 and 31 characters: tables that importers for Desktop publish. 20 for a reference: SaasAnt's own page on Desktop.
    limits: { number: 11, refNo: 20, customerName: 209 },
    names: { customer: 41, item: 31 },
    columns,
  },
} as const satisfies Record<string, Profile>;

export type ProfileId = keyof typeof PROFILES;
export const PROFILE_IDS = Object.keys(PROFILES) as [ProfileId, ...ProfileId[]];
