import { expect, it } from 'vitest';
import { filterOf } from './filter.ts';
import { ALL, isChosen, isNothing, NOTHING, selectionOf, toggle, withRows } from './selection.ts';

const i1 = { type: 'invoice', id: 'i-1' } as const;
const i2 = { type: 'invoice', id: 'i-2' } as const;
const p1 = { type: 'payment', id: 'p-1' } as const;
const none = { invoices: {}, payments: {} };

it('everything is chosen at first', () => {
  expect(selectionOf({ filters: none, choices: { invoices: ALL, payments: ALL } })).toEqual({});
  expect(isChosen(ALL, i1)).toBe(true);
});

it('under a filter, everything that it shows is chosen, in both lists', () => {
  const filters = { invoices: { from: '2026-10-01' }, payments: { from: '2026-10-01' } };
  expect(selectionOf({ filters, choices: { invoices: ALL, payments: ALL } })).toEqual({
    invoices: { choose: 'filter', filter: { from: '2026-10-01' } },
    payments: { choose: 'filter', filter: { from: '2026-10-01' } },
  });
});

it('unchecking a row excludes it, and nothing else', () => {
  const choices = { invoices: toggle(toggle(ALL, i1, false), i2, false), payments: ALL };
  expect(selectionOf({ filters: none, choices })).toEqual({
    invoices: { choose: 'all', except: [i1, i2] },
    payments: { choose: 'all' },
  });
  const filters = { invoices: { search: 'Amy' }, payments: { search: 'Amy' } };
  expect(selectionOf({ filters, choices })).toEqual({
    invoices: { choose: 'filter', filter: { search: 'Amy' }, except: [i1, i2] },
    payments: { choose: 'filter', filter: { search: 'Amy' } },
  });
  expect(isChosen(choices.invoices, i1)).toBe(false);
  expect(isChosen(toggle(choices.invoices, i1, true), i1)).toBe(true);
});

it('unchecking the checkbox at the top leaves its list out, and rows can be checked one by one', () => {
  expect(selectionOf({ filters: none, choices: { invoices: NOTHING, payments: toggle(NOTHING, p1, true) } })).toEqual({
    invoices: { choose: 'none' },
    payments: { choose: 'ids', ids: [p1] },
  });
  expect(isNothing({ invoices: NOTHING, payments: toggle(NOTHING, p1, true) })).toBe(false);
  expect(isNothing({ invoices: NOTHING, payments: NOTHING })).toBe(true);
});

it('unchecking the last row that was checked one by one leaves nothing', () => {
  expect(toggle(toggle(NOTHING, i1, true), i1, false)).toEqual(NOTHING);
});

it('rows can be added to any choice', () => {
  expect(isChosen(withRows(NOTHING, [i1, i2]), i2)).toBe(true);
  expect(withRows(toggle(ALL, i1, false), [i1])).toEqual(ALL);
});

it('one search filters both lists, also in an address from before', () => {
  expect(filterOf(new URLSearchParams('search=amy+&department=d-1'))).toEqual({ search: 'amy', departmentId: 'd-1' });
  expect(filterOf(new URLSearchParams('payments=amy'))).toEqual({ search: 'amy' });
  expect(filterOf(new URLSearchParams('search=&invoices=amy&from='))).toEqual({});
});
