// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { Route } from 'wouter';
import { type FakeApi, fakeApi } from '../../testing/fake-api.ts';
import { QUICKBOOKS, SAASANT, unbatchedPage, unbatchedRow } from '../../testing/fixtures.ts';
import { renderFor } from '../../testing/render.tsx';
import { UnbatchedScreen } from './unbatched-screen.tsx';

const LIST = '/v1/companies/{company}/targets/{target}/unbatched/{list}';

const unapplied = {
  code: 'payment-unapplied' as const,
  severity: 'warning' as const,
  record: { type: 'payment' as const, id: 'p-1' },
  message: '$189.00 of payment p-1 is sent unapplied, because invoice i-1 is not in the books.',
};
const mismatch = {
  code: 'total-mismatch' as const,
  severity: 'problem' as const,
  record: { type: 'invoice' as const, id: 'i-3' },
  message: 'Invoice i-3 totals $11.00, and its lines total $10.00.',
};

describe('the unbatched list', () => {
  let api: FakeApi;
  beforeEach(() => {
    api = fakeApi();
    api.answer('get', '/v1/targets', { rows: [QUICKBOOKS, SAASANT] });
    api.answer('get', '/v1/companies/{company}/targets', { rows: [{ target: 'qbo', settings: {} }] } as never);
    api.answer('get', '/v1/companies/{company}/departments', { rows: [] } as never);
    const invoices = unbatchedPage([
      unbatchedRow('i-1'),
      unbatchedRow('i-2', { amount: 120_450 }),
      unbatchedRow('i-3', { readiness: 'stopped', operation: null, reason: 'total-mismatch', problems: [mismatch] }),
    ]);
    const payments = unbatchedPage([
      unbatchedRow('p-1', { type: 'payment', operation: 'payment.insert', problems: [unapplied] }),
      unbatchedRow('p-2', { type: 'payment', operation: 'payment.update', readiness: 'waiting' }),
    ]);
    api.answer('get', LIST, ({ params }) => (params.list === 'payments' ? payments : invoices));
  });
  const show = (role: 'admin' | 'poster' = 'poster', address = '/unbatched/qbo') => {
    window.history.replaceState(null, '', address);
    return renderFor(role, api, <Route path="/unbatched/:target?" component={UnbatchedScreen} />);
  };
  const box = (name: string) => screen.findByRole<HTMLInputElement>('checkbox', { name });
  const isStated = (words: string) => waitFor(() => expect(screen.getByRole('status').textContent).toBe(words));

  it('shows each row with a person’s dates and amounts, and what it will be sent as', async () => {
    show();
    await box('invoice i-2');
    const row = screen.getByText('i-2').closest('[role=row]')!;
    expect([...row.querySelectorAll('[role=cell]')].slice(1).map(({ textContent }) => textContent)).toEqual([
      'Oct 3, 2026',
      'i-2',
      'Amy’s Bird Sanctuary',
      'HVAC Service',
      'New invoice',
      '$1,204.50',
    ]);
  });

  it('shows what a batch would include, and what is selected', async () => {
    const user = show();
    await isStated(
      'No rows are checked, so the batch includes everything shown except 1 document that can’t be sent: 2 invoices ($1,393.50) and 2 payments ($378.00).',
    );
    await user.click(await box('invoice i-1'));
    await isStated('Selected: 1 invoice and no payments.');
    await user.click(await box('All invoices'));
    await user.click(await box('invoice i-1'));
    await isStated('Selected: 2 invoices and no payments.');
    await user.click(await box('All invoices'));
    await user.click(await box('All invoices'));
    await isStated(
      'No rows are checked, so the batch includes everything shown except 1 document that can’t be sent: 2 invoices ($1,393.50) and 2 payments ($378.00).',
    );
  });

  it('lets only rows be checked that can be sent: not a stopped one, and no re-allocation that waits for its invoice', async () => {
    show();
    expect((await box('invoice i-3')).disabled).toBe(true);
    expect((await box('invoice i-1')).disabled).toBe(false);
    window.history.replaceState(null, '', '/unbatched/qbo?list=payments');
    expect((await box('payment p-2')).disabled).toBe(true);
    expect((await box('payment p-1')).disabled).toBe(false);
    expect(screen.getByText('Payment re-allocation, waiting for its invoice')).toBeTruthy();
  });

  it('does not warn that a payment goes unapplied as if its invoice could not go along', async () => {
    show('poster', '/unbatched/qbo?list=payments');
    await box('payment p-1');
    expect(screen.getByText(/Only if its invoice is not in the same batch: \$189\.00 of payment p-1/)).toBeTruthy();
  });

  it('keeps the list and its filters where the address names no accounting system', async () => {
    show('poster', '/unbatched?list=payments&payments=p');
    await box('payment p-1');
    expect(`${window.location.pathname}${window.location.search}`).toBe('/unbatched/qbo?list=payments&payments=p');
  });

  it('lets an admin mark a record as already in the books, with the reason', async () => {
    const POSTINGS = '/v1/companies/{company}/targets/{target}/postings';
    api.answer('post', POSTINGS, undefined);
    const user = show('admin');
    await user.click(await screen.findByRole('button', { name: 'Mark as already in the books: invoice i-3' }));
    await user.type(screen.getByLabelText('ID in QuickBooks Online'), '981');
    await user.type(screen.getByLabelText('Reason'), 'Dana entered it on Friday.');
    await user.click(screen.getByRole('button', { name: 'Mark as already in the books' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(api.callsTo('post', POSTINGS)[0]!.body).toEqual({
      type: 'invoice',
      id: 'i-3',
      externalId: '981',
      reason: 'Dana entered it on Friday.',
    });
  });

  it('recovers by itself once Ledgerpost can be reached again', async () => {
    const rows = unbatchedPage([unbatchedRow('i-1')]);
    api.refuse('get', LIST, { status: 503, code: 'database-down', detail: 'The database can’t be reached.' });
    show();
    await screen.findByText('The database can’t be reached.', {}, { timeout: 8_000 });
    api.answer('get', LIST, rows);
    await screen.findByText('i-1', {}, { timeout: 8_000 });
    expect(screen.queryByText('The database can’t be reached.')).toBeNull();
  }, 20_000);
});
