import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type Command, companyOf } from '../command.ts';
import { Trouble } from '../io.ts';
import { importFiles } from './import-files.ts';
import { importRecords } from './import-records.ts';
import { count, counted } from './words.ts';

/** Sending records to Ledgerpost. */
export const RECORD_COMMANDS: readonly Command[] = [
  {
    name: 'import',
    usage: 'FILE…',
    summary: 'Import exports (CSV or .xlsx), or records from an NDJSON file; "-" reads NDJSON from standard input',
    options: {
      mapping: { type: 'string', help: 'FILE  a JSON file with mappings of your own, or answers to questions' },
      check: { type: 'boolean', help: 'only check: nothing is applied' },
      acknowledge: {
        type: 'string',
        multiple: true,
        help: 'posted-records, mapping-changed or absent-records: you have read what the check reports about them',
      },
      errors: { type: 'string', help: 'FOLDER  save the rows that could not be read there, to correct and import again' },
    },
    async run(call) {
      const { args, io, connection, options } = call;
      const [file] = args;
      if (file === undefined) throw new Trouble('Name the file to import, or use "-" for standard input.');
      if (!(await isNdjson(file))) return importFiles(call);
      if (args.length > 1) throw new Trouble('Import one NDJSON file at a time.');
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

/** Records begin with a brace; the first row of an export has column names. */
async function isNdjson(file: string): Promise<boolean> {
  if (file === '-') return true;
  let handle: FileHandle;
  try {
    handle = await open(file);
  } catch {
    // Whoever reads it has the sentence for that.
    return !/\.(csv|tsv|txt|xlsx|xls)$/i.test(file);
  }
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    const start = buffer
      .subarray(0, bytesRead)
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .trimStart();
    return start.startsWith('{') || (start === '' && !/\.(csv|tsv|txt|xlsx|xls)$/i.test(file));
  } finally {
    await handle.close();
  }
}

async function* readable(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw new Trouble(`${file} can’t be read (${(error as NodeJS.ErrnoException).code ?? 'broken'}).`);
  }
}
