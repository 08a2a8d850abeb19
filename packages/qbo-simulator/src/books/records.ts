/** A reference to another record. */
export interface Ref {
  value: string;
  name?: string;
  type?: string;
}

export interface Linked {
  TxnId?: string;
  TxnType?: string;
  TxnLineId?: string;
}

export interface Line {
  Id?: string;
  LineNum?: number;
  Description?: string;
  Amount?: number;
  DetailType?: string;
  LinkedTxn?: Linked[];
  SalesItemLineDetail?: {
    ItemRef?: Ref;
    ClassRef?: Ref;
    UnitPrice?: number;
    Qty?: number;
    TaxCodeRef?: Ref;
    ItemAccountRef?: Ref;
    [member: string]: unknown;
  };
  DiscountLineDetail?: { PercentBased?: boolean; DiscountPercent?: number; DiscountAccountRef?: Ref; [member: string]: unknown };
  SubTotalLineDetail?: Record<string, unknown>;
  JournalEntryLineDetail?: {
    PostingType?: string;
    AccountRef?: Ref;
    Entity?: { Type?: string; EntityRef?: Ref };
    ClassRef?: Ref;
    DepartmentRef?: Ref;
    [member: string]: unknown;
  };
  DepositLineDetail?: { AccountRef?: Ref; Entity?: Ref; [member: string]: unknown };
  [member: string]: unknown;
}

/** A record as the books hold it and the API returns it. Computed members (balances) are added when it is returned. */
export interface BookRecord {
  Id: string;
  SyncToken: string;
  domain: 'QBO';
  sparse: boolean;
  MetaData: { CreateTime: string; LastUpdatedTime: string };
  Active?: boolean;
  Name?: string;
  DisplayName?: string;
  FullyQualifiedName?: string;
  TxnDate?: string;
  DocNumber?: string;
  PrivateNote?: string;
  CustomerRef?: Ref;
  ParentRef?: Ref;
  ClassRef?: Ref;
  DepartmentRef?: Ref;
  DepositToAccountRef?: Ref;
  Line?: Line[];
  LinkedTxn?: Linked[];
  TotalAmt?: number;
  TxnTaxDetail?: { TotalTax?: number; TxnTaxCodeRef?: Ref; TaxLine?: unknown[]; [member: string]: unknown };
  [member: string]: unknown;
}

/** What a client sent for a record, members checked but nothing else. */
export type Sent = Partial<BookRecord>;
