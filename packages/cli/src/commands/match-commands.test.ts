import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeApi, ok, startFakeApi } from '../fake-api.testing.ts';
import { run } from '../run.ts';

const NONE = { linked: 0, 'same-name': 0, similar: 0, 'only-here': 0, 'to-match': 0, broken: 0, 'only-there': 0 };
const COUNTS = {
  customer: { ...NONE, linked: 1_204, 'to-match': 1 },
  item: NONE,
  listedAt: '2026-11-28T08:00:00.000Z',
};

function row(key: string, changes: object = {}) {
  return {
    kind: 'customer',
    key,
    name: `Amy ${key}`,
    documents: 2,
    state: 'to-match',
    link: null,
    wanted: null,
    suggestions: [],
    ...changes,
  };
}
const LINK = {
  externalId: '58',
  name: 'Amy',
  nameNow: 'Amy’s Birds',
  active: true,
  by: 'Bea',
  at: '',
  shared: [],
  toConfirm: false,
};

let api: FakeApi;
let folder: string;
beforeEach(async () => {
  api = await startFakeApi('/v1/companies/birds/targets/qbo/matching');
  folder = await mkdtemp(join(tmpdir(), 'match-'));
});
afterEach(async () => {
  api.stop();
  await rm(folder, { recursive: true });
});
const match = (...argv: string[]) => run(['match', ...argv, '--target', 'qbo'], api.io);

describe('ledgerpost match', () => {
  it('lists ours page after page, with what each is, and suggestions where it is nothing yet', async () => {
    api.answers = {
      'GET /counts': ok(COUNTS),
      'GET ?kind=customer&state=to-match&q=amy&limit=500': ok({
        rows: [row('c-1', { suggestions: [{ externalId: '7', name: 'Amys Birds', reason: 'near-name' }] })],
        next: 'more',
      }),
      'GET ?kind=customer&state=to-match&q=amy&limit=500&after=more': ok({
        rows: [row('c-2', { state: 'linked', link: LINK, documents: 1 })],
      }),
    };
    expect(await match('list', '--kind', 'customer', '--state', 'to-match', '--search', 'amy')).toBe(0);
    expect(api.out).toEqual([
      'Customers: 1,204 linked, 1 to match',
      '  c-1  Amy c-1: to match, 2 documents',
      '      7 Amys Birds (near-name)',
      '  c-2  Amy c-2 -> 58 Amy’s Birds: linked, 1 document',
    ]);
    expect(api.err).toEqual([]);
  });

  it('reports that nothing was read from the books yet', async () => {
    api.answers = {
      'GET /counts': ok({ ...COUNTS, listedAt: null }),
      'GET ?kind=item&limit=500': ok({ rows: [] }),
    };
    await match('list', '--kind', 'item');
    expect(api.out).toEqual(['Products and services: none']);
    expect(api.err).toEqual(['No names were read from the books yet. Run "ledgerpost match refresh" first.']);
  });

  it.each([
    ['set customer c-1 58', 'PUT /customer/c-1', { externalId: '58' }],
    ['create customer c-1', 'PUT /customer/c-1', { create: true }],
    ['same customer c-1 c-2', 'PUT /customer/c-1', { same: 'c-2' }],
    ['another customer c-1', 'PUT /customer/c-1', { another: true }],
    ['undo item service:s/category:A/B', 'DELETE /item/service%3As%2Fcategory%3AA%2FB', undefined],
  ])('decides: match %s', async (line, route, body) => {
    api.answers = { [route]: ok(row('c-1', { state: 'linked', link: LINK })) };
    expect(await match(...line.split(' '))).toBe(0);
    expect(api.asked).toEqual([{ route, body }]);
    expect(api.out).toEqual(['c-1  Amy c-1 -> 58 Amy’s Birds: linked, 2 documents']);
  });

  it('shows how a decision is written where something is missing', async () => {
    expect(await match('set', 'customer', 'c-1')).toBe(2);
    expect(await match('create', 'vendor', 'c-1')).toBe(2);
    expect(api.err).toEqual([
      'Send KIND KEY ID, for example: ledgerpost match set customer c-17 58 --target qbo',
      'Name the kind: customer, or item for a product or service.',
    ]);
    expect(api.asked).toEqual([]);
  });

  it('accepts all of the same name, of one kind or both', async () => {
    api.answers = { 'POST :accept-same-names': ok({ linked: 1_204 }, { linked: 3 }) };
    await match('accept');
    await match('accept', '--kind', 'item');
    expect(api.asked.map(({ body }) => body)).toEqual([{}, { kind: 'item' }]);
    expect(api.out).toEqual(['1,204 linked', '3 linked']);
  });

  it('reads the names again', async () => {
    api.answers = { 'POST :refresh': ok({ ...COUNTS, read: 20_000 }) };
    await match('refresh');
    expect(api.out).toEqual(['20,000 names read', 'Customers: 1,204 linked, 1 to match', 'Products and services: none']);
  });

  it('searches the books', async () => {
    const name = {
      externalId: '7',
      name: 'Amys Birds',
      active: false,
      parent: null,
      type: null,
      account: null,
      email: 'a@b.co',
      phone: null,
      linked: 1,
    };
    api.answers = { 'GET /books?kind=customer&q=amy&unlinked=true&limit=500': ok({ rows: [name] }) };
    await match('books', '--kind', 'customer', '--search', 'amy', '--unlinked');
    expect(api.out).toEqual(['7  Amys Birds  (inactive, a@b.co), linked']);
  });

  it('writes the file and reads it back', async () => {
    const file = join(folder, 'out.csv');
    api.answers = {
      'GET .csv?kind=customer': [{ status: 200, text: 'kind,key\r\n' }],
      'PUT .csv': ok({ changed: 3, unchanged: 2, withoutChoice: 1 }),
    };
    expect(await match('export', '--kind', 'customer', '--out', file)).toBe(0);
    expect(await readFile(file, 'utf8')).toBe('kind,key\r\n');
    await writeFile(file, 'kind,key,name,choice\r\n');
    expect(await match('import', file)).toBe(0);
    expect(api.asked.at(-1)).toEqual({ route: 'PUT .csv', body: 'kind,key,name,choice\r\n' });
    expect(api.out.at(-1)).toBe('3 changed, 2 unchanged, 1 without a choice');
  });

  it('names the bad lines of a file that the API refuses', async () => {
    const file = join(folder, 'in.csv');
    await writeFile(file, 'x');
    const fields = [
      { field: 'line 2', message: 'The key is missing.' },
      { field: 'line 9', message: 'The kind is “vendor”.' },
    ];
    const detail = 'Nothing was changed. Line 2: The key is missing. 1 more line is wrong.';
    api.answers = { 'PUT .csv': [{ status: 400, body: { code: 'bad-request', detail, details: { count: 2, fields } } }] };
    expect(await match('import', file)).toBe(2);
    expect(api.err).toEqual([`${detail} (bad-request)\n  line 9: The kind is “vendor”.`]);
    expect(await match('import', join(folder, 'nothing.csv'))).toBe(2);
    expect(api.err.at(-1)).toContain('The file can’t be read');
  });
});
