import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { importFiles } from './import-files.ts';
import { recognized } from './import-steps.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledgerpost-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

const order = () => ({ from: folder, currency: 'USD', zone: 'America/Chicago', run: 'test', folder });
const started = () => Promise.reject(new Error('Ledgerpost must not be started.'));

describe('Ledgerpost is not even started', () => {
  it('where the folder has no table', async () => {
    await writeFile(join(folder, 'notes.md'), 'none');
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    try {
      expect(await importFiles(started, order())).toEqual({ state: 'questions' });
      expect(log.mock.calls.flat().join('\n')).toContain('There is no CSV or Excel file');
    } finally {
      log.mockRestore();
    }
  });

  it('where the mapping is not JSON', async () => {
    await writeFile(join(folder, 'a.csv'), 'Invoice Number\n1\n');
    await writeFile(join(folder, 'mapping.json'), '{');
    await expect(importFiles(started, { ...order(), mapping: join(folder, 'mapping.json') })).rejects.toThrow('as JSON');
  });
});

it('a file that is not recognized is shown with the mapping that would import it', () => {
  const proposal = { template: 'row-per-invoice', missing: [], mapping: { files: { invoices: { known: ['Inv #'] } } } };
  const file = { file: 'a.csv', use: 'unknown' as const, mapping: null, role: null, message: null, headers: ['Inv #'], proposal };
  const [, line] = recognized({ files: [file], sets: [], stopping: [] });
  expect(line).toContain('{"extends":"row-per-invoice","files":{"invoices":{"known":["Inv #"]}}}');
});
