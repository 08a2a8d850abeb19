import { readFileSync } from 'node:fs';

/** One target of the bench: a ratio within one run, and whether it was met. */
export interface Measured {
  readonly what: string;
  readonly against: string;
  readonly ratio: number;
  readonly atMost: number;
  readonly figures: readonly string[];
}

/** Processor seconds that a process has used, with those of its ended children if asked. */
export function processorSeconds(pid: number, withEnded = false): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  // utime and stime, then those of ended children, in clock ticks of a hundredth of a second.
  const ticks = fields.slice(11, withEnded ? 15 : 13).map(Number);
  return ticks.reduce((sum, n) => sum + n, 0) * 0.01;
}

/** The peak memory of a process, in megabytes. */
export function peakMegabytes(pid: number): number {
  const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(peak) / 1024);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** The time of the work in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

export const seconds = (ms: number): string =>
  `${Math.round(ms / 10) * 0.01 === 0 ? 0 : (Math.round(ms / 10) / 1e2).toLocaleString('en')} s`;
export const millis = (ms: number): string => `${Math.round(ms)} ms`;
