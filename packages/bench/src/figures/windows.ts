/** How full windows of a minute were, as shares of what is allowed in one. */
export interface Fill {
  readonly least: number;
  readonly mean: number;
  /** The most requests that any window held. */
  readonly most: number;
}

const MINUTE = 60_000;
const STEP = 100;

/**
 * Slides a window of a minute over the times at which requests arrived (milliseconds, in order), from the end of the first
 * minute to the last arrival: every 100 ms, and right after each arrival, where a window holds least.
 * @throws RangeError if there is no whole window after the first minute
 */
export function fillOf(arrivals: readonly number[], perMinute: number): Fill {
  const [first = 0, last = 0] = [arrivals[0], arrivals.at(-1)];
  const [from, to] = [first + MINUTE, last - MINUTE];
  if (to < from) throw new RangeError('Requests arrived for less than two minutes: there is no window after the first.');
  const held = (start: number) => countBefore(arrivals, start + MINUTE) - countBefore(arrivals, start);
  const even: number[] = [];
  for (let start = from; start <= to; start += STEP) even.push(held(start));
  const after = arrivals.filter((at) => at >= from && at < to).map((at) => held(at + 1));
  return {
    least: Math.min(...even, ...after) / perMinute,
    mean: even.reduce((sum, count) => sum + count, 0) / even.length / perMinute,
    most: Math.max(...arrivals.map(held)),
  };
}

/** How many arrived before that time. */
function countBefore(arrivals: readonly number[], time: number): number {
  let [low, high] = [0, arrivals.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (arrivals[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
