import { ACCESS_ERROR_CODES } from './access-error-codes.ts';
import { type ErrorCodeEntry, row } from './error-code-entry.ts';
import { IMPORT_ERROR_CODES } from './import-error-codes.ts';

export type { ErrorCodeEntry } from './error-code-entry.ts';

/** Everything that can go wrong with a request, a call to a target, or a workflow. Problems of documents are in problem-codes.ts. */
export const ERROR_CODES = {
  'batch-open': row(
    409,
    'caller',
    'The company already has an open batch to this target.',
    'Wait for that batch, or cancel it first.',
  ),
  'open-batch-creates': row(
    409,
    'caller',
    'An open batch creates this customer, product or service in the books right now.',
    'Wait until the batch ends, then match it.',
  ),
  'name-taken': row(409, 'caller', 'The company already has a batch with this name.', 'Choose another name.'),
  'nothing-to-send': row(
    422,
    'caller',
    'The selection has nothing that can be sent.',
    'Select more records, or fix what stops them.',
  ),
  'notice-not-sent': row(
    503,
    'time',
    'A notice could not be sent by mail or to Slack.',
    'Nothing to do: it is tried again for two days. If it stays, check the mail server, or the address on the page Notices.',
  ),
  'records-changed': row(409, 'caller', 'Records changed after the preview.', 'Preview again, then start with the new digest.'),
  'payments-without-invoices': row(
    422,
    'caller',
    'Selected payments belong to invoices that are unbatched and not selected.',
    'Select the invoices too, or acknowledge the warning.',
  ),
  'illegal-move': row(409, 'caller', 'The batch’s state does not allow this.', 'Check the batch’s state.'),
  'bad-name': row(
    422,
    'caller',
    'The batch name is too long or has characters that are not allowed.',
    'Choose a name of 1 to 100 characters without "/", "\\" and control characters.',
  ),
  'fenced-off': row(
    null,
    'time',
    'A push found that its batch had ended, or that another worker had taken it over.',
    'Nothing to do. The batch continues or has ended elsewhere.',
  ),
  'database-behind': row(
    null,
    'time',
    'A step of a batch found that the database was restored to before an earlier step.',
    'Nothing to do. The batch starts again within a minute, and looks in the books before it sends.',
  ),
  'served-elsewhere': row(
    null,
    'time',
    'The worker that runs a batch does not serve its target.',
    'Nothing to do. A worker of the target continues.',
  ),
  'worker-stopped': row(null, 'time', 'A worker was stopped during a push.', 'Nothing to do. Another worker continues.'),
  'engine-defect': row(
    null,
    'engineer',
    'A step failed in an unexpected way.',
    'Read the worker’s log, fix the code, then retry the batch.',
  ),
  'activity-timeout': row(
    null,
    'engineer',
    'A step took longer than it may.',
    'Check whether a worker hangs, then retry the batch.',
  ),
  'workflow-canceled': row(
    null,
    'operator',
    'Someone cancelled the workflow in Temporal itself.',
    'Cancel batches through the API instead. Retry or undo this one.',
  ),
  'problems-found': row(
    null,
    'caller',
    'Documents have problems, and the policy is to stop on problems, or no document was left.',
    'Fix the records that the items name, then retry.',
  ),
  'record-in-batch': row(409, 'caller', 'The record is in an open batch.', 'Wait until that batch ends.'),
  'not-undoable': row(
    409,
    'caller',
    'The batch can’t be undone now.',
    'Undo newer batches first, or wait until the open batch ends.',
  ),
  'bad-request': row(
    400,
    'caller',
    'Part of the request has the wrong shape.',
    'Correct the fields that the answer names. The API’s schema shows what they accept.',
  ),
  'bad-json': row(400, 'caller', 'The body is not JSON.', 'Send one well-formed JSON value in UTF-8.'),
  'bad-cursor': row(
    400,
    'caller',
    'The cursor in `after` is not one that this API returned.',
    'Send `next` of an earlier answer unchanged, or leave `after` out.',
  ),
  'bad-record': row(422, 'caller', 'The record can’t be read.', 'Correct the fields that the answer names.'),
  'no-key': row(
    401,
    'caller',
    'The request has no API key, or a key that is unknown or revoked.',
    'Send `Authorization: Bearer lp_…` with a valid key.',
  ),
  'no-csrf-token': row(
    403,
    'caller',
    'The request changes something with a browser’s session, and lacks the token that proves that it comes from our page.',
    'Send `X-CSRF-Token` with the `csrfToken` of GET /v1/session. A key needs no token.',
  ),
  'role-missing': row(
    403,
    'caller',
    'The key’s roles do not allow this.',
    'Use a key with one of the roles that the answer names.',
  ),
  'installation-key-needed': row(
    403,
    'caller',
    'Only a key of the installation may do this.',
    'Use a key that does not belong to a single company.',
  ),
  'own-batch': row(
    403,
    'caller',
    'A batch must be approved by someone other than the person who started it.',
    'Ask someone else with the approver role to decide.',
  ),
  'not-found': row(404, 'caller', 'Nothing exists at this address.', 'Check the address and the ids in it.'),
  'method-not-allowed': row(
    405,
    'caller',
    'The address does not accept this method.',
    'Use one of the methods that the answer names.',
  ),
  'company-fixed': row(
    409,
    'caller',
    'Currency and time zone can’t change once records exist.',
    'Create another company for the other currency or time zone.',
  ),
  'target-not-enabled': row(
    409,
    'caller',
    'The company has no settings for this target.',
    'Ask an admin to save the settings. That enables the target.',
  ),
  'unknown-target': row(404, 'caller', 'No target with this name is installed.', 'Choose one from GET /v1/targets.'),
  'key-reused': row(422, 'caller', 'The Idempotency-Key belongs to another request.', 'Use a new key for every new batch.'),
  'body-too-large': row(413, 'caller', 'The body is larger than this address accepts.', 'Send records as a stream of NDJSON.'),
  'headers-too-large': row(
    431,
    'caller',
    'The headers of the request are too large.',
    'Send fewer or shorter headers. Put long values into the body.',
  ),
  'too-many-refusals': row(
    422,
    'caller',
    'So many lines of the stream were refused that the rest was not read.',
    'Correct the lines that the answer names, then send the stream again.',
  ),
  'too-slow': row(
    408,
    'caller',
    'The request arrived too slowly, or stopped in the middle.',
    'Send the request again over a faster connection.',
  ),
  'too-many-requests': row(
    429,
    'caller',
    'This key or address sent too many requests.',
    'Wait as long as `Retry-After` states, then send fewer requests at a time.',
  ),
  'too-many-previews': row(
    429,
    'caller',
    'So many previews are running that another one would slow down everyone else.',
    'Wait until a preview ends, then try again.',
  ),
  'preview-too-long': row(
    503,
    'caller',
    'The preview took too long and was stopped.',
    'Choose fewer documents, for example by date, or try again later.',
  ),
  'unsupported-media-type': row(
    415,
    'caller',
    'This address does not accept the body’s media type.',
    'Send application/json, or application/x-ndjson for a stream of records.',
  ),
  'stream-broken': row(
    503,
    'time',
    'The stream could not be read to its end. Records before the break are kept.',
    'Send the stream again. Records that are already here count as unchanged.',
  ),
  ...ACCESS_ERROR_CODES,
  ...IMPORT_ERROR_CODES,
  'not-connected': row(
    409,
    'admin',
    'The company is not connected to the target.',
    'Ask an admin to connect the company, then try again.',
  ),
  'books-unread': row(
    409,
    'admin',
    'The company is connected, but its books have not been read yet.',
    'Refresh the connection, then try again.',
  ),
  'class-tracking-off': row(
    409,
    'admin',
    'Class tracking is off in the books.',
    'Turn on class tracking in the books’ settings, then refresh the connection.',
  ),
  'no-oauth-app': row(
    409,
    'operator',
    'This installation is not registered with the target, so nobody can connect to it.',
    'Set the client id, the secret and the sealing keys in the environment of API and worker.',
  ),
  'no-sealing-key': row(
    409,
    'operator',
    'A setting is a secret, and this installation has no key to seal it with.',
    'Set LEDGERPOST_SEALING_KEYS in the environment of API and worker, then save the settings again.',
  ),
  'bad-state': row(
    400,
    'admin',
    'The answer from the target’s pages belongs to no open request. It was used already, is too old, or its key was revoked.',
    'Ask for a new authorize address, and use it within ten minutes.',
  ),
  'not-granted': row(409, 'admin', 'The target did not grant access.', 'Connect again, and allow access.'),
  'other-books': row(
    409,
    'admin',
    'Documents of the company are in other books than the ones that were chosen.',
    'Connect the earlier books again, or undo their batches first.',
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
    'The currency of the books differs from the company’s.',
    'Connect books in the company’s currency.',
  ),
  'books-not-supported': row(
    409,
    'admin',
    'Ledgerpost can’t post to books of this kind: they are kept in another country than it knows.',
    'Connect books that Ledgerpost supports. The answer explains what is missing.',
  ),
  'no-such-account': row(
    422,
    'admin',
    'No account in the chart has exactly this name, or the account can’t have this role.',
    'Copy the name from the chart of accounts. Refresh the connection if the account is new.',
  ),
  'readback-by-hand': row(
    409,
    'caller',
    'The target can’t report what became of documents.',
    'Check manually, as the answer describes.',
  ),
  'verification-open': row(409, 'caller', 'The batch is already being verified.', 'Follow that verification.'),
  'nothing-to-verify': row(
    409,
    'caller',
    'No document of the batch is in the books.',
    'Nothing to do. There is nothing to compare.',
  ),
  'drift-decided': row(
    409,
    'caller',
    'Someone already decided about this change in the books, or nothing is left to decide.',
    'Check what was decided. The journal shows who decided, and when.',
  ),
  'drift-not-keepable': row(
    409,
    'admin',
    'The target can’t report the content of the changed document, so it can’t replace ours.',
    'Correct the document in the books, or mark the change as resolved.',
  ),
  'not-sendable-again': row(
    409,
    'admin',
    'Our version can’t be sent again over what was changed or deleted in the books.',
    'Make the change in the books, as the answer describes.',
  ),
  'drift-not-told': row(
    409,
    'caller',
    'The target does not report what changed in the books.',
    'Verify the batch in question, or check the books manually.',
  ),
  'not-genuine': row(
    401,
    'operator',
    'A webhook arrived without a valid signature.',
    'Compare the verifier token with the one in the vendor’s portal. If they match, someone else sent the webhook.',
  ),
  'database-down': row(503, 'time', 'The database can’t be reached.', 'Try again in a few seconds.'),
  internal: row(
    500,
    'engineer',
    'Something failed unexpectedly.',
    'Send an engineer the `instance` of the answer. The log has the rest.',
  ),
  'target-unreachable': row(
    503,
    'time',
    'The target does not answer, or its answer was lost.',
    'Wait. The same call is sent again.',
  ),
  'target-working': row(
    503,
    'time',
    'The target accepted documents and still works on them.',
    'Wait. Ledgerpost asks for them again by itself, and sends nothing twice.',
  ),
  'target-throttled': row(503, 'time', 'The target accepts no more requests for now.', 'Wait. The same call is sent again.'),
  'access-lost': row(
    409,
    'admin',
    'Access to the target was revoked or has expired.',
    'Reconnect, then resume the batch on hold or start a new one.',
  ),
  'target-not-ready': row(
    409,
    'admin',
    'The target refuses every call for a reason that only its administrator can fix, such as a lapsed subscription or a missing feature.',
    'Fix it in the target, then resume the batch.',
  ),
  'quota-used-up': row(
    409,
    'admin',
    'The target refuses all requests of one kind until the next month, because this installation has used up what its plan allows.',
    'Raise the quota at the vendor, or wait for the next month. Then resume the batch.',
  ),
  'target-defect': row(
    502,
    'engineer',
    'The target misunderstood a call, or its answer can’t be read.',
    'Read the worker’s log with the call’s support id, fix the plugin, then retry the batch.',
  ),
  'file-too-large': row(
    null,
    'engineer',
    'A file is larger than the target accepts, although files are split before that size.',
    'Lower the size at which files are split, then retry the batch.',
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
