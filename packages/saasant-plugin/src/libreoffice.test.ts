import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isInstalled } from '@ledgerpost/conformance/other-programs';
import { describe, expect, it } from 'vitest';
import { invoice, tuneUp } from './testing/documents.ts';
import { renderDocuments } from './testing/render-documents.ts';

const run = promisify(execFile);
const office = ['soffice', 'libreoffice'].find(isInstalled);
const absent = 'LibreOffice is not installed (no soffice on the path); openpyxl is asked in render.test.ts all the same';
if (office === undefined) console.info(`Skipped: ${absent}.`);

describe.skipIf(office === undefined)(
  `LibreOffice, where it is found${office === undefined ? ` (skipped: ${absent})` : ''}`,
  () => {
    it('case 75: shows texts as they were written, and calculates nothing', async () => {
      const texts = ['=1+1', '+1', '-1', '@SUM(A1)', '00123', '1e5', '03/04/2026', 'a,"b"', 'ü 🐦'];
      const lines = texts.map((description) => ({ ...tuneUp, description }));
      const files = await renderDocuments([{ ...invoice, lines }]);
      const csv = await asCsv(files.find((file) => file.name.startsWith('1 '))!.bytes);
      const rows = csv.trimEnd().split('\n');
      expect(rows).toHaveLength(1 + texts.length);
      for (const [index, text] of texts.entries()) {
        // LibreOffice quotes what it holds for text, and only that.
        expect(rows[index + 1]).toContain(`,"Spring tune-up","${text.replaceAll('"', '""')}",1,189,189,TRUE,"HVAC",`);
        expect(rows[index + 1]).toMatch(/^"10427","Amy's Bird Sanctuary","10\/03\/2026","11\/02\/2026",/);
        expect(rows[index + 1]).toContain(',"04326",');
      }
    }, 300_000);
  },
);

async function asCsv(xlsx: Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerpost-office-'));
  try {
    await writeFile(join(folder, 'file.xlsx'), xlsx);
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    await run(office!, [
      profile,
      '--headless',
      '--convert-to',
      'csv:Text - txt - csv (StarCalc):44,34,76,1',
      '--outdir',
      folder,
      join(folder, 'file.xlsx'),
    ]);
    return await readFile(join(folder, 'file.csv'), 'utf8');
  } finally {
    await rm(folder, { recursive: true });
  }
}
