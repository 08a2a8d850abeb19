// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeApi, fakeApi } from '../../testing/fake-api.ts';
import { idOf } from '../../testing/fixtures.ts';
import { renderFor } from '../../testing/render.tsx';
import { PeopleScreen } from './people-screen.tsx';

const KEYS = '/v1/companies/{company}/keys';
const key = (n: number, name: string, revokedAt: string | null = null) => ({
  id: idOf(n),
  companyId: 'amys-hvac',
  name,
  roles: ['poster' as const],
  createdAt: '2026-10-01T17:00:00.000Z',
  createdBy: 'Dana Lee (0123456789ab)',
  revokedAt,
});

describe('people and keys', () => {
  let api: FakeApi;
  beforeEach(() => {
    api = fakeApi();
    api.answer('get', KEYS, { rows: [key(1, 'Dana Lee'), key(2, 'Pat'), key(3, 'Old', '2026-10-02T17:00:00.000Z')] });
    api.answer('delete', `${KEYS}/{key}`, undefined as never);
  });

  it('gives access, and shows the key once', async () => {
    api.answer('post', KEYS, { id: idOf(4), secret: 'lp_secret' });
    const user = renderFor('admin', api, <PeopleScreen />);
    await user.type(await screen.findByLabelText('Name of the person or program'), ' Ann Bee ');
    await user.click(screen.getByRole('checkbox', { name: /^poster:/ }));
    await user.click(screen.getByRole('button', { name: 'Give access' }));
    await screen.findByText('lp_secret');
    expect(api.callsTo('post', KEYS)[0]!.body).toEqual({ name: 'Ann Bee', roles: ['viewer', 'poster'] });
  });

  it('ends access only after a second press, and never one’s own', async () => {
    const user = renderFor('admin', api, <PeopleScreen />);
    const row = async (name: string) => within((await screen.findByRole('rowheader', { name })).closest('tr')!);
    expect((await row('Dana Lee')).getByText('You')).toBeTruthy();
    expect((await row('Old')).getByText(/^Ended Oct 2, 2026/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'End access: Pat' }));
    expect(api.callsTo('delete', `${KEYS}/{key}`)).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'End access of Pat' }));
    await waitFor(() => expect(api.callsTo('delete', `${KEYS}/{key}`)[0]?.params.key).toBe(idOf(2)));
  });

  it('requests no keys where the person may not see them', async () => {
    renderFor('poster', api, <PeopleScreen />);
    await screen.findByText('An admin gives people and programs access.');
    expect(api.calls).toEqual([]);
  });
});
