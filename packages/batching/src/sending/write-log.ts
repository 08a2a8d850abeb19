import { TargetError, type Write } from '@ledgerpost/core';
import { type Attempt, beginWrite, type Sql } from '@ledgerpost/store';

/**
 * The longest time between asking to send and sending, in milliseconds. A process that was frozen in between must ask again: by now a
 * later attempt may have begun, and taken for granted that this one is over.
 */
const FRESH_FOR_MS = 10_000;

/** What the attempts of one sender have sent without an answer. */
export class WriteLog {
  readonly #sql: Sql;
  readonly #fence: number;
  #attempt: Attempt | undefined;
  #open = 0;

  constructor(sql: Sql, fence: number) {
    this.#sql = sql;
    this.#fence = fence;
  }

  begin(attempt: Attempt): void {
    this.#attempt = attempt;
    this.#open = 0;
  }

  /** Whether the present attempt sent something that has no answer. */
  get isOpen(): boolean {
    return this.#open > 0;
  }

  /** @throws TargetError of kind `transient` if a later attempt has begun */
  async beginWrite(): Promise<Write> {
    const attempt = this.#attempt;
    const asked = performance.now();
    if (attempt === undefined || !(await beginWrite(this.#sql, attempt, this.#fence))) throw overtaken();
    // The attempt counts as open in the database from here on, though nothing was sent if this throws.
    if (performance.now() - asked > FRESH_FOR_MS) throw overtaken();
    this.#open += 1;
    let done = false;
    return {
      answered: () => {
        if (!done && this.#attempt === attempt) this.#open -= 1;
        done = true;
      },
    };
  }
}

function overtaken(): TargetError {
  const text = 'This attempt was silent for too long, and another one sends the same documents. It sends nothing more.';
  return new TargetError('transient', 'target-unreachable', text);
}
