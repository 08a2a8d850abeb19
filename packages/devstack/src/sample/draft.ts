import {
  addDays,
  type BatchedRecord,
  type BatchedRef,
  type Operation,
  type ProblemCode,
  refKey,
  type SourceRecord,
} from '@ledgerpost/core';
import type { BooksKind } from './books.ts';
import type { Random } from './random.ts';

/** What the next batch of everything does with a record. */
export type Outcome =
  | { readonly is: 'sent'; readonly as: Operation }
  | { readonly is: 'stopped'; readonly by: ProblemCode }
  | { readonly is: 'nothing' };

export interface Expectation {
  readonly ref: BatchedRef;
  /** The rule that it is an example of, in words. */
  readonly because: string;
  readonly outcome: Outcome;
}

/** Collects records and what is expected of each; the last expectation of a record counts. */
export class Draft {
  readonly random: Random;
  readonly today: string;
  readonly books: BooksKind;
  readonly #records = new Map<string, SourceRecord>();
  readonly #expectations = new Map<string, Expectation>();
  #number: number;

  constructor(random: Random, today: string, books: BooksKind, firstNumber = 10_001) {
    this.random = random;
    this.today = today;
    this.books = books;
    this.#number = firstNumber - 1;
  }

  put(...records: readonly SourceRecord[]): void {
    for (const record of records) this.#records.set(refKey(record), record);
  }

  /** Adds a record that can be batched, and what is expected of it. */
  expect<R extends BatchedRecord>(record: R, because: string, outcome: Outcome): R {
    this.put(record);
    this.#expectations.set(refKey(record), { ref: { type: record.type, id: record.id }, because, outcome });
    return record;
  }

  nextNumber(): string {
    this.#number += 1;
    return String(this.#number);
  }

  daysAgo(from: number, to: number): string {
    return addDays(this.today, -this.random.int(to, from));
  }

  all<T extends SourceRecord['type']>(type: T): Extract<SourceRecord, { type: T }>[] {
    return [...this.#records.values()].filter((r): r is Extract<SourceRecord, { type: T }> => r.type === type);
  }

  outcomeOf(ref: BatchedRef): Outcome | undefined {
    return this.#expectations.get(refKey(ref))?.outcome;
  }

  records(): readonly SourceRecord[] {
    return [...this.#records.values()];
  }

  expectations(): readonly Expectation[] {
    return [...this.#expectations.values()];
  }
}

export const sent = (as: Operation): Outcome => ({ is: 'sent', as });
export const stopped = (by: ProblemCode): Outcome => ({ is: 'stopped', by });
export const nothing: Outcome = { is: 'nothing' };

export function isSent(outcome: Outcome | undefined, as: Operation): boolean {
  return outcome?.is === 'sent' && outcome.as === as;
}
