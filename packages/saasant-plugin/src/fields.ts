/**
 * What a column can hold. A payload is spelled in fields, and a profile maps each field to a header, so a batch's stored payloads
 * don't depend on how an edition spells its headers.
 */
export type Field =
  | 'number'
  | 'customer'
  | 'date'
  | 'dueDate'
  | 'terms'
  | 'billingLine1'
  | 'billingLine2'
  | 'billingLine3'
  | 'billingCity'
  | 'billingPostalCode'
  | 'billingCountry'
  | 'billingRegion'
  | 'shippingLine1'
  | 'shippingLine2'
  | 'shippingLine3'
  | 'shippingCity'
  | 'shippingPostalCode'
  | 'shippingCountry'
  | 'shippingRegion'
  | 'memo'
  | 'message'
  | 'email'
  | 'taxCode'
  | 'taxAmount'
  | 'item'
  | 'description'
  | 'quantity'
  | 'rate'
  | 'amount'
  | 'taxable'
  | 'class'
  | 'job'
  | 'method'
  | 'depositTo'
  | 'invoice'
  | 'reference'
  | 'account'
  | 'name'
  | 'text'
  | 'source';

export type Value = string | number | boolean;

/** The cells that are not empty. */
export type Cells = { readonly [F in Field]?: Value };

/** One document as rows: the cells that all rows repeat, and the cells that each row adds or replaces. */
export type RowsPayload = {
  readonly shared: Cells;
  readonly rows: readonly Cells[];
  /** Of a new payment: the journal of what its card processor kept. */
  readonly fee?: { readonly shared: Cells; readonly rows: readonly Cells[] };
};
