import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import './input-in-words.ts';

const said = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues.map(({ message }) => message);

describe('the sentences for a bad request', () => {
  it.each<[string, z.ZodType, unknown, string]>([
    ['a member that is missing', z.string(), undefined, 'It is missing. Send it.'],
    ['a number for a text', z.string(), 1, 'It must be text.'],
    ['a text for a whole number', z.int(), 'x', 'It must be a number.'],
    ['a choice that there is not', z.enum(['skip', 'stop']), 'go', 'It must be one of: skip, stop.'],
    ['a member that nobody knows', z.strictObject({}), { nam: 1 }, 'nam: unknown here. Leave it out, or correct the spelling.'],
    ['no day', z.iso.date(), '2026-02-30', 'It is not a day of the calendar. Send YYYY-MM-DD.'],
    ['an empty text', z.string().min(1), '', 'It must be text of at least 1 character.'],
    ['a long list', z.array(z.int()).max(2), [1, 2, 3], 'It must be a list of at most 2.'],
    ['a high number', z.int().max(500), 501, 'It must be at most 500.'],
  ])('%s', (_, schema, value, message) => expect(said(schema, value)).toEqual([message]));

  it('a schema’s own words go before', () => {
    expect(said(z.string().regex(/^a$/, 'Only an a.'), 'b')).toEqual(['Only an a.']);
  });
});
