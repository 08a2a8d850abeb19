import type { Filter, ListName, Selection, UnbatchedRow } from '../../api/queries.ts';

type Ref = { readonly type: UnbatchedRow['type']; readonly id: string };

/** The checked rows of one list. */
export type Choice =
  /** No row was checked. */
  | { readonly by: 'nothing' }
  /** The checkbox at the top: all that the filter shows, except rows unchecked since. */
  | { readonly by: 'all'; readonly except: ReadonlyMap<string, Ref> }
  | { readonly by: 'rows'; readonly rows: ReadonlyMap<string, Ref> };

export const NOTHING: Choice = { by: 'nothing' };

export const refKey = ({ type, id }: Ref): string => `${type}/${id}`;

export function isChosen(choice: Choice, ref: Ref): boolean {
  switch (choice.by) {
    case 'nothing':
      return false;
    case 'all':
      return !choice.except.has(refKey(ref));
    case 'rows':
      return choice.rows.has(refKey(ref));
    default:
      return choice satisfies never;
  }
}

/** Checks or unchecks one row. */
export function toggle(choice: Choice, { type, id }: Ref, on: boolean): Choice {
  const ref = { type, id };
  const key = refKey(ref);
  if (choice.by === 'all') {
    const except = new Map(choice.except);
    if (on) except.delete(key);
    else except.set(key, ref);
    return { by: 'all', except };
  }
  const rows = new Map(choice.by === 'rows' ? choice.rows : []);
  if (on) rows.set(key, ref);
  else rows.delete(key);
  return rows.size === 0 ? NOTHING : { by: 'rows', rows };
}

/** Checks more rows, and keeps those already checked. */
export function withRows(choice: Choice, refs: readonly Ref[]): Choice {
  return refs.reduce<Choice>((so, ref) => toggle(so, ref, true), choice);
}

export interface Choices {
  readonly filters: Readonly<Record<ListName, Filter>>;
  readonly choices: Readonly<Record<ListName, Choice>>;
}

/**
 * The selection for the API. Without a choice it is everything that the filters show; rows chosen in one list alone
 * leave the other list out.
 */
export function selectionOf({ filters, choices }: Choices): Selection {
  if (choices.invoices.by === 'nothing' && choices.payments.by === 'nothing') {
    if (isEmpty(filters.invoices) && isEmpty(filters.payments)) return {};
    return { invoices: all(filters.invoices, []), payments: all(filters.payments, []) } as Selection;
  }
  return {
    invoices: chosen(choices.invoices, filters.invoices),
    payments: chosen(choices.payments, filters.payments),
  } as Selection;
}

function chosen(choice: Choice, filter: Filter) {
  switch (choice.by) {
    case 'nothing':
      return { choose: 'none' };
    case 'rows':
      return { choose: 'ids', ids: [...choice.rows.values()] };
    case 'all':
      return all(filter, [...choice.except.values()]);
    default:
      return choice satisfies never;
  }
}

function all(filter: Filter, except: readonly Ref[]) {
  const but = except.length === 0 ? {} : { except };
  return isEmpty(filter) ? { choose: 'all', ...but } : { choose: 'filter', filter, ...but };
}

export function isEmpty(filter: Filter): boolean {
  return Object.values(filter).every((value) => value === undefined || value === '');
}
