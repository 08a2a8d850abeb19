import type { z } from 'zod';
import type { Document } from './documents.ts';
import type { BatchedRef } from './ids.ts';
import type { Money } from './money.ts';
import type { Operation } from './operations.ts';
import type { Problem } from './problems.ts';
import type { BooksSettings, Chart } from './settings.ts';

/** The version of this contract. A target built for another is refused at registration. */
export const CONTRACT_VERSION = 1;

export type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json | undefined };

/** A stage: the operations that the books must receive before those of the next stage. */
export interface Stage {
  /** kebab-case; shown to ops and stored with the batch: `invoice-inserts`. */
  readonly id: string;
  readonly name: string;
  readonly operations: readonly Operation[];
}

/** How long things may be at the target, in characters. Longer is a problem, never a cut. */
export interface DocumentLimits {
  readonly number: number;
  readonly refNo: number;
  readonly customerName: number;
}

/** Whose books a session opens, read back from the target. */
export interface Identity {
  readonly company: string;
  readonly edition?: string;
  readonly currency?: string;
}

/** The only way from a target to the world outside. */
export interface TargetContext {
  readonly connectionId: string;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970; time is lent, never read. */
  now(): number;
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
  readonly contract: typeof CONTRACT_VERSION;
  /** kebab-case; stored with every batch and part of queue and activity names, so never renamed. */
  readonly id: string;
  readonly name: string;
  /** One sentence for the admin's card. */
  readonly description: string;
  /** In the order in which the books must receive them; each operation that the target takes stands in exactly one stage. */
  readonly stages: readonly Stage[];
  /** The admin's form. Secrets are marked with `.meta({ secret: true })`. Must accept `{}` (every member has a default or is optional). */
  readonly settings: z.ZodType<Settings>;
  readonly access: { readonly by: 'settings' } | OAuthAccess;

  /** Pure: how long things may be, which may depend on the edition in the settings. */
  limits(settings: Settings): DocumentLimits;
  /** Makes a session; touches no network. */
  open(settings: Settings, context: TargetContext): Session;
  /** Whose books these are. Throws TargetError. */
  check(session: Session): Promise<Identity>;
  /** Where the chart comes from. */
  readonly chart: DiscoveredChart<Session> | { readonly by: 'declared' };
  /** The target's own rules, after core's. Pure. `chart` is undefined where nobody declared one. */
  validate(document: Document, chart: Chart | undefined, settings: Settings): readonly Problem[];
  /** The exact payload. Pure, deterministic, JSON. Only called for documents without a `problem`. */
  export(document: Document, chart: Chart | undefined, settings: Settings): Payload;

  readonly delivery: PushDelivery<Session, Payload> | FileDelivery<Settings, Payload>;
  readonly readback: ReadbackAtTarget<Session> | { readonly by: 'hand'; readonly instructions: string };
  readonly undo: UndoAtTarget<Session> | UndoByHand;
}

/** A chart that the target can be asked for. */
export interface DiscoveredChart<Session> {
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

export type ClassOutcome =
  | { readonly status: 'found' | 'created'; readonly name: string; readonly externalId: string }
  /** `reason` is a sentence. */
  | { readonly status: 'refused'; readonly name: string; readonly reason: string };

/** Access that a person grants in the target's own pages. Secrets are passed in and handed back; the engine keeps them sealed. */
export interface OAuthAccess {
  readonly by: 'oauth';
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
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  readonly environment: string;
  /** Where a stand-in answers; absent: the target's own addresses for the environment. */
  readonly endpoints?:
    | { readonly authorize: string; readonly token: string; readonly revoke: string; readonly api: string }
    | undefined;
}

/** What a person granted; all of it is secret but `account` and the times. */
export interface Grant {
  readonly account: string;
  readonly apiUrl: string;
  readonly accessToken: string;
  /** Milliseconds since 1970. */
  readonly accessExpiresAt: number;
  readonly refreshToken: string;
  /** When it ends if it is never renewed. */
  readonly refreshExpiresAt: number;
}

/** What one write needs that the target calls by name: found, or created where the target may create it. */
export interface ReferenceNeed {
  readonly kind: 'customer' | 'item';
  readonly name: string;
  /** What creating it takes; plain JSON out of the document. */
  readonly details: Json;
}

export type ReferenceOutcome =
  | { readonly status: 'found' | 'created'; readonly need: ReferenceNeed; readonly externalId: string }
  | { readonly status: 'missing'; readonly need: ReferenceNeed }
  | { readonly status: 'refused'; readonly need: ReferenceNeed; readonly problem: Problem };

/** One item as it is exported: the payload that is stored before anything is sent. */
export interface ExportedItem<Payload extends Json = Json> {
  /** The item's place in its batch, from 1. */
  readonly seq: number;
  readonly record: BatchedRef;
  readonly operation: Operation;
  /** The idempotency key of this one write, at most 36 characters. */
  readonly key: string;
  readonly payload: Payload;
  /** What stands posted for the record before this write; what an update or void is about. */
  readonly former?: { readonly externalId: string; readonly externalVersion?: string };
  /** For a payment: external ids of the invoices it is applied to, by record id. */
  readonly linked?: Readonly<Record<string, string>>;
}

/** One request that may carry several items: stored before it is sent, and sent again only as it was. */
export interface Call<Payload extends Json = Json> {
  /** At most 36 characters. */
  readonly requestId: string;
  /** 1 for the first time; more after an ambiguous outcome. */
  readonly attempt: number;
  readonly items: readonly ExportedItem<Payload>[];
  /** External ids of customers and items, by `kind/name`. */
  readonly references: Readonly<Record<string, string>>;
}

/** The target's answer for one item. */
export interface Receipt {
  readonly externalId: string;
  readonly externalVersion?: string;
  /** The number as the target holds it. */
  readonly number?: string;
  /** The total as the target holds it, in minor units; absent if it does not say. */
  readonly total?: Money;
  readonly details?: Json;
}

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
  readonly perSecond?: number;
  readonly concurrent?: number;
}
export type RateLimits = Readonly<Record<string, RateLimit>>;

export interface PushDelivery<Session, Payload extends Json> {
  readonly by: 'push';
  /** How many items one call carries at most. */
  readonly itemsPerPush: number;
  /** Per connection, kept by the engine across all workers. */
  readonly limits: RateLimits;
  /** The names that this document needs at the target, with what creating them takes. Pure. */
  needs(document: Document, chart: Chart | undefined, settings: BooksSettings): readonly ReferenceNeed[];
  /** Looks names up; reads only, so that a preview may ask. */
  find(session: Session, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]>;
  /** Creates what was not found. Accounts and classes are never created. */
  create(session: Session, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]>;
  /** One outcome per item, in order. The same stored call, sent again, never posts twice. Throws TargetError. */
  push(session: Session, call: Call<Payload>): Promise<readonly PushOutcome[]>;
}

/** Where a file target writes. More than one file may be open at a time: a zip, and the file that goes into it next. */
export interface FileSink {
  /** Opens the next file. Bytes are stored as they come. */
  open(file: {
    readonly name: string;
    readonly mediaType: string /** The one that "Batch & Download" hands out. */;
    readonly download: boolean;
  }): FileWriter;
}

export interface FileWriter {
  /** Resolves when the bytes are taken: await it before the next write (backpressure). */
  write(bytes: Uint8Array): Promise<void>;
  /** Seals the file. `rows` is the number of data rows without headers, `documents` that of documents, for the batch's report. */
  close(facts: { readonly rows: number; readonly documents: number }): Promise<void>;
}

export interface RenderOrder<Settings> {
  readonly batch: { readonly id: string; readonly name: string };
  readonly currency: string;
  readonly settings: Settings;
}

export interface FileDelivery<Settings, Payload extends Json> {
  readonly by: 'files';
  /** What a person does with the files, shown with them. */
  readonly instructions: string;
  /**
   * Writes the files of a batch. Items come by stage, then in the batch's order. Streams: memory does not grow
   * with the batch. Deterministic: same items, same bytes.
   */
  render(items: AsyncIterable<ExportedItem<Payload>>, out: FileSink, order: RenderOrder<Settings>): Promise<void>;
}

/** One posted item, as an undo needs it. */
export interface PostedItem {
  readonly seq: number;
  readonly record: BatchedRef;
  readonly operation: Operation;
  readonly key: string;
  readonly document: Document;
  readonly receipt: Receipt;
  /** The document that stood before an update, with its receipt. */
  readonly former?: { readonly document: Document; readonly receipt: Receipt };
}

export type UndoOutcome =
  /** `gone` already counts as undone. */
  | {
      readonly status: 'undone' | 'gone';
      readonly seq: number /** After an undone update: the version that the former content has now. */;
      readonly externalVersion?: string;
    }
  /** Left alone, because undoing would destroy what a person did. */
  | { readonly status: 'left'; readonly seq: number; readonly problem: Problem };

export type ReadOutcome =
  | { readonly status: 'same'; readonly seq: number }
  /** Still there, with other content than was posted; `by` if the target tells who. */
  | { readonly status: 'changed'; readonly seq: number; readonly problem: Problem; readonly total?: Money }
  | { readonly status: 'gone'; readonly seq: number; readonly problem: Problem };

export interface ReadbackAtTarget<Session> {
  readonly by: 'target';
  /** Looks at what became of posted items; one outcome per item, in order. Reads only. @throws TargetError */
  read(session: Session, items: readonly PostedItem[]): Promise<readonly ReadOutcome[]>;
}

export interface UndoAtTarget<Session> {
  readonly by: 'target';
  /** Takes items back; they come newest first. Twice is harmless. Throws TargetError. */
  takeBack(session: Session, items: readonly PostedItem[]): Promise<readonly UndoOutcome[]>;
}

export interface UndoByHand {
  readonly by: 'hand';
  /** What a person does, in general; the list of documents and amounts is added by the engine. */
  readonly instructions: string;
  /** What a person takes out for one document, in one sentence: names the number and the amount. */
  instruction(document: Document): string;
}

/** Who mends a failed call: time, an admin who reconnects, an admin who changes a setting, an engineer. */
export type TargetErrorKind = 'transient' | 'access' | 'config' | 'defect';

/** A failed call. A wrong document is a returned Problem instead. `message` must hold no secret: it reaches logs and the Temporal UI. */
export class TargetError extends Error {
  readonly kind: TargetErrorKind;
  /** A code of docs/errors.md. */
  readonly code: string;
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
