// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeApi, fakeApi } from '../../testing/fake-api.ts';
import { idOf } from '../../testing/fixtures.ts';
import { renderFor } from '../../testing/render.tsx';
import { browserName } from './own-sessions.tsx';
import { PeopleScreen } from './people-screen.tsx';

const AT = '/v1/companies/{company}';
const WHEN = '2026-10-01T17:00:00.000Z';
const key = (n: number, name: string, revokedAt: string | null = null) => ({
  id: idOf(n),
  companyId: 'amys-hvac',
  name,
  roles: ['poster' as const],
  createdAt: WHEN,
  createdBy: 'Dana Lee (0123456789ab)',
  ownerId: null,
  revokedAt,
});
const person = (id: string, name: string, more: object = {}) => ({
  ...{ id, name, email: `${id}@example.com`, hasPassword: true, accounts: 0, createdAt: WHEN, usedAt: WHEN },
  access: [{ company: { id: 'amys-hvac', name: 'Amy’s HVAC' }, roles: ['poster' as const] }],
  ...more,
});
const rowOf = async (name: string) => within((await screen.findByRole('rowheader', { name })).closest('tr')!);

describe('people and keys', () => {
  let api: FakeApi;
  beforeEach(() => {
    api = fakeApi();
    api.answer('get', `${AT}/keys`, { rows: [key(1, 'Dana Lee'), key(2, 'Till'), key(3, 'Old', '2026-10-02T17:00:00.000Z')] });
    api.answer('get', `${AT}/people`, {
      rows: [person('kim', 'Kim Poe'), person('all', 'Ada Min', { access: [{ company: null, roles: ['admin'] }] })],
    });
    api.answer('get', `${AT}/invitations`, { rows: [] });
    api.answer('get', '/v1/sessions', {
      rows: [{ id: idOf(9), browser: 'Mozilla/5.0 (iPhone) Safari/605.1', startedAt: WHEN, usedAt: WHEN, here: false }],
    });
    api.answer('delete', `${AT}/keys/{key}`, undefined as never);
  });

  it('invites a person by a link, which is shown once', async () => {
    api.answer('post', `${AT}/invitations`, {
      id: 'i',
      link: 'https://books.example/invitation#abc',
      expiresAt: WHEN,
      mailedTo: null,
    });
    const user = renderFor('admin', api, <PeopleScreen />);
    const form = within(await screen.findByRole('form', { name: 'Invite a person' }));
    await user.type(form.getByLabelText('Full name'), ' Ann Bee ');
    await user.click(form.getByRole('checkbox', { name: /^approver:/ }));
    await user.click(form.getByRole('button', { name: 'Make an invitation link' }));
    await screen.findByText('https://books.example/invitation#abc');
    expect(api.callsTo('post', `${AT}/invitations`)[0]!.body).toEqual({ name: 'Ann Bee', roles: ['viewer', 'approver'] });
  });

  it('changes a person’s roles, and ends their access with their keys after a second press', async () => {
    api.answer('put', `${AT}/people/{person}`, undefined as never);
    api.answer('delete', `${AT}/people/{person}`, undefined as never);
    const user = renderFor('admin', api, <PeopleScreen />);
    expect((await rowOf('Kim Poe')).getByText('poster')).toBeTruthy();
    expect((await rowOf('Ada Min')).getByText('admin (all companies)')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Change access: Kim Poe' }));
    const open = within(await screen.findByRole('dialog', { name: 'Kim Poe' }));
    await user.click(open.getByRole('checkbox', { name: /^admin:/ }));
    await user.click(open.getByRole('button', { name: 'Save the roles' }));
    await waitFor(() => expect(api.callsTo('put', `${AT}/people/{person}`)[0]?.body).toEqual({ roles: ['poster', 'admin'] }));
    await user.click(await screen.findByRole('button', { name: 'Change access: Kim Poe' }));
    await user.click(await screen.findByRole('button', { name: 'End access …' }));
    expect(api.callsTo('delete', `${AT}/people/{person}`)).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'End access of Kim Poe' }));
    await waitFor(() => expect(api.callsTo('delete', `${AT}/people/{person}`)[0]).toMatchObject({ query: { keys: 'end' } }));
  });

  it('makes a key, names its owner, and ends it only after a second press, and never one’s own', async () => {
    api.answer('post', `${AT}/keys`, { id: idOf(4), secret: 'lp_secret' });
    api.answer('put', `${AT}/keys/{key}/owner`, undefined as never);
    const user = renderFor('admin', api, <PeopleScreen />);
    expect((await rowOf('Dana Lee')).getByText('You')).toBeTruthy();
    expect((await rowOf('Old')).getByText(/^Ended Oct 2, 2026/)).toBeTruthy();
    await user.selectOptions(screen.getByLabelText('Owner of Till'), 'Kim Poe');
    await waitFor(() => expect(api.callsTo('put', `${AT}/keys/{key}/owner`)[0]?.body).toEqual({ person: 'kim' }));
    await user.click(screen.getByRole('button', { name: 'End access: Till' }));
    expect(api.callsTo('delete', `${AT}/keys/{key}`)).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'End access of Till' }));
    await waitFor(() => expect(api.callsTo('delete', `${AT}/keys/{key}`)[0]?.params.key).toBe(idOf(2)));
    await user.click(screen.getByText('New key'));
    await user.type(screen.getByLabelText('Name of the program'), 'Field app');
    await user.click(screen.getByRole('button', { name: 'Make a key' }));
    await screen.findByText('lp_secret');
    expect(api.callsTo('post', `${AT}/keys`)[0]!.body).toEqual({ name: 'Field app', roles: ['source'] });
  });

  it('shows everyone their own sessions, and requests nothing else where the person may not see it', async () => {
    renderFor('poster', api, <PeopleScreen />);
    await screen.findByText('An admin gives people and programs access.');
    await screen.findByText('Safari on iPhone');
    expect(api.calls.map(({ path }) => path)).toEqual(['/v1/sessions']);
  });

  it('calls browsers by their names', () => {
    const windows = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36';
    expect([windows, `${windows} Edg/140.0`, 'curl/8', null].map(browserName)).toEqual([
      'Chrome on Windows',
      'Edge on Windows',
      'curl/8',
      'Unknown browser',
    ]);
  });
});
