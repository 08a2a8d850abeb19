import { setImmediate as nextTurn } from 'node:timers/promises';
import { type CompanyFacts, Refusal, refKey, type SourceRecord } from '@ledgerpost/core';
import { isSoundRecord, parseRecord } from '@ledgerpost/core/schemas';
import { type InLine, type Prepared, prepareRecord, writesInLine } from '@ledgerpost/store';
import { linesTogether } from './ndjson-lines.ts';
import { readJson } from './read-json.ts';
import { findUnstorableText, UNSTORABLE } from './unstorable-text.ts';

/** A line that was refused, and why. */
export interface LineRefusal {
  readonly line: number;
  /** The record, as far as the line names it. */
  readonly record?: string;
  /** The member of the record, where it is one. */
  readonly field?: string;
  readonly reason: string;
}

/** What became of a stream of records. */
export interface Intake {
  /** Lines read, without blank ones. */
  lines: number;
  taken: number;
  unchanged: number;
  refused: number;
  /** The first refused lines; `refused` counts them all. */
  readonly refusals: LineRefusal[];
  /** The last line of which it is certain that it and all before it were dealt with. */
  throughLine: number;
}

/** How many refused lines the answer names. */
export const MOST_REFUSALS = 100;
/** After so many refused lines the rest of the stream is not read: the sender has another fault than single records. */
export const REFUSED_LINES_BEFORE_GIVING_UP = 5_000;
/**
 * How long lines are read before other requests, and the database's answers to this one, get a turn, in milliseconds. A put is six
 * questions, and the database waits for the next one as long as an answer waits for its turn.
 */
const TURN_MS = 0.5;
const RECORDS_PER_PUT = 1_000;
/** A put ends early at so many characters, so that memory never holds a thousand records of a megabyte. */
const CHARACTERS_PER_PUT = 4 * 1024 * 1024;

export function emptyIntake(): Intake {
  return { lines: 0, taken: 0, unchanged: 0, refused: 0, refusals: [], throughLine: 0 };
}

/**
 * Puts a stream of NDJSON into the store, some thousand records at a time. While one put is written the next stands in line for the
 * company's lock and one more is read and hashed, and no more than that, so that a slow database slows the sender down instead of
 * filling memory. `intake` counts how far it got, also when this throws because the stream broke: the lines that arrived whole are
 * kept then.
 */
export async function importRecords(
  bytes: AsyncIterable<Uint8Array>,
  company: CompanyFacts,
  put: (records: readonly Prepared[], inLine: InLine) => Promise<readonly ('taken' | 'unchanged')[]>,
  intake: Intake,
): Promise<void> {
  let records: Prepared[] = [];
  let characters = 0;
  let lastLine = 0;
  let turnBegan = performance.now();
  const writes = writesInLine();

  async function flush(): Promise<void> {
    const [batch, throughLine] = [records, lastLine];
    records = [];
    characters = 0;
    await writes.add(async (inLine) => {
      if (batch.length > 0) for (const outcome of await put(batch, inLine)) intake[outcome]++;
      else await inLine.before;
      intake.throughLine = throughLine;
    });
  }

  try {
    for await (const lines of linesTogether(bytes))
      for (const line of lines) {
        if (performance.now() - turnBegan > TURN_MS) {
          await nextTurn();
          turnBegan = performance.now();
        }
        intake.lines++;
        lastLine = line.number;
        const read = 'unreadable' in line ? { refusals: [{ reason: line.unreadable }] } : readRecord(line.text, company.currency);
        if ('record' in read) {
          records.push(read.record);
          characters += (line as { text: string }).text.length;
          if (records.length >= RECORDS_PER_PUT || characters >= CHARACTERS_PER_PUT) await flush();
          continue;
        }
        intake.refused++;
        for (const refusal of read.refusals) {
          if (intake.refusals.length < MOST_REFUSALS) intake.refusals.push({ line: line.number, ...refusal });
        }
        if (intake.refused >= REFUSED_LINES_BEFORE_GIVING_UP) {
          throw new Refusal(
            'too-many-refusals',
            `${intake.refused} lines were refused, so the rest of the stream was not read. The first reason, in line ${intake.refusals[0]!.line}: ${intake.refusals[0]!.reason}`,
          );
        }
      }
  } finally {
    // Also when the stream broke: the lines that arrived whole are good. A failure to write is the error that is thrown.
    await flush().finally(() => writes.ended());
  }
}

type Read = { readonly record: Prepared } | { readonly refusals: readonly Omit<LineRefusal, 'line'>[] };

/** One line's record, or every reason why it is refused. */
function readRecord(text: string, currency: string): Read {
  let sound: SourceRecord | undefined;
  const json = readJson(text, (value) => {
    if (isSoundRecord(value, currency)) sound = value;
    return sound !== undefined;
  });
  // Sound text is stored as it came. It can't hold what Postgres refuses: the record's texts were looked at, and it has no other members.
  if (sound !== undefined) return { record: prepareRecord(sound, text) };
  if ('reason' in json) return { refusals: [{ reason: `The line can’t be read. ${json.reason}` }] };
  const { value } = json;
  const parsed = parseRecord(value, currency);
  if (!parsed.ok) {
    const record = named(value);
    return {
      refusals: parsed.refusals.map(({ field, message }) => ({
        ...(record === undefined ? {} : { record }),
        ...(field === '' ? {} : { field }),
        reason: message,
      })),
    };
  }
  // The bytes were well-formed UTF-8, so only an escape can hold such a character.
  const unstorable = text.includes('\\u') ? findUnstorableText(value) : undefined;
  if (unstorable !== undefined) {
    return { refusals: [{ record: refKey(parsed.record), field: unstorable, reason: `${unstorable} ${UNSTORABLE}` }] };
  }
  return { record: prepareRecord(parsed.record) };
}

/** `invoice/i-1`, if the value names its type and id. */
function named(value: unknown): string | undefined {
  const { type, id } = (value ?? {}) as { type?: unknown; id?: unknown };
  return typeof type === 'string' && typeof id === 'string' ? `${type}/${id}`.slice(0, 100).toWellFormed() : undefined;
}
