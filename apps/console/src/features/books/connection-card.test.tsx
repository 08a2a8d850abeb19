// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeApi, fakeApi } from '../../testing/fake-api.ts';
import { connection, driftCheck, QUICKBOOKS } from '../../testing/fixtures.ts';
import { renderFor } from '../../testing/render.tsx';
import { ConnectionCard } from './connection-card.tsx';

const CONNECTION = '/v1/companies/{company}/targets/{target}/connection';
const ACCOUNT = '/v1/companies/{company}/targets/{target}/connection/accounts/{role}';
const CLASSES = '/v1/companies/{company}/targets/{target}/connection/classes';

describe('the connection card', () => {
  let api: FakeApi;
  beforeEach(() => {
    api = fakeApi();
    api.answer('get', CONNECTION, connection());
    api.answer('get', '/v1/companies/{company}/targets', { rows: [] } as never);
    api.answer('get', '/v1/companies/{company}/targets/{target}/look', driftCheck());
  });
  const show = (role: 'admin' | 'poster' | 'viewer' = 'admin') => renderFor(role, api, <ConnectionCard target={QUICKBOOKS} />);

  it('shows what is known of the books, with dates as people write them', async () => {
    show();
    expect((await screen.findByText('Amy’s HVAC LLC')).tagName).toBe('H3');
    expect(screen.getByText('Books closed through').nextSibling?.textContent).toBe('Jun 30, 2026');
    expect(screen.getByText('Sign-in renews by').nextSibling?.textContent).toBe('Jan 13, 2027, 9:00 AM PST');
    expect(screen.getByText('Connected').nextSibling?.textContent).toBe('Sep 1, 2026, 10:12 AM PDT by Dana Lee');
  });

  it('opens the sign-in in its own window, and closes it once the connection is there', async () => {
    api.refuse('get', CONNECTION, { status: 404, code: 'target-not-enabled', detail: 'Not enabled.' });
    api.answer('post', CONNECTION, { authorizeUrl: 'https://intuit.test/authorize' } as never);
    const popup = { location: { href: '' }, closed: false, close: vi.fn() };
    vi.spyOn(window, 'open').mockReturnValue(popup as never);
    const user = show();
    await user.click(await screen.findByRole('button', { name: 'Connect to QuickBooks Online' }));
    await waitFor(() => expect(popup.location.href).toBe('https://intuit.test/authorize'));
    expect(screen.getByText(/This page continues by itself/)).toBeTruthy();
    api.answer('get', CONNECTION, connection());
    await screen.findByText('Amy’s HVAC LLC', {}, { timeout: 3_000 });
    expect(popup.close).toHaveBeenCalled();
  });

  it('waits until the books were read, and leaves the window open until then', async () => {
    api.refuse('get', CONNECTION, { status: 404, code: 'target-not-enabled', detail: 'Not enabled.' });
    api.answer('post', CONNECTION, { authorizeUrl: 'https://intuit.test/authorize' } as never);
    const popup = { location: { href: '' }, closed: false, close: vi.fn() };
    vi.spyOn(window, 'open').mockReturnValue(popup as never);
    const user = show();
    await user.click(await screen.findByRole('button', { name: 'Connect to QuickBooks Online' }));
    const notice = { code: 'not-read', severity: 'warning', message: 'Accounts were not read yet.' } as const;
    api.answer('get', CONNECTION, connection({ notices: [notice] }));
    await screen.findByText('Accounts were not read yet.', {}, { timeout: 3_000 });
    expect(popup.close).not.toHaveBeenCalled();
    api.answer('get', CONNECTION, connection());
    await waitFor(() => expect(popup.close).toHaveBeenCalled(), { timeout: 3_000 });
    expect(screen.queryByText('Accounts were not read yet.')).toBeNull();
  });

  it('explains what to do where the browser blocks the window', async () => {
    api.answer('get', CONNECTION, connection({ state: 'lost' }));
    vi.spyOn(window, 'open').mockReturnValue(null);
    const user = show();
    await screen.findByText('QuickBooks Online access was revoked or has expired. Connect again.');
    await user.click(screen.getByRole('button', { name: 'Connect to QuickBooks Online' }));
    await screen.findByText(/Allow pop-ups for this page, then press Connect again/);
    expect(api.callsTo('post', CONNECTION)).toEqual([]);
  });

  it('offers similar names for a refused account, and saves the one that is used, without blanks around it', async () => {
    api.refuse('put', ACCOUNT, {
      status: 422,
      code: 'no-such-account',
      detail: '“Servces” is not in the chart of accounts.',
      details: { nearest: ['Services'] },
    });
    const user = show();
    await user.click(await screen.findByRole('button', { name: 'Edit Income' }));
    const field = screen.getByRole('combobox');
    await user.clear(field);
    await user.type(field, ' Servces ');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('“Servces” is not in the chart of accounts.');
    api.answer('put', ACCOUNT, connection());
    await user.click(screen.getByRole('button', { name: 'Use “Services”' }));
    // A refusal of the former name would keep the form from being sent.
    expect(screen.queryByText('“Servces” is not in the chart of accounts.')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull());
    expect(api.callsTo('put', ACCOUNT).map(({ body }) => body)).toEqual([{ name: 'Servces' }, { name: 'Services' }]);
  });

  it('creates exactly the missing classes that are checked', async () => {
    const classes = [
      { name: 'HVAC', status: 'missing' as const, nearest: ['Hvac'] },
      { name: 'Plumbing', status: 'missing' as const },
      { name: 'Electric', status: 'verified' as const },
    ];
    api.answer('get', CONNECTION, connection({ classes }));
    const now = connection({ classes: classes.map(({ name }) => ({ name, status: 'verified' as const })) });
    api.answer('post', CLASSES, { connection: now, outcomes: [{ name: 'HVAC', status: 'created' }] } as never);
    const user = show();
    await user.click(await screen.findByRole('button', { name: 'Manage' }));
    const section = within(screen.getByRole('region', { name: 'Classes' }));
    expect(section.getAllByRole('checkbox')).toHaveLength(2);
    expect(section.getByText('Did you mean Hvac?')).toBeTruthy();
    await user.click(section.getByRole('checkbox', { name: 'HVAC' }));
    await user.click(section.getByRole('button', { name: 'Create 1 class in QuickBooks Online' }));
    await waitFor(() => expect(section.queryByText('Missing')).toBeNull());
    expect(api.callsTo('post', CLASSES)[0]!.body).toEqual({ names: ['HVAC'] });
  });

  it('shows Manage also where no class is missing, marks the default class, and creates another one by name', async () => {
    const settings = { classes: { mode: 'line', default: 'HVAC' } };
    api.answer('get', '/v1/companies/{company}/targets', { rows: [{ target: 'qbo', settings }] } as never);
    api.answer('post', CLASSES, { connection: connection(), outcomes: [{ name: 'Roofing', status: 'created' }] } as never);
    const user = show();
    const section = within(await screen.findByRole('region', { name: 'Classes' }));
    await waitFor(() => expect(section.getByText('HVAC').closest('li')!.textContent).toContain('Default class'));
    await user.click(section.getByRole('button', { name: 'Manage' }));
    expect(section.getByRole('button', { name: /^Create 0 classes/ }).hasAttribute('disabled')).toBe(true);
    await user.type(section.getByRole('textbox', { name: /Another class/ }), ' Roofing ');
    await user.click(section.getByRole('button', { name: 'Create 1 class in QuickBooks Online' }));
    await waitFor(() => expect(api.callsTo('post', CLASSES)[0]?.body).toEqual({ names: ['Roofing'] }));
  });

  it('has no classes where class tracking is off', async () => {
    api.answer('get', CONNECTION, connection({ classTracking: { mode: 'none', name: 'Disabled' }, classes: [] }));
    show();
    await screen.findByText('Disabled');
    expect(screen.queryByRole('region', { name: 'Classes' })).toBeNull();
  });

  it('lets an admin accept the default accounts as they are, or change a wrong one first', async () => {
    show();
    const accept = await screen.findByRole('link', { name: 'Accept these accounts' });
    expect(accept.getAttribute('href')).toBe('/unbatched/qbo');
  });

  it('does not let a missing account be accepted', async () => {
    const [income, ...others] = connection().accounts;
    api.answer('get', CONNECTION, connection({ accounts: [{ ...income!, status: 'missing' }, ...others] }));
    show();
    await screen.findByText('Change Income before you accept these accounts.');
    expect(screen.queryByRole('link', { name: 'Accept these accounts' })).toBeNull();
  });

  it('asks before it disconnects', async () => {
    api.answer('delete', CONNECTION, undefined as never);
    const user = show();
    await user.click(await screen.findByRole('button', { name: 'Disconnect …' }));
    expect(api.callsTo('delete', CONNECTION)).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Yes, disconnect' }));
    await waitFor(() => expect(api.callsTo('delete', CONNECTION)).toHaveLength(1));
  });

  it('offers a viewer nothing to change', async () => {
    show('viewer');
    await screen.findByText('Amy’s HVAC LLC');
    await screen.findByText(/^Last check/);
    expect(screen.queryAllByRole('button')).toEqual([]);
  });
});
