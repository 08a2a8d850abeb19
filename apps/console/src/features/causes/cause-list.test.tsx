// @vitest-environment happy-dom
import { PROBLEM_CODES } from '@ledgerpost/core';
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Cause } from '../../api/queries.ts';
import { fakeApi } from '../../testing/fake-api.ts';
import { QUICKBOOKS } from '../../testing/fixtures.ts';
import { renderFor } from '../../testing/render.tsx';
import { CauseList } from './cause-list.tsx';
import { documentsOf, problemRows } from './cause-words.ts';

const cause: Cause = {
  code: 'unknown-account',
  severity: 'problem',
  subject: 'Sales of Product Incom',
  documents: 195,
  operations: { 'invoice.insert': 190, 'invoice.update': 5 },
  example: {
    code: 'unknown-account',
    severity: 'problem',
    record: { type: 'invoice', id: 'i-1' },
    number: '1042',
    field: 'lines[0].accountingCategory',
    message: 'Invoice 1042 needs account “Sales of Product Incom”, which is not in the chart of accounts.',
  },
};

it('a cause names its documents, what is wrong, who fixes it and where', () => {
  renderFor('admin', fakeApi(), <CauseList causes={[cause]} target={QUICKBOOKS} />);
  const item = screen.getByRole('listitem').textContent!;
  expect(item).toContain(`195 invoices: “Sales of Product Incom”. ${PROBLEM_CODES['unknown-account'].meaning}`);
  expect(item).toContain('An admin fixes this.');
  expect(screen.getByRole('link', { name: 'Settings of QuickBooks Online' }).getAttribute('href')).toBe('/books/qbo/settings');
  expect(item).toContain('For example invoice 1042');
});

it('documents of several kinds are counted apart', () => {
  expect(documentsOf({ documents: 4, operations: { 'payment.insert': 3, 'creditMemo.insert': 1 } })).toBe(
    '1 credit memo and 3 payments',
  );
  expect(documentsOf({ documents: 2, operations: {} })).toBe('2 documents');
});

it('problems become rows of a spreadsheet that say who fixes each', () => {
  const [, row] = problemRows([cause.example]);
  expect(row).toEqual(['invoice', 'i-1', '1042', 'problem', 'unknown-account', cause.example.message, 'admin']);
});
