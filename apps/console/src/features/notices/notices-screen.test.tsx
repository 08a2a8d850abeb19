// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeApi, fakeApi } from '../../testing/fake-api.ts';
import { idOf } from '../../testing/fixtures.ts';
import { renderFor } from '../../testing/render.tsx';
import { NoticesScreen } from './notices-screen.tsx';

const NOTICES = '/v1/companies/{company}/notices';
const EMAIL = {
  channel: 'email' as const,
  shown: 'ada@example.com',
  matters: ['batch-held' as const],
  digest: false,
  confirmed: true,
};
const answer = {
  mail: true,
  invitedAt: null,
  matters: [
    { matter: 'batch-held' as const, title: 'A batch is on hold' },
    { matter: 'import-done' as const, title: 'An import is done' },
  ],
  rows: [EMAIL],
  recent: [
    {
      ...{ id: idOf(1), channel: 'email' as const, matter: 'batch-held' as const, state: 'in-doubt' as const, attempts: 2 },
      ...{ trouble: 'ECONNECTION', link: '/c/amys-hvac/batches/1', at: '2026-10-03T17:00:00.000Z' },
    },
  ],
};

describe('the page Notices', () => {
  let api: FakeApi;
  beforeEach(() => {
    api = fakeApi();
    api.answer('get', NOTICES, answer);
    api.answer('put', `${NOTICES}/{channel}`, { rows: [EMAIL] });
    api.answer('post', `${NOTICES}/{channel}/test`, {});
  });
  const form = async (name: string) => within(await screen.findByRole('form', { name }));

  it('saves what a person chooses, keeps the address unless a new one is typed, and sends a test', async () => {
    const user = renderFor('viewer', api, <NoticesScreen />);
    const mail = await form('E-mail');
    expect((mail.getByRole('checkbox', { name: 'A batch is on hold' }) as HTMLInputElement).checked).toBe(true);
    await user.click(mail.getByRole('checkbox', { name: 'An import is done' }));
    await user.click(mail.getByRole('button', { name: 'Save E-mail' }));
    await mail.findByText('Saved.');
    expect(api.callsTo('put', `${NOTICES}/{channel}`)[0]).toMatchObject({
      params: { channel: 'email' },
      body: { matters: ['batch-held', 'import-done'], digest: false },
    });
    expect(api.callsTo('put', `${NOTICES}/{channel}`)[0]!.body).not.toHaveProperty('address');
    await user.click(mail.getByRole('button', { name: 'Send a test by E-mail' }));
    await waitFor(() => expect(api.callsTo('post', `${NOTICES}/{channel}/test`)).toHaveLength(1));
  });

  it('shows what became of the newest messages, and offers no test of a channel without an address', async () => {
    renderFor('viewer', api, <NoticesScreen />);
    const row = (await screen.findByRole('rowheader', { name: 'A batch is on hold' })).closest('tr')!;
    expect(row.textContent).toContain('Perhaps sent (ECONNECTION)2');
    expect((await form('Slack')).queryByRole('button', { name: /test/ })).toBeNull();
  });

  it('ask to confirm a typed address, offer to send that mail again, and confirm it by the link', async () => {
    api.answer('get', NOTICES, { ...answer, rows: [{ ...EMAIL, confirmed: false }] });
    api.answer('post', `${NOTICES}/{channel}/confirm`, { rows: [EMAIL] });
    window.history.replaceState(null, '', '/notices?confirm=of-the-mail');
    const user = renderFor('viewer', api, <NoticesScreen />);
    await screen.findByText(/Your address is confirmed/);
    expect(api.callsTo('post', `${NOTICES}/{channel}/confirm`)).toMatchObject([
      { params: { channel: 'email' }, body: { token: 'of-the-mail' } },
    ]);
    expect(window.location.search).toBe('');
    const mail = await form('E-mail');
    mail.getByText(/ada@example.com is not confirmed yet, and gets no notices/);
    await user.click(mail.getByRole('button', { name: 'Send the mail again' }));
    await waitFor(() => expect(api.callsTo('post', `${NOTICES}/{channel}/test`)).toHaveLength(1));
  });

  it('start with the address of the invitation', async () => {
    api.answer('get', NOTICES, { ...answer, rows: [], invitedAt: 'ada@example.com' });
    renderFor('viewer', api, <NoticesScreen />);
    expect(((await form('E-mail')).getByLabelText('Send to this e-mail address') as HTMLInputElement).value).toBe(
      'ada@example.com',
    );
  });

  it('names what is missing where the installation sends no mail', async () => {
    api.answer('get', NOTICES, { ...answer, mail: false });
    renderFor('viewer', api, <NoticesScreen />);
    await screen.findByText(/An operator sets up the mail server first/);
  });
});
