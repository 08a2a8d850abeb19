import { describe, expect, it } from 'vitest';
import { MOST_LEVELS, readJson, readJsonBytes } from './read-json.ts';

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('a JSON text', () => {
  it.each([
    ['a deep list', nested(MOST_LEVELS)],
    ['brackets inside text', JSON.stringify({ a: nested(500), b: '\\"[{'.repeat(100) })],
    ['many lists beside each other', JSON.stringify(Array(500).fill([1]))],
    ['as many lists and objects as may be nested', `[${'[],'.repeat(15)}${'{},'.repeat(15)}{}]`],
    ['an exponent that fits', '{"a":1e308,"b":1E-400,"c":-1.5e+300}'],
    ['a member that only looks like a forbidden one', '{"a":"__proto__","__proto":1}'],
    ['nothing but text', '"x"'],
  ])('with %s is read as it is', (_what, text) => {
    expect(readJson(text)).toEqual({ value: JSON.parse(text) });
  });

  it.each([
    ['a level too many of both kinds', `${'[{"a":'.repeat(17)}1${'}]'.repeat(17)}`, 'nested more than 32 levels deep'],
    ['a level too many', nested(MOST_LEVELS + 1), 'nested more than 32 levels deep'],
    ['4,400 levels', nested(4_400), 'nested more than 32 levels deep'],
    ['a million levels and no end', '{"a":'.repeat(1_000_000), 'nested more than 32 levels deep'],
    ['half of it', '{"a":', 'It is not JSON'],
    ['a forbidden member', '{"lines":[{"__proto__":{"total":"1"}}]}', 'lines[0].__proto__ is a name that no member may have'],
    ['a forbidden member in escapes', '{"\\u005f_proto_\\u005F":1}', '__proto__ is a name that no member may have'],
    ['a number that is infinite', '{"lines":[{"quantity":1e400}]}', 'lines[0].quantity is a number that is too large'],
    ['an infinite number in digits', `{"a":${'9'.repeat(400)}}`, 'a is a number that is too large'],
  ])('with %s is refused with a sentence', (_what, text, reason) => {
    expect(readJson(text)).toEqual({ reason: expect.stringContaining(reason) });
  });

  it('in bytes that are not UTF-8 is refused instead of being changed', () => {
    expect(readJsonBytes(Buffer.from([0x22, 0xc3, 0x28, 0x22]))).toEqual({ reason: expect.stringContaining('not UTF-8') });
    expect(readJsonBytes(Buffer.from('"é"'))).toEqual({ value: 'é' });
  });
});
