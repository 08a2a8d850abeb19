import { AsyncLocalStorage } from 'node:async_hooks';
import type { AnyTarget, BooksSettings, Chart, Document, Money, Operation, TargetContext } from '@ledgerpost/core';

/** One rule that every target keeps if it applies to the target. A function that throws, so that it can run anywhere. */
export interface Law {
  /** kebab-case and never renamed: waivers name it. */
  readonly id: string;
  /** The sentence that a test report shows: `the same call sent again posts once`. */
  readonly sentence: string;
  /** Decided by the target's unions alone, so that an author can't choose what is tested. */
  readonly applies: (target: AnyTarget) => boolean;
  /** Throws an Error with what was expected, what was found, and why it matters. Call it through `tryLaw`. */
  readonly check: (subject: Subject) => Promise<void> | void;
}

/**
 * A fault that can be made to happen to the next call to the books.
 * - `lost-reply`: the books accept the call, and their answer never arrives
 * - `throttled`: the books accept nothing and answer that there were too many requests
 * - `access-lost`: the books accept nothing, because the grant was revoked
 */
export type Trouble = 'lost-reply' | 'throttled' | 'access-lost';

/**
 * What the books hold of one document. A member that these books don't keep is null. Names are those of the chart; a name that stands
 * nowhere in the books is not made up.
 */
export interface HeldDocument {
  /** The number that people see. */
  readonly number: string;
  /** Minor units. */
  readonly total: Money;
  /** The books' id of its customer. */
  readonly customer?: string | null;
  /** YYYY-MM-DD. */
  readonly date?: string | null;
  /** Of an invoice, YYYY-MM-DD. */
  readonly dueDate?: string | null;
  /** The texts that people read in it: message, memo, descriptions. */
  readonly words?: readonly string[] | null;
  /** Of an invoice, a credit memo or a journal: the lines with what they sold, in order. */
  readonly lines?: readonly HeldLine[] | null;
  /** Of a payment: what it pays, by the invoices' external ids. Of a credit memo: what it is used for; null if it stays unapplied. */
  readonly applied?: readonly { readonly externalId: string; readonly amount: Money }[] | null;
}

/** One line of a document in the books. */
export interface HeldLine {
  /** The account's full name. Null: none. Left out: the books don't say. */
  readonly account?: string | null;
  /** The class's full name. Null: none. Left out: these books keep no classes. */
  readonly class?: string | null;
  /** Minor units: its part of the tax. Left out: these books keep no tax per line. */
  readonly tax?: Money | null;
  /** Minor units; of a journal above zero for debits, below for credits. */
  readonly amount: Money;
}

/**
 * What a target's author gives the kit, because nobody else can know it. Which optional members a target needs depends on what it can
 * do: a law that lacks a member fails and names it.
 */
export interface Conformance {
  /** Settings that the target works with. Secrets need a value, so that the kit can check where they end up. `{}` if it needs none. */
  readonly settings: unknown;
  /** Reads the amount from an exported payload, in minor units, as the books would count it. */
  amountOf(payload: never, currency: string): Money;
  /** Documents to test the target with, instead of the kit's own. Numbers and ids must differ between series. */
  documents?(series: number): readonly Document[];
  /** The chart that fits the documents. Absent: unknown. */
  readonly chart?: Chart;
  /** The outside world, usually a fake one. It replaces the kit's context, which has no network and no access. */
  readonly context?: Partial<TargetContext>;
  /** Push targets: turns a document into one that the target refuses when it is pushed. */
  refused?(document: Document): Document;
  /** Push targets: words of the vendor's own answer to `refused`, which a person must be able to read. */
  readonly reason?: string;
  /** Push targets: the number of our documents in the books. A document that is there twice counts twice, so count documents, not ids. */
  count?(): number | Promise<number>;
  /** Push targets: the books' content under an external id; undefined once it is deleted. Read it from the books, not from what was sent. */
  look?(externalId: string): Promise<HeldDocument | undefined>;
  /**
   * Push targets: runs `during` with that fault in the books, and ends the fault after that, whatever the result. The fault strikes each
   * request from the `from`th on; 1 if absent.
   */
  trouble?<T>(kind: Trouble, during: () => Promise<T>, from?: number): Promise<T>;
  /** Push targets that don't use `fetch`: runs `during` while the books answer no request. */
  stall?<T>(during: () => Promise<T>): Promise<T>;
  /** Push targets: the ids that the vendor gave its answers so far, for its support, in order. Null: it gives none. */
  readonly supportIds?: (() => readonly string[]) | null;
  /** Push targets: the most documents that the vendor accepts in one request, by operation where they differ. Null: any number. */
  readonly maxPerRequest?: number | Partial<Record<Operation, number>> | null;
  /** Targets with `keyLifetimeMs`: the vendor forgets all idempotency keys, as it does when their time is over. */
  expireKeys?(): void | Promise<void>;
  /** Targets that update, read back or undo: changes the document in the books, as a person would. */
  edit?(externalId: string): void | Promise<void>;
  /** Push targets: somebody enters a document of that kind with the same number, for another amount. Its id; null: their books can't hold it. */
  stranger?(document: Document): string | null | Promise<string | null>;
  /** Targets that post payments and read back: a person takes a payment off all its invoices in the books. */
  reallocate?(externalId: string): void | Promise<void>;
  /** Laws that the target does not keep. The reason is printed with every run, and has at least ten characters. */
  readonly waive?: readonly { readonly law: string; readonly reason: string }[];
}

/** A target under test. */
export interface Subject {
  /** The target that its package exports. */
  readonly target: AnyTarget;
  /** The author's settings, parsed by the target's own schema. */
  readonly settings: BooksSettings;
  /** The author's chart; undefined if there is none. */
  readonly chart: Chart | undefined;
  /** Everything that the author gave the kit. */
  readonly given: Conformance;
  /** Documents of operations that the target has a stage for, with numbers that no earlier call returned. Deeply frozen. */
  documents(): readonly Document[];
}

const trial = new AsyncLocalStorage<{ checks: number }>();

/** Tests a target against a law. Throws what the law throws. Also throws if the law checked nothing, because such a law holds for any target. */
export async function tryLaw(law: Law, subject: Subject): Promise<void> {
  const count = { checks: 0 };
  await trial.run(count, async () => law.check(subject));
  demand(
    count.checks > 0,
    `“${law.sentence}” checked nothing, so it proves nothing. Give the kit documents that the target accepts (the member \`documents\`), or waive ${law.id} with a reason.`,
  );
}

/** Every check of a law goes through here and is counted. Throws an Error with that sentence. */
export function expect(holds: boolean, otherwise: string): asserts holds {
  const count = trial.getStore();
  if (count !== undefined) count.checks += 1;
  if (!holds) throw new Error(otherwise);
}

/** What a law needs before it can check anything. Not counted, because it proves nothing about the target. Throws an Error named `NotGiven`. */
export function demand(holds: boolean, otherwise: string): asserts holds {
  if (holds) return;
  const error = new Error(`${otherwise} See “What you tell the kit” in docs/guides/add-a-target.md.`);
  error.name = 'NotGiven';
  throw error;
}
