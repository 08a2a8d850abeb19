import { describe, expect, it } from 'vitest';
import { isMarked, isOurs, storedMarker, transliterate, unstorable } from './texts.ts';

describe('texts', () => {
  it('a name can be stored if it is Latin-1 on one line', () => {
    expect(unstorable('Zoë & Söhne <x> "y"')).toBeUndefined();
    expect([unstorable('Łódź'), unstorable('a\tb'), unstorable('🐦')]).toEqual(['Ł', 'U+0009', '🐦']);
  });
  it('free text is converted to Latin-1', () => {
    expect(transliterate('“Łódź” – 5 €…\u0000\r\n🐦')).toBe('"Lódz" - 5 EUR...\n?');
  });
  it('two markers stay different', () => {
    expect(storedMarker('Ledgerpost invoice 🐦')).not.toBe(storedMarker('Ledgerpost invoice 🐤'));
  });
  it('a marker is recognized on a line of its own, voided or not', () => {
    expect(isMarked('called her\nVoided - Ledgerpost invoice i-1', 'Ledgerpost invoice i-1')).toBe(true);
    expect(isMarked('Ledgerpost invoice i-10', 'Ledgerpost invoice i-1')).toBe(false);
    expect(isOurs('Created by QB Online to link credits to charges.')).toBe(false);
  });
});
