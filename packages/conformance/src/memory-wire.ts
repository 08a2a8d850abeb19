import type { TargetContext } from '@ledgerpost/core';
import { FAULTS, type FaultName, type MemoryBooks } from './memory-books.ts';

/** What a session of the books in memory uses of its context. Tests may leave out most of it. */
export type MemorySession = Pick<TargetContext, 'connectionId' | 'trace'> &
  Partial<Pick<TargetContext, 'pause' | 'permit' | 'signal'>>;

/** One request to the books in memory: with a permit, a support id, and the faults that a test ordered for it. */
export async function request<T>(
  session: MemorySession,
  books: MemoryBooks,
  faults: (FaultName | 'none')[] | undefined,
  work: () => T,
  id = `ask-${books.supportIds.length + 1}`,
): Promise<T> {
  const permit = await session.permit?.('calls');
  try {
    session.signal?.throwIfAborted();
    books.supportIds.push(id);
    session.trace?.(id);
    if (books.stalled) await stall(session.signal);
    const fault = faultOf(books, faults);
    if (fault === 'throttled') await session.pause?.(FAULTS.throttled().retryAfterMs!);
    if (fault !== undefined && fault !== 'lost-reply') throw FAULTS[fault]();
    const answer = work();
    if (fault === 'lost-reply') throw FAULTS[fault]();
    return answer;
  } finally {
    permit?.release();
  }
}

function faultOf({ trouble }: MemoryBooks, faults: (FaultName | 'none')[] | undefined): FaultName | undefined {
  const ordered = faults?.shift();
  if (ordered !== undefined && ordered !== 'none') return ordered;
  if (trouble === undefined) return undefined;
  trouble.seen += 1;
  return trouble.seen >= trouble.from ? trouble.kind : undefined;
}

/** Waits until the work is cancelled. */
function stall(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(FAULTS.unreachable()), { once: true }));
}
