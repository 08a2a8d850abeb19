import { describe, expect, it } from 'vitest';
import { hashPassword, isPassword, waitAfter } from './passwords.ts';

describe('a password', () => {
  it('is kept as an argon2id hash with a salt of its own, and is compared in one spelling', async () => {
    const hash = await hashPassword('mot de passe été');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await hashPassword('mot de passe été')).not.toBe(hash);
    // é as one character, and as e with an accent.
    expect(await isPassword('mot de passe e\u0301te\u0301', hash)).toBe(true);
    expect(await isPassword('mot de passe ete', hash)).toBe(false);
    expect(await isPassword('anything', 'no hash')).toBe(false);
  });

  it('that was wrong slows down the next attempts, and locks nobody out', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 100].map(waitAfter)).toEqual([0, 0, 0, 500, 1_000, 2_000, 4_000, 8_000, 8_000]);
  });
});
