import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const OPENPYXL = 'openpyxl==3.1.5';
const CACHE = fileURLToPath(new URL('../../../../.ledgerpost/cache', import.meta.url));
const LIBRARY = join(CACHE, OPENPYXL.replace('==', '-'));
const SCRIPT = fileURLToPath(new URL('./read_xlsx.py', import.meta.url));

/** A sheet as somebody else's library reads it. Types are openpyxl's: `s` text, `n` number or empty, `b` truth, `f` formula. */
export interface SeenSheet {
  readonly sheets: readonly string[];
  readonly merged: readonly string[];
  readonly formulas: number;
  readonly blankRows: number;
  readonly types: readonly (readonly string[])[];
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
}

/** Reads a zip of xlsx files with openpyxl, by file name. Needs python3 with pip; fetches openpyxl once into the cache. */
export async function readWithOpenpyxl(zip: Uint8Array): Promise<ReadonlyMap<string, SeenSheet>> {
  await fetchOpenpyxl();
  const folder = await mkdtemp(join(tmpdir(), 'ledgerpost-openpyxl-'));
  try {
    const path = join(folder, 'batch.zip');
    await writeFile(path, zip);
    const { stdout } = await run('python3', [SCRIPT, path], {
      env: { ...process.env, PYTHONPATH: LIBRARY },
      maxBuffer: 256 * 1024 * 1024,
    });
    return new Map(Object.entries(JSON.parse(stdout) as Record<string, SeenSheet>));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function fetchOpenpyxl(): Promise<void> {
  if (existsSync(LIBRARY)) return;
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, 'openpyxl-'));
  await run('python3', ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', folder, OPENPYXL]);
  // Whoever comes second finds the first one's: both are the same.
  await rename(folder, LIBRARY).catch(() => rm(folder, { recursive: true }));
}
