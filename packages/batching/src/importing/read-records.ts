import { type CompanyFacts, type RecordType, refKey, type SourceRecord } from '@ledgerpost/core';
import { isSoundRecord, parseRecord } from '@ledgerpost/core/schemas';
import {
  type ControlTotal,
  type HeldBack,
  type LeftOutRow,
  type MadeRecord,
  type Note,
  type Question,
  runMapping,
  type Settled,
  type Sorter,
  type Unreadable,
} from '@ledgerpost/intake';
import type { ImportRow, KeyAnswers } from '@ledgerpost/store';
import { correctionsOf, type FilesAtHand, mappingHashOf } from './look-at-files.ts';

/** A record that the files make, in the shape that the store keeps. */
export interface ReadRecord {
  readonly key: string;
  readonly record: SourceRecord;
  /** The id that the files make, where a person led it to another record. */
  readonly madeId: string;
  readonly way: string;
  readonly mappingHash: string;
  readonly file: string;
  readonly rows: readonly number[];
  /** Of its cells. Costs some microseconds, so it is asked for only where it is needed. */
  print(): string;
}

export interface ReadEvents {
  /** Some hundred at a time, each record once. */
  records(chunk: readonly ReadRecord[]): Promise<void>;
  unreadable(problem: Unreadable): void;
  heldBack(held: HeldBack): void;
  note(note: Note): void;
  leftOut(file: string, row: LeftOutRow): void;
  /** Rows read so far, now and then. */
  read(rows: number): void;
}

export interface ReadOutcome {
  readonly rows: number;
  readonly totals: readonly ControlTotal[];
  /** By mapping. If there are any, no record of that mapping was made. */
  readonly questions: readonly (Question & { readonly mapping: string })[];
  /** By mapping: how columns were read, where records were made as their rows came. */
  readonly settled: SettledByMapping;
}

export type SettledByMapping = Readonly<Record<string, Settled>>;

/** Records given at a time: few of them outlive a collection of the young heap, so memory hardly grows. */
const RECORDS_PER_CHUNK = 250;

/**
 * Reads the files of an import into records. The same files, mappings, corrections and answers give the same records in the same
 * order: a check and an apply read by this one function.
 * @param order `asRead`: records are made as their rows come where that may be; an apply passes what its check settled. `perChunk`: how
 *   many records are given at a time
 * @throws UnreadableFile
 * @throws NeedsAllRows where `asRead` is set: what was made doesn't count, and the files are to be read without it
 */
export async function readRecords(
  order: {
    readonly import: ImportRow;
    readonly company: CompanyFacts;
    readonly files: FilesAtHand;
    readonly answers: KeyAnswers;
    readonly asRead?: 'try' | SettledByMapping | undefined;
    readonly perChunk?: number | undefined;
    sorter(): Sorter & { close(): Promise<void> };
  },
  events: ReadEvents,
): Promise<ReadOutcome> {
  const { company, files, answers, perChunk = RECORDS_PER_CHUNK } = order;
  const corrections = correctionsOf(order.import);
  const totals: ControlTotal[] = [];
  const questions: (Question & { mapping: string })[] = [];
  const settled: Record<string, Settled> = {};
  const asRead = (name: string) => (typeof order.asRead === 'object' ? order.asRead[name] : order.asRead);
  let rows = 0;
  const seen = new Set<string>();
  const shared = sharedTypes(files);
  for (const { known, files: roles } of files.sets) {
    const { mapping } = known;
    const mappingHash = mappingHashOf(mapping);
    const sorter = order.sorter();
    let chunk: ReadRecord[] = [];
    const flush = async () => {
      const full = chunk;
      chunk = [];
      if (full.length > 0) await events.records(full);
    };
    const before = rows;
    try {
      const outcome = await runMapping(
        {
          mapping,
          files: roles,
          corrections,
          currency: company.currency,
          zone: company.timeZone,
          sorter,
          asRead: asRead(mapping.name),
        },
        {
          record(made) {
            const read = readMade(made, company.currency, answers);
            if ('problem' in read) return events.unreadable(read.problem);
            const key = refKey(read.record);
            // Another export of the same system named that customer already, and knew more of it.
            if (shared.has(read.record.type)) {
              if (seen.has(key)) return;
              seen.add(key);
            }
            chunk.push({
              key,
              record: read.record,
              madeId: made.record.id,
              way: mapping.name,
              mappingHash,
              file: made.file,
              rows: made.rows,
              print: made.print,
            });
            if (chunk.length >= perChunk) return flush();
          },
          unreadable: (problem) => events.unreadable(problem),
          heldBack: (held) => events.heldBack(held),
          note: (note) => events.note(note),
          leftOut: (file, row) => events.leftOut(file, row),
          read: (so) => events.read(before + so),
        },
      );
      await flush();
      rows += outcome.rows;
      totals.push(...outcome.totals);
      if (outcome.settled !== undefined) settled[mapping.name] = outcome.settled;
      questions.push(...outcome.questions.map((question) => ({ ...question, mapping: mapping.name })));
    } finally {
      await sorter.close();
    }
  }
  return { rows, totals, questions, settled };
}

/** Types that several mappings of the import make: only of those one thing can come twice. */
function sharedTypes({ sets }: FilesAtHand): ReadonlySet<RecordType> {
  const made = sets.flatMap(({ known }) => [...new Set(known.mapping.records.map(({ type }) => type))]);
  return new Set(made.filter((type, at) => made.indexOf(type) !== at));
}

function readMade(
  made: MadeRecord,
  currency: string,
  answers: KeyAnswers,
): { readonly record: SourceRecord } | { readonly problem: Unreadable } {
  const value = answers.size === 0 ? made.record : led(made.record, answers);
  if (isSoundRecord(value, currency)) return { record: value };
  const parsed = parseRecord(value, currency);
  if (parsed.ok) return { record: parsed.record };
  const [first] = parsed.refusals;
  const subject = `${made.record.type} ${made.record.id}`.slice(0, 100);
  const message = `The ${subject} can’t be stored: ${first!.field === '' ? '' : `${first!.field}: `}${first!.message}`;
  const places = made.rows.map((row) => ({ file: made.file, row }));
  return {
    problem: {
      file: made.file,
      row: made.rows[0]!,
      code: 'bad-record',
      message,
      ...(places.length > 1 ? { rows: places } : {}),
    },
  };
}

/** Ids that a person led to a record that is there: the record's own, and those that it refers to. */
function led(record: MadeRecord['record'], answers: KeyAnswers): MadeRecord['record'] {
  const of = (type: string, id: unknown) => {
    const answer = typeof id === 'string' ? answers.get(`${type}/${id}`) : undefined;
    return answer?.answer === 'same' ? answer.recordId : id;
  };
  const changed: Record<string, unknown> = { ...record, id: of(record.type, record.id) };
  for (const [member, type] of REFERENCES) if (member in changed) changed[member] = of(type, changed[member]);
  if (Array.isArray(changed.allocations)) {
    const allocations = changed.allocations as readonly { readonly invoiceId: string }[];
    changed.allocations = allocations.map((part) => ({ ...part, invoiceId: of('invoice', part.invoiceId) }));
  }
  return changed as MadeRecord['record'];
}

const REFERENCES = [
  ['customerId', 'customer'],
  ['jobId', 'job'],
  ['departmentId', 'department'],
  ['invoiceId', 'invoice'],
  ['paymentId', 'payment'],
] as const;
