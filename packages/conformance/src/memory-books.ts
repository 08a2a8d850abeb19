import type { Call, Document, Money, Receipt } from '@ledgerpost/core';
import { TargetError } from '@ledgerpost/core';

/** What the books hold of one document. Raise `version` to play a person who changes it there. */
export type Held = { readonly number: string; readonly total: Money; version: number; readonly document: Document };

/** What goes wrong with a call: its reply is lost after the books took it, or it never gets that far. */
export const FAULTS = {
  'lost-reply': () => new TargetError('transient', 'target-unreachable', 'The reply was lost.'),
  unreachable: () => new TargetError('transient', 'target-unreachable', 'The books do not answer.'),
  throttled: () => new TargetError('transient', 'target-throttled', 'Too many requests.', 1000),
  'not-ready': () => new TargetError('config', 'target-not-ready', 'The subscription has lapsed. Renew it, then go on.'),
  'access-lost': () => new TargetError('access', 'access-lost', 'The books do not let us in any more.'),
};

/** Books to look into, and a script of what goes wrong. */
export function memoryBooks() {
  return {
    /** By external id. */
    held: new Map<string, Held>(),
    /** By idempotency key: an old key gets its old answer, even after an undo. */
    answers: new Map<string, Receipt>(),
    /** External ids of customers by `customer/name`. */
    names: new Map<string, string>(),
    calls: [] as Call[],
    /** One per call, in order. */
    faults: [] as (keyof typeof FAULTS | 'none')[],
    /** One per question for names, and per creation of them, in order. */
    nameFaults: [] as (keyof typeof FAULTS | 'none')[],
    /** One per reading back, in order. */
    readFaults: [] as (keyof typeof FAULTS | 'none')[],
    /** Names that were created, in order. */
    created: [] as string[],
    /** Names that these books refuse to create. */
    refusedNames: new Set<string>(),
    /** What somebody should look at in documents of a number. */
    warned: new Map<string, string>(),
    /** Numbers that these books refuse. */
    refused: new Set<string>(),
    /** Minor units by which these books' total of a number is off ours. */
    differing: new Map<string, number>(),
  };
}
/** Books that were made so. */
export type MemoryBooks = ReturnType<typeof memoryBooks>;
