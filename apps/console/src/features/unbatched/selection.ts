import type { Filter, ListName, Selection, UnbatchedRow } from '../../api/queries.ts';

type Ref = { readonly type: UnbatchedRow['type']; readonly id: string };

/** The checked rows of one list. */
export type Choice =
  /** Every row is unchecked. */
  | { readonly by: 'nothing' }
  /** All that the filter shows, except rows that were unchecked. */
  | { readonly by: 'all'; readonly except: ReadonlyMap<string, Ref> }
  /** Rows that were checked one by one, after the checkbox at the top had unchecked all. */
  | { readonly by: 'rows'; readonly rows: ReadonlyMap<string, Ref> };

export const NOTHING: Choice = { by: 'nothing' };
/** Everything that is shown, as it is before anyone unchecks a row. */
export const ALL: Choice = { by: 'all', except: new Map() };

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

/** The selection for the API: what the filters show, less the exceptions. */
export function selectionOf({ filters, choices }: Choices): Selection {
  const isEverything = [choices.invoices, choices.payments].every((choice) => choice.by === 'all' && choice.except.size === 0);
  if (isEverything && isEmpty(filters.invoices) && isEmpty(filters.payments)) return {};
  return {
    invoices: chosen(choices.invoices, filters.invoices),
    payments: chosen(choices.payments, filters.payments),
  } as Selection;
}

/** Whether no row at all is checked. */
export function isNothing({ invoices, payments }: Choices['choices']): boolean {
  return invoices.by === 'nothing' && payments.by === 'nothing';
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
