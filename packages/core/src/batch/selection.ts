import type { BatchedRef, List } from '../values/ids.ts';

/** What an admin narrows a list by. */
export interface ListFilter {
  /** Inclusive, YYYY-MM-DD in the company's calendar. */
  readonly from?: string | undefined;
  /** Inclusive. */
  readonly to?: string | undefined;
  /** The record's id. */
  readonly departmentId?: string | undefined;
  /** In number, reference and customer name; case does not matter. */
  readonly search?: string | undefined;
}

/** What is taken of one list. `except` takes records out again. */
export type ListChoice =
  | { readonly choose: 'all'; readonly except?: readonly BatchedRef[] | undefined }
  | { readonly choose: 'none' }
  | { readonly choose: 'ids'; readonly ids: readonly BatchedRef[] }
  | { readonly choose: 'filter'; readonly filter: ListFilter; readonly except?: readonly BatchedRef[] | undefined };

/** Which open records a batch takes. No choice at all means everything; a choice in one list alone means nothing of the other. */
export type Selection = { readonly [L in List]?: ListChoice | undefined };

/** What a selection means for each list, with the unsaid said. */
export function choices(selection: Selection): Record<List, ListChoice> {
  const unsaid: ListChoice = selection.invoices || selection.payments ? { choose: 'none' } : { choose: 'all' };
  return { invoices: selection.invoices ?? unsaid, payments: selection.payments ?? unsaid };
}
