import type { Json } from '@ledgerpost/core';

/** The kinds of transactions that we post. */
export type Kind = 'Invoice' | 'Payment' | 'CreditMemo' | 'JournalEntry';

export interface Ref {
  readonly value?: string;
  readonly name?: string;
  /** Only in stored payloads: a customer or an item of ours, whose id the push fills in. */
  readonly key?: string;
}

export interface Link {
  readonly TxnId: string;
  readonly TxnType: string;
}

export interface Line {
  readonly Id?: string;
  readonly Amount?: number;
  readonly Description?: string;
  readonly DetailType?: string;
  readonly LinkedTxn?: readonly Link[];
  readonly SalesItemLineDetail?: {
    readonly ItemRef?: Ref;
    /** Read-only; not all books return it. */
    readonly ItemAccountRef?: Ref;
    readonly Qty?: number;
    readonly UnitPrice?: number;
    readonly TaxCodeRef?: Ref;
    readonly ClassRef?: Ref;
  };
  readonly DiscountLineDetail?: { readonly [member: string]: Json | undefined };
  readonly JournalEntryLineDetail?: {
    readonly PostingType?: string;
    readonly AccountRef?: Ref;
    readonly Entity?: { readonly Type?: string; readonly EntityRef?: Ref };
    readonly ClassRef?: Ref;
  };
}

/** An address as QuickBooks has it. Members that are not ours are kept. */
export interface PostalAddress {
  readonly Line1?: string;
  readonly Line2?: string;
  readonly Line3?: string;
  readonly City?: string;
  readonly CountrySubDivisionCode?: string;
  readonly PostalCode?: string;
  readonly Country?: string;
}

export interface CustomField {
  readonly DefinitionId: string;
  readonly Type: 'StringType';
  readonly StringValue?: string;
}

/** A record as QuickBooks returns it. Members that we never read are kept all the same. */
export interface Entity {
  readonly Id: string;
  readonly SyncToken: string;
  readonly status?: string;
  readonly Active?: boolean;
  readonly Name?: string;
  readonly DisplayName?: string;
  readonly FullyQualifiedName?: string;
  readonly Type?: string;
  readonly AccountSubType?: string;
  readonly ParentRef?: Ref;
  readonly IncomeAccountRef?: Ref;
  /** Of a tax rate. */
  readonly AgencyRef?: Ref;
  readonly DocNumber?: string;
  readonly PaymentRefNum?: string;
  readonly TxnDate?: string;
  readonly DueDate?: string;
  readonly TotalAmt?: number;
  readonly Balance?: number;
  readonly RemainingCredit?: number;
  readonly UnappliedAmt?: number;
  readonly PrimaryEmailAddr?: { readonly Address?: string };
  readonly PrimaryPhone?: { readonly FreeFormNumber?: string };
  readonly BillEmail?: Json;
  readonly CustomerRef?: Ref;
  readonly SalesTermRef?: Ref;
  readonly ClassRef?: Ref;
  readonly DepartmentRef?: Ref;
  readonly PaymentMethodRef?: Ref;
  readonly DepositToAccountRef?: Ref;
  readonly CustomerMemo?: { readonly value?: string };
  readonly PrivateNote?: string;
  readonly BillAddr?: PostalAddress;
  readonly ShipAddr?: PostalAddress;
  readonly ShipFromAddr?: PostalAddress;
  readonly CurrencyRef?: Ref;
  readonly CustomField?: readonly CustomField[];
  readonly Line?: readonly Line[];
  readonly LinkedTxn?: readonly Link[];
  readonly TxnTaxDetail?: {
    readonly TxnTaxCodeRef?: Ref;
    readonly TotalTax?: number;
    readonly TaxLine?: readonly { readonly Amount?: number; readonly TaxLineDetail?: { readonly TaxRateRef?: Ref } }[];
  };
  readonly MetaData?: {
    readonly CreateTime?: string;
    readonly LastUpdatedTime?: string;
    readonly LastModifiedByRef?: Ref;
  };
}

/** What we write: the members of an entity, before it has an id, or with the id and version of what it changes. */
export type Body = Partial<Entity> & { readonly sparse?: boolean };
