import type { BatchReport, Chunk } from './activities.ts';

/** A report in one line: `posted: 178 posted, 2 rejected`. */
export function inWords(report: BatchReport): string {
  const states = Object.entries(report.states).map(([state, count]) => `${count} ${state}`);
  return `${report.end}: ${states.length === 0 ? 'no documents' : states.join(', ')}`;
}

/** A chunk as the timeline shows it: `1–1000 of 2500`. */
export function chunkInWords(chunk: Pick<Chunk, 'fromSeq' | 'toSeq'>, of: number): string {
  return `${chunk.fromSeq}–${chunk.toSeq} of ${of}`;
}
