import type { Json } from '../values/json.ts';

/** A target's only way to the outside world. Anything that goes another way is neither limited, nor cancelled, nor seen. */
export interface TargetContext {
  /** The connection's id, for logs. Not secret, and unknown to the target. */
  readonly connectionId: string;
  /** Every request goes through this. Its errors may quote headers, so never pass their messages on. */
  readonly fetch: typeof globalThis.fetch;
  /** Aborted when the work is cancelled. Pass it to each request. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. Targets never read a clock of their own. */
  now(): number;
  /** A line for engineers. Facts are separate from the sentence. Neither may hold a secret or a customer's data. */
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string, facts?: Readonly<Record<string, Json>>): void;
  /** The access that a person granted. @throws TargetError of kind `access` if there is no grant, or it has ended. */
  access(): Promise<Access>;
  /**
   * A newer token, after the target refused `stale`. It is renewed under the connection's lock and stored before it is used. If two
   * calls renew at once, the second receives the first one's token. @throws TargetError of kind `access` if the grant has ended
   */
  renew(stale: Access): Promise<Access>;
  /**
   * Waits until one more request of this kind may be sent, counted over all workers. It counts as concurrent until it is released.
   * Buckets are those of the target's `limits`.
   */
  permit(bucket: string): Promise<{ release(): void }>;
  /** The target answered "too many requests": nothing is sent on this connection for that time. */
  pause(ms: number): Promise<void>;
  /**
   * Counts what the target counts towards one of its `quotas`, after the answer. Without effect where nobody counts. Never rejects.
   */
  count?(quota: string, units: number): Promise<void>;
  /**
   * The target refused a request of this kind with "too many requests". If other kinds still succeed, or our own count has reached the
   * month's end, waiting for a minute is no cure. @throws TargetError of kind `config` and code `quota-used-up` in that case
   */
  overQuota?(quota: string): Promise<void>;
  /**
   * Reports the target's own id of a request that it just answered, even with an error. The target's support needs this id. The engine
   * keeps it with the attempt that sent the request. Absent where nobody keeps it.
   */
  trace?(id: string): void;
  /**
   * Awaited right before each request that changes the books, after its permits: the engine records that the request may arrive, and
   * refuses if a later attempt of the same call has begun. Send the request without waiting for anything else. Absent where nobody
   * counts attempts. @throws TargetError of kind `transient` if nothing may be sent any more
   */
  beginWrite?(): Promise<Write>;
}

/** A request that changes the books, from when it is sent until it is answered. */
export interface Write {
  /** The target answered, also with an error, so it does nothing more for this request. Not after an answer of a gateway. */
  answered(): void;
}

/** What a target needs for its calls, while it is valid. */
export interface Access {
  /** Secret. It belongs in a request's headers and nowhere else. */
  readonly token: string;
  /** The target's id for the books (QuickBooks: the realm). */
  readonly account: string;
  /** production, sandbox or simulator. */
  readonly environment: string;
  /** The address of the target's API. */
  readonly apiUrl: string;
}
