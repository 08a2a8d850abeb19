import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { projectRoot } from '../project.ts';
import type { Edit } from './edits.ts';

const APPS = ['api', 'worker'];
/** Files of former sources that stay: a process may still start from one. */
const FORMER = 3;

/**
 * Puts API and worker into one file each, unless those of just these sources are there. A process that reads one file instead of some
 * 1,200 starts in half the processor time. From then on this process starts them so.
 *
 * @returns what `LEDGERPOST_BUNDLES` is set to, for other processes; undefined if they can't be built: then the sources run
 */
export async function buildApps(print: (line: string) => void = () => {}): Promise<string | undefined> {
  try {
    const hash = await bundle(print, []);
    process.env.LEDGERPOST_BUNDLES = hash;
    return hash;
  } catch (error) {
    print(`API and worker run from their sources, because they can't be put into one file: ${(error as Error).message}`);
    return undefined;
  }
}

/**
 * As `buildApps`, of changed sources. Only who sets `LEDGERPOST_BUNDLES` to what this returns starts them.
 *
 * @throws Error if a source lacks what an edit changes, or has it more than once
 */
export function buildEditedApps(edits: readonly Edit[]): Promise<string> {
  return bundle(() => {}, edits);
}

async function bundle(print: (line: string) => void, edits: readonly Edit[]): Promise<string> {
  const hash = await hashOfSources(edits);
  const missing = APPS.filter((app) => !existsSync(bundleOf(app, hash)));
  if (missing.length > 0) print('Putting API and worker into one file each …');
  const script = fileURLToPath(new URL('./bundle-app.ts', import.meta.url));
  await Promise.all(
    missing.map(async (app) => {
      await mkdir(join(projectRoot, 'apps', app, 'dist'), { recursive: true });
      const args = [script, join(projectRoot, 'apps', app), bundleOf(app, hash), JSON.stringify(edits)];
      // In a process of its own: the bundler needs some hundred megabytes, which this one would never give back.
      await promisify(execFile)(process.execPath, args, { cwd: projectRoot });
      await removeFormer(app, edits.length > 0 ? EDITED : PLAIN);
    }),
  );
  return hash;
}

/** What Node runs for an app: one file if the variables name those that were built, else its sources. */
export function programOf(app: string, env: Readonly<Record<string, string | undefined>>): string {
  const hash = env.LEDGERPOST_BUNDLES;
  const bundle = hash ? bundleOf(app, hash) : undefined;
  return bundle !== undefined && existsSync(bundle) ? bundle : join(projectRoot, 'apps', app, 'src/main.ts');
}

function bundleOf(app: string, hash: string): string {
  return join(projectRoot, 'apps', app, 'dist', `main-${hash}.mjs`);
}

/** A bundle of changed sources never takes the place of one that people run, nor the other way round: without it the sources would run. */
const PLAIN = /^main-\w+\.mjs$/;
const EDITED = /^main-edited-\w+\.mjs$/;

async function removeFormer(app: string, kind: RegExp): Promise<void> {
  const folder = join(projectRoot, 'apps', app, 'dist');
  const names = (await readdir(folder)).filter((name) => kind.test(name));
  const dated = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
  for (const { name } of dated.sort((a, b) => b.at - a.at).slice(1 + FORMER)) await rm(join(folder, name), { force: true });
}

/** Of everything that the bundles are made of, the versions of libraries too. */
async function hashOfSources(edits: readonly Edit[]): Promise<string> {
  const folders = await Promise.all(
    ['apps', 'packages'].map(async (group) =>
      (await readdir(join(projectRoot, group))).map((name) => join(projectRoot, group, name)),
    ),
  );
  const files = await Promise.all(
    folders.flat().map(async (folder) => {
      const all = await readdir(join(folder, 'src'), { recursive: true, withFileTypes: true }).catch(() => []);
      const sources = all.filter((entry) => entry.isFile() && /\.(ts|json)$/.test(entry.name) && !/\.test\.ts$/.test(entry.name));
      return [join(folder, 'package.json'), ...sources.map((entry) => join(entry.parentPath, entry.name))];
    }),
  );
  const hash = createHash('sha256');
  for (const path of [...files.flat(), join(projectRoot, 'package-lock.json')].sort()) {
    const text = await readFile(path).catch(() => undefined);
    if (text !== undefined) hash.update(path.slice(projectRoot.length)).update('\0').update(text).update('\0');
  }
  if (edits.length > 0) hash.update(JSON.stringify(edits));
  return `${edits.length > 0 ? 'edited-' : ''}${hash.digest('hex').slice(0, 20)}`;
}
