import type { z } from 'zod';
import { type DocumentKind, OPERATION_NAMES, type Operation } from '../batch/operations.ts';
import type { Problem } from '../codes/problems.ts';
import type { Document } from '../documents/documents.ts';
import type { BooksSettings, Chart } from '../settings/settings.ts';
import type { Json } from '../values/json.ts';
import type { DiscoveredChart } from './chart.ts';
import type { TargetContext } from './context.ts';
import type { FileDelivery } from './files.ts';
import type { OAuthAccess } from './oauth.ts';
import type { PushDelivery } from './push.ts';
import type { ReadbackAtTarget } from './readback.ts';
import type { UndoAtTarget, UndoByHand } from './undo.ts';
import type { TargetWebhook } from './webhook.ts';

/**
 * The version of this contract. It rises when a target built for the previous version could act wrongly under the new one. Optional
 * new members don't raise it. A process that has a target for another version does not start.
 */
export const CONTRACT_VERSION = 2;

/**
 * An accounting system that documents can be sent to. A value, not a class: its members are the verbs in the order in which a batch
 * uses them. Each ability is a tagged union that holds the code for it, so that a target can't claim what it can't do.
 */
export interface AccountingTarget<
  Settings extends BooksSettings = BooksSettings,
  Session = unknown,
  Payload extends Json = Json,
> {
  /** `CONTRACT_VERSION` as the target's author had it. */
  readonly contract: typeof CONTRACT_VERSION;
  /** kebab-case; stored with every batch and part of queue and activity names, so never renamed. */
  readonly id: string;
  /** For people, as the vendor writes it: `QuickBooks Online`. */
  readonly name: string;
  /** One sentence for the admin's card. */
  readonly description: string;
  /** In the order in which the books must receive them. Each operation that the target accepts is in exactly one stage. */
  readonly stages: readonly Stage[];
  /**
   * For each operation that no stage has: why, in a sentence with the next step. The list of unbatched records and a preview show it.
   * A void that the settings refuse needs none.
   */
  readonly untaken?: Readonly<Partial<Record<Operation, string>>>;
  /** The admin's form. Secrets are marked with `.meta({ secret: true })`, and what the console's form leaves out for operators with `.meta({ forOperators: true })`. Must accept `{}` (every member has a default or is optional). */
  readonly settings: z.ZodType<Settings>;
  /** How it gets access: by the settings, if access needs anything at all, or by a grant from a person. */
  readonly access: { readonly by: 'settings' } | OAuthAccess;

  /** Pure: how long things may be, which may depend on the edition in the settings. */
  limits(settings: Settings): DocumentLimits;
  /** Makes the session that the other verbs receive. No network: previews open sessions too, and so do companies without access yet. */
  open(settings: Settings, context: TargetContext): Session;
  /** Reads whose books these are. @throws TargetError */
  check(session: Session): Promise<Identity>;
  /** Whether the chart is read from the target or declared by an admin. */
  readonly chart: DiscoveredChart<Session> | { readonly by: 'declared' };
  /**
   * The target's own rules, after core's. A document with a `problem` is not sent, and a person reads its sentence. Pure. Never
   * throws, whatever is wrong with the document. `chart` is undefined if nobody declared one.
   */
  validate(document: Document, chart: Chart | undefined, settings: Settings): readonly Problem[];
  /**
   * The exact payload, stored before anything is sent. It is all that `render` or `push` receive of the document. Pure JSON, and the
   * same for the same document. Only called for documents without a `problem`.
   */
  export(document: Document, chart: Chart | undefined, settings: Settings): Payload;

  /** How documents reach the target: pushed to an API, or written to files that a person loads. */
  readonly delivery: PushDelivery<Session, Payload> | FileDelivery<Settings, Payload>;
  /** How to find out what became of posted documents: by asking the target, or manually, as `instructions` describe. */
  readonly readback: ReadbackAtTarget<Session> | { readonly by: 'hand'; readonly instructions: string };
  /** How posted documents are taken back: by the target, or by a person. */
  readonly undo: UndoAtTarget<Session> | UndoByHand;
  /** How the target announces that books changed; absent if it does not. */
  readonly webhook?: TargetWebhook;
  /**
   * The address of a document in the books' own pages, by the external id on its receipt. Undefined if there is no such page, as in a
   * simulator. Absent if the target has no pages.
   */
  pageOf?(kind: DocumentKind, externalId: string, environment: string): string | undefined;
}

/** A stage: the operations that the books must receive before those of the next stage. */
export interface Stage {
  /** kebab-case; shown to ops and stored with the batch: `invoice-inserts`. */
  readonly id: string;
  /** For people: `Invoice inserts`. */
  readonly name: string;
  /** The operations of this stage. An operation is in one stage only; an operation in no stage is never sent. */
  readonly operations: readonly Operation[];
}

/** The longest texts that the target accepts, in characters. Longer texts are a problem; they are never cut. */
export interface DocumentLimits {
  /** Of an invoice, a credit memo or a journal. */
  readonly number: number;
  /** Of a payment. A longer or ambiguous reference is shortened with a hash. */
  readonly refNo: number;
  /** Of a customer, with its parents: the accounting key. */
  readonly customerName: number;
}

/** The books that a session opens, read from the target. */
export interface Identity {
  /** The company's name there. It shows an admin whether these are the right books. */
  readonly company: string;
  /**
   * The target's own id of the books. Required of a push target with access by settings: if a key opens other books than those that
   * documents are posted in, nothing is sent or undone there. With `oauth` the grant has it.
   */
  readonly account?: string;
  /** The target's name for what the books can do: a plan, a profile. */
  readonly edition?: string;
  /** ISO 4217. The connection is refused if it differs from the company's currency. */
  readonly currency?: string;
  /** Why the target can't post to these books, in a sentence with the next step: books of another country. The connection is refused with it. */
  readonly notSupported?: string;
}

/** Why a target accepts no such operation, in a sentence for people. Undefined if it accepts it. */
export function whyUntaken({ name, stages, untaken }: AnyTarget, operation: Operation): string | undefined {
  if (stages.some(({ operations }) => operations.includes(operation))) return undefined;
  const what = OPERATION_NAMES[operation].toLowerCase();
  return untaken?.[operation] ?? `${name} takes no ${what} from us. Enter it there, then mark it as already in the books.`;
}

/** A target with any settings, session and payload: the type that the engine uses. */
// biome-ignore lint/suspicious/noExplicitAny: the engine passes a target's own values back to it and never reads them
export type AnyTarget = AccountingTarget<any, any, any>;
