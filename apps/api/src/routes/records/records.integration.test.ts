import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMPANY, customer, invoice, openTestApi, payment, type TestApi } from '../../testing/open-api.testing.ts';

let api: TestApi;
let source: string;
let company: string;
let n = 0;
beforeAll(async () => {
  api = await openTestApi();
  await api.app.listen({ port: 0, host: '127.0.0.1' });
});
beforeEach(async () => {
  company = `company-${++n}`;
  await api.ask(api.admin, 'PUT', `/v1/companies/${company}`, COMPANY);
  source = await api.key(company, 'source');
});
afterAll(() => api.close());

const stored = async (type: string, id: string) =>
  (await api.ask(source, 'GET', `/v1/companies/${company}/records/${type}/${id}`)).body?.record;

describe('PUT of one record', () => {
  it('accepts it, and counts it as unchanged the second time, whatever the spelling of its amounts', async () => {
    const url = `/v1/companies/${company}/records/invoice/i-1`;
    expect((await api.ask(source, 'PUT', url, invoice('i-1'))).body).toEqual({ outcome: 'taken' });
    expect((await api.ask(source, 'PUT', url, invoice('i-1', { total: '189' }))).body).toEqual({ outcome: 'unchanged' });
    expect((await api.ask(source, 'PUT', url, invoice('i-1', { memo: 'new' }))).body).toEqual({ outcome: 'taken' });
    expect(await stored('invoice', 'i-1')).toMatchObject({ memo: 'new' });
  });

  it('refuses by name what it can’t read', async () => {
    const { status, body } = await api.ask(
      source,
      'PUT',
      `/v1/companies/${company}/records/invoice/i-1`,
      invoice('i-1', { colour: 'red', total: '1.005' }),
    );
    expect([status, body.code]).toEqual([422, 'bad-record']);
    expect(body.details.fields.map((f: { field: string }) => f.field).sort()).toEqual(['colour', 'total']);
  });

  it('refuses a body that is another record than the address names', async () => {
    expect(await api.ask(source, 'PUT', `/v1/companies/${company}/records/invoice/i-2`, invoice('i-1'))).toMatchObject({
      status: 422,
      body: { code: 'bad-record' },
    });
  });

  it('accepts an id of any characters', async () => {
    const id = 'ü/%2F "q" #1';
    expect(
      (await api.ask(source, 'PUT', `/v1/companies/${company}/records/customer/${encodeURIComponent(id)}`, { name: 'Ü' })).status,
    ).toBe(200);
    expect(await stored('customer', encodeURIComponent(id))).toMatchObject({ id });
  });

  it('refuses text that no database can hold', async () => {
    expect(await api.ask(source, 'PUT', `/v1/companies/${company}/records/customer/c-1`, { name: 'a\0b' })).toMatchObject({
      status: 400,
      body: { code: 'bad-request' },
    });
  });
});

describe('a body that no record has', () => {
  const put = (payload: string | Buffer, headers: Record<string, string> = {}) =>
    api.app.inject({
      method: 'PUT',
      url: `/v1/companies/${company}/records/customer/c-1`,
      headers: { authorization: `Bearer ${source}`, 'content-type': 'application/json', ...headers },
      payload,
    });
  const deep = `{"name":"x","tags":${'['.repeat(4_400)}${']'.repeat(4_400)}}`;

  it.each([
    ['nested 4,400 levels deep', deep, 'nested more than 32 levels'],
    ['that is not UTF-8', Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]), 'not UTF-8'],
    ['with a forbidden member', '{"__proto__":{"name":"x"}}', '__proto__ is a name that no member may have'],
    ['with an infinite number', '{"name":1e400}', 'name is a number that is too large'],
  ])('%s is refused with a true sentence', async (_what, payload, sentence) => {
    const reply = await put(payload);
    expect([reply.statusCode, reply.json()]).toEqual([
      400,
      expect.objectContaining({ code: 'bad-json', detail: expect.stringContaining(sentence) }),
    ]);
    expect(await stored('customer', 'c-1')).toBeUndefined();
  });

  it('that is compressed is refused, since none is unpacked', async () => {
    const reply = await put(gzipSync('{"name":"x"}'), { 'content-encoding': 'gzip' });
    expect([reply.statusCode, reply.json().code]).toEqual([415, 'unsupported-media-type']);
    expect((await put('{"name":"x"}', { 'content-encoding': 'identity' })).statusCode).toBe(200);
  });

  it('in one line of a stream is refused alone', async () => {
    const { status, body } = await api.stream(source, company, [customer(), deep, '{"__proto__":1}', customer('c-2')]);
    expect([status, body.taken, body.refused]).toEqual([200, 2, 2]);
    expect(body.refusals).toEqual([
      { line: 2, reason: expect.stringContaining('nested more than 32 levels') },
      { line: 3, reason: expect.stringContaining('__proto__') },
    ]);
  });
});

describe('a body that never arrives', () => {
  it('is given up with a 408, and the connection is closed', async () => {
    const patient = await openTestApi({ bodyMs: 100 });
    await patient.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = patient.app.server.address() as { port: number };
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.write(
      `PUT /v1/companies/half HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${patient.admin}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"name":`,
    );
    let answer = '';
    socket.on('data', (bytes) => {
      answer += String(bytes);
    });
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('"code":"too-slow"');
    await patient.close();
  });
});

it('the names of open records are there to be mapped, with counts, an example, and where they go', async () => {
  const at = `/v1/companies/${company}/targets/saasant`;
  await api.ask(api.admin, 'PUT', at, { categories: { Services: 'Sales of services' } });
  const line = { name: 'Filter', quantity: '1', unitPrice: '20', amount: '20.00', serviceId: 's-1' };
  await api.stream(api.admin, company, [
    customer(),
    { type: 'service', id: 's-1', name: 'Filter', accountingCategory: 'Parts', accountingClass: 'HVAC' },
    // Files have no place for departments, so there is nothing to map.
    { type: 'department', id: 'd-1', name: 'North' },
    invoice('i-1', { terms: 'Net 30', departmentId: 'd-1' }),
    invoice('i-2', { lines: [line, line], total: '40.00' }),
    payment('p-1', 'i-1'),
  ]);
  const found = (kind: string, name: string, example: string, mappedTo: string | null = null) => ({
    kind,
    name,
    records: 1,
    example,
    mappedTo,
  });
  expect((await api.ask(api.admin, 'GET', `${at}/found`)).body.rows).toEqual([
    found('categories', 'Parts', 'N-i-2'),
    found('categories', 'Services', 'N-i-1', 'Sales of services'),
    found('classes', 'HVAC', 'N-i-2'),
    found('paymentMethods', 'Check', 'p-1'),
    found('terms', 'Net 30', 'N-i-1'),
  ]);
});

describe('a stream of nothing but refused lines', () => {
  it('is given up after some thousand, with the reason and how far it got, and keeps what was good before', async () => {
    const lines = [customer(), ...Array.from({ length: 200_000 }, () => '{"type":"invoice"}')];
    const began = performance.now();
    const { status, body } = await api.stream(source, company, lines);
    expect([status, body.code]).toEqual([422, 'too-many-refusals']);
    expect(body.detail).toContain('5000 lines were refused');
    expect(body.details).toMatchObject({ taken: 1, refused: 5_000, throughLine: 5_001 });
    expect(body.details.refusals).toHaveLength(100);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(await stored('customer', 'c-1')).toBeDefined();
  });

  it('lets other requests have their turn', async () => {
    // Some seconds of work, also on a fast machine, which would be one turn if nothing came between.
    const lines = Array.from({ length: 4_000 }, () => `{"type":"invoice","lines":[${'{},'.repeat(200)}{}]}`);
    const began = performance.now();
    const reading = api.stream(source, company, lines);
    let longest = 0;
    let over = false;
    void reading.finally(() => {
      over = true;
    });
    for (let last = performance.now(); !over; ) {
      await nextTurn();
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }
    expect((await reading).body.refused).toBe(4_000);
    expect(longest).toBeLessThan((performance.now() - began) / 2);
  });
});

describe('a stream of records', () => {
  it('accepts the good lines, reports the others by line and reason, and counts both', async () => {
    const { status, body } = await api.stream(source, company, [
      customer(),
      '{"type":"invoice",',
      invoice('i-1'),
      '',
      invoice('i-2', { total: '1.005' }),
      '[]',
      { type: 'ship', id: 's-1' },
      '{"type":"customer","id":"c-2","name":"a\\u0000b"}',
      invoice('i-3'),
    ]);
    expect(status).toBe(200);
    expect(body).toMatchObject({ lines: 8, taken: 3, unchanged: 0, refused: 5, throughLine: 9 });
    expect(body.refusals.map((r: { line: number }) => r.line)).toEqual([2, 5, 6, 7, 8]);
    expect(body.refusals[1]).toMatchObject({ record: 'invoice/i-2', field: 'total', reason: expect.stringContaining('1.005') });
    expect(await stored('invoice', 'i-3')).toMatchObject({ number: 'N-i-3' });
  });

  it('counts a second sending as unchanged', async () => {
    await api.stream(source, company, [customer(), invoice('i-1')]);
    expect((await api.stream(source, company, [customer(), invoice('i-1')])).body).toMatchObject({
      taken: 0,
      unchanged: 2,
      refused: 0,
    });
  });

  it('stores what a line states, however it is written', async () => {
    const lines = [
      String.raw`{"id":"first","type":"customer","id":"c-1" ,	"name":"\u0041\ud83d\ude00 \"q\" \\ \/"}` + '\r',
      String.raw`{"\u0074ype":"customer","id":"c-2","name":"\u00e9\u0001"}`,
      String.raw`{"type":"customer","id":"c-3","name":"\ud83d"}`,
    ];
    const { body } = await api.stream(source, company, lines);
    expect(body).toMatchObject({ taken: 2, refused: 1, refusals: [{ line: 3, record: 'customer/c-3', field: 'name' }] });
    for (const [at, id] of ['c-1', 'c-2'].entries()) expect(await stored('customer', id)).toEqual(JSON.parse(lines[at]!));
    expect(await stored('customer', 'first')).toBeUndefined();
  });

  it('caps the list of refusals and counts them all', async () => {
    const { body } = await api.stream(
      source,
      company,
      Array.from({ length: 250 }, () => 'no'),
    );
    expect([body.refused, body.refusals.length]).toEqual([250, 100]);
  });

  it('accepts more than one put’s worth', async () => {
    const { body } = await api.stream(
      source,
      company,
      Array.from({ length: 2_500 }, (_, i) => customer(`c-${i}`)),
    );
    expect(body).toMatchObject({ lines: 2_500, taken: 2_500, throughLine: 2_500 });
    expect(await stored('customer', 'c-2499')).toBeDefined();
    // Of the first put all are changed, of the second a half, and the third has one that is new.
    const again = Array.from({ length: 2_500 }, (_, i) => customer(i === 2_499 ? 'c-new' : `c-${i}`));
    const renamed = again.map((record, i) => (i < 1_500 ? { ...record, name: `Renamed ${i}` } : record));
    expect((await api.stream(source, company, renamed)).body).toMatchObject({ lines: 2_500, taken: 1_501, unchanged: 999 });
    expect(await stored('customer', 'c-1499')).toMatchObject({ name: 'Renamed 1499' });
    expect(await stored('customer', 'c-1500')).not.toMatchObject({ name: 'Renamed 1500' });
    expect(await stored('customer', 'c-new')).toBeDefined();
  });

  it('refuses another media type and an encoded stream', async () => {
    expect(await api.ask(source, 'POST', `/v1/companies/${company}/records`, { a: 1 })).toMatchObject({ status: 415 });
    const zipped = await api.ask(source, 'POST', `/v1/companies/${company}/records`, 'x', {
      'content-type': 'application/x-ndjson',
      'content-encoding': 'gzip',
    });
    expect(zipped).toMatchObject({ status: 415, body: { code: 'unsupported-media-type' } });
  });

  it('keeps the lines that arrived whole when the stream breaks, and no half of a line', async () => {
    const socket = await openStream();
    const lines = Array.from({ length: 1_500 }, (_, i) => `${JSON.stringify(customer(`c-${i}`))}\n`).join('');
    writeChunk(socket, `${lines}{"type":"customer","id":"half"`);
    await until(async () => (await stored('customer', 'c-0')) !== undefined);
    socket.destroy();
    await until(async () => (await stored('customer', 'c-1499')) !== undefined);
    expect(await stored('customer', 'half')).toBeUndefined();
  });

  it('reports how far it got when the database fails in the middle', async () => {
    const lost = await openTestApi();
    await lost.ask(lost.admin, 'PUT', '/v1/companies/lost', COMPANY);
    await lost.ask(lost.admin, 'PUT', '/v1/companies/lost/records/customer/c-1', {});
    await lost.store
      .sql`create function fail() returns trigger language plpgsql as $$ begin raise exception using errcode = '57P01', message = 'going down'; end $$`;
    await lost.store
      .sql`create trigger fail before insert on records for each row when (new.id = 'c-1500') execute function fail()`;
    const { status, body } = await lost.stream(
      lost.admin,
      'lost',
      Array.from({ length: 3_000 }, (_, i) => customer(`c-${i}`)),
    );
    expect([status, body.code]).toEqual([503, 'stream-broken']);
    expect(body.details).toMatchObject({ throughLine: 1_000, taken: 1_000 });
    await lost.close();
  });

  it('slows the sender down to the pace of the database, so that memory does not grow with the stream', async () => {
    await api.store.sql`select 1`;
    const socket = await openStream();
    const block = await api.store.sql.reserve();
    await block`begin`;
    await block`lock table records in access exclusive mode`;
    const line = `${JSON.stringify({ ...customer(), name: 'x'.repeat(900) })}\n`;
    const chunk = line.repeat(1_000);
    let sent = 0;
    for (; sent < 60; sent++) {
      if (writeChunk(socket, chunk)) continue;
      const drained = await Promise.race([
        new Promise<boolean>((resolve) => socket.once('drain', () => resolve(true))),
        sleep(1_000, false),
      ]);
      if (!drained) break;
    }
    expect(sent).toBeLessThan(30);
    await block`rollback`;
    block.release();
    socket.destroy();
  });
});

async function openStream(): Promise<Socket> {
  const { port } = api.app.server.address() as { port: number };
  const socket = createConnection({ port, host: '127.0.0.1' });
  socket.on('error', () => {});
  socket.write(
    `POST /v1/companies/${company}/records HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${source}\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n`,
  );
  return socket;
}

function writeChunk(socket: Socket, text: string): boolean {
  return socket.write(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds()) return;
    await sleep(25);
  }
  throw new Error('It did not come about within five seconds.');
}
