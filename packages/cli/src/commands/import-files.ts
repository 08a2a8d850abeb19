import { createReadStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Call, companyOf } from '../command.ts';
import { Trouble } from '../io.ts';
import { streamTo } from '../stream-to.ts';
import { findingLines, type ImportAnswer, reportLines } from './show-import.ts';
import { count } from './words.ts';

/** How often the state of an import is read, in milliseconds. */
const EVERY_MS = 400;

/**
 * Takes files through an import: upload, check, apply. Exit code 2 if rows could not be read or nothing could be applied, 1 if
 * something else needs a person.
 */
export async function importFiles({ args, io, api, connection, options }: Call): Promise<number> {
  const company = companyOf(io, options);
  const at = `/v1/companies/${encodeURIComponent(company)}/imports`;
  const names = args.map((file) => basename(file));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Trouble(`Two files are named ${twice}. Rename one of them.`);
  const mappings = typeof options.mapping === 'string' ? await mappingsIn(options.mapping) : undefined;
  const { currency } = await api.get<{ currency: string }>(`/v1/companies/${encodeURIComponent(company)}`);

  const { id } = await api.send<ImportAnswer>('POST', at);
  const path = `${at}/${id}`;
  for (const file of args) await upload(file);
  if (mappings !== undefined) await api.send('PUT', `${path}/mapping`, { mappings });
  await api.send('POST', `${path}:check`);
  const checked = await follow('checking');
  for (const { file, mapping, use, message, proposal } of checked.looked?.files ?? []) {
    io.out(use === 'read' ? `${file}: ${mapping}` : (message ?? `${file}: ${use}`));
    if (proposal?.mapping == null) continue;
    const { template, mapping: proposed } = proposal;
    const answer = JSON.stringify({ extends: template, files: proposed.files });
    io.out(`${file}: to import it, check this mapping, save it and pass it with --mapping FILE: ${answer}`);
  }
  if (checked.report !== null) for (const line of reportLines(checked.report, currency)) io.out(line);
  for (const kind of ['unreadable', 'held-back', 'asked'] as const) await list(kind);
  await saveErrors(checked);
  if (checked.state !== 'checked') {
    throw new Trouble(`Nothing was applied. ${checked.reason?.message ?? 'The check did not end.'}`);
  }
  const code = exitCode(checked);
  if (options.check === true) {
    io.out(`Import ${id} is checked, and nothing was applied.`);
    return code;
  }
  const given = [options.acknowledge ?? []].flat() as string[];
  const missing = checked.report!.acknowledge.filter((one) => !given.includes(one));
  if (missing.length > 0) {
    const add = missing.map((one) => `--acknowledge ${one}`).join(' ');
    throw new Trouble(`Nothing was applied, because the import changes what was there. Read the report, then add ${add}.`);
  }
  await api.send('POST', `${path}:apply`, { digest: checked.digest, acknowledge: given });
  const applied = await follow('applying');
  if (applied.state !== 'applied') throw new Trouble(applied.reason?.message ?? 'The import was not applied.');
  for (const [type, counts] of Object.entries(applied.outcome?.types ?? {})) {
    io.out(`${type}: ${count(counts.new)} new, ${count(counts.changed)} changed, ${count(counts.unchanged)} unchanged`);
  }
  if ((applied.outcome?.left ?? 0) > 0) await list('left');
  io.out(`Import ${id} is applied.`);
  return code === 0 && (applied.outcome?.left ?? 0) > 0 ? 1 : code;

  async function upload(file: string): Promise<void> {
    const name = basename(file);
    await streamTo(connection, {
      method: 'PUT',
      path: `${path}/files/${encodeURIComponent(name)}`,
      type: 'application/octet-stream',
      bytes: readable(file),
      sent: (bytes) => io.progress(`${name}: ${count(Math.round(bytes / 1024))} KiB sent`, `${name}: sending`),
      signal: io.signal,
      again: 'Import the files again.',
    });
    io.progress('');
  }

  async function follow(state: string): Promise<ImportAnswer> {
    for (;;) {
      const now = await api.get<ImportAnswer>(path);
      if (now.state !== state) {
        io.progress('');
        return now;
      }
      io.progress(progressLine(state, now), state);
      await wait(EVERY_MS, undefined, { signal: io.signal }).catch(() => {
        throw new Trouble(`Stopped. The import ${id} goes on without this command.`);
      });
    }
  }

  async function list(kind: 'unreadable' | 'held-back' | 'asked' | 'left'): Promise<void> {
    const { rows } = await api.get<Parameters<typeof findingLines>[0]>(`${path}/findings?kind=${kind}&limit=20`);
    for (const line of findingLines({ rows })) io.err(line);
  }

  async function saveErrors({ files, report }: ImportAnswer): Promise<void> {
    if (typeof options.errors !== 'string' || (report?.unreadable ?? 0) === 0) return;
    const folder = options.errors;
    await mkdir(folder, { recursive: true });
    for (const { name } of files) {
      const saved = await api.download(`${path}/files/${encodeURIComponent(name)}/errors`, (to) => join(folder, to));
      io.out(`Rows to correct: ${saved.file}`);
    }
  }
}

function exitCode({ report, looked }: ImportAnswer): number {
  if (report === null || report.unreadable > 0) return 2;
  const asked = Object.values(report.types).some((type) => type.asked.records > 0);
  const isOff = report.totals.some(({ agrees }) => !agrees);
  const isUnknown = looked?.files.some(({ use }) => use === 'unknown') === true;
  return report.heldBack > 0 || asked || isOff || isUnknown ? 1 : 0;
}

const BAR = 20;

function progressLine(state: string, { progress }: ImportAnswer): string {
  if (progress === null) return `${state}: waiting for a worker`;
  const { done, of, perSecond, secondsLeft, phase } = progress;
  const rate = `${count(perSecond)}/s`;
  if (of === 0) return `${state}: ${phase} ${count(done)}, ${rate}`;
  const share = Math.min(1, done / of);
  const full = Math.round(share * BAR);
  const left = secondsLeft === null ? '' : `, ${count(secondsLeft)} s left`;
  return `${state}: [${'#'.repeat(full)}${'-'.repeat(BAR - full)}] ${Math.floor(share * 100)}% ${count(done)} of ${count(of)}, ${rate}${left}`;
}

async function mappingsIn(file: string): Promise<readonly unknown[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new Trouble(`${file} can’t be read (${(error as NodeJS.ErrnoException).code ?? 'broken'}).`);
  }
  try {
    return [JSON.parse(text) as unknown].flat();
  } catch (error) {
    throw new Trouble(`The mapping ${file} is not JSON: ${(error as Error).message}`);
  }
}

async function* readable(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw new Trouble(`${file} can’t be read (${(error as NodeJS.ErrnoException).code ?? 'broken'}).`);
  }
}
