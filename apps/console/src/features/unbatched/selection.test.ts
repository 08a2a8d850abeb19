import { expect, it } from 'vitest';
import { type Choice, isChosen, NOTHING, selectionOf, toggle, withRows } from './selection.ts';

const i1 = { type: 'invoice', id: 'i-1' } as const;
const i2 = { type: 'invoice', id: 'i-2' } as const;
const p1 = { type: 'payment', id: 'p-1' } as const;
const none = { invoices: {}, payments: {} };
const all: Choice = { by: 'all', except: new Map() };

it('no choice means everything', () => {
  expect(selectionOf({ filters: none, choices: { invoices: NOTHING, payments: NOTHING } })).toEqual({});
});

it('no choice under a filter means everything that it shows, in both lists', () => {
  const filters = { invoices: { from: '2026-10-01' }, payments: { from: '2026-10-01' } };
  expect(selectionOf({ filters, choices: { invoices: NOTHING, payments: NOTHING } })).toEqual({
    invoices: { choose: 'filter', filter: { from: '2026-10-01' } },
    payments: { choose: 'filter', filter: { from: '2026-10-01' } },
  });
});

it('a row checked in one list leaves the other list out', () => {
  const choices = { invoices: NOTHING, payments: toggle(NOTHING, p1, true) };
  expect(selectionOf({ filters: none, choices })).toEqual({
    invoices: { choose: 'none' },
    payments: { choose: 'ids', ids: [p1] },
  });
});

it('the checkbox at the top means all of its list except unchecked rows', () => {
  const choices = { invoices: toggle(toggle(all, i1, false), i2, false), payments: NOTHING };
  expect(selectionOf({ filters: none, choices }).invoices).toEqual({ choose: 'all', except: [i1, i2] });
  const filters = { invoices: { search: 'Amy' }, payments: {} };
  expect(selectionOf({ filters, choices }).invoices).toEqual({ choose: 'filter', filter: { search: 'Amy' }, except: [i1, i2] });
  expect(isChosen(choices.invoices, i1)).toBe(false);
  expect(isChosen(toggle(choices.invoices, i1, true), i1)).toBe(true);
});

it('unchecking the last row leaves no choice', () => {
  expect(toggle(toggle(NOTHING, i1, true), i1, false)).toEqual(NOTHING);
});

it('rows can be added to any choice', () => {
  expect(isChosen(withRows(NOTHING, [i1, i2]), i2)).toBe(true);
  expect(withRows(toggle(all, i1, false), [i1])).toEqual(all);
});
