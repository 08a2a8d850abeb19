import type { Call, Candidate, Document, Money, Moved, Receipt } from '@ledgerpost/core';
import { TargetError } from '@ledgerpost/core';

/** One document in the books. Raise `version` to act as a person who changes it there. */
export type Held = {
  readonly number: string;
  readonly total: Money;
  version: number;
  readonly document: Document;
  /** The id of its customer in these books. Absent in calls without references. */
  readonly customer?: string;
  /** Of a payment: what it pays, in minor units, by the invoices' external ids. */
  readonly applied?: Readonly<Record<string, number>>;
  /** Somebody else entered it. */
  readonly isForeign?: boolean;
};

/** The faults of a call: its reply is lost after the books accepted it, or it never gets that far. */
export const FAULTS = {
  'lost-reply': () => new TargetError('transient', 'target-unreachable', 'The reply was lost.'),
  unreachable: () => new TargetError('transient', 'target-unreachable', 'The books do not answer.'),
  throttled: () => new TargetError('transient', 'target-throttled', 'Too many requests.', 1000),
  'not-ready': () => new TargetError('config', 'target-not-ready', 'The subscription has lapsed. Renew it, then continue.'),
  'access-lost': () => new TargetError('access', 'access-lost', 'Access to the books was revoked.'),
};
export type FaultName = keyof typeof FAULTS;

/** Books that tests can read, with a list of faults to come. */
export function memoryBooks({ items = false }: { readonly items?: boolean } = {}) {
  return {
    /** Whether documents need the products and services of their lines, as well as their customers. */
    items,
    /** By external id. */
    held: new Map<string, Held>(),
    /** By idempotency key: an old key gets its old answer, even after an undo. */
    answers: new Map<string, Receipt>(),
    /** By idempotency key: what else the write changed. */
    moves: new Map<string, readonly Moved[]>(),
    /** External ids of customers and items by `kind/name`. */
    names: new Map<string, string>(),
    /** Ids of customers and items that can't be used: documents for such a customer are refused. */
    inactive: new Set<string>(),
    /** The ids that merged ones stand for, by the merged id. */
    mergedInto: new Map<string, string>(),
    /** Income accounts of items, by id. */
    accounts: new Map<string, string>(),
    /** Names that several have, or one in an odd spelling only. */
    namesakes: new Map<string, readonly Candidate[]>(),
    /** Keys of creations, in order. */
    requestKeys: [] as string[],
    calls: [] as Call[],
    /** The key in the settings that each session was opened with. */
    keys: [] as (string | undefined)[],
    /** One per call, in order. */
    faults: [] as (FaultName | 'none')[],
    /** One per look-up or creation of names, in order. */
    nameFaults: [] as (FaultName | 'none')[],
    /** One per read-back, in order. */
    readFaults: [] as (FaultName | 'none')[],
    /** A fault of requests of any kind, from that request on, counted from 1. */
    trouble: undefined as { readonly kind: FaultName; readonly from: number; seen: number } | undefined,
    /** While it is set, no request is answered. */
    stalled: false,
    /** Support ids, one per request. */
    supportIds: [] as string[],
    /** Names that were created, in order. */
    created: [] as string[],
    /** Names that these books refuse to create. */
    refusedNames: new Set<string>(),
    /** Warnings about documents, by number. */
    warned: new Map<string, string>(),
    /** Numbers that these books refuse. */
    refused: new Set<string>(),
    /** By number: the difference of these books' total from ours, in minor units. */
    differing: new Map<string, number>(),
  };
}
/** The books that `memoryBooks` makes. */
export type MemoryBooks = ReturnType<typeof memoryBooks>;
