/** A failed call: the outcome of its items is unknown. A wrong document is a returned Problem instead. `message` reaches logs and the Temporal UI, so it must hold no secret. */
export class TargetError extends Error {
  /** Decides whether the batch tries again, goes on hold, or fails. */
  readonly kind: TargetErrorKind;
  /** A code of docs/errors.md. */
  readonly code: string;
  /** How long the target asks us to wait, in milliseconds; undefined if it does not say so. */
  readonly retryAfterMs: number | undefined;
  /**
   * Whether the target answered, and failed on what it was sent, as opposed to an outage. It may answer so for ever: after some attempts
   * a transient error that is answered counts as one of kind `config`, so that a person decides.
   */
  readonly answered: boolean;

  constructor(kind: TargetErrorKind, code: string, message: string, retryAfterMs?: number, answered = false) {
    super(message);
    this.name = 'TargetError';
    this.kind = kind;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
    this.answered = answered;
  }
}

/**
 * Who fixes a failed call. `transient`: nobody; it is tried again without end, or for some minutes if the target `answered`. `access`: an admin reconnects. `config`: an admin changes
 * a setting. Both put the batch on hold. `defect`: an engineer; it is tried five times, then the batch fails.
 */
export type TargetErrorKind = 'transient' | 'access' | 'config' | 'defect';
