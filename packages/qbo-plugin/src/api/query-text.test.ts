import { describe, expect, it } from 'vitest';
import { inLists, quoted } from './query-text.ts';

describe('queries', () => {
  it('escape quotes and backslashes with a backslash', () => {
    expect(quoted("Amy's \\ Bird")).toBe("'Amy\\'s \\\\ Bird'");
  });
  it('are split where a list grows too long, and ask for each value once', () => {
    expect(inLists(['a', 'b', 'a', 'c'], 2)).toEqual(["('a', 'b')", "('c')"]);
    expect(inLists(Array.from({ length: 60 }, (_, at) => `${at}`.padEnd(500, 'x'))).every((list) => list.length < 13_000)).toBe(
      true,
    );
    expect(inLists([])).toEqual([]);
  });
});
