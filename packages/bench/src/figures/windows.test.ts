import { expect, it } from 'vitest';
import { fillOf } from './windows.ts';

const every = (ms: number, minutes: number, from = 0) =>
  Array.from({ length: Math.floor((minutes * 60_000) / ms) + 1 }, (_, n) => from + n * ms);

it('requests at an even pace fill every window', () => {
  expect(fillOf(every(1_500, 4), 40)).toEqual({ least: 1, mean: 1, most: 40 });
});

it('a burst in the first minute does not count against the later windows', () => {
  const burst = Array.from({ length: 40 }, (_, n) => n * 10);
  expect(fillOf([...burst, ...every(1_500, 4, 60_000)], 40)).toMatchObject({ least: 1, mean: 1 });
});

it('a gap shows in the least, and in proportion to its length in the mean', () => {
  const times = every(1_500, 6).filter((at) => at <= 180_000 || at >= 195_000);
  const { least, mean } = fillOf(times, 40);
  expect(least).toBeCloseTo(31 / 40);
  expect(mean).toBeGreaterThan(least);
  expect(mean).toBeLessThan(1);
});

it('a window that held too much shows in the most', () => {
  expect(fillOf([...every(1_500, 4), 240_001], 40).most).toBe(41);
});

it('less than two minutes have no window to measure', () => {
  expect(() => fillOf(every(1_500, 1), 40)).toThrow(RangeError);
});
