import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/* Tests of file targets compare files with programs that are not ours. This finds those programs. */

const CACHE = fileURLToPath(new URL('../../../.ledgerpost/cache', import.meta.url));

/** Whether a program is installed here and answers `--version`. */
export function isInstalled(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * The folder of a Python package (`openpyxl==3.1.5`), for PYTHONPATH. It is fetched from PyPI once, into the project's cache.
 * @throws Error if there is no python3 with pip, or PyPI can't be reached
 */
export async function fromPyPi(requirement: string): Promise<string> {
  const library = join(CACHE, requirement.replace('==', '-'));
  if (existsSync(library)) return library;
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(`${library}-`);
  // Python compiles what it needs when it needs it.
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-compile', '--target', folder, requirement];
  await promisify(execFile)('python3', pip);
  // A second caller finds the first one's folder: both are the same.
  await rename(folder, library).catch(() => rm(folder, { recursive: true }));
  return library;
}

/** The environment in which Python finds such a package. */
export async function withPackage(requirement: string, env: NodeJS.ProcessEnv = process.env): Promise<NodeJS.ProcessEnv> {
  return { ...env, PYTHONPATH: await fromPyPi(requirement) };
}
