import type { Filter } from '../../api/queries.ts';

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
