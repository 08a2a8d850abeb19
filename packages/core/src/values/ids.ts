/** The kinds of source records, as the field-service system names them. */
export const RECORD_TYPES = ['customer', 'department', 'service', 'job', 'invoice', 'payment', 'refund', 'creditMemo'] as const;
/** The type of a source record. */
export type RecordType = (typeof RECORD_TYPES)[number];

/** The records that reach the books as documents; the others are only referred to. */
export const BATCHED_TYPES = ['invoice', 'payment', 'refund', 'creditMemo'] as const;
/** The type of a record that reaches the books by itself. */
export type BatchedType = (typeof BATCHED_TYPES)[number];

/** Names one record of a company: the source system owns the id. */
export interface RecordRef {
  /** Ids are unique within a type. */
  readonly type: RecordType;
  /** Opaque text of 1 to 64 characters. */
  readonly id: string;
}

/** Names one record that can be batched. */
export interface BatchedRef {
  /** Ids are unique within a type. */
  readonly type: BatchedType;
  /** Opaque text of 1 to 64 characters. */
  readonly id: string;
}

/** The two lists of an admin's screen: invoices hold credit memos too, payments hold refunds too. */
export const LISTS = ['invoices', 'payments'] as const;
/** One of the two. */
export type List = (typeof LISTS)[number];

/** The list in which a record of this type is shown and selected. */
export function listOf(type: BatchedType): List {
  return type === 'invoice' || type === 'creditMemo' ? 'invoices' : 'payments';
}

/** Whether records of the type reach the books by themselves. */
export function isBatchedType(type: RecordType): type is BatchedType {
  return (BATCHED_TYPES as readonly string[]).includes(type);
}

/** One string for one reference, usable as a map key: `invoice/i-1`. */
export function refKey(ref: RecordRef): string {
  return `${ref.type}/${ref.id}`;
}
