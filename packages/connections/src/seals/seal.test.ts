import { describe, expect, it } from 'vitest';
import { newSealingKey, parseSealingKeys, seal, unseal } from './seal.ts';

const keys = parseSealingKeys(newSealingKey('a'));

describe('a seal', () => {
  it('opens to what was sealed, and shows nothing of it before', () => {
    const { sealed, keyId } = seal(keys, 'here', 'a secret token');
    expect(Buffer.from(sealed).toString('latin1')).not.toContain('secret');
    expect(unseal(keys, 'here', sealed, keyId)).toBe('a secret token');
  });

  it('is another one each time', () => {
    expect(seal(keys, 'here', 'x').sealed).not.toEqual(seal(keys, 'here', 'x').sealed);
  });

  it('does not open at another place', () => {
    const { sealed, keyId } = seal(keys, 'connection 1', 'x');
    expect(() => unseal(keys, 'connection 2', sealed, keyId)).toThrow(/seal .* is broken/);
  });

  it('does not open once a bit of it was changed', () => {
    const { sealed, keyId } = seal(keys, 'here', 'x');
    const changed = Uint8Array.from(sealed);
    changed[changed.length - 1]! ^= 1;
    expect(() => unseal(keys, 'here', changed, keyId)).toThrow(/seal .* is broken/);
  });

  it('names the key that is missing', () => {
    const { sealed } = seal(keys, 'here', 'x');
    expect(() => unseal(keys, 'here', sealed, 'gone')).toThrow(/with the key "gone", which is missing/);
  });

  it('by an old key opens as long as the old key is there', () => {
    const { sealed, keyId } = seal(keys, 'here', 'x');
    const both = parseSealingKeys(`${newSealingKey('b')},a:${Buffer.from(keys[0].secret).toString('base64')}`);
    expect(unseal(both, 'here', sealed, keyId)).toBe('x');
    expect(seal(both, 'here', 'x').keyId).toBe('b');
  });
});

describe('sealing keys from the environment', () => {
  it.each([
    ['', /no sealing key/],
    ['abc', /Sealing key 1 has no id/],
    ['a:c2hvcnQ=', /"a" has 5 bytes/],
    [`${newSealingKey('a')},${newSealingKey('a')}`, /Two sealing keys have the id "a"/],
  ])('%j are refused', (text, why) => {
    expect(() => parseSealingKeys(text)).toThrow(why);
  });

  it('are never shown in a refusal', () => {
    const secret = Buffer.from('sixteen bytes ok').toString('base64');
    expect(() => parseSealingKeys(`a:${secret}`)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(secret) }),
    );
  });
});
