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

/**
 * Who mends a failed call. `transient`: time, and it is tried again without end. `access`: an admin who reconnects, and `config`: an
 * admin who changes something; both hold the batch. `defect`: an engineer; tried five times, then the batch fails.
 */
export type TargetErrorKind = 'transient' | 'access' | 'config' | 'defect';
