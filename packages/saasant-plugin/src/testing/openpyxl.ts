import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { withPackage } from '@ledgerpost/conformance/other-programs';

const run = promisify(execFile);
const OPENPYXL = 'openpyxl==3.1.5';
const SCRIPT = fileURLToPath(new URL('./read_xlsx.py', import.meta.url));
const WORKBOOK_SCRIPT = fileURLToPath(new URL('./read_workbook.py', import.meta.url));

/** A sheet as another library reads it. Types are openpyxl's: `s` text, `n` number or empty, `b` boolean, `f` formula. */
export interface SeenSheet {
  readonly sheets: readonly string[];
  readonly merged: readonly string[];
  readonly formulas: number;
  readonly blankRows: number;
  readonly types: readonly (readonly string[])[];
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
}

/** Reads a zip of xlsx files with openpyxl, by file name. Needs python3 with pip; fetches openpyxl once into the cache. */
export function readWithOpenpyxl(zip: Uint8Array): Promise<ReadonlyMap<string, SeenSheet>> {
  return seen<SeenSheet>(SCRIPT, zip);
}

/** One sheet of a workbook: whole numbers as numbers, others as their decimal text. */
export interface SeenWorksheet {
  /** The results of formulas when the file was written. */
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
  readonly formulas: readonly string[];
  /** The first cell that scrolls. */
  readonly frozen: string | null;
  readonly formats: readonly string[];
}

/** Reads all sheets of one xlsx file with openpyxl, by name. */
export function readWorkbook(xlsx: Uint8Array): Promise<ReadonlyMap<string, SeenWorksheet>> {
  return seen<SeenWorksheet>(WORKBOOK_SCRIPT, xlsx);
}

async function seen<T>(script: string, bytes: Uint8Array): Promise<ReadonlyMap<string, T>> {
  const env = await withPackage(OPENPYXL);
  const folder = await mkdtemp(join(tmpdir(), 'ledgerpost-openpyxl-'));
  try {
    const path = join(folder, 'file.xlsx');
    await writeFile(path, bytes);
    const { stdout } = await run('python3', [script, path], {
      env,
      maxBuffer: 256 * 1024 * 1024,
    });
    return new Map(Object.entries(JSON.parse(stdout) as Record<string, T>));
  } finally {
    await rm(folder, { recursive: true });
  }
}
