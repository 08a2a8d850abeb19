import type { Call } from '../command.ts';
import { Trouble } from '../io.ts';

/** The options that choose what a batch sends. */
export const SELECTION_OPTIONS = {
  invoices: { type: 'string', help: 'all or none (default: all)' },
  payments: { type: 'string', help: 'all or none (default: all)' },
  from: { type: 'string', help: 'first day, YYYY-MM-DD' },
  to: { type: 'string', help: 'last day, YYYY-MM-DD' },
  department: { type: 'string', help: 'department ID' },
} as const;

/** The selection that the options describe: a filter applies to both lists unless one of them is `none`. */
export function selectionOf(options: Call['options']): Record<string, unknown> {
  const filter = { ...given('from', options.from), ...given('to', options.to), ...given('departmentId', options.department) };
  const filtered = Object.keys(filter).length > 0;
  const lists = (['invoices', 'payments'] as const).map((list) => {
    const typed = options[list] ?? 'all';
    if (typed !== 'all' && typed !== 'none') throw new Trouble(`--${list} must be all or none.`);
    return [list, typed === 'none' ? { choose: 'none' } : filtered ? { choose: 'filter', filter } : { choose: 'all' }];
  });
  return Object.fromEntries(lists);
}

/** The member, or nothing where the option was not given. */
export function given(name: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [name]: value };
}
