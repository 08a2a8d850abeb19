import type { z } from 'zod';
import type { DocumentKind, Operation } from './batch/operations.ts';
import type { Problem } from './codes/problems.ts';
import type { Document } from './documents/documents.ts';
import type { BooksSettings, Chart } from './settings/settings.ts';
import type { BatchedRef } from './values/ids.ts';
import type { Money } from './values/money.ts';

/**
 * The version of this contract. It rises when a target that was built for the last one could do wrong under the new one; members
 * that a target may leave out don't raise it. A target built for another version is refused when a process starts.
 */
export const CONTRACT_VERSION = 1;

/** What storage and Temporal keep as it is. A member that is `undefined` counts as one that is not there. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json | undefined };

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

/** The only way from a target to the world outside: what goes another way is neither limited, cancelled nor seen. */
export interface TargetContext {
  /** Whose connection this is, for logs. No secret, and nothing that the target would know. */
  readonly connectionId: string;
  /** Requests go out by this alone. What it throws may quote headers: never pass its message on. */
  readonly fetch: typeof globalThis.fetch;
  /** Aborted when the work is called off; hand it to each request. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970; time is lent, never read. */
  now(): number;
  /** A line for engineers. Facts are told apart from the sentence; neither may hold a secret or a customer's data. */
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string, facts?: Readonly<Record<string, Json>>): void;
  /** What a person granted. @throws TargetError of kind `access` where there is no grant, or it is dead. */
  access(): Promise<Access>;
  /**
   * After the target refused `stale`: a newer token, renewed under the connection's lock and stored before it is used; who
   * comes second gets the first's. @throws TargetError of kind `access` if the grant is dead
   */
  renew(stale: Access): Promise<Access>;
  /**
   * Waits until one more request of this kind may go out, over all workers, and holds its place among the concurrent ones until
   * released. Buckets are those of the target's `limits`.
   */
  permit(bucket: string): Promise<{ release(): void }>;
  /** The target said "too many": nobody sends on this connection for so long. */
  pause(ms: number): Promise<void>;
  /**
   * The target's own id of a request that it just answered, also with an error: what its support asks for. The engine keeps
   * it with the attempt that the request belongs to. Absent where nobody keeps it.
   */
  trace?(id: string): void;
}

/** What calls go out with, while it is good. */
export interface Access {
  /** Secret: it belongs into a request's headers and nowhere else. */
  readonly token: string;
  /** Whose books, as the target names them (QuickBooks: the realm). */
  readonly account: string;
  /** production, sandbox or simulator. */
  readonly environment: string;
  /** Where the target's API answers. */
  readonly apiUrl: string;
}

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

/** A chart that the target can be asked for. */
export interface DiscoveredChart<Session> {
  /** Asked for, instead of declared by an admin. */
  readonly by: 'discovered';
  /** Reads only. @throws TargetError */
  discover(session: Session): Promise<Chart>;
  /** The default accounts that this chart suggests, by role; a role for which it has none, or no clear one, is absent. Pure. */
  suggest(chart: Chart): BooksSettings['accounts'];
  /**
   * Creates classes by full name (`Parent:Child`, parents too); one that is there already is left as it is, and so is made
   * twice by nobody. Only when an admin says so. @throws TargetError
   */
  createClasses(session: Session, names: readonly string[]): Promise<readonly ClassOutcome[]>;
}

/** What became of one class that was to be created. */
export type ClassOutcome =
  /** It is there: it was, or it is now. */
  | { readonly status: 'found' | 'created'; readonly name: string; readonly externalId: string }
  /** `reason` is a sentence. */
  | { readonly status: 'refused'; readonly name: string; readonly reason: string };

/** Access that a person grants in the target's own pages. Secrets are passed in and handed back; the engine keeps them sealed. */
export interface OAuthAccess {
  /** Granted by a person, instead of written into the settings. */
  readonly by: 'oauth';
  /** Where books can be: `production`, `sandbox`. The admin chooses one; a stand-in is added by the installation. */
  readonly environments: readonly string[];
  /** Where the person is sent. `state` comes back with the answer. Pure. */
  authorizeUrl(app: OAuthApp, state: string): string;
  /** Turns the address that the person came back to into a grant. @throws TargetError of kind `access` with the target's reason */
  exchange(app: OAuthApp, callbackUrl: string): Promise<Grant>;
  /** A fresh access token; the refresh token may be another one afterwards. @throws TargetError: `access` if the grant is dead */
  renew(app: OAuthApp, grant: Grant): Promise<Grant>;
  /** Ends the grant at the target. Twice is harmless. */
  revoke(app: OAuthApp, grant: Grant): Promise<void>;
}

/** The installation's registration with the target. */
export interface OAuthApp {
  /** As the vendor gave it. */
  readonly clientId: string;
  /** Secret. */
  readonly clientSecret: string;
  /** Where the vendor sends the person back to; must be registered there. */
  readonly redirectUri: string;
  /** One of the target's environments, or the stand-in's. */
  readonly environment: string;
  /** Where a stand-in answers; absent: the target's own addresses for the environment. */
  readonly endpoints?:
    | { readonly authorize: string; readonly token: string; readonly revoke: string; readonly api: string }
    | undefined;
}

/** What a person granted; all of it is secret but `account` and the times. */
export interface Grant {
  /** Whose books, as the target names them. */
  readonly account: string;
  /** Where the target's API answers for them. */
  readonly apiUrl: string;
  /** Secret. */
  readonly accessToken: string;
  /** Milliseconds since 1970. It is renewed before. */
  readonly accessExpiresAt: number;
  /** Secret, and good for one renewal where the vendor rotates it: the newest must not be lost. */
  readonly refreshToken: string;
  /** When it ends if it is never renewed, in milliseconds since 1970. An admin is warned before. */
  readonly refreshExpiresAt: number;
}

/** What one write needs that the target calls by name: found, or created where the target may create it. */
export interface ReferenceNeed {
  /** A customer, or a product or service. Accounts and classes are never created for a document. */
  readonly kind: 'customer' | 'item';
  /** As the books have it, to the character; `Parent:Sub` for a sub-customer. */
  readonly name: string;
  /** What creating it takes; plain JSON out of the document. */
  readonly details: Json;
}

/** What became of one name: it is there, it is not, or the target refuses it, which rejects the documents that need it. */
export type ReferenceOutcome =
  | { readonly status: 'found' | 'created'; readonly need: ReferenceNeed; readonly externalId: string }
  | { readonly status: 'missing'; readonly need: ReferenceNeed }
  | { readonly status: 'refused'; readonly need: ReferenceNeed; readonly problem: Problem };

/** One item as it is exported: the payload that is stored before anything is sent. */
export interface ExportedItem<Payload extends Json = Json> {
  /** The item's place in its batch, from 1. */
  readonly seq: number;
  /** What the document says to the books. */
  readonly record: BatchedRef;
  /** What is to be done there. */
  readonly operation: Operation;
  /** The idempotency key of this one write, at most 36 characters. It changes after a definite refusal or an undo, and only then. */
  readonly key: string;
  /** What `export` made, as it came back from storage. */
  readonly payload: Payload;
  /** What stands posted for the record before this write; what an update or void is about. Absent for inserts. */
  readonly former?: {
    readonly externalId: string;
    readonly externalVersion?: string;
    /** Of its receipt, as the target told them then. */
    readonly details?: Json;
  };
  /** For a payment: external ids of the invoices it is applied to, by record id. */
  readonly linked?: Readonly<Record<string, string>>;
  /**
   * For an update or void of an invoice: with what payments of ours stood applied to it when the call was stored, by their
   * external ids, in minor units. What an attempt whose answer was lost took off it can be told by that, and what an invoice that
   * is raised again is to get back; a target that leaves it off says `credit-to-apply`.
   */
  readonly paidBy?: Readonly<Record<string, Money>>;
}

/** One request that may carry several items: stored before it is sent, and sent again only as it was. */
export interface Call<Payload extends Json = Json> {
  /** At most 36 characters. */
  readonly requestId: string;
  /** 1 for the first time; more after an ambiguous outcome. */
  readonly attempt: number;
  /** In the batch's order; the same in each attempt. */
  readonly items: readonly ExportedItem<Payload>[];
  /** External ids of customers and items, by `kind/name`. */
  readonly references: Readonly<Record<string, string>>;
}

/** The target's answer for one item. */
export interface Receipt {
  /** The target's own id: what an update, a read-back and an undo are about. Unique among the target's documents of a kind. */
  readonly externalId: string;
  /** The target's own word for the content as it is now. By it an update, a read-back and an undo see that a person changed it. */
  readonly externalVersion?: string;
  /** The number as the target holds it. */
  readonly number?: string;
  /** The total as the target holds it, in minor units; absent if it does not say. */
  readonly total?: Money;
  /** What else the target tells, for people. No secret: it is stored and shown. */
  readonly details?: Json;
}

/** What became of one item of a call. It and its posting are written in one transaction. */
export type PushOutcome =
  /** `existed`: same key, same content, from an earlier attempt. */
  | {
      readonly status: 'created' | 'existed';
      readonly seq: number;
      readonly receipt: Receipt;
      /** What somebody should look at, though the document is in the books. */
      readonly warnings?: readonly Problem[];
    }
  /** A person changed it there since we posted it; nothing was written. */
  | { readonly status: 'conflict'; readonly seq: number; readonly externalId: string; readonly problem: Problem }
  /** The target's verdict, not a failure. */
  | { readonly status: 'refused'; readonly seq: number; readonly problem: Problem };

/** What the target allows one connection, by kind of request; the engine keeps it across all workers. */
export interface RateLimit {
  /** In any 60 seconds. */
  readonly perMinute: number;
  /** In any second. */
  readonly perSecond?: number;
  /** At one moment. */
  readonly concurrent?: number;
}
/** By kind of request: the buckets that `permit` knows. */
export type RateLimits = Readonly<Record<string, RateLimit>>;

/** An API that takes documents. */
export interface PushDelivery<Session, Payload extends Json> {
  /** Pushed, instead of written to files. */
  readonly by: 'push';
  /** How many items one call carries at most. */
  readonly itemsPerPush: number;
  /** Per connection, kept by the engine across all workers. */
  readonly limits: RateLimits;
  /** The names that this document needs at the target, with what creating them takes. Pure. */
  needs(document: Document, chart: Chart | undefined, settings: BooksSettings): readonly ReferenceNeed[];
  /** Looks names up: one outcome per name, in order. Reads only, so that a preview may ask. @throws TargetError */
  find(session: Session, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]>;
  /**
   * Creates what was not found: one outcome per name, in order. A name that is there by now is `found`, since the answer of an
   * earlier attempt may have been lost. Accounts and classes are never created. @throws TargetError
   */
  create(session: Session, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]>;
  /**
   * Sends a stored call: one outcome per item, in order. Sent again, it never posts twice; an item that is refused takes no other
   * along. What it throws leaves all items in doubt: the same call comes again. @throws TargetError
   */
  push(session: Session, call: Call<Payload>): Promise<readonly PushOutcome[]>;
}

/** Where a file target writes. More than one file may be open at a time: a zip, and the file that goes into it next. */
export interface FileSink {
  /** Opens the next file. Bytes are stored as they come. */
  open(file: {
    /** As a person sees it, unique within the batch. */
    readonly name: string;
    /** MIME, for the download. */
    readonly mediaType: string;
    /** The one that "Batch & Download" hands out: exactly one of the batch's files. */
    readonly download: boolean;
  }): FileWriter;
}

/** One file that is being written. */
export interface FileWriter {
  /** Resolves when the bytes are taken: await it before the next write, or memory grows with the batch. Rejects where storage fails. */
  write(bytes: Uint8Array): Promise<void>;
  /** Seals the file. `rows` is the number of data rows without headers, `documents` that of documents, for the batch's report. */
  close(facts: { readonly rows: number; readonly documents: number }): Promise<void>;
}

/** What the files of a batch are written for. There is no time in it: the same batch gives the same bytes, whenever. */
export interface RenderOrder<Settings> {
  /** The batch's id, and its name as people chose it. */
  readonly batch: { readonly id: string; readonly name: string };
  /** The company's, ISO 4217. */
  readonly currency: string;
  /** As they were when the batch was started. */
  readonly settings: Settings;
}

/** Files that a person loads. Once they are sealed, their documents count as posted. */
export interface FileDelivery<Settings, Payload extends Json> {
  /** Written to files, instead of pushed. */
  readonly by: 'files';
  /** What a person does with the files, in a few sentences, shown with them. */
  readonly instructions: string;
  /**
   * Writes the files of a batch. Items come by stage, then in the batch's order. Streams: memory does not grow
   * with the batch. Deterministic: same items, same bytes. What it throws fails the attempt, whose files are never handed out.
   */
  render(items: AsyncIterable<ExportedItem<Payload>>, out: FileSink, order: RenderOrder<Settings>): Promise<void>;
}

/** One posted item, as an undo needs it. */
export interface PostedItem {
  /** The item's place in its batch. */
  readonly seq: number;
  /** What the document says to the books. */
  readonly record: BatchedRef;
  /** What was done there. */
  readonly operation: Operation;
  /** With which key it was posted. */
  readonly key: string;
  /** What was posted. */
  readonly document: Document;
  /** The target's answer to it; `details` are not kept. */
  readonly receipt: Receipt;
  /** The document that stood before an update, with its receipt. */
  readonly former?: { readonly document: Document; readonly receipt: Receipt };
}

/** What became of one item of an undo. Its posting falls, or stands where it was left. */
export type UndoOutcome =
  /** `gone` already counts as undone. */
  | {
      readonly status: 'undone' | 'gone';
      readonly seq: number;
      /** After an undone update: the version that the former content has now. */
      readonly externalVersion?: string;
    }
  /** Left alone, because undoing would destroy what a person did. */
  | { readonly status: 'left'; readonly seq: number; readonly problem: Problem };

/** What part of the books an entry belongs to. Receivables and sales tax are the books' own accounts, whatever their names. */
export type LedgerRole = 'income' | 'tax' | 'receivable' | 'deposit' | 'refund';

/** How a document moves one account. */
export interface HeldEntry {
  /** Of a journal: `receivable` for the account of that role in the settings, else `refund`. */
  readonly role: LedgerRole;
  /** By its full name; null: the books' own account for that role (of a deposit: Undeposited Funds). */
  readonly account: string | null;
  /** By its full name; null: none. */
  readonly class: string | null;
  /** Minor units. Debits are above zero, credits below. */
  readonly amount: Money;
}

/** What the books hold of one document, as the target tells it: nothing of it is reckoned from ours. */
export interface Holding {
  /** They come to zero. */
  readonly entries: readonly HeldEntry[];
  /** The tax code under which an invoice or credit memo stands there; absent: none. */
  readonly taxCode?: string;
}

/** What became of one posted item. Nothing is done about it: a person decides. */
export type ReadOutcome =
  /**
   * As it was posted; payments on an invoice are no change of it. `total` and `holds` as the target holds them; `holds` is left
   * out by a target that can't tell lines per account, and for a document of which it can't tell all: half is worse than none.
   */
  | { readonly status: 'same'; readonly seq: number; readonly total?: Money; readonly holds?: Holding }
  /** Still there, with other content than was posted. */
  | {
      readonly status: 'changed';
      readonly seq: number;
      readonly problem: Problem;
      readonly total?: Money;
      readonly holds?: Holding;
      /**
       * What the target would answer now, had it been posted so. Whoever keeps a person's change takes it in the place of ours: read
       * with it, the document is `same`. Absent where the target can't say: then a change can be closed, and not kept.
       */
      readonly receipt?: Receipt;
    }
  | { readonly status: 'gone'; readonly seq: number; readonly problem: Problem };

/** A target that can be asked what became of documents. */
export interface ReadbackAtTarget<Session> {
  /** Asked there, instead of looked at by a person. */
  readonly by: 'target';
  /** Looks at what became of posted items; one outcome per item, in order. Reads only. @throws TargetError */
  read(session: Session, items: readonly PostedItem[]): Promise<readonly ReadOutcome[]>;
  /**
   * Which documents changed or went at or after an instant of the target's own clock, whoever did it; `read` says afterwards what
   * became of ours. Absent: nobody looks for drift by itself, and a batch is verified when a person asks. Reads only. @throws TargetError
   */
  changes?(session: Session, since: number): Promise<Changes>;
}

/** What a target tells about changes in the books. Too much is harmless: all of it is read. Too little is a change that nobody sees. */
export interface Changes {
  /** Named more than once, not ours, or changed by ourselves: no harm. */
  readonly documents: readonly { readonly kind: DocumentKind; readonly externalId: string }[];
  /** Kinds of which it can't name all: too many changed, or too long ago. What stands of them is read one by one. */
  readonly untold: readonly DocumentKind[];
  /** All before it is told, in milliseconds since 1970 by the target's clock: where the next question begins, or earlier. */
  readonly through: number;
}

/**
 * How a target says by itself that books changed: requests to an address of ours, signed with what only the two of us know. They are a
 * reason to look and nothing else: nothing that they say is believed.
 */
export interface TargetWebhook {
  /** kebab-case, the last part of the address: `/v1/webhooks/quickbooks-online`. Registered with the vendor, so never renamed. */
  readonly name: string;
  /**
   * Whether the body is signed with the installation's secret. In constant time. Pure; never throws.
   * @param header a header of the request by its lower-case name
   */
  isGenuine(secret: string, body: Uint8Array, header: (name: string) => string | undefined): boolean;
  /** What a genuine body says of documents of our kinds. Pure; undefined for one that can't be read. */
  read(body: string): readonly WebhookNotice[] | undefined;
}

/** "Something changed in these books." */
export interface WebhookNotice {
  /** The same for the same notice sent again, at most 200 characters. */
  readonly id: string;
  /** Whose books, as the target names them. */
  readonly account: string;
}

/** A target that takes documents back by itself. */
export interface UndoAtTarget<Session> {
  /** Taken back there, instead of by a person. */
  readonly by: 'target';
  /**
   * Takes items back, which come newest first: one outcome per item, in order. What a person touched is `left`. Twice is harmless.
   * @throws TargetError
   */
  takeBack(session: Session, items: readonly PostedItem[]): Promise<readonly UndoOutcome[]>;
}

/** A target whose documents a person takes out. */
export interface UndoByHand {
  /** By a person. We only count the records as unbatched again. */
  readonly by: 'hand';
  /** What a person does, in general; the list of documents and amounts is added by the engine. */
  readonly instructions: string;
  /** What a person takes out for one document, in one sentence: names the number and the amount. */
  instruction(document: Document): string;
}

/**
 * Who mends a failed call. `transient`: time, and it is tried again without end. `access`: an admin who reconnects, and `config`: an
 * admin who changes something; both hold the batch. `defect`: an engineer; tried five times, then the batch fails.
 */
export type TargetErrorKind = 'transient' | 'access' | 'config' | 'defect';

/** A failed call: nothing is known of its items. A wrong document is a returned Problem instead. `message` must hold no secret: it reaches logs and the Temporal UI. */
export class TargetError extends Error {
  /** Decides what the batch does: tries again, is held, or fails. */
  readonly kind: TargetErrorKind;
  /** A code of docs/errors.md. */
  readonly code: string;
  /** How long the target asks us to wait, in milliseconds; undefined where it does not say. */
  readonly retryAfterMs: number | undefined;

  constructor(kind: TargetErrorKind, code: string, message: string, retryAfterMs?: number) {
    super(message);
    this.name = 'TargetError';
    this.kind = kind;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** A target whatever its settings, session and payload are: how the engine holds it. */
// biome-ignore lint/suspicious/noExplicitAny: the engine passes a target's own values back to it and never looks inside
export type AnyTarget = AccountingTarget<any, any, any>;
