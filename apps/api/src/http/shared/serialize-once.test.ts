import { expect, it } from 'vitest';
import { serializeOnce } from './serialize-once.ts';

it('an answer that several callers share is serialized once, and an equal one of its own by itself', () => {
  const seen: unknown[] = [];
  const serialize = serializeOnce(() => (value: unknown) => {
    seen.push(value);
    return JSON.stringify(value);
  })({} as never);
  const shared = { rows: [1] };
  expect([serialize(shared), serialize(shared), serialize({ rows: [1] }), serialize('text')]).toEqual([
    ...['{"rows":[1]}', '{"rows":[1]}', '{"rows":[1]}', '"text"'],
  ]);
  expect(seen).toEqual([shared, { rows: [1] }, 'text']);
});
