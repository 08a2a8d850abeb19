import { AsyncLocalStorage } from 'node:async_hooks';
import type { AnyTarget, BooksSettings, Chart, Document, Money, TargetContext } from '@ledgerpost/core';

/** One thing that every target keeps to which it applies. A function that throws, so that it can be tried anywhere. */
export interface Law {
  /** kebab-case and never renamed: waivers name it. */
  readonly id: string;
  /** The sentence that a test report shows: `the same call sent again posts once`. */
  readonly sentence: string;
  /** Decided by the target's unions alone, so that an author can't choose what is tried. */
  readonly applies: (target: AnyTarget) => boolean;
  /** Throws an Error that says what was expected, what came, and why it matters. Call it by `tryLaw`. */
  readonly check: (subject: Subject) => Promise<void> | void;
}

/**
 * What can be made to go wrong with the next call to the books.
 * - `lost-reply`: the books take what they are sent, and their answer never arrives
 * - `throttled`: they take nothing and say that there were too many requests
 * - `access-lost`: they take nothing, since what a person granted has been taken away
 */
export type Trouble = 'lost-reply' | 'throttled' | 'access-lost';

/**
 * What a target's author tells the kit, because nobody else can know. Which of the optional members a target needs follows from
 * what it can do: a law that misses one fails, and says which.
 */
export interface Conformance {
  /** Settings with which the target works; secrets need a value, or nobody could look where they end up. `{}` if it needs none. */
  readonly settings: unknown;
  /** Reads the amount out of an exported payload, in minor units: what the books would count it by. */
  amountOf(payload: never, currency: string): Money;
  /** Documents to try the target with, instead of the kit's own; numbers and ids must differ from series to series. */
  documents?(series: number): readonly Document[];
  /** The chart that the documents fit; absent: none is known. */
  readonly chart?: Chart;
  /** The world outside, usually a fake one: what is given here stands in for the kit's context, which has no network and no access. */
  readonly context?: Partial<TargetContext>;
  /** Push targets: makes a document into one that the target refuses when it is pushed. */
  refused?(document: Document): Document;
  /** Push targets: how many documents of ours the books hold. One that is there twice counts twice, so count them, not their ids. */
  count?(): number | Promise<number>;
  /** Push targets: what the books hold under an external id; undefined once it is gone. */
  look?(externalId: string): Promise<{ readonly number: string; readonly total: Money } | undefined>;
  /** Push targets: runs `during` while the books are in that trouble, and ends it afterwards, whatever comes of it. */
  trouble?<T>(kind: Trouble, during: () => Promise<T>): Promise<T>;
  /** Targets that update, read back or undo: a person changes the document in the books. */
  edit?(externalId: string): void | Promise<void>;
  /** Laws that the target does not keep. The reason is printed with every run; under ten characters are none. */
  readonly waive?: readonly { readonly law: string; readonly reason: string }[];
}

/** A target on trial. */
export interface Subject {
  /** As its package exports it. */
  readonly target: AnyTarget;
  /** What the author told, read by the target's own schema. */
  readonly settings: BooksSettings;
  /** What the author told; undefined for none. */
  readonly chart: Chart | undefined;
  /** All that the author told. */
  readonly told: Conformance;
  /** Documents of operations that the target has a stage for, with numbers that no earlier call gave. Deeply frozen. */
  documents(): readonly Document[];
}

const trial = new AsyncLocalStorage<{ checks: number }>();

/** Tries a target by a law. Throws what the law throws; and where the law had nothing to look at, since it would hold for anything. */
export async function tryLaw(law: Law, subject: Subject): Promise<void> {
  const count = { checks: 0 };
  await trial.run(count, async () => law.check(subject));
  demand(
    count.checks > 0,
    `“${law.sentence}” had nothing to look at, so it holds nothing. Give the kit documents that the target takes (the member \`documents\`), or waive ${law.id} with the reason.`,
  );
}

/** What a law finds out about the target goes through here, and is counted. Throws an Error with that sentence. */
export function expect(holds: boolean, otherwise: string): asserts holds {
  const count = trial.getStore();
  if (count !== undefined) count.checks += 1;
  if (!holds) throw new Error(otherwise);
}

/** What a law needs before it can look at anything. Not counted: it says nothing about the target. Throws an Error named `NotTold`. */
export function demand(holds: boolean, otherwise: string): asserts holds {
  if (holds) return;
  const error = new Error(`${otherwise} See “What you tell the kit” in docs/guides/add-a-target.md.`);
  error.name = 'NotTold';
  throw error;
}
