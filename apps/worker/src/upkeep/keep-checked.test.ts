import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rounds, whileFree } from './keep-checked.ts';

describe('a check in the background', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** How a check ends that takes `needsMs`, where a batch begins after `busyAfterMs` and 11 seconds pass. */
  async function howItEnds(needsMs: number, busyAfterMs: number): Promise<string> {
    let isBusy = false;
    setTimeout(() => (isBusy = true), busyAfterMs);
    const check = (signal: AbortSignal) =>
      new Promise<string>((resolve) => {
        setTimeout(() => resolve('done'), needsMs);
        signal.addEventListener('abort', () => resolve('ended'));
      });
    const result = whileFree(() => isBusy, new AbortController().signal, check);
    await vi.advanceTimersByTimeAsync(11_000);
    return Promise.race([result, Promise.resolve('running')]);
  }

  it('ends when a batch begins, if it has run for two seconds', async () => {
    expect(await howItEnds(30_000, 10_000)).toBe('ended');
  });

  it('runs to its end beside a batch if it is short, and without one however long it is', async () => {
    expect(await howItEnds(1_900, 0)).toBe('done');
    expect(await howItEnds(30_000, 40_000)).toBe('running');
  });
});

describe('rounds of checks', () => {
  const never = new AbortController().signal;

  it('check every company that is due while nothing else is done', async () => {
    let due = 5;
    await rounds(
      'short',
      () => false,
      never,
      async () => --due > 0,
    )();
    expect(due).toBe(0);
  });

  it('end with the present check once a batch begins, and check one company now and then while batches run', async () => {
    let isBusy = false;
    let checked = 0;
    const round = rounds(
      'short',
      () => isBusy,
      never,
      async () => {
        checked += 1;
        isBusy = true;
        return true;
      },
    );
    await round();
    expect(checked).toBe(1);
    const after: number[] = [];
    for (let n = 0; n < 14; n++) {
      await round();
      after.push(checked);
    }
    expect(after).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 3]);
  });
});
