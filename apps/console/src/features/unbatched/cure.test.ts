import { describe, expect, it } from 'vitest';
import { cureOf } from './cure.ts';

const files = { id: 'paper', name: 'Paper', capabilities: { access: 'settings' } } as never;
const connected = { id: 'cloud', name: 'Cloud', capabilities: { access: 'oauth' } } as never;

describe('where a problem is fixed', () => {
  it('is in the settings, if an admin fixes it', () => {
    expect(cureOf({ code: 'unmapped-tax' }, files)).toEqual({ address: '/books/paper/settings', words: 'Settings of Paper' });
    expect(cureOf({ code: 'unmapped-tax' }, connected)?.address).toBe('/books/cloud/settings');
    expect(cureOf({ code: 'unknown-account' }, files)?.address).toBe('/books/paper/settings');
  });

  it('is on the connection’s card for default accounts and classes of a connected system', () => {
    expect(cureOf({ code: 'unknown-account', field: 'accounts.depositTo' }, connected)).toEqual({
      address: '/books/cloud',
      words: 'Connection to Cloud',
    });
    expect(cureOf({ code: 'unknown-class', field: 'lines[0].accountingClass' }, connected)?.address).toBe('/books/cloud');
  });

  it('is in the settings for the account of a category, which the card does not have', () => {
    expect(cureOf({ code: 'unknown-account', field: 'lines[0].accountingCategory' }, connected)?.address).toBe(
      '/books/cloud/settings',
    );
  });

  it('is nowhere in the console, if someone else fixes it, if it stops nothing, or if the code is not known', () => {
    for (const code of ['no-customer', 'closed-period', 'unchecked-name', 'of-tomorrow', 'constructor'])
      expect(cureOf({ code }, connected)).toBeUndefined();
  });
});
