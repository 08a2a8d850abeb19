/** One row of the table that code, docs/errors.md and the API's schema share. */
export interface ErrorCodeEntry {
  /** HTTP status of the API's answer; null where the code is never an API answer by itself. */
  readonly status: number | null;
  /** Who acts on it. */
  readonly who: 'caller' | 'admin' | 'operator' | 'engineer' | 'time';
  /** What it means, in one sentence. */
  readonly meaning: string;
  /** What to do. */
  readonly cure: string;
}

function row(status: number | null, who: ErrorCodeEntry['who'], meaning: string, cure: string): ErrorCodeEntry {
  return { status, who, meaning, cure };
}

/** Everything that can go wrong with a request, a call to a target, or a workflow. Problems of documents are in problem-codes.ts. */
export const ERROR_CODES = {
  'batch-open': row(409, 'caller', 'A batch of this company and target is open already.', 'Follow or cancel that batch first.'),
  'name-taken': row(409, 'caller', 'The company has a batch of that name.', 'Choose another name.'),
  'nothing-to-send': row(
    422,
    'caller',
    'The selection holds nothing that can be sent.',
    'Widen the selection, or mend what stops the records.',
  ),
  'records-changed': row(409, 'caller', 'Records changed since the preview.', 'Preview again and start with the new digest.'),
  'payments-without-invoices': row(
    422,
    'caller',
    'Chosen payments belong to invoices that are unbatched and not chosen.',
    'Choose the invoices too, or acknowledge the warning.',
  ),
  'illegal-move': row(409, 'caller', 'The batch is in a state that does not allow this.', 'Look at the batch’s state.'),
  'not-undoable': row(
    409,
    'caller',
    'The batch can’t be undone now.',
    'Undo newer batches first, or wait until the open one ends.',
  ),
} as const satisfies Record<string, ErrorCodeEntry>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** A refusal with a code of the table, thrown by store and batching, answered by the API as problem+json. `details` is shown to the caller. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}
