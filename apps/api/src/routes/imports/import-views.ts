import { ACKNOWLEDGMENTS, type ApplyOutcome, type ImportReport, type LookedAt } from '@ledgerpost/batching';
import { IMPORT_STATES, type ImportFile, type ImportRow } from '@ledgerpost/store';
import { z } from 'zod';
import { storableText } from '../../views/plain-name.ts';
import { amount, companyParams, instant, recordType } from '../../views/views.ts';

/** An import's id in an address. The pattern keeps an act, as in `:apply`, out of the id. */
export const IMPORT = ':import([^:]+)';
export const importParams = companyParams.extend({ import: z.uuid('An import’s id is a UUID.') });
export const fileName = z
  .string()
  .min(1)
  .max(200)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: such names are refused
  .regex(/^[^/\\\u0000-\u001f]+$/, 'A file’s name has no slashes and no control characters.');

const sum = z.object({ records: z.number().int(), amount });
const typeReport = z.object({
  new: sum,
  changed: sum.describe('The rows changed'),
  mappingChanged: sum.describe('Only the mapping changed'),
  posted: sum.describe('Of these changes: records that are in the books, where they become updates or problems'),
  unchanged: sum,
  kept: sum.describe('Another way brought them, so the files leave them alone'),
  asked: sum.describe('May be there already under another id: held back until a person decides'),
});
const question = z.object({
  mapping: z.string(),
  key: z.string().describe('Under `dates` or `numbers` of the mapping'),
  file: z.string(),
  column: z.string(),
  example: z.string(),
  choices: z.array(z.string()).readonly(),
});
const counts = z.record(z.string(), z.number().int());

export const reportView = z
  .object({
    rows: z.number().int().describe('Rows that hold data'),
    types: z.partialRecord(recordType, typeReport),
    unreadable: z.number().int(),
    heldBack: z.number().int(),
    leftOut: counts.describe('Rows that make no record, by why'),
    notes: counts,
    totals: z
      .array(z.object({ file: z.string(), column: z.string(), stated: z.string(), ours: z.string(), agrees: z.boolean() }))
      .readonly()
      .describe('The totals that the files state, against ours'),
    questions: z.array(question).readonly().describe('If there are any, nothing can be applied: answer in the mapping'),
    acknowledge: z.array(z.enum(ACKNOWLEDGMENTS)).readonly().describe('What apply wants acknowledged'),
    seen: z.object({ importId: z.uuid(), appliedAt: z.string() }).nullable().describe('The same files were applied before'),
    absent: z.object({ records: z.number().int(), amount, unsure: z.string().nullable() }).nullable(),
    targets: z
      .array(
        z.object({
          target: z.string(),
          name: z.string(),
          records: z.number().int().describe('New and changed records that were tried'),
          of: z.number().int(),
          operations: z.record(z.string(), z.object({ documents: z.number().int(), amount })),
          notSelected: z.array(z.object({ reason: z.string(), documents: z.number().int(), amount })).readonly(),
          problemCounts: counts,
          problems: z.array(z.object({ code: z.string(), message: z.string(), number: z.string() })).readonly(),
          refused: z.object({ code: z.string(), message: z.string() }).nullable(),
        }),
      )
      .readonly()
      .describe('What the new and changed records would be at each enabled target'),
  })
  .meta({ id: 'ImportReport' });

export const lookedView = z
  .object({
    files: z
      .array(
        z.object({
          file: z.string(),
          headers: z.array(z.string()).readonly(),
          headerRow: z.number().int().nullable(),
          sheet: z.string().nullable(),
          delimiter: z.string().nullable(),
          mapping: z.string().nullable(),
          role: z.string().nullable(),
          use: z.enum(['read', 'left-out', 'unknown', 'unreadable']),
          message: z.string().nullable(),
          code: z.string().nullable(),
          proposal: z
            .object({
              template: z.string(),
              columns: z.record(z.string(), z.string()),
              unclear: z.array(z.object({ column: z.string(), headers: z.array(z.string()).readonly() })).readonly(),
              missing: z.array(z.string()).readonly(),
              unused: z.array(z.string()).readonly(),
              mapping: z.record(z.string(), z.unknown()).optional().describe('Absent while something is missing or unclear'),
            })
            .nullable()
            .describe('How an unknown file may be read, for a person to confirm'),
        }),
      )
      .readonly(),
    sets: z
      .array(
        z.object({
          mapping: z.record(z.string(), z.unknown()),
          grade: z.enum(['documented', 'used', 'guess', 'own']).describe('How sure the column names are'),
          notes: z.array(z.string()).readonly(),
          files: z.record(z.string(), z.array(z.string()).readonly()).describe('File names by role'),
        }),
      )
      .readonly(),
    stopping: z.array(z.string()).readonly().describe('Why nothing can be imported yet'),
  })
  .meta({ id: 'ImportFilesSeen' });

const progress = z.object({
  phase: z.enum(['read', 'compare', 'targets', 'write', 'undo']),
  done: z.number().int().describe('Rows while reading, else records'),
  of: z.number().int().describe('0: not known yet'),
  perSecond: z.number().describe('Since this work began'),
  secondsLeft: z.number().int().nullable(),
  began: z.string(),
});

export const coverView = z.object({
  type: z.enum(['invoice', 'payment', 'refund', 'creditMemo']),
  from: z.iso.date().optional().describe('Inclusive'),
  to: z.iso.date().optional().describe('Inclusive'),
  choice: z
    .enum(['leave', 'void', 'removed'])
    .describe('For records that the files no longer have. `void` is for invoices, `removed` for the others'),
});

export const correctionView = z.object({
  file: fileName,
  row: z.number().int().min(1).describe('As a spreadsheet counts, from 1'),
  column: storableText(1, 200).describe('As the file calls it'),
  value: storableText(0, 10_000),
});

export const importView = z
  .object({
    id: z.uuid(),
    state: z.enum(IMPORT_STATES),
    version: z.number().int(),
    files: z
      .array(z.object({ ordinal: z.number().int(), name: z.string(), size: z.number().int(), sha256: z.string() }))
      .readonly(),
    mappings: z.array(z.unknown()).readonly(),
    corrections: z.array(correctionView).readonly(),
    cover: coverView.nullable(),
    looked: lookedView.nullable().describe('What each file is; null before they were examined'),
    report: reportView.nullable().describe('The last check; null where files or mapping changed since'),
    digest: z.string().nullable().describe('Send it with the apply'),
    progress: progress.nullable(),
    reason: z.object({ code: z.string(), message: z.string() }).nullable().describe('Why the last work ended early'),
    outcome: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe('What an apply did: `types`, `left`, `absent`, `seconds`; or an undo: `restored`, `removed`, `left`'),
    createdBy: z.string(),
    createdAt: instant,
    checkedAt: instant.nullable(),
    appliedBy: z.string().nullable(),
    appliedAt: instant.nullable(),
    undoneBy: z.string().nullable(),
    undoneAt: instant.nullable(),
    filesDeletedAt: instant.nullable().describe('Files are deleted after 30 days'),
  })
  .meta({ id: 'Import' });

export const findingView = z.object({
  kind: z.enum(['unreadable', 'held-back', 'left-out', 'note', 'changed', 'asked', 'kept', 'absent', 'left']),
  code: z.string(),
  file: z.string().nullable(),
  row: z.number().int().nullable(),
  column: z.string().nullable(),
  value: z.string().nullable(),
  message: z.string(),
  record: z.object({ type: recordType, id: z.string() }).nullable(),
  details: z.record(z.string(), z.unknown()).nullable(),
});

/** A row as an answer. */
export function showImport(row: ImportRow, files: readonly ImportFile[]): z.output<typeof importView> {
  const { id, state, version, mappings, corrections, digest, reason, createdBy, createdAt, checkedAt } = row;
  return {
    id,
    state,
    version,
    files,
    mappings,
    corrections,
    cover: row.cover as z.output<typeof coverView> | null,
    looked: row.assigned as (LookedAt & z.output<typeof lookedView>) | null,
    report: row.report as (ImportReport & z.output<typeof reportView>) | null,
    digest,
    progress: progressOf(row),
    reason: reason === null ? null : { code: reason.code, message: reason.message },
    outcome: row.outcome as (ApplyOutcome & Record<string, unknown>) | null,
    createdBy,
    createdAt,
    checkedAt,
    appliedBy: row.appliedBy,
    appliedAt: row.appliedAt,
    undoneBy: row.undoneBy,
    undoneAt: row.undoneAt,
    filesDeletedAt: row.forgottenAt,
  };
}

function progressOf({ progress: so, state }: ImportRow): z.output<typeof progress> | null {
  if (so === null || !['checking', 'applying', 'undoing'].includes(state)) return null;
  const seconds = Math.max(0.001, (Date.parse(so.at) - Date.parse(so.began)) / 1_000);
  const perSecond = Math.round(so.done / seconds);
  const left = so.of > so.done && perSecond > 0 ? Math.ceil((so.of - so.done) / perSecond) : null;
  return { phase: so.phase, done: so.done, of: so.of, perSecond, secondsLeft: left, began: so.began };
}
