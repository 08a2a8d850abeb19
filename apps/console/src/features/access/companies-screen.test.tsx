// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeApi, fakeApi } from '../../testing/fake-api.ts';
import { COMPANY, QUICKBOOKS } from '../../testing/fixtures.ts';
import { renderFor } from '../../testing/render.tsx';
import { CompaniesScreen } from './companies-screen.tsx';

const entry = (id: number, act: string, subject: string) => ({
  id,
  at: '2026-10-05T17:30:00.000Z',
  actor: 'unknown',
  act,
  subject,
  details: {},
});

const week = { week: '2026-10-05', invoices: 12, payments: 8, others: 1, invoiced: 120_000, paid: 80_050 };
const GLANCE = {
  ...{ id: 'amy', name: 'Amy’s HVAC', currency: 'USD', timeZone: 'America/Los_Angeles', onHold: 1, toApprove: 0, changed: 2 },
  weeks: [{ ...week, week: '2026-09-28', invoices: 99 }, week],
  leftOpen: [{ target: 'qbo', of: 'refunds' as const, documents: 2, amount: 7_000, oldest: [] }],
  checks: [{ target: 'qbo', endedAt: '2026-10-05T16:30:00.000Z', failed: false }],
  unbatched: [
    { target: 'qbo', list: 'invoices' as const, documents: 214, amount: 4_812_350, oldest: '2026-10-02' },
    { target: 'qbo', list: 'payments' as const, documents: 1, amount: 500, oldest: '2026-10-01' },
  ],
};

describe('the companies of an installation', () => {
  let api: FakeApi;
  beforeEach(() => {
    api = fakeApi();
    api.answer('get', '/v1/companies', { rows: [COMPANY], next: null } as never);
    api.answer('get', '/v1/targets', { rows: [QUICKBOOKS] });
    api.answer('get', '/v1/overview', { rows: [GLANCE] });
    api.answer('get', '/v1/journal', { rows: [], next: null } as never);
    api.answer('get', '/v1/quotas', { rows: [] } as never);
  });

  it('come with the requests that targets count by the month, and say where the limit is near', async () => {
    const qbo = { target: 'qbo', name: 'QuickBooks Online', environment: 'production', today: 1_234, refusedSince: null };
    const companies = [{ companyId: 'amy', used: 400_000 }];
    const rows = [
      { ...qbo, quota: 'reads', used: 412_033, perMonth: 500_000, companies },
      { ...qbo, quota: 'writes', used: 2_000_000, perMonth: null, companies },
      { ...qbo, environment: 'simulator', quota: 'reads', used: 7, perMonth: null, companies: [] },
    ];
    api.answer('get', '/v1/quotas', { rows } as never);
    renderFor('admin', api, <CompaniesScreen />);
    const table = await screen.findByRole('table', { name: 'Requests this month' });
    const cells = within(table)
      .getAllByRole('row')
      .slice(1)
      .map((row) =>
        within(row)
          .getAllByRole('cell')
          .map((cell) => cell.textContent),
      );
    expect(cells).toEqual([
      ['QuickBooks Online reads', '412,033', '500,000', '1,234', '82 % used: nearly at the limit'],
      ['QuickBooks Online writes', '2,000,000', 'None', '1,234', ''],
      ['QuickBooks Online reads (simulator)', '7', 'None', '1,234', ''],
    ]);
    const byCompany = screen.getByRole('table', { name: 'Reads by company this month' });
    expect(within(byCompany).getByText('400,000')).toBeTruthy();
  });

  it('come with the addresses that used wrong keys, and with nothing else of the journal', async () => {
    const rows = [
      entry(3, 'key.blocked', 'address/203.0.113.9'),
      entry(2, 'key.created', 'key/1'),
      entry(1, 'key.refused', 'address/::1'),
    ];
    api.answer('get', '/v1/journal', { rows, next: null } as never);
    renderFor('admin', api, <CompaniesScreen />);
    const table = await screen.findByRole('table', { name: 'Wrong keys' });
    expect(
      within(table)
        .getAllByRole('row')
        .slice(1)
        .map((row) =>
          within(row)
            .getAllByRole('cell')
            .slice(1)
            .map((cell) => cell.textContent),
        ),
    ).toEqual([
      ['203.0.113.9', 'Blocked for the rest of the minute'],
      ['::1', 'Refused'],
    ]);
  });

  it('are listed with what is unbatched and what waits for a person, each number leading there', async () => {
    renderFor('admin', api, <CompaniesScreen />);
    const row = (await screen.findByRole('rowheader', { name: 'Amy’s HVAC' })).closest('tr')!;
    await within(row).findByText('QuickBooks Online: 214 invoices');
    expect(row.textContent).toContain('1 batch on hold, 2 changes in the books');
    expect(row.textContent).toContain('$48,123.50');
    expect(row.textContent).toContain('Oct 1, 2026');
    // The numbers of its home page: this week's, what is left open, and the last check.
    expect(row.textContent).toContain('12 invoices $1,200.00, 8 payments $800.50, 1 other document');
    expect(row.textContent).toContain('QuickBooks Online: 2 refunds $70.00');
    expect(row.textContent).toContain('Oct 5, 2026, 9:30 AM PDT');
    const payments = within(row).getByRole('link', { name: 'QuickBooks Online: 1 payment' });
    expect(payments.getAttribute('href')).toBe('/c/amy/unbatched/qbo?list=payments');
  });

  it('come alone where no key was wrong', async () => {
    renderFor('admin', api, <CompaniesScreen />);
    await screen.findByText('Amy’s HVAC');
    expect(screen.queryByText('Wrong keys')).toBeNull();
  });
});
