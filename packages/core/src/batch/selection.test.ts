import { expect, it } from 'vitest';
import { choices } from './selection.ts';

it('case 1: no choice at all means everything', () => {
  expect(choices({})).toEqual({ invoices: { choose: 'all' }, payments: { choose: 'all' } });
});

it('a choice in one list only means nothing from the other list', () => {
  const ids = { choose: 'ids', ids: [{ type: 'payment', id: 'p-1' }] } as const;
  expect(choices({ payments: ids })).toEqual({ invoices: { choose: 'none' }, payments: ids });
});
