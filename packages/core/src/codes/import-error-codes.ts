import { type ErrorCodeEntry, row } from './error-code-entry.ts';

/** What can go wrong with an import of files: a part of the table in error-codes.ts. */
export const IMPORT_ERROR_CODES = {
  'import-open': row(
    409,
    'caller',
    'An import of the company is being checked, applied or undone.',
    'Wait until that ends, then try again.',
  ),
  'import-applying': row(
    409,
    'time',
    'An import is being applied or undone, so no batch can start.',
    'Wait until the import ends, then start the batch.',
  ),
  'import-not-ready': row(409, 'caller', 'The import’s state does not allow this.', 'Check the import’s state.'),
  'import-changed': row(
    409,
    'caller',
    'The import was not applied, because what it would do has changed since the check.',
    'Read the new check, then apply with its digest.',
  ),
  'import-not-acknowledged': row(
    422,
    'caller',
    'The import would change posted records, or records only because the mapping changed, and nobody has acknowledged that.',
    'Read the check, then apply again with the acknowledgments that the answer names.',
  ),
  'import-in-batch': row(
    409,
    'caller',
    'The import can’t be undone, because some of its records are or were in a batch.',
    'Undo the batch, or correct the records in the field-service system.',
  ),
  'import-file-too-large': row(
    413,
    'caller',
    'The files of the import are larger, or more, than one import accepts.',
    'Export fewer days at a time.',
  ),
  'bad-mapping': row(422, 'caller', 'The mapping can’t be used.', 'Correct the members that the answer names.'),
  'twin-decided': row(
    409,
    'caller',
    'Nobody needs to decide whether this record is the same as another one.',
    'Check the record. The journal shows who decided, and when.',
  ),
} as const satisfies Record<string, ErrorCodeEntry>;
