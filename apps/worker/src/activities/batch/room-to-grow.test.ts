import { expect, it } from 'vitest';
import { roomToGrow } from './room-to-grow.ts';

it('the heap may grow further from the first large work until the last one has ended, also where one fails', async () => {
  const flags: string[] = [];
  const grow = roomToGrow((flag) => flags.push(flag));
  const first = Promise.withResolvers<string>();
  const second = Promise.withResolvers<string>();
  const works = [grow(() => first.promise), grow(() => second.promise)];
  expect(flags).toEqual(['--heap-growing-percent=200']);
  first.reject(new Error('the disk is full'));
  await expect(works[0]).rejects.toThrow('the disk is full');
  expect(flags).toHaveLength(1);
  second.resolve('done');
  expect(await works[1]).toBe('done');
  expect(flags).toEqual(['--heap-growing-percent=200', '--heap-growing-percent=0']);
  await grow(async () => {});
  expect(flags.slice(2)).toEqual(['--heap-growing-percent=200', '--heap-growing-percent=0']);
});
