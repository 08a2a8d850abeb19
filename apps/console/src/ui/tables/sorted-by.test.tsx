// @vitest-environment happy-dom
import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { Badge, SmallTable } from '../parts.tsx';

const rows = [
  [
    'Zoe',
    'Oct 5, 2026, 9:00 AM PDT',
    <Badge key="state" tone="good">
      Posted
    </Badge>,
    '9 of 12',
    '$1,204.50',
  ],
  [
    'amy',
    'Sep 30, 2026, 11:00 PM PDT',
    <Badge key="state" tone="bad">
      Failed
    </Badge>,
    '1,000',
    '-$5.00',
  ],
  [
    'Bob',
    'Oct 12, 2026, 8:00 AM PDT',
    <Badge key="state" tone="warn">
      On hold
    </Badge>,
    '20',
    '$98.00',
  ],
];

it('a list is sorted by what people read in each of its columns, and again the other way round', async () => {
  const heads = ['Name', 'Started', 'State', 'Documents', 'Amount'];
  render(<SmallTable caption="Batches" heads={heads} rows={rows} named sorts numbers={['Documents', 'Amount']} />);
  const user = userEvent.setup();
  const names = () => screen.getAllByRole('rowheader').map(({ textContent }) => textContent);
  const by = async (head: string) => {
    await user.click(screen.getByRole('button', { name: head }));
    return names();
  };
  expect(names()).toEqual(['Zoe', 'amy', 'Bob']);
  expect(await by('Name')).toEqual(['amy', 'Bob', 'Zoe']);
  expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('ascending');
  expect(await by('Name')).toEqual(['Zoe', 'Bob', 'amy']);
  expect(await by('Started')).toEqual(['amy', 'Zoe', 'Bob']);
  expect(await by('State')).toEqual(['amy', 'Bob', 'Zoe']);
  expect(await by('Documents')).toEqual(['Zoe', 'Bob', 'amy']);
  expect(await by('Amount')).toEqual(['amy', 'Bob', 'Zoe']);
});

it('a table of sums stays in its order', () => {
  render(<SmallTable caption="Totals" heads={['Document', 'Total']} rows={rows.map((row) => row.slice(0, 2))} />);
  expect(screen.queryByRole('button')).toBeNull();
});
