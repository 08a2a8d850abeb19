import type { BatchedRef, List } from '../values/ids.ts';

/** The filters of a list. */
export interface ListFilter {
  /** Inclusive, YYYY-MM-DD in the company's calendar. */
  readonly from?: string | undefined;
  /** Inclusive. */
  readonly to?: string | undefined;
  /** The record's id. */
  readonly departmentId?: string | undefined;
  /** Text in the number, reference or customer name. Case does not matter. */
  readonly search?: string | undefined;
}

/** The records chosen from one list. `except` excludes records again. */
export type ListChoice =
  | { readonly choose: 'all'; readonly except?: readonly BatchedRef[] | undefined }
  | { readonly choose: 'none' }
  | { readonly choose: 'ids'; readonly ids: readonly BatchedRef[] }
  | { readonly choose: 'filter'; readonly filter: ListFilter; readonly except?: readonly BatchedRef[] | undefined };

/** The open records that a batch includes. No choice means everything. A choice in one list only means nothing from the other list. */
export type Selection = { readonly [L in List]?: ListChoice | undefined };

/** What a selection means for each list, with the defaults filled in. */
export function choices(selection: Selection): Record<List, ListChoice> {
  const absent: ListChoice = selection.invoices || selection.payments ? { choose: 'none' } : { choose: 'all' };
  return { invoices: selection.invoices ?? absent, payments: selection.payments ?? absent };
}
