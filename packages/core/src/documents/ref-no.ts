import type { PaymentRecord } from '../records/records.ts';
import type { BuildContext } from './build-context.ts';
import { nonBlank } from './parts.ts';

/**
 * A payment's number in the books, unique per payment: an import silently merges two payments with the same Ref No. A posted payment
 * keeps its number. Otherwise it is the reference, if it fits and is free; else the shortened reference with a hash of the payment's
 * id. Without a reference it is `P-` and the id, or its hash.
 */
export function refNoOf(payment: PaymentRecord, context: BuildContext, number: 'as-posted' | 'anew' = 'as-posted'): string {
  const posted = number === 'anew' ? undefined : context.posted(payment);
  if (posted && posted.number !== '') return posted.number;

  const limit = context.limits.refNo;
  const free = (candidate: string) => candidate.length <= limit && !context.referenceTaken(candidate, payment.id);
  const reference = nonBlank(payment.reference)?.trim().replace(/\s+/g, ' ');
  // "4471 " must not use "4471", which another payment may have as its exact reference.
  if (reference !== undefined && reference === payment.reference && free(reference)) return reference;
  if (reference === undefined && free(`P-${payment.id}`)) return `P-${payment.id}`;

  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const hash = context.shortHash(attempt === 0 ? payment.id : `${payment.id}#${attempt}`);
    const candidate = reference === undefined ? `P-${hash}`.slice(0, limit) : withSuffix(reference, hash, limit);
    if (free(candidate) || attempt === ATTEMPTS - 1) return candidate;
  }
  return '';
}

/** One collision of hashes may be chance; several in a row are not. */
const ATTEMPTS = 8;
const SHORTEST_HASH = 6;
const LONGEST_HASH = 10;

/** At least six characters of the hash, and up to ten if there is room: thousands of payments have the reference "CASH". */
function withSuffix(reference: string, hash: string, limit: number): string {
  const room = Math.min(LONGEST_HASH, Math.max(SHORTEST_HASH, limit - reference.length - 1));
  const suffix = hash.slice(0, room);
  return `${reference.slice(0, limit - suffix.length - 1).trimEnd()}-${suffix}`;
}

/** `CM-10427`. If that is too long for the target, it is shortened with a hash, so that it stays unique. */
export function prefixed(prefix: string, name: string, limit: number, shortHash: (text: string) => string): string {
  if (prefix.length + name.length <= limit) return prefix + name;
  const suffix = `-${shortHash(name).slice(0, 6)}`;
  return prefix + name.slice(0, Math.max(0, limit - prefix.length - suffix.length)) + suffix;
}
