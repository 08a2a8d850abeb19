import type { Filter, Sort } from '../../api/queries.ts';

/** The filter in the address: dates, department and search narrow both lists, so that a batch has what is shown. */
export function filterOf(address: URLSearchParams): Filter {
  const parts: [keyof Filter, string | undefined][] = [
    ['from', address.get('from') ?? undefined],
    ['to', address.get('to') ?? undefined],
    ['departmentId', address.get('department') ?? undefined],
    ['search', searchIn(address).trim()],
  ];
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined && value !== ''));
}

/** What is searched for. Addresses from before have a search of each list. */
export function searchIn(address: URLSearchParams): string {
  return address.get('search') ?? address.get('invoices') ?? address.get('payments') ?? '';
}

const SORTS: readonly string[] = ['date', 'number', 'amount', 'customer', 'department', 'operation'].flatMap((column) => [
  column,
  `-${column}`,
]);

/** What both lists are sorted by. */
export function sortIn(address: URLSearchParams): Sort {
  const sort = address.get('sort') ?? '';
  return SORTS.includes(sort) ? (sort as Sort) : 'date';
}
