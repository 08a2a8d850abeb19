// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeApi, fakeApi } from '../../testing/fake-api.ts';
import { sessionOf } from '../../testing/fixtures.ts';
import { renderFor } from '../../testing/render.tsx';
import { InvitationScreen } from './invitation-screen.tsx';
import { SignInScreen } from './sign-in-screen.tsx';

const OFFER = {
  ...{ kind: 'invitation' as const, name: 'Ann Bee', email: null, account: null, expiresAt: '2026-10-12T17:00:00.000Z' },
  access: [{ company: 'Amy’s HVAC', roles: ['poster' as const, 'approver' as const] }],
};
let api: FakeApi;
beforeEach(() => {
  api = fakeApi();
  api.answer('post', '/v1/sign-in/accept', sessionOf('poster'));
});
afterEach(() => window.history.replaceState(null, '', '/'));

describe('the sign-in page', () => {
  it('has only the field for a key where nobody signs in as a person', async () => {
    api.answer('get', '/v1/sign-in', { account: null, password: false });
    api.answer('post', '/v1/session', sessionOf('viewer'));
    const user = renderFor('viewer', api, <SignInScreen />);
    await user.type(await screen.findByLabelText('API key'), 'lp_key');
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    await waitFor(() => expect(api.callsTo('post', '/v1/session')[0]?.body).toEqual({ key: 'lp_key' }));
    expect(screen.queryByLabelText('Password')).toBeNull();
  });

  it('signs in with address and password, and shows why the provider’s sign-in failed', async () => {
    window.history.replaceState(null, '', '/?problem=no-access');
    api.answer('get', '/v1/sign-in', { account: { name: 'Acme ID' }, password: true });
    api.refuse('post', '/v1/sign-in', { status: 401, code: 'wrong-password', detail: 'No person here has this address.' });
    const user = renderFor('viewer', api, <SignInScreen />);
    await screen.findByText(/nobody has invited it yet/);
    await screen.findByRole('button', { name: 'Sign in with Acme ID' });
    await user.type(screen.getByLabelText('E-mail'), 'ann@example.com');
    await user.type(screen.getByLabelText('Password'), 'correct horse battery');
    await user.click(screen.getAllByRole('button', { name: 'Sign in' })[0]!);
    await screen.findByText('No person here has this address.');
    expect(api.callsTo('post', '/v1/sign-in')[0]!.body).toEqual({ email: 'ann@example.com', password: 'correct horse battery' });
  });
});

describe('an invitation’s page', () => {
  beforeEach(() => window.history.replaceState(null, '', '/invitation#the-token'));

  it('shows what it gives, removes the token from the address, and has fields for name, address and password', async () => {
    api.answer('post', '/v1/sign-in/invitation', OFFER);
    const user = renderFor('viewer', api, <InvitationScreen session={null} />);
    await screen.findByText('Amy’s HVAC: poster and approver');
    expect(window.location.hash).toBe('');
    await user.type(screen.getByLabelText('E-mail'), 'ann@example.com');
    await user.type(screen.getByLabelText(/^New password/), 'correct horse battery');
    await user.click(screen.getByRole('button', { name: 'Accept and sign in' }));
    await waitFor(() =>
      expect(api.callsTo('post', '/v1/sign-in/accept')[0]?.body).toEqual({
        ...{ token: 'the-token', name: 'Ann Bee', email: 'ann@example.com', password: 'correct horse battery' },
      }),
    );
  });

  it('is accepted by the person who is signed in, and at the provider where there is one', async () => {
    api.answer('post', '/v1/sign-in/invitation', { ...OFFER, account: { name: 'Acme ID' } });
    const user = renderFor(
      'viewer',
      api,
      <InvitationScreen session={{ ...sessionOf('viewer'), person: { id: 'p', name: 'Kim' } }} />,
    );
    await user.click(await screen.findByRole('button', { name: 'Accept as Kim' }));
    await waitFor(() => expect(api.callsTo('post', '/v1/sign-in/accept')[0]?.body).toEqual({ token: 'the-token' }));
  });

  it('sends people to the provider, and reports a link that was used', async () => {
    api.answer('post', '/v1/sign-in/invitation', { ...OFFER, account: { name: 'Acme ID' } });
    renderFor('viewer', api, <InvitationScreen session={null} />);
    await screen.findByRole('button', { name: 'Accept, and sign in with Acme ID' });
    api.refuse('post', '/v1/sign-in/invitation', { status: 410, code: 'bad-invitation', detail: 'This link was used already.' });
    window.history.replaceState(null, '', '/invitation#another');
    renderFor('viewer', api, <InvitationScreen session={null} />);
    await screen.findByText('This link was used already.');
  });
});
