import { describe, expect, it } from 'vitest';
import { fakeTarget } from '../testing/fake-target.testing.ts';
import { oauthAppsFrom } from './oauth-apps.ts';

const REGISTERED = { LEDGERPOST_FAKE_CLIENT_ID: 'id', LEDGERPOST_FAKE_CLIENT_SECRET: 'secret' };
const STAND_IN = {
  ...REGISTERED,
  LEDGERPOST_FAKE_ENVIRONMENT: 'simulator',
  LEDGERPOST_FAKE_AUTHORIZE_URL: 'http://here/a',
  LEDGERPOST_FAKE_TOKEN_URL: 'http://here/t',
  LEDGERPOST_FAKE_REVOKE_URL: 'http://here/r',
  LEDGERPOST_FAKE_API_URL: 'http://here',
};
const read = (env: Record<string, string>) => oauthAppsFrom(env, [fakeTarget()], 'https://ledgerpost.example').fake;

describe('a registration with a target, read from the environment', () => {
  it('is not there without a client id', () => expect(read({})).toBeUndefined());
  it('is for the target’s first environment unless it names another', () => {
    expect(read(REGISTERED)).toMatchObject({
      environment: 'production',
      redirectUri: 'https://ledgerpost.example/v1/oauth/callback',
    });
    expect(read(STAND_IN)).toMatchObject({ environment: 'simulator', endpoints: { api: 'http://here', token: 'http://here/t' } });
  });
  it.each([
    ['a secret', { LEDGERPOST_FAKE_CLIENT_ID: 'id' }, '_CLIENT_SECRET is not'],
    [
      'an environment that there is',
      { ...REGISTERED, LEDGERPOST_FAKE_ENVIRONMENT: 'moon' },
      'Choose one of: production, simulator',
    ],
    ['all addresses of a stand-in', { ...REGISTERED, LEDGERPOST_FAKE_API_URL: 'http://here' }, 'or none'],
    ['limits, where the target itself answers', { ...REGISTERED, LEDGERPOST_FAKE_LIMITS: 'off' }, 'only for a stand-in'],
    ['limits, unless they are off', { ...STAND_IN, LEDGERPOST_FAKE_LIMITS: '500' }, 'may only be "off"'],
  ])('needs %s', (_, env, message) => {
    expect(() => read(env)).toThrow(message);
  });
  it('keeps to no limits of a stand-in that has none', () => {
    expect(read({ ...STAND_IN, LEDGERPOST_FAKE_LIMITS: 'off' })?.limits).toBe('off');
    expect(read(STAND_IN)).not.toHaveProperty('limits');
  });
});
