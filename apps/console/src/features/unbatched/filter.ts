import type { Filter, ListName } from '../../api/queries.ts';

/** The filter of one list in the address: dates and the department of both lists, and its own search. */
export function filterOf(address: URLSearchParams, list: ListName): Filter {
  const parts: [keyof Filter, string | undefined][] = [
    ['from', address.get('from') ?? undefined],
    ['to', address.get('to') ?? undefined],
    ['departmentId', address.get('department') ?? undefined],
    ['search', address.get(list)?.trim() || undefined],
  ];
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined));
}
