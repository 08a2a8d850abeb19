import type { Json } from '../values/json.ts';

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
