import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { fromPyPi } from '@ledgerpost/conformance/other-programs';

const run = promisify(execFile);
const OPENPYXL = 'openpyxl==3.1.5';
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
  const library = await fromPyPi(OPENPYXL);
  const folder = await mkdtemp(join(tmpdir(), 'ledgerpost-openpyxl-'));
  try {
    const path = join(folder, 'batch.zip');
    await writeFile(path, zip);
    const { stdout } = await run('python3', [SCRIPT, path], {
      env: { ...process.env, PYTHONPATH: library },
      maxBuffer: 256 * 1024 * 1024,
    });
    return new Map(Object.entries(JSON.parse(stdout) as Record<string, SeenSheet>));
  } finally {
    await rm(folder, { recursive: true });
  }
}
