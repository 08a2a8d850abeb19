import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeApi, ok, startFakeApi } from '../fake-api.testing.ts';
import { run } from '../run.ts';

let api: FakeApi;
let folder: string;
let file: string;
beforeEach(async () => {
  api = await startFakeApi('/v1/companies/birds');
  folder = await mkdtemp(join(tmpdir(), 'ledgerpost-cli-'));
  file = join(folder, 'invoices.csv');
  await writeFile(file, 'Invoice Number,Customer\r\n1,Amy\r\n');
});
afterEach(async () => {
  api.stop();
  await rm(folder, { recursive: true });
});

const sum = (records: number, amount = 0) => ({ records, amount });
const NONE = { changed: sum(0), mappingChanged: sum(0), posted: sum(0), unchanged: sum(0), kept: sum(0), asked: sum(0) };
const REPORT = {
  rows: 2,
  types: { invoice: { new: sum(2, 2_550), ...NONE } },
  unreadable: 0,
  heldBack: 0,
  leftOut: { blank: 1 },
  notes: {},
  totals: [],
  questions: [],
  acknowledge: [] as string[],
  seen: null,
  absent: null,
  targets: [
    {
      name: 'SaasAnt',
      records: 2,
      of: 2,
      operations: { 'invoice.insert': { documents: 2, amount: 2_550 } },
      problemCounts: {},
      refused: null,
    },
  ],
};
const IMPORT = {
  id: 'i-1',
  state: 'checked',
  digest: 'd-1',
  files: [{ name: 'invoices.csv' }],
  looked: { files: [{ file: 'invoices.csv', mapping: 'row-per-invoice', use: 'read', message: null }] },
  report: REPORT,
  reason: null,
  progress: null,
  outcome: null,
};
const at = '/imports/i-1';

function answers(checked: object, applied: object = {}): void {
  api.answers = {
    GET: ok({ currency: 'USD' }),
    'POST /imports': ok({ id: 'i-1' }),
    [`PUT ${at}/files/invoices.csv`]: ok(IMPORT),
    [`POST ${at}:check`]: ok(IMPORT),
    [`GET ${at}`]: ok({ ...IMPORT, ...checked }, { ...IMPORT, state: 'applied', ...applied }),
    [`POST ${at}:apply`]: ok(IMPORT),
    [`GET ${at}/findings?kind=unreadable&limit=20`]: ok({ rows: [] }),
    [`GET ${at}/findings?kind=held-back&limit=20`]: ok({ rows: [] }),
    [`GET ${at}/findings?kind=asked&limit=20`]: ok({ rows: [] }),
  };
}

describe('an import of exports', () => {
  it('is sent, checked and applied with the digest of the check, and exits with 0', async () => {
    answers({}, { outcome: { types: { invoice: { new: 2, changed: 0, unchanged: 0 } }, left: 0 } });
    expect(await run(['import', file], api.io)).toBe(0);
    expect(api.out).toEqual([
      'invoices.csv: row-per-invoice',
      '2 rows with data',
      'invoice: 2 new ($25.50)',
      '0 unreadable, 0 held back, 1 rows left out',
      'at SaasAnt: 2 invoice.insert ($25.50)',
      'invoice: 2 new, 0 changed, 0 unchanged',
      'Import i-1 is applied.',
    ]);
    expect(api.asked.find(({ route }) => route === `POST ${at}:apply`)?.body).toEqual({ digest: 'd-1', acknowledge: [] });
  });

  it('exits with 2 where rows could not be read, and lists them', async () => {
    answers({ report: { ...REPORT, unreadable: 1 } }, { outcome: { types: {}, left: 0 } });
    api.answers[`GET ${at}/findings?kind=unreadable&limit=20`] = ok({
      rows: [{ file: 'invoices.csv', row: 3, column: 'Total', message: '“x” isn’t an amount.' }],
    });
    expect(await run(['import', file], api.io)).toBe(2);
    expect(api.err).toEqual(['invoices.csv row 3, Total: “x” isn’t an amount.']);
  });

  it('exits with 1 where a file was not recognized, and shows the mapping that would read it', async () => {
    const proposal = { template: 'row-per-payment', mapping: { files: { payments: { known: ['Sum'] } } } };
    const unknown = { file: 'b.csv', mapping: null, use: 'unknown', message: 'b.csv was not recognized.', proposal };
    answers({ looked: { files: [...IMPORT.looked.files, unknown] } }, { outcome: { types: {}, left: 0 } });
    expect(await run(['import', file], api.io)).toBe(1);
    expect(api.out.slice(1, 3)).toEqual([
      'b.csv was not recognized.',
      'b.csv: to import it, check this mapping, save it and pass it with --mapping FILE: {"extends":"row-per-payment","files":{"payments":{"known":["Sum"]}}}',
    ]);
  });

  it('applies nothing with --check', async () => {
    answers({});
    expect(await run(['import', file, '--check'], api.io)).toBe(0);
    expect(api.asked.some(({ route }) => route.endsWith(':apply'))).toBe(false);
  });

  it('applies nothing that a person has not acknowledged', async () => {
    answers({ report: { ...REPORT, acknowledge: ['posted-records'] } });
    expect(await run(['import', file], api.io)).toBe(2);
    expect(api.err[0]).toContain('--acknowledge posted-records');
    expect(api.asked.some(({ route }) => route.endsWith(':apply'))).toBe(false);
  });

  it('ends with the reason where the check has a question', async () => {
    answers({ state: 'open', reason: { message: 'Answer in the mapping.' } });
    expect(await run(['import', file], api.io)).toBe(2);
    expect(api.err).toEqual(['Nothing was applied. Answer in the mapping.']);
  });
});
