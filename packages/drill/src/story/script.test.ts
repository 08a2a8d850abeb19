import { describe, expect, it } from 'vitest';
import { scriptLike, scriptOf } from './script.ts';

describe('the story of a seed', () => {
  it('is the same each time', () => {
    expect(scriptOf(12)).toEqual(scriptOf(12));
  });

  it('is played in books that behave as some real ones do, and otherwise stays the same', () => {
    const own = scriptOf(12);
    const like = scriptLike(12, { requestIdBatch: 'fault', astOverride: 'partner' as never });
    expect(like.books.switches).toEqual({ ...own.books.switches, requestIdBatch: 'fault', astOverride: 'partner' });
    expect({ ...like, books: own.books }).toEqual(own);
  });
});
