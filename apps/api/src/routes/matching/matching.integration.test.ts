import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importsInto } from '../../testing/imports.testing.ts';
import { invoice } from '../../testing/open-api.testing.ts';
import { openBooks } from '../../testing/open-books.testing.ts';

type Books = Awaited<ReturnType<typeof openBooks>>;
type Company = Awaited<ReturnType<Books['company']>>;

let b: Books;
let co: Company;
/** The address of the company's matching. */
let at: string;
/** Ids in the books, by name. */
let ids: Record<string, string>;

beforeAll(async () => {
  b = await openBooks();
});
afterAll(() => b.close());

const OURS = [
  ['c-amy', 'Amy’s Bird Sanctuary', {}],
  ['c-cool', 'COOL cars', {}],
  ['c-diego', 'Diego R. Rodriguez', { phone: '(555) 010-7788' }],
  ['c-new', 'Nobody There', {}],
  ['c-john-1', 'John Smith', {}],
  ['c-john-2', 'John Smith', {}],
] as const;

/** A connected company with six customers and a service of ours, and with five customers in the books. */
beforeEach(async () => {
  co = await b.company({ preferences: { classTracking: 'off' } });
  at = `${co.path}/matching`;
  ids = {};
  for (const [name, more] of [
    ["Amy's Bird Sanctuary", {}],
    ['Cool Cars', {}],
    ['Rodriguez & Sons', { PrimaryPhone: { FreeFormNumber: '555-010-7788' } }],
    ['John Smith', {}],
    ['Zoe Only There', {}],
  ] as const) {
    const made = co.quickbooks.act({ act: 'create', entity: 'Customer', record: { DisplayName: name, ...more } });
    ids[name] = String((made as { Id: string }).Id);
  }
  await co.connect();
  const { body } = await b.api.stream(co.admin, co.id, [
    ...OURS.map(([id, accountingKey, more]) => ({ type: 'customer', id, accountingKey, ...more })),
    { type: 'service', id: 's/1', name: 'Drain cleaning' },
    ...OURS.map(([customerId], n) =>
      invoice(`i-${n}`, {
        customerId,
        lines: [{ serviceId: 's/1', name: 'Drains', quantity: '1', unitPrice: '189', amount: '189.00' }],
      }),
    ),
  ]);
  expect(body.refused).toBe(0);
});

const ask = (method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: unknown) =>
  b.api.ask(co.admin, method, `${at}${path}`, body);
const rows = async (query: string) => (await ask('GET', `?${query}`)).body.rows;
const states = async (kind = 'customer') =>
  Object.fromEntries((await rows(`kind=${kind}`)).map(({ key, state }: { key: string; state: string }) => [key, state]));
const customer = async (key: string) => (await rows('kind=customer')).find((row: { key: string }) => row.key === key);
const counts = async () => (await ask('GET', '/counts')).body;
const put = (key: string, body: unknown, kind = 'customer') => ask('PUT', `/${kind}/${encodeURIComponent(key)}`, body);

describe('matching', () => {
  it('shows ours beside what the books have, with the reason of each suggestion', async () => {
    expect(await states()).toEqual({
      'c-amy': 'same-name',
      'c-cool': 'same-name',
      'c-diego': 'similar',
      'c-new': 'only-here',
      'c-john-1': 'to-match',
      'c-john-2': 'to-match',
    });
    expect(await customer('c-diego')).toEqual({
      kind: 'customer',
      key: 'c-diego',
      name: 'Diego R. Rodriguez',
      documents: 1,
      state: 'similar',
      link: null,
      wanted: null,
      suggestions: [{ externalId: ids['Rodriguez & Sons'], name: 'Rodriguez & Sons', reason: 'phone' }],
    });
    expect(await counts()).toMatchObject({
      customer: { linked: 0, 'same-name': 2, similar: 1, 'only-here': 1, 'to-match': 2, broken: 0, 'only-there': 5 },
      item: { 'only-here': 1 },
      listedAt: expect.any(String),
    });
    expect(await states('item')).toEqual({ 'service:s/1': 'only-here' });
  });

  it('goes through ours a page at a time, in one state, or by a part of the name or the key', async () => {
    const first = await ask('GET', '?kind=customer&limit=4');
    const second = await ask('GET', `?kind=customer&limit=4&after=${first.body.next}`);
    const all = [...first.body.rows, ...second.body.rows].map(({ key }) => key);
    expect([first.body.rows.length, second.body.rows.length, new Set(all).size]).toEqual([4, 2, 6]);
    expect(second.body.next).toBeUndefined();
    expect((await rows('kind=customer&state=to-match')).map(({ key }: { key: string }) => key)).toEqual(['c-john-1', 'c-john-2']);
    expect(await rows('kind=customer&q=BIRD')).toMatchObject([{ key: 'c-amy' }]);
    expect(await rows('kind=customer&q=c-john-2')).toMatchObject([{ key: 'c-john-2' }]);
    expect((await ask('GET', '?kind=customer&after=abc')).body.code).toBe('bad-cursor');
    expect((await ask('GET', '')).body.code).toBe('bad-request');
  });

  it('searches the books, all of them or those that are linked to none of ours', async () => {
    const named = async (query: string) => (await ask('GET', `/books?kind=customer${query}`)).body.rows;
    expect(await named('&q=only')).toMatchObject([{ externalId: ids['Zoe Only There'], active: true, linked: 0 }]);
    await put('c-new', { externalId: ids['Zoe Only There'] });
    expect(await named('&q=only')).toMatchObject([{ linked: 1 }]);
    expect(await named('&q=only&unlinked=true')).toEqual([]);
    const page = await ask('GET', '/books?kind=customer&limit=3');
    expect(page.body.rows).toHaveLength(3);
    expect((await ask('GET', `/books?kind=customer&limit=3&after=${page.body.next}`)).body.rows).toHaveLength(2);
  });

  it('links all of the same name at once, and leaves those that a person has to decide', async () => {
    expect((await ask('POST', ':accept-same-names', { kind: 'item' })).body).toEqual({ linked: 0 });
    expect((await ask('POST', ':accept-same-names', {})).body).toEqual({ linked: 2 });
    expect(await states()).toMatchObject({ 'c-amy': 'linked', 'c-cool': 'linked', 'c-diego': 'similar', 'c-john-1': 'to-match' });
    expect((await customer('c-cool')).link).toMatchObject({
      externalId: ids['Cool Cars'],
      name: 'COOL cars',
      nameNow: 'Cool Cars',
      active: true,
      by: expect.stringContaining('admin'),
      shared: [],
      toConfirm: false,
    });
    expect((await ask('POST', ':accept-same-names', {})).body).toEqual({ linked: 0 });
  });

  it('is decided one by one, and taken back', async () => {
    const john = ids['John Smith'];
    expect((await put('c-john-1', { externalId: john })).body).toMatchObject({ state: 'linked', link: { externalId: john } });
    // The other one is still not known to be the same person.
    expect((await customer('c-john-2')).state).toBe('to-match');
    expect((await put('c-john-2', { same: 'c-john-1' })).body.link).toMatchObject({ externalId: john, shared: ['c-john-1'] });
    expect((await ask('DELETE', '/customer/c-john-2')).body).toMatchObject({ state: 'to-match', link: null });
    expect((await put('c-john-2', { another: true })).body).toMatchObject({ state: 'only-here', wanted: 'another' });
    expect((await put('c-diego', { create: true })).body).toMatchObject({ state: 'only-here', wanted: 'create' });
    expect((await ask('DELETE', '/customer/c-diego')).body).toMatchObject({ state: 'similar', wanted: null });
    expect((await put('service:s/1', { create: true }, 'item')).body).toMatchObject({
      kind: 'item',
      key: 'service:s/1',
      wanted: 'create',
    });
    const { body } = await b.api.ask(co.admin, 'GET', `/v1/companies/${co.id}/journal`);
    expect(body.rows.filter(({ act }: { act: string }) => act.startsWith('matching.'))).toHaveLength(7);
  });

  it.each([
    ['an id that the books don’t have', 'c-amy', { externalId: '999' }, 'The books have no customer with the id “999”.'],
    ['a key that is none of ours', 'c-nobody', { create: true }, 'c-nobody'],
    ['another one that is none of ours', 'c-amy', { same: 'c-nobody' }, 'c-nobody'],
    ['a second one of a name that the books have', 'c-cool', { create: true }, 'The books have “Cool Cars” already'],
    ['itself', 'c-amy', { same: 'c-amy' }, 'can’t be the same as itself'],
    ['two choices at once', 'c-amy', { create: true, another: true }, 'body'],
    ['no choice', 'c-amy', {}, 'body'],
  ])('refuses %s', async (_what, key, body, words) => {
    const answer = await put(key, body);
    expect([answer.status, answer.body.code]).toEqual([400, 'bad-request']);
    expect(answer.body.detail).toContain(words);
    expect((await counts()).customer.linked).toBe(0);
  });

  it('finds at a refresh what was renamed, made inactive or merged there, and accepts the survivor', async () => {
    await ask('POST', ':accept-same-names', {});
    await put('c-john-1', { externalId: ids['John Smith'] });
    co.quickbooks.act({ act: 'rename', entity: 'Customer', id: ids["Amy's Bird Sanctuary"]!, name: 'Amy & Birds' });
    co.quickbooks.act({ act: 'deactivate', entity: 'Customer', id: ids['Cool Cars']! });
    co.quickbooks.act({ act: 'merge', from: ids['John Smith']!, into: ids['Zoe Only There']! });
    const refreshed = await ask('POST', ':refresh');
    expect(refreshed.body).toMatchObject({ read: expect.any(Number), customer: { broken: 2 } });
    expect(await customer('c-amy')).toMatchObject({
      state: 'linked',
      link: { nameNow: 'Amy & Birds', name: 'Amy’s Bird Sanctuary' },
    });
    expect(await customer('c-cool')).toMatchObject({ state: 'broken', link: { active: false } });
    const survivor = { externalId: ids['Zoe Only There'], name: 'Zoe Only There', reason: 'merged' };
    const merged = await customer('c-john-1');
    expect(merged.state).toBe('broken');
    if (merged.suggestions.length > 0) expect(merged.suggestions[0]).toEqual(survivor);
    expect((await put('c-john-1', { externalId: survivor.externalId })).body).toMatchObject({
      state: 'linked',
      link: { externalId: survivor.externalId, active: true },
    });
    co.quickbooks.act({ act: 'reactivate', entity: 'Customer', id: ids['Cool Cars']! });
    await co.refresh();
    expect((await customer('c-cool')).state).toBe('linked');
  });

  it('is refused while an open batch creates that name', async () => {
    const { sql } = b.api.store;
    const batch = (await b.api.ask(co.admin, 'POST', `${co.path}/batches`, {})).body.batch;
    await sql`insert into link_intents (company_id, target, environment, account, kind, key, wish, name, folded, request_key, batch_id, made_by)
      values (${co.id}, 'qbo', 'simulator', ${co.quickbooks.realmId}, 'customer', 'c-new', 'create', 'Nobody There', 'nobody there', 'k', ${batch.id}, 'engine')`;
    const answer = await put('c-new', { externalId: ids['Zoe Only There'] });
    expect([answer.status, answer.body.code]).toEqual([409, 'open-batch-creates']);
    expect((await put('c-amy', { externalId: ids["Amy's Bird Sanctuary"] })).status).toBe(200);
  });

  it('is for reading to everyone, and for deciding to admins', async () => {
    const poster = await b.api.key(co.id, 'poster');
    const as = (method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown) => b.api.ask(poster, method, `${at}${path}`, body);
    for (const path of ['?kind=customer', '/counts', '/books?kind=item']) expect((await as('GET', path)).status).toBe(200);
    expect((await as('PUT', '/customer/c-amy', { create: true })).body.code).toBe('role-missing');
    expect((await as('POST', ':accept-same-names', {})).body.code).toBe('role-missing');
    expect((await as('POST', ':refresh')).body.code).toBe('role-missing');
  });

  it('has nothing to show before books are connected, or where the target goes by names', async () => {
    const other = await b.company();
    await b.api.ask(other.admin, 'PUT', other.path, {});
    expect((await b.api.ask(other.admin, 'GET', `${other.path}/matching/counts`)).body.code).toBe('not-connected');
    const saasant = other.path.replace('qbo', 'saasant');
    await b.api.ask(other.admin, 'PUT', saasant, { accounts: { income: 'Services' } });
    expect((await b.api.ask(other.admin, 'GET', `${saasant}/matching?kind=item`)).body.detail).toContain('by their names');
  });
});

describe('an import of files', () => {
  const FILE = {
    'a.csv':
      'Invoice Number,Customer,Invoice Date,Total,Status\r\n1,Zoe Only There,2026-11-03,12.00,Sent\r\n2,Brand New,2026-11-03,13.00,Sent\r\n',
  };
  const [zoe, brandNew] = ['file:customer:Zoe Only There', 'file:customer:Brand New'];

  it('leaves nothing of its check’s preview at the target: no link, no wish, no name, no batch', async () => {
    const imports = importsInto(b.api, co.id);
    const before = await rowsOfAllTables();
    const checked = await imports.check(await imports.begin(FILE));
    expect(checked.state).toBe('checked');
    expect(checked.report.targets).toMatchObject([
      { target: 'qbo', refused: null, operations: { 'invoice.insert': { documents: 2, amount: 2_500 } } },
    ]);
    expect(await rowsOfAllTables()).toEqual(before);
    expect((await counts()).customer).toMatchObject({ linked: 0 });
  });

  it('finds the links and the decisions of its records again, once it was undone and comes again', async () => {
    const imports = importsInto(b.api, co.id);
    const { id } = await imports.imported(FILE);
    expect((await put(zoe, { externalId: ids['Zoe Only There'] })).body.state).toBe('linked');
    expect((await put(brandNew, { another: true })).body).toMatchObject({ state: 'only-here', wanted: 'another' });
    expect((await put('service:s/1', { create: true }, 'item')).body.wanted).toBe('create');
    const [customers, items] = [await rows('kind=customer'), await rows('kind=item')];
    expect((await imports.undo(id)).outcome).toMatchObject({ removed: 4, left: 0 });
    expect([(await customer(zoe)).documents, await customer(brandNew)]).toEqual([0, undefined]);
    await imports.imported(FILE);
    expect([await rows('kind=customer'), await rows('kind=item')]).toEqual([customers, items]);
    expect(await customer(zoe)).toMatchObject({ documents: 1, link: { externalId: ids['Zoe Only There'] } });
  });

  /** A hash of what each table has of the company, by the table's name; an import's own tables and the journal aside. */
  async function rowsOfAllTables(): Promise<Record<string, string>> {
    const { sql } = b.api.store;
    const tables = await sql<{ name: string }[]>`
      select table_name as name from information_schema.columns
      where table_schema = current_schema() and column_name = 'company_id' and table_name !~ '^(imports?(_.*)?|journal)$'`;
    const hashes: Record<string, string> = {};
    for (const { name } of tables) {
      const [row] = await sql<{ hash: string }[]>`
        select count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash
        from ${sql(name)} t where company_id = ${co.id}`;
      hashes[name] = row!.hash;
    }
    expect(Object.keys(hashes)).toEqual(expect.arrayContaining(['links', 'link_intents', 'book_names', 'batches', 'records']));
    return hashes;
  }
});

describe('the file of a matching', () => {
  const download = async () => {
    const reply = await b.api.app.inject({ url: `${at}.csv`, headers: { authorization: `Bearer ${co.admin}` } });
    return { text: reply.body, headers: reply.headers };
  };
  const upload = (text: string | Buffer) => b.api.ask(co.admin, 'PUT', `${at}.csv`, text, { 'content-type': 'text/csv' });
  /** The file with a choice for some keys. */
  const filled = async (choices: Record<string, string>) => {
    const { text } = await download();
    return text
      .split('\r\n')
      .map((line) => {
        const choice = choices[line.split(',')[1] ?? ''];
        return choice === undefined ? line : line.replace(/,[^,]*$/, `,${choice}`);
      })
      .join('\r\n');
  };

  it('decides all of its lines, and nothing when it is sent again or comes back as it went', async () => {
    const { headers } = await download();
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toContain('matching qbo.csv');
    const file = await filled({
      'c-amy': ids["Amy's Bird Sanctuary"]!,
      'c-john-1': 'another',
      'c-new': 'create',
      'c-john-2': ids['John Smith']!,
    });
    expect((await upload(file)).body).toEqual({ changed: 4, unchanged: 0, withoutChoice: 3 });
    expect(await states()).toMatchObject({
      'c-amy': 'linked',
      'c-john-2': 'linked',
      'c-john-1': 'only-here',
      'c-new': 'only-here',
    });
    expect((await upload(file)).body).toEqual({ changed: 0, unchanged: 4, withoutChoice: 3 });
    expect((await upload((await download()).text)).body).toEqual({ changed: 0, unchanged: 4, withoutChoice: 3 });
    expect((await upload(await filled({ 'c-amy': 'undo' }))).body.changed).toBe(1);
    expect((await customer('c-amy')).state).toBe('same-name');
  });

  it('changes nothing if a line is wrong, and names each such line', async () => {
    const file = `${await filled({ 'c-amy': ids["Amy's Bird Sanctuary"]!, 'c-cool': '999', 'c-new': 'same:c-nobody' })}vendor,x,X,,,,,,,,1\r\ncustomer,c-12,Gone,,,,,,,,create\r\n`;
    const lines = file.split('\r\n');
    const lineOf = (part: string) => `line ${lines.findIndex((line) => line.includes(part)) + 1}`;
    const answer = await upload(file);
    expect([answer.status, answer.body.code]).toEqual([400, 'bad-request']);
    expect(answer.body.detail).toMatch(/^Nothing was changed\. Line \d+: .* 3 more lines are wrong\.$/);
    expect(
      Object.fromEntries(answer.body.details.fields.map(({ field, message }: Record<string, string>) => [field, message])),
    ).toEqual({
      [lineOf('c-cool')]: expect.stringContaining('no customer with the id “999”'),
      [lineOf('c-new')]: expect.stringContaining('c-nobody'),
      [lineOf('vendor')]: expect.stringContaining('The kind is “vendor”'),
      [lineOf('c-12')]: expect.stringContaining('no customer with the key “c-12”'),
    });
    expect((await counts()).customer.linked).toBe(0);
  });

  it('notices a key or a name that a spreadsheet changed, and bytes that are not UTF-8', async () => {
    const swapped = (await filled({ 'c-amy': ids["Amy's Bird Sanctuary"]! })).replace(
      'Amy’s Bird Sanctuary',
      'Amy?s Bird Sanctuary',
    );
    expect((await upload(swapped)).body.detail).toContain(
      'The key “c-amy” is “Amy’s Bird Sanctuary”, and the line has “Amy?s Bird Sanctuary”',
    );
    expect((await upload(Buffer.from('kind,key,name,choice\ncustomer,c-amy,Am\xe9,create\n', 'latin1'))).body.detail).toContain(
      'not in UTF-8',
    );
    expect((await b.api.ask(co.admin, 'PUT', `${at}.csv`, { rows: [] })).status).toBe(400);
  });
});
