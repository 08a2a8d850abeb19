import { describe, expect, it } from 'vitest';
import { cureOf } from './cure.ts';

const files = { id: 'paper', name: 'Paper', capabilities: { access: 'settings' } } as never;
const connected = { id: 'cloud', name: 'Cloud', capabilities: { access: 'oauth' } } as never;

describe('where a problem is mended', () => {
  it('is in the settings, if an admin mends it', () => {
    expect(cureOf('unmapped-tax', files)).toEqual({ address: '/books/paper/settings', words: 'Settings of Paper' });
    expect(cureOf('unmapped-tax', connected)?.address).toBe('/books/cloud/settings');
    expect(cureOf('unknown-account', files)?.address).toBe('/books/paper/settings');
  });

  it('is on the connection’s card for accounts and classes of a connected target', () => {
    expect(cureOf('unknown-account', connected)).toEqual({ address: '/books/cloud', words: 'Connection to Cloud' });
    expect(cureOf('unknown-class', connected)?.address).toBe('/books/cloud');
  });

  it('is nowhere here, if somebody else mends it, if it stops nothing, or if the code is not known', () => {
    for (const code of ['no-customer', 'closed-period', 'unchecked-name', 'of-tomorrow', 'constructor'])
      expect(cureOf(code, connected)).toBeUndefined();
  });
});
