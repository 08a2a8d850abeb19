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

it('filling turns have lanes of their own, and those that have nothing else left', async () => {
  const log: string[] = [];
  const ends = ['a', 'b', 'x', 'y', 'z'].map((name) => ({ name, ...Promise.withResolvers<void>() }));
  const [a, b, x, y, z] = ends.map(({ name, promise }) => async () => {
    log.push(name);
    await promise;
    return name.toUpperCase();
  });
  const all = inLanes(2, [a!, b!], { lanes: 1, turns: [x!, y!, z!] });
  expect(log).toEqual(['a', 'b', 'x']);
  ends[0]!.resolve();
  await expect.poll(() => log).toEqual(['a', 'b', 'x', 'y']);
  ends[2]!.resolve();
  await expect.poll(() => log).toEqual(['a', 'b', 'x', 'y', 'z']);
  for (const { resolve } of ends) resolve();
  expect(await all).toEqual(['A', 'B', 'X', 'Y', 'Z']);
});
