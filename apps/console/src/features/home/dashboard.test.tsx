// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakeApi } from '../../testing/fake-api.ts';
import { idOf, QUICKBOOKS, SAASANT } from '../../testing/fixtures.ts';
import { renderFor } from '../../testing/render.tsx';
import { Dashboard } from './dashboard.tsx';

const week = (monday: string, invoices = 0, payments = 0) => ({
  ...{ week: monday, invoices, payments, others: 0, invoiced: invoices * 18_900, paid: payments * 5_000 },
});

it('home shows what is unbatched with count, sum and oldest, and the posted weeks as bars and as a table', async () => {
  const api = fakeApi();
  api.answer('get', '/v1/targets', { rows: [SAASANT] });
  api.answer('get', '/v1/companies/{company}/dashboard', {
    unbatched: [{ target: 'saasant', list: 'payments', documents: 1, amount: 120_450, oldest: '2026-10-03' }],
    weeks: [week('2026-10-05', 2, 1), week('2026-10-12'), week('2026-10-19', 4)],
    leftOpen: [],
    checks: [],
  });
  const user = renderFor('viewer', api, <Dashboard />);
  const card = (await screen.findByRole('link', { name: 'SaasAnt Excel files: 1 payment' })).closest('li')!;
  expect(card.textContent).toBe('SaasAnt Excel files: 1 payment$1,204.50Oldest: Oct 3, 2026');
  const heights = [...document.querySelectorAll('svg.bars rect.invoices')].map((bar) => Number(bar.getAttribute('height')));
  expect(heights).toEqual([70, 0, 140]);
  await user.click(screen.getByText('Show as a table'));
  const rows = within(screen.getByRole('table', { name: 'Documents posted per week' })).getAllByRole('row');
  expect(rows.map(({ textContent }) => textContent)).toEqual([
    'Week ofInvoicesInvoicedPaymentsPaidOthers',
    'Oct 19, 20264$756.000$0.000',
    'Oct 12, 20260$0.000$0.000',
    'Oct 5, 20262$378.001$50.000',
  ]);
});

it('home shows what refunds left open, which payments are unapplied, and when the books were last checked', async () => {
  const api = fakeApi();
  api.answer('get', '/v1/targets', { rows: [QUICKBOOKS] });
  const oldest = (number: string) => [{ number, customer: 'Cool Cars', amount: 5_000, batchId: idOf(7), seq: 3 }];
  api.answer('get', '/v1/companies/{company}/dashboard', {
    unbatched: [],
    weeks: [],
    leftOpen: [
      { target: 'qbo', of: 'payments', documents: 3, amount: 12_000, oldest: oldest('4471') },
      { target: 'qbo', of: 'refunds', documents: 1, amount: 5_000, oldest: oldest('RF-r-1') },
    ],
    checks: [
      { target: 'qbo', endedAt: '2026-10-05T17:00:00.000Z', failed: false },
      { target: 'other', endedAt: null, failed: false },
      { target: 'third', endedAt: '2026-10-05T17:00:00.000Z', failed: true },
    ],
  });
  renderFor('viewer', api, <Dashboard />);
  const region = within(await screen.findByRole('region', { name: 'To apply in the books' }));
  const cards = region.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(cards[0]).toContain(
    'QuickBooks Online: 3 unapplied payments$120.00Apply each payment to its invoice.4471 Cool Cars: $50.00and 2 more',
  );
  expect(cards.find((words) => words?.includes('A/R'))).toContain('A/R left open by 1 refund$50.00');
  expect(region.getByRole('link', { name: '4471' }).getAttribute('href')).toBe(`/batches/${idOf(7)}?document=3`);
  screen.getByText(/QuickBooks Online was last checked for changes on Oct 5, 2026, 10:00 AM PDT/);
  screen.getByText(/other has not been checked for changes yet/);
  screen.getByText(/third could not be checked for changes/);
});
