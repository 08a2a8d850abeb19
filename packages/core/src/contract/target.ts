import type { z } from 'zod';
import type { DocumentKind, Operation } from '../batch/operations.ts';
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
 * The version of this contract. It rises when a target that was built for the last one could do wrong under the new one; members
 * that a target may leave out don't raise it. A target built for another version is refused when a process starts.
 */
export const CONTRACT_VERSION = 1;

/**
 * An accounting system that documents can be sent to. A value, not a class: its members are the verbs in the
 * order in which a batch meets them. What a target can do is a tagged union holding the code that does it, so
 * that the claim can't part from the deed.
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
  /** In the order in which the books must receive them; each operation that the target takes stands in exactly one stage. */
  readonly stages: readonly Stage[];
  /** The admin's form. Secrets are marked with `.meta({ secret: true })`. Must accept `{}` (every member has a default or is optional). */
  readonly settings: z.ZodType<Settings>;
  /** How it is let in: by what stands in the settings, if anything is needed at all, or by what a person grants. */
  readonly access: { readonly by: 'settings' } | OAuthAccess;

  /** Pure: how long things may be, which may depend on the edition in the settings. */
  limits(settings: Settings): DocumentLimits;
  /** Makes a session, which the other verbs get back. Touches no network: it is made for previews, and where there is no access yet. */
  open(settings: Settings, context: TargetContext): Session;
  /** Whose books these are. Reads only. @throws TargetError */
  check(session: Session): Promise<Identity>;
  /** Where the chart comes from. */
  readonly chart: DiscoveredChart<Session> | { readonly by: 'declared' };
  /**
   * The target's own rules, after core's: a document with a `problem` is not sent, and a person reads the sentence. Pure; never
   * throws, whatever is wrong with a document. `chart` is undefined where nobody declared one.
   */
  validate(document: Document, chart: Chart | undefined, settings: Settings): readonly Problem[];
  /**
   * The exact payload, stored before anything is sent: all that `render` or `push` will know of the document. Pure, the same for
   * the same document, JSON. Only called for documents without a `problem`.
   */
  export(document: Document, chart: Chart | undefined, settings: Settings): Payload;

  /** How documents get there: pushed to an API, or as files that a person loads. */
  readonly delivery: PushDelivery<Session, Payload> | FileDelivery<Settings, Payload>;
  /** How one learns what became of posted documents: by asking there, or by a person who looks. `instructions` say how. */
  readonly readback: ReadbackAtTarget<Session> | { readonly by: 'hand'; readonly instructions: string };
  /** How posted documents are taken back: there, or by a person. */
  readonly undo: UndoAtTarget<Session> | UndoByHand;
  /** How it tells by itself that books changed; absent where it does not. */
  readonly webhook?: TargetWebhook;
  /**
   * Where a person looks at a document in the books' own pages, by its receipt's external id; undefined: there is no such page,
   * as at a stand-in. Absent where nobody knows one.
   */
  pageOf?(kind: DocumentKind, externalId: string, environment: string): string | undefined;
}

/** A stage: the operations that the books must receive before those of the next stage. */
export interface Stage {
  /** kebab-case; shown to ops and stored with the batch: `invoice-inserts`. */
  readonly id: string;
  /** For people: `Invoice inserts`. */
  readonly name: string;
  /** What goes in it. An operation stands in one stage; one that stands in none is never sent. */
  readonly operations: readonly Operation[];
}

/** How long things may be at the target, in characters. Longer is a problem, never a cut. */
export interface DocumentLimits {
  /** Of an invoice, a credit memo or a journal. */
  readonly number: number;
  /** Of a payment. A reference that is longer, or not unique, is shortened with a hash. */
  readonly refNo: number;
  /** Of a customer, with its parents: the accounting key. */
  readonly customerName: number;
}

/** Whose books a session opens, read back from the target. */
export interface Identity {
  /** The company's name there. An admin sees by it that these are the wrong books. */
  readonly company: string;
  /** The target's word for what the books can do: a plan, a profile. */
  readonly edition?: string;
  /** ISO 4217. Another one than the company's is a reason to refuse the connection. */
  readonly currency?: string;
}

/** A target whatever its settings, session and payload are: how the engine holds it. */
// biome-ignore lint/suspicious/noExplicitAny: the engine passes a target's own values back to it and never looks inside
export type AnyTarget = AccountingTarget<any, any, any>;
