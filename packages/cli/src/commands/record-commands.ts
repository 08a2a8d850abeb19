import { createReadStream } from 'node:fs';
import { type Command, companyOf } from '../command.ts';
import { Trouble } from '../io.ts';
import { importRecords } from './import-records.ts';
import { count, counted } from './words.ts';

/** Sending records to Ledgerpost. */
export const RECORD_COMMANDS: readonly Command[] = [
  {
    name: 'import',
    usage: 'FILE',
    summary: 'Send records from an NDJSON file; "-" reads standard input',
    options: {},
    async run({ args, io, connection, options }) {
      const [file] = args;
      if (file === undefined) throw new Trouble('Name the file to import, or use "-" for standard input.');
      const bytes = file === '-' ? io.stdin : createReadStream(file, { highWaterMark: 256 * 1024 });
      const intake = await importRecords(
        connection,
        companyOf(io, options),
        readable(bytes, file),
        (sent) => io.progress(`${count(Math.round(sent / 1024))} KiB sent`),
        io.signal,
      );
      io.progress('');
      for (const { line, record, field, reason } of intake.refusals) {
        const about = record === undefined ? '' : ` (${record})`;
        const where = field === undefined || reason.startsWith(field) ? '' : `${field}: `;
        io.err(`line ${line}${about}: ${where}${reason}`);
      }
      const listed = new Set(intake.refusals.map(({ line }) => line)).size;
      if (intake.refused > listed) io.err(`… and ${count(intake.refused - listed)} more refused lines.`);
      io.out(
        `${counted(intake.lines, 'line')}: ${count(intake.taken)} accepted, ${count(intake.unchanged)} unchanged, ${count(intake.refused)} refused.`,
      );
      return intake.refused > 0 ? 1 : 0;
    },
  },
];

async function* readable(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw new Trouble(`${file} can’t be read (${(error as NodeJS.ErrnoException).code ?? 'broken'}).`);
  }
}
