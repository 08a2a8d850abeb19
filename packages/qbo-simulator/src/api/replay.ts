import { createHash } from 'node:crypto';
import type { Books } from '../books/books.ts';
import type { Kind } from '../entities/kind.ts';
import { faults } from '../faults.ts';

/** What a write answered. */
export interface Answer {
  status: number;
  body: unknown;
}

const memory = { '15m': 900_000, '24h': 86_400_000, forever: Number.POSITIVE_INFINITY } as const;

/**
 * Carries out a write once per request id: a repeat gets the first answer, even if that answer was lost.
 * Which records honour it, for how long, and what another body does, the switches choose.
 */
export function onceOnly(
  books: Books,
  requestId: string | undefined,
  kind: Kind | undefined,
  body: unknown,
  carryOut: () => Answer,
): Answer {
  const switches = books.switches();
  if (requestId === undefined || requestId === '') return carryOut();
  if (kind?.sort === 'list' && switches.requestIdNameLists === 'ignore') return carryOut();
  const digest = createHash('sha256').update(JSON.stringify(body)).digest('base64');
  const kept = books.kept.get(requestId);
  const remembered = kept !== undefined && books.clock.now() - kept.at <= memory[switches.requestIdMemory];
  if (kept !== undefined && remembered) {
    const fault = kept.answer.status >= 400 || (kept.answer.body as { Fault?: unknown }).Fault !== undefined;
    if (!(fault && switches.requestIdFaults === 'execute')) {
      if (kept.body !== digest && switches.requestIdOtherBody === 'fault') throw faults.duplicateRequestId();
      return kept.answer;
    }
  }
  const answer = carryOut();
  // A failure of the service itself is no answer that it would keep.
  if (answer.status < 500) books.kept.set(requestId, { at: books.clock.now(), body: digest, answer });
  return answer;
}

/** Answers that are never given again need no room. */
export function forgetOldAnswers(books: Books): void {
  const since = books.clock.now() - memory[books.switches().requestIdMemory];
  for (const [requestId, { at }] of books.kept) if (at < since) books.kept.delete(requestId);
}
