import type { AnyTarget, BooksSettings, Chart, Document, Json, Money, TargetContext } from '@ledgerpost/core';

/** One thing that every target keeps to which it applies. A function that throws, so that it can be tried anywhere. */
export interface Law {
  readonly id: string;
  /** The sentence that a test report shows: `the same call sent again posts once`. */
  readonly sentence: string;
  /** Decided by the target's unions alone. */
  readonly applies: (target: AnyTarget) => boolean;
  /** Throws an Error that says what was expected, what came, and why it matters. */
  readonly check: (subject: Subject) => Promise<void> | void;
}

/** What a target's author tells the kit, because nobody else can know. */
export interface Conformance {
  /** Settings with which the target works. `{}` if it needs none. */
  readonly settings: unknown;
  /** Reads the amount out of an exported payload, in minor units: what the books would count it by. */
  amountOf(payload: never, currency: string): Money;
  /** Documents to try the target with, instead of the kit's own; numbers differ from series to series. */
  documents?(series: number): readonly Document[];
  readonly chart?: Chart;
  /** Push targets: the world outside, usually a fake one. */
  readonly context?: Partial<TargetContext>;
  /** Push targets: makes a document into one that the target refuses when it is pushed. */
  refused?(document: Document): Document;
  /** Targets with undo: what the books hold under an external id. */
  look?(externalId: string): Promise<{ readonly number: string; readonly total: Money } | undefined>;
  /** Laws that the target does not keep; the reason is printed with every run. */
  readonly waive?: readonly { readonly law: string; readonly reason: string }[];
}

/** A target on trial. */
export interface Subject {
  readonly target: AnyTarget;
  readonly settings: BooksSettings;
  readonly chart: Chart | undefined;
  readonly told: Conformance;
  /** Documents of operations that the target has a stage for, with numbers that no earlier call gave. Deeply frozen. */
  documents(): readonly Document[];
}

/** Every law throws through here. */
export function expect(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}

export type { Json };
