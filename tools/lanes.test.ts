import { expect, it } from 'vitest';
import { inLanes } from './lanes.ts';

it('turns are taken in order, as many at once as there are lanes, and each once', async () => {
  const log: string[] = [];
  const ends = ['a', 'b', 'c', 'd'].map((name) => ({ name, ...Promise.withResolvers<void>() }));
  const turns = ends.map(({ name, promise }) => async () => {
    log.push(name);
    await promise;
    return name.toUpperCase();
  });
  const all = inLanes(2, turns);
  expect(log).toEqual(['a', 'b']);
  ends[1]!.resolve();
  await expect.poll(() => log).toEqual(['a', 'b', 'c']);
  for (const { resolve } of ends) resolve();
  expect(await all).toEqual(['A', 'B', 'C', 'D']);
  expect(log).toEqual(['a', 'b', 'c', 'd']);
});
