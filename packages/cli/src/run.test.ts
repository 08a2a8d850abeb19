import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PROBLEM_CODES } from '@ledgerpost/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { progressLine } from './commands/follow-batch.ts';
import type { Io } from './io.ts';
import { run } from './run.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

let server: Server;
let folder: string;
let answer: Answer;
let out: string[];
let err: string[];
let shown: string[];
let io: Io & { env: Record<string, string | undefined> };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledgerpost-cli-'));
  answer = (_request, response) => json(response, 500, {});
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  [out, err, shown] = [[], [], []];
  io = {
    env: {
      LEDGERPOST_URL: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
      LEDGERPOST_KEY: 'lp_x_y',
      LEDGERPOST_COMPANY: 'birds',
    },
    stdin: (async function* () {
      yield Buffer.from('{"a":1}\n');
    })(),
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    progress: (line) => shown.push(line),
    signal: new AbortController().signal,
  };
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

/** An address where nothing listens. */
async function closedPort(): Promise<string> {
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
  const { port } = gone.address() as { port: number };
  await new Promise((resolve) => gone.close(resolve));
  return `http://127.0.0.1:${port}`;
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' })
    .end(JSON.stringify(body));
}

const NOTHING = { lines: 0, taken: 0, unchanged: 0, refused: 0, refusals: [] };

describe('import', () => {
  it('streams a file, shows its progress, and counts', async () => {
    const file = join(folder, 'records.ndjson');
    await writeFile(file, '{"type":"customer","id":"c-1"}\n'.repeat(50_000));
    let received = 0;
    answer = async (request, response) => {
      expect([request.url, request.headers.authorization, request.headers['content-type']]).toEqual([
        '/v1/companies/birds/records',
        'Bearer lp_x_y',
        'application/x-ndjson',
      ]);
      for await (const chunk of request) received += (chunk as Buffer).length;
      json(response, 200, { ...NOTHING, lines: 50_000, taken: 49_000, unchanged: 1_000 });
    };
    expect(await run(['import', file], io)).toBe(0);
    expect(received).toBe(1_550_000);
    expect(out).toEqual(['50,000 lines: 49,000 accepted, 1,000 unchanged, 0 refused.']);
    expect(shown.length).toBeGreaterThan(2);
  });

  it('prints refused lines and exits with 1', async () => {
    answer = async (request, response) => {
      await text(request);
      const refusals = [
        { line: 7, record: 'invoice/i-1', field: 'total', reason: 'total is "x". Send a number.' },
        { line: 9, reason: 'The line is not JSON.' },
      ];
      json(response, 200, { ...NOTHING, lines: 12, taken: 2, refused: 10, refusals });
    };
    expect(await run(['import', '-', '--company', 'other'], io)).toBe(1);
    expect(err).toEqual([
      'line 7 (invoice/i-1): total is "x". Send a number.',
      'line 9: The line is not JSON.',
      '… and 8 more refused lines.',
    ]);
  });

  it('stops sending when the API answers before the end', async () => {
    answer = (_request, response) =>
      json(response, 401, { code: 'no-key', detail: 'The key is unknown or revoked.', instance: 'r' });
    let sent = 0;
    const endless = {
      ...io,
      stdin: (async function* () {
        for (;;) {
          sent++;
          yield Buffer.alloc(64 * 1024, 'x');
        }
      })(),
    };
    expect(await run(['import', '-'], endless)).toBe(2);
    expect(err).toEqual(['The key is unknown or revoked. (no-key)']);
    expect(sent).toBeLessThan(10_000);
  });

  it('shows how much was sent, and what to do, when the connection breaks', async () => {
    answer = (request) => void request.once('data', () => request.destroy());
    const long = {
      ...io,
      stdin: (async function* () {
        for (let i = 0; i < 1_000; i++) yield Buffer.alloc(64 * 1024, 'x');
      })(),
    };
    expect(await run(['import', '-'], long)).toBe(2);
    expect(err[0]).toMatch(/^The connection broke \(\w+\) after \d+ bytes\. Import the file again/);
  });

  it('does not run ahead of an API that reads nothing', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    answer = async (request, response) => {
      await held;
      await text(request);
      json(response, 200, NOTHING);
    };
    let sent = 0;
    const long = {
      ...io,
      stdin: (async function* () {
        for (; sent < 400; sent++) {
          if (sent === 399) release();
          yield Buffer.alloc(256 * 1024, 'x');
        }
      })(),
    };
    const done = run(['import', '-'], long);
    // It stands still once the buffers between the two are full, long before the end.
    let before = -1;
    for (let same = 0; same < 10; same = sent === before ? same + 1 : 0, await new Promise((resolve) => setTimeout(resolve, 20)))
      before = sent;
    expect(sent).toBeLessThan(200);
    release();
    expect(await done).toBe(0);
  });

  it('reports that a file can’t be read', async () => {
    answer = async (request, response) => {
      await text(request);
      json(response, 200, NOTHING);
    };
    expect(await run(['import', join(folder, 'none')], io)).toBe(2);
    expect(err[0]).toContain('can’t be read (ENOENT)');
  });
});

describe('a batch', () => {
  const batch = { id: 'b-1', name: 'October', target: 'saasant', reason: null, confirmedAt: null };
  const going = {
    ...batch,
    state: 'pushing',
    ended: false,
    version: 3,
    progress: { items: 4, done: 1, of: 4, states: {} },
    totals: null,
  };
  const ended = {
    ...batch,
    state: 'posted',
    ended: true,
    version: 4,
    progress: { items: 4, done: 4, of: 4, states: { posted: 4 } },
    totals: { operations: { 'invoice.insert': { documents: 4, amount: 123_456 } } },
  };

  it('is started with the typed options, followed to its end, and totaled', async () => {
    const asked: string[] = [];
    answer = async (request, response) => {
      asked.push(`${request.method} ${request.url}`);
      if (request.method === 'POST') {
        expect(JSON.parse(await text(request))).toEqual({
          name: 'October',
          acknowledge: ['payments-without-invoices'],
          selection: { invoices: { choose: 'filter', filter: { from: '2026-10-01' } }, payments: { choose: 'none' } },
        });
        return json(response, 201, { batch: going });
      }
      if (request.url === '/v1/companies/birds') return json(response, 200, { currency: 'USD' });
      json(response, 200, request.url!.includes('after=3') ? ended : going);
    };
    const typed = ['batch', '--target', 'saasant', '--name', 'October', '--from', '2026-10-01', '--payments', 'none'];
    expect(await run([...typed, '--acknowledge', 'payments-without-invoices'], io)).toBe(0);
    expect(shown).toEqual(['October: pushing 1 of 4', 'October: posted', '']);
    expect(out).toEqual(['b-1', 'October: posted', 'invoice.insert: 4 documents, $1,234.56', 'posted: 4']);
    expect(asked).toContain('GET /v1/companies/birds/batches/b-1?after=3&wait=30');
  });

  it('exits with 1 when not all of it was posted', async () => {
    answer = (request, response) =>
      json(
        response,
        200,
        request.url === '/v1/companies/birds'
          ? { currency: 'USD' }
          : { ...ended, state: 'posted-in-part', reason: { code: 'x', message: 'Two were refused.' } },
      );
    expect(await run(['follow', 'b-1'], io)).toBe(1);
    expect(err).toEqual(['Two were refused.']);
  });

  it('is downloaded under its own name, which can’t leave the folder', async () => {
    answer = (_request, response) => {
      response
        .writeHead(200, { 'content-disposition': `attachment; filename="x"; filename*=UTF-8''..%2F..%2Foctober.zip` })
        .end('zip bytes');
    };
    const file = join(folder, 'out.zip');
    expect(await run(['download', 'b-1', '--out', file], io)).toBe(0);
    expect(await readFile(file, 'utf8')).toBe('zip bytes');
    const before = process.cwd();
    process.chdir(folder);
    try {
      expect(await run(['download', 'b-1'], io)).toBe(0);
      expect(await readFile('.._.._october.zip', 'utf8')).toBe('zip bytes');
    } finally {
      process.chdir(before);
    }
  });
});

const item = (number: string, code: string, severity = 'problem') => ({
  number,
  problems: [
    { code: 'item-renamed', severity: 'notice', message: 'A notice.' },
    { code, severity, message: `Document ${number} has ${code}.` },
  ],
});

describe('the reasons of a batch', () => {
  it('are grouped by cause, most frequent first, each with its cure, over all pages', async () => {
    const batch = { id: 'b-1', name: 'October', target: 'qbo', reason: null, confirmedAt: null, totals: null, ended: true };
    const states = { posted: 1, rejected: 8, differs: 1, undone: 1 };
    const rejected = ['1', '2', '3', '4', '5', '6'].map((number) => item(number, 'no-account'));
    const asked: string[] = [];
    answer = (request, response) => {
      asked.push(request.url!);
      if (request.url!.includes('state=rejected') && !request.url!.includes('after'))
        return json(response, 200, { rows: rejected, next: 'n' });
      if (request.url!.includes('state=rejected'))
        return json(response, 200, { rows: [item('7', 'a-later-code'), item('8', 'total-mismatch')] });
      if (request.url!.includes('state=differs')) return json(response, 200, { rows: [item('9', 'books-differ', 'warning')] });
      if (request.url === '/v1/companies/birds') return json(response, 200, { currency: 'USD' });
      json(response, 200, { ...batch, state: 'posted-in-part', version: 1, progress: { items: 11, done: 11, of: 11, states } });
    };
    expect(await run(['follow', 'b-1'], io)).toBe(1);
    // Nobody undid the batch: a person chose to resend ours.
    expect(out.filter((line) => /undone|resent/.test(line))).toEqual(['to be resent: 1']);
    expect(out.slice(5)).toEqual([
      'rejected (not sent): 8 documents',
      `  no-account, 6 documents: ${PROBLEM_CODES['no-account'].meaning}`,
      `    To fix it: ${PROBLEM_CODES['no-account'].cure}`,
      ...['1', '2', '3', '4', '5'].map((number) => `    ${number}: Document ${number} has no-account.`),
      '    … and 1 more',
      '  a-later-code, 1 document',
      '    7: Document 7 has a-later-code.',
      `  total-mismatch, 1 document: ${PROBLEM_CODES['total-mismatch'].meaning}`,
      `    To fix it: ${PROBLEM_CODES['total-mismatch'].cure}`,
      '    8: Document 8 has total-mismatch.',
      'differs (posted with another total): 1 document',
      `  books-differ, 1 document: ${PROBLEM_CODES['books-differ'].meaning}`,
      `    To fix it: ${PROBLEM_CODES['books-differ'].cure}`,
      '    9: Document 9 has books-differ.',
    ]);
    expect(asked.filter((url) => url.includes('/items?'))).toHaveLength(3);
  });
});

describe('a verification', () => {
  const batch = { name: 'October' };
  const running = { batch, state: 'running', reason: null, counts: { same: 1, changed: 0, gone: 0 } };
  const done = { batch, state: 'done', reason: null, counts: { same: 2, changed: 1, gone: 0 } };
  const nothing = { findings: { rows: [] } };
  const books = (end: object, changed: object = nothing): Answer => {
    return (request, response) => {
      const { pathname, searchParams } = new URL(request.url!, 'http://api');
      if (!pathname.endsWith('/verification')) {
        return json(response, 200, request.method === 'POST' ? running : { version: searchParams.has('wait') ? 8 : 7 });
      }
      const status = searchParams.get('status');
      if (status !== null) return json(response, 200, status === 'changed' ? changed : nothing);
      json(response, 200, shown.length === 0 ? running : end);
    };
  };

  it('is followed to its end, lists the documents that differ, and then exits with 1', async () => {
    const rows = [{ number: '1037', status: 'changed', problem: { message: 'Pat changed the total.' } }];
    answer = books(done, { findings: { rows } });
    expect(await run(['verify', 'b-1'], io)).toBe(1);
    expect(shown).toEqual(['October: 1 same, 0 changed, 0 deleted', 'October: 2 same, 1 changed, 0 deleted', '']);
    expect(out).toEqual(['changed 1037: Pat changed the total.', 'October: 2 same, 1 changed, 0 deleted']);
  });

  it('exits with 0 if nothing differs, and with 1 if not everything could be checked', async () => {
    answer = books({ ...done, counts: { same: 3, changed: 0, gone: 0 } });
    expect(await run(['verify', 'b-1'], io)).toBe(0);
    shown.length = 0;
    answer = books({ ...running, state: 'failed', reason: { code: 'access-lost', message: 'Connect again.' } });
    expect(await run(['verify', 'b-1'], io)).toBe(1);
    expect(err).toEqual(['Connect again.']);
  });
});

describe('a report', () => {
  const row = (documents: number, amount: number, books: object | null) => ({ ours: { documents, amount }, books });
  const theirs = (documents: number, amount: number, of: number, ofAmount: number) => ({
    documents,
    amount,
    of: { documents: of, amount: ofAmount },
    difference: amount - ofAmount,
  });
  const report = {
    batch: { name: 'October', targetName: 'QuickBooks Online', confirmedAt: null, confirmedBy: null },
    company: { currency: 'USD' },
    books: {
      by: 'target',
      how: 'Verify the batch.',
      verification: { run: 2, state: 'done', startedAt: '2026-11-24T10:00:00Z', startedBy: 'vera', reason: null },
      looked: 2,
      superseded: 1,
    },
    documents: 3,
    operations: [
      { operation: 'invoice.insert', ...row(3, 30_000, theirs(2, 20_500, 2, 20_000)) },
      { operation: 'payment.insert', ...row(1, 100, theirs(1, 100, 1, 100)) },
    ],
    accounts: [{ role: 'income', account: 'Services', class: 'HVAC', ...row(3, -30_000, null) }],
    departments: [],
    taxes: [],
    deposits: [{ account: null, ...row(1, 100, theirs(1, 100, 1, 100)) }],
    differing: { count: 1 },
  };

  it('shows the totals in the books beside ours, shows what is unknown, and exits with 1 if they differ', async () => {
    answer = (request, response) => {
      if (request.url!.endsWith('/report')) return json(response, 200, report);
      if (request.url!.includes('/items?state=rejected')) return json(response, 200, { rows: [item('7', 'no-customer')] });
      json(response, 200, { progress: { states: { posted: 3, rejected: 1 } } });
    };
    expect(await run(['report', 'b-1'], io)).toBe(1);
    expect(out).toEqual([
      'October: 3 documents in QuickBooks Online',
      'by kind:',
      '  invoice.insert, 3: $300.00 (in the books: $205.00, of $200.00 checked; difference $5.00)',
      '  payment.insert, 1: $1.00 (in the books: the same)',
      'by account and class (debits are positive):',
      '  income, Services, HVAC: -$300.00 (in the books: unknown)',
      'deposits:',
      '  default account of the books: $1.00 (in the books: the same)',
      'rejected (not sent): 1 document',
      `  no-customer, 1 document: ${PROBLEM_CODES['no-customer'].meaning}`,
      `    To fix it: ${PROBLEM_CODES['no-customer'].cure}`,
      '    7: Document 7 has no-customer.',
      'verification 2 (done), started 2026-11-24T10:00:00Z by vera: 2 documents checked, 1 differ',
      '1 replaced by a newer batch, and checked with that batch',
    ]);
  });

  it('explains how to read the totals in the books before the first verification', async () => {
    answer = (_request, response) =>
      json(response, 200, {
        ...report,
        progress: { states: {} },
        operations: [],
        accounts: [],
        deposits: [],
        books: { ...report.books, verification: null },
      });
    expect(await run(['report', 'b-1'], io)).toBe(0);
    expect(err).toEqual(['The totals in the books are not known. Verify the batch.']);
  });

  it('goes into a file as a workbook', async () => {
    let asked = '';
    answer = (request, response) => {
      asked = request.url!;
      response.writeHead(200, { 'content-disposition': 'attachment; filename="other.xlsx"' }).end('xlsx bytes');
    };
    const file = join(folder, 'report.xlsx');
    expect(await run(['report', 'b-1', '--xlsx', file], io)).toBe(0);
    expect(asked).toBe('/v1/companies/birds/batches/b-1/report.xlsx');
    expect([await readFile(file, 'utf8'), out]).toEqual(['xlsx bytes', [`${file} (10 bytes)`]]);
  });
});

describe('trouble', () => {
  it('shows the API’s own sentence with its fields', async () => {
    answer = (_request, response) =>
      json(response, 400, {
        code: 'bad-request',
        detail: 'body.name: It is too short.',
        instance: 'r-1',
        details: {
          fields: [
            { field: 'body.name', message: 'It is too short.' },
            { field: 'body.roles', message: 'Give the key a role.' },
          ],
        },
      });
    expect(await run(['keys', 'create', '--name', '', '--role', ''], io)).toBe(2);
    expect(err).toEqual(['body.name: It is too short. (bad-request)\n  body.roles: Give the key a role.']);
  });

  it('names the request when the API fails, so that an engineer finds it', async () => {
    answer = (_request, response) => json(response, 500, { code: 'internal', detail: 'Something broke.', instance: 'r-77' });
    await run(['companies'], io);
    expect(err).toEqual(['Something broke. (internal, request r-77)']);
  });

  it.each([
    [['import'], 'Name the file'],
    [['dance'], 'There is no command "dance"'],
    [['import', 'x', '--fast'], '--fast'],
    [['batch'], '--target'],
    [['follow'], 'Name the batch'],
    [['schedule'], 'schedule put'],
    [['companies', 'put', 'x', '--name', 'X'], 'Also required: --time-zone America/Los_Angeles --currency USD'],
    [['keys', 'create'], 'Also required: --name NAME --role viewer'],
  ])('of %j names what is missing', async (argv, words) => {
    expect(await run(argv, io)).toBe(2);
    expect(err.join('\n')).toContain(words);
  });

  it('lists an ended batch by its state, whatever it may wait for', () => {
    const batch = { name: 'Friday', state: 'posted', ended: true, progress: { done: 2, of: 2 }, waiting: 'No worker is up.' };
    expect(progressLine(batch as never)).toBe('Friday: posted');
    expect(progressLine({ ...batch, state: 'selecting', ended: false } as never)).toBe('Friday: waiting. No worker is up.');
  });

  it('needs a key, a company and a running API', async () => {
    expect(await run(['companies'], { ...io, env: {} })).toBe(2);
    answer = (_request, response) => json(response, 200, { companyId: null });
    expect(await run(['batches'], { ...io, env: { ...io.env, LEDGERPOST_COMPANY: undefined } })).toBe(2);
    expect(await run(['companies'], { ...io, env: { ...io.env, LEDGERPOST_URL: await closedPort() } })).toBe(2);
    expect(err).toEqual([
      expect.stringContaining('LEDGERPOST_KEY'),
      expect.stringContaining('--company'),
      expect.stringContaining('can’t be reached (ECONNREFUSED)'),
    ]);
  });

  it('prints only the secret to standard output, so that it can be piped', async () => {
    answer = async (request, response) => {
      expect(JSON.parse(await text(request))).toEqual({ name: 'till', roles: ['source', 'viewer'] });
      json(response, 201, { id: 'k', secret: 'lp_k_s' });
    };
    expect(await run(['keys', 'create', '--name', 'till', '--role', 'source', '--role', 'viewer'], io)).toBe(0);
    expect(out).toEqual(['lp_k_s']);
  });
});
