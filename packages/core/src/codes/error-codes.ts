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
  'bad-name': row(
    422,
    'caller',
    'The batch’s name has characters or a length that it can’t have.',
    'Choose a name of 1 to 100 characters without "/", "\\" and control characters.',
  ),
  'fenced-off': row(
    null,
    'time',
    'A push found that its batch was ended or taken over meanwhile.',
    'Nothing: whoever ended the batch decides.',
  ),
  'engine-defect': row(
    null,
    'engineer',
    'A verb failed in a way that nobody foresaw.',
    'Read the worker’s log; mend the code; then retry the batch.',
  ),
  'activity-timeout': row(
    null,
    'engineer',
    'A verb took longer than it may.',
    'Look whether a worker hangs; then retry the batch.',
  ),
  'workflow-canceled': row(
    null,
    'operator',
    'Somebody cancelled the workflow in Temporal itself.',
    'Cancel batches through the API instead; retry or undo this one.',
  ),
  'problems-found': row(
    null,
    'caller',
    'Documents have problems, and the policy is to stop then, or none was left.',
    'Mend the records that the items name, and retry.',
  ),
  'record-in-batch': row(409, 'caller', 'The record is in an open batch.', 'Wait until that batch ends.'),
  'not-undoable': row(
    409,
    'caller',
    'The batch can’t be undone now.',
    'Undo newer batches first, or wait until the open one ends.',
  ),
  'bad-request': row(
    400,
    'caller',
    'A part of the request has the wrong shape.',
    'Mend the fields that the answer names; the API’s schema says what they take.',
  ),
  'bad-json': row(400, 'caller', 'The body is not JSON.', 'Send one well-formed JSON value in UTF-8.'),
  'bad-cursor': row(
    400,
    'caller',
    'The cursor in `after` is none of ours.',
    'Send `next` of an earlier answer as it came, or leave `after` out.',
  ),
  'bad-record': row(422, 'caller', 'The record has a shape that can’t be read.', 'Mend the members that the answer names.'),
  'no-key': row(
    401,
    'caller',
    'The request carries no API key, or one that is unknown or revoked.',
    'Send `Authorization: Bearer lp_…` with a key that is in force.',
  ),
  'no-csrf-token': row(
    403,
    'caller',
    'A browser’s session was used to change something without the token that proves the page to be ours.',
    'Send `X-CSRF-Token` with the `csrfToken` of GET /v1/session; or a key, which needs none.',
  ),
  'role-missing': row(
    403,
    'caller',
    'The key’s roles don’t cover this.',
    'Use a key with one of the roles that the answer names.',
  ),
  'installation-key-needed': row(
    403,
    'caller',
    'Only a key of the installation may do this.',
    'Use a key that belongs to no single company.',
  ),
  'own-batch': row(403, 'caller', 'Who started a batch may not approve it.', 'Let someone else with the role approver decide.'),
  'not-found': row(404, 'caller', 'There is no such thing here.', 'Check the address and the ids in it.'),
  'method-not-allowed': row(405, 'caller', 'The address takes other methods.', 'Use one of the methods that the answer names.'),
  'company-fixed': row(
    409,
    'caller',
    'Currency and time zone can’t change once records exist.',
    'Make another company for the other currency or zone.',
  ),
  'target-not-enabled': row(
    409,
    'caller',
    'The company has no settings at this target.',
    'Let an admin put the settings first; that enables the target.',
  ),
  'unknown-target': row(404, 'caller', 'No target of that name is installed.', 'Choose one of GET /v1/targets.'),
  'key-reused': row(422, 'caller', 'The Idempotency-Key belongs to another request.', 'Use a new key for every new batch.'),
  'body-too-large': row(413, 'caller', 'The body is larger than this address takes.', 'Send records as a stream of NDJSON.'),
  'unsupported-media-type': row(
    415,
    'caller',
    'The body is of a media type that this address does not take.',
    'Send application/json, or application/x-ndjson for a stream of records.',
  ),
  'stream-broken': row(
    503,
    'time',
    'The stream could not be taken to its end; what was taken before stays.',
    'Send the stream again: what is there already counts as unchanged.',
  ),
  'not-connected': row(409, 'admin', 'The company is not connected to the target.', 'Let an admin connect it, then try again.'),
  'books-unread': row(
    409,
    'admin',
    'The company is connected, and what its books offer was not read yet.',
    'Refresh the connection, then try again.',
  ),
  'class-tracking-off': row(
    409,
    'admin',
    'Class tracking is disabled in the books.',
    'Enable it in the books’ own settings, then refresh the connection.',
  ),
  'no-oauth-app': row(
    409,
    'operator',
    'This installation is not registered with the target, so nobody can connect to it.',
    'Set the client id, the secret and the sealing keys in the environment of API and worker.',
  ),
  'bad-state': row(
    400,
    'admin',
    'The answer from the target’s pages belongs to no open request: it was used already, is too old, or its key was revoked.',
    'Ask for a new authorize address, and use it within ten minutes.',
  ),
  'not-granted': row(409, 'admin', 'The target did not grant access.', 'Connect again, and allow it.'),
  'other-books': row(
    409,
    'admin',
    'Documents of the company stand in other books than those that were chosen.',
    'Connect the former books again; or undo their batches first.',
  ),
  'books-taken': row(
    409,
    'admin',
    'These books are connected to another company.',
    'Disconnect them there first, or choose other books.',
  ),
  'other-currency': row(
    409,
    'admin',
    'The books are kept in another currency than the company’s.',
    'Connect books in the company’s currency.',
  ),
  'no-such-account': row(
    422,
    'admin',
    'No account of the chart has exactly this name, or the one that has it can’t be used for that.',
    'Copy the name from the chart of accounts; refresh the connection if the account is new.',
  ),
  'readback-by-hand': row(
    409,
    'caller',
    'The target can’t be asked what became of documents.',
    'Look by hand, as the answer says.',
  ),
  'verification-open': row(409, 'caller', 'The batch is being verified already.', 'Follow that verification.'),
  'nothing-to-verify': row(409, 'caller', 'Nothing of the batch stands in the books.', 'Nothing: there is nothing to compare.'),
  'drift-decided': row(
    409,
    'caller',
    'Somebody decided about this change in the books already, or nothing is left to decide.',
    'Look at what was decided; the journal has who and when.',
  ),
  'drift-not-keepable': row(
    409,
    'admin',
    'The target can’t say what the changed document holds, so it can’t be taken in the place of ours.',
    'Mend the document in the books, or mark the change as resolved.',
  ),
  'not-sendable-again': row(
    409,
    'admin',
    'Ours can’t be sent again in the place of what was changed or deleted in the books.',
    'Do what the answer says, by hand.',
  ),
  'drift-not-told': row(
    409,
    'caller',
    'The target does not tell what changed in the books.',
    'Verify the batch that you ask about, or look by hand.',
  ),
  'not-genuine': row(
    401,
    'operator',
    'A webhook came without the signature that it must have.',
    'Compare the verifier token with the one in the vendor’s portal; if they agree, somebody else sent it.',
  ),
  'database-down': row(503, 'time', 'The database can’t be reached.', 'Try again in a few seconds.'),
  internal: row(
    500,
    'engineer',
    'Something broke that nobody foresaw.',
    'Tell an engineer the `instance` of the answer; the log has the rest.',
  ),
  'target-unreachable': row(
    503,
    'time',
    'The target does not answer, or its answer was lost.',
    'Wait; the same call is sent again.',
  ),
  'target-throttled': row(503, 'time', 'The target takes no more requests for now.', 'Wait; the same call is sent again.'),
  'access-lost': row(
    409,
    'admin',
    'The target does not let us in any more.',
    'Connect again; then resume the batch that is held, or start a new one.',
  ),
  'target-not-ready': row(
    409,
    'admin',
    'The target refuses every call for a reason that only its administrator can mend: a lapsed subscription, a missing feature.',
    'Mend it in the target, then resume the batch.',
  ),
  'target-defect': row(
    502,
    'engineer',
    'The target understood a call otherwise than it was meant, or its answer can’t be understood.',
    'Read the worker’s log with the call’s support id; mend the plugin; then retry the batch.',
  ),
  'file-too-large': row(
    null,
    'engineer',
    'A file came out larger than the target takes, in spite of the bound at which files are split.',
    'Lower the bound; the batch can be retried after that.',
  ),
} as const satisfies Record<string, ErrorCodeEntry>;

/** A code of the table: of a request, a call to a target, or a workflow. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** A refusal with a code of the table, thrown by store and batching, answered by the API as problem+json. `details` is shown to the caller. */
export class Refusal extends Error {
  /** Decides the answer's status. */
  readonly code: ErrorCode;
  /** Shown to the caller, so no secret. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}
