import { expect, it } from 'vitest';
import { z } from 'zod';
import type { TargetContext } from '../contract/context.ts';
import { carrySecrets, openTarget, secretPathsOf, splitSecrets, withSecrets } from './secret-settings.ts';

const secret = z.string().optional().meta({ secret: true });
const settings = z.object({
  url: z.string().optional(),
  apiKey: secret,
  login: z.object({ user: z.string(), password: secret }).optional(),
});
const target = { settings, open: (own: unknown, context: TargetContext) => ({ own, context }) } as never;
const whole = { url: 'u', apiKey: 'k', login: { user: 'ann', password: 'p' } };

it('secrets are found by their mark, also in members of members', () =>
  expect(secretPathsOf(target)).toEqual([['apiKey'], ['login', 'password']]));

it('settings are split from their secrets, and come together again', () => {
  const { settings: rest, secrets } = splitSecrets(target, whole);
  expect(rest).toEqual({ url: 'u', login: { user: 'ann' } });
  expect(secrets).toEqual({ apiKey: 'k', 'login.password': 'p' });
  expect(withSecrets(rest, secrets)).toEqual(whole);
  expect(whole.apiKey).toBe('k');
});

it('a session has today’s secrets in the settings of then, and its context carries none', () => {
  const context = carrySecrets({ connectionId: 'c-1' } as TargetContext, { apiKey: 'new' });
  expect(openTarget(target, { url: 'then', apiKey: 'old' }, context)).toEqual({
    own: { url: 'then', apiKey: 'new' },
    context: { connectionId: 'c-1' },
  });
  expect(JSON.stringify(context)).not.toContain('new');
});
