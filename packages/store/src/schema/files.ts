import { bigint, boolean, index, integer, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { bytea } from './columns.ts';

/** A file that a batch made. */
export const batchFiles = pgTable(
  'batch_files',
  {
    batchId: uuid('batch_id').notNull(),
    ordinal: smallint('ordinal').notNull(),
    /** The attempt that wrote it; chunks of other attempts are unused. */
    render: uuid('render').notNull(),
    name: text('name').notNull(),
    mediaType: text('media_type').notNull(),
    download: boolean('download').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    sha256: text('sha256').notNull(),
    rows: integer('rows').notNull(),
    documents: integer('documents').notNull(),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.ordinal] })],
);

/** The bytes of files, in chunks, so that any API serves what any worker made. */
export const batchFileChunks = pgTable(
  'batch_file_chunks',
  {
    /** One attempt at writing a batch's files: a worker that seemed dead can't write into its successor's. */
    render: uuid('render').notNull(),
    ordinal: smallint('ordinal').notNull(),
    chunk: integer('chunk').notNull(),
    batchId: uuid('batch_id').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  (t) => [primaryKey({ columns: [t.render, t.ordinal, t.chunk] }), index('batch_file_chunks_by_batch').on(t.batchId)],
);
