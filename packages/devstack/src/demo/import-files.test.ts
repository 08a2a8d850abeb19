import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkFiles } from './check-files.ts';
import { knownMappings } from './choose-mappings.ts';
import { importFiles } from './import-files.ts';
import { recogniseFiles } from './recognise-files.ts';
import { JOBBER, SERVICE_TITAN, writeFiles } from './testing/exports.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledgerpost-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

const AMBIGUOUS = 'Invoice Number,Customer,Invoice Date,Total\n1,Amy,11/03/2026,12.00\n2,Bob,11/04/2026,13.00\n';
const terms = { currency: 'USD', zone: 'America/Chicago' };

async function stopped(): Promise<string> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  try {
    const started = () => Promise.reject(new Error('Ledgerpost must not be started.'));
    const result = await importFiles(started, { from: folder, ...terms, run: 'test', folder });
    expect(result).toEqual({ state: 'questions' });
    return log.mock.calls.map(([line]) => String(line)).join('\n');
  } finally {
    log.mockRestore();
  }
}

describe('nothing is applied', () => {
  it('while a column has two readings: the question shows the mapping file that answers it', async () => {
    await writeFiles(folder, { 'a.csv': AMBIGUOUS });
    expect(await stopped()).toContain('{"extends":"row-per-invoice","dates":{"invoices.date":"mdy"}}');
    await writeFile(join(folder, 'mapping.json'), '{"extends":"row-per-invoice","dates":{"invoices.date":"dmy"}}');
    const { sets } = await recogniseFiles(folder, await knownMappings(join(folder, 'mapping.json')));
    const { questions, records } = await checkFiles(sets, terms);
    expect(questions).toEqual([]);
    expect(records.filter(({ type }) => type === 'invoice').map(({ date }) => date)).toEqual(['2026-03-11', '2026-04-11']);
  });

  it('while a file is missing that another one needs', async () => {
    const { 'items.csv': _, ...others } = SERVICE_TITAN;
    await writeFiles(folder, others);
    expect(await stopped()).toContain('also needs the file “Invoice items report”');
  });

  it('while two files are the same report of several', async () => {
    await writeFiles(folder, { ...SERVICE_TITAN, 'items again.csv': SERVICE_TITAN['items.csv']! });
    expect(await stopped()).toContain('items again.csv and items.csv are both “Invoice items report”');
  });

  it('while a file can’t be read', async () => {
    await writeFiles(folder, { ...JOBBER, 'broken.csv': 'Invoice Number,Customer,Invoice Date,Total\n"1,Amy' });
    expect(await stopped()).toContain('broken.csv');
  });

  it('where headers are not known: the proposal is a mapping that imports the file as it is', async () => {
    await writeFiles(folder, { 'a.csv': 'Client,Inv #,Issue Date,Grand Total\nAmy,7,2026-11-03,12.50\n' });
    const [, text] = /pass it with --mapping FILE: (\{.*\})/.exec(await stopped())!;
    await writeFile(join(folder, 'mapping.json'), text!);
    const { sets } = await recogniseFiles(folder, await knownMappings(join(folder, 'mapping.json')));
    const { records } = await checkFiles(sets, terms);
    expect(records.find(({ type }) => type === 'invoice')).toMatchObject({ number: '7', total: '12.5' });
  });

  it('where no file is known', async () => {
    await writeFiles(folder, { 'a.csv': 'Colour,Weight\nred,3\n' });
    expect(await stopped()).toContain('Write a mapping for its columns');
  });
});

describe('what files bring', () => {
  it('a customer keeps the address of the invoices where the payments know the name alone', async () => {
    await writeFiles(folder, JOBBER);
    const { sets } = await recogniseFiles(folder, await knownMappings(undefined));
    const { records, rows } = await checkFiles([...sets].reverse(), terms);
    expect(rows).toBe(4 + 3);
    expect(records.find(({ id }) => id === 'jobber:customer:Birch Bakery')).toMatchObject({ email: 'owner@birch.example' });
  });

  it('a mapping that extends no preset is refused with the names of all', async () => {
    await writeFile(join(folder, 'mapping.json'), '{"extends":"jobbr"}');
    await expect(knownMappings(join(folder, 'mapping.json'))).rejects.toThrow('Presets: jobber-invoices');
  });
});
