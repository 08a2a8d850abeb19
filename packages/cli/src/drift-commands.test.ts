import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Io } from './io.ts';
import { run } from './run.ts';

const DRIFT = {
  id: '0190-1',
  number: '10427',
  status: 'changed',
  amount: 18_900,
  total: 20_000,
  state: 'open',
  decidedBy: null,
  batch: { name: 'birds-qbo-1' },
  problem: { message: 'Invoice 10427 was changed in QuickBooks since it was posted: total 200.00 instead of 189.00.' },
  choices: ['keep-theirs', 'send-again', 'resolve'],
};
const LOOK = { state: 'done', wantedAt: null, reason: null, looked: 12, found: 1, postponed: 0, open: 1 };
const AT = '/v1/companies/birds';

let server: Server;
/** Answers by method and path; of several the last is given again. */
let answers: Record<string, unknown[]>;
let asked: string[];
let out: string[];
let err: string[];
let io: Io;

beforeEach(async () => {
  [answers, asked, out, err] = [{ [`GET ${AT}`]: [{ currency: 'USD' }] }, [], [], []];
  server = createServer((request, response) => {
    const route = `${request.method} ${request.url}`;
    asked.push(route);
    const list = answers[route];
    const body = list === undefined ? undefined : list.length > 1 ? list.shift() : list[0];
    response.writeHead(body === undefined ? 404 : 200).end(JSON.stringify(body ?? { code: 'not-found', detail: `No ${route}.` }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  io = {
    env: { LEDGERPOST_URL: `http://127.0.0.1:${port}`, LEDGERPOST_KEY: 'lp_x_y', LEDGERPOST_COMPANY: 'birds' },
    stdin: (async function* () {})(),
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    progress: () => {},
    signal: new AbortController().signal,
  } as Io;
});
afterEach(() => server.close());

describe('drift', () => {
  it('list shows ours and theirs, what changed and what can be decided, over all pages', async () => {
    answers[`GET ${AT}/drift?state=open&limit=500`] = [{ rows: [DRIFT], next: 'n' }];
    answers[`GET ${AT}/drift?state=open&limit=500&after=n`] = [
      { rows: [{ ...DRIFT, id: '0190-2', status: 'gone', total: null }] },
    ];
    expect(await run(['drift', 'list'], io)).toBe(0);
    expect(out).toEqual([
      '0190-1  10427 (birds-qbo-1): ours 189.00, theirs 200.00; open',
      `    ${DRIFT.problem.message}`,
      '    choices: keep-theirs, send-again, resolve',
      '0190-2  10427 (birds-qbo-1): ours 189.00, gone; open',
      `    ${DRIFT.problem.message}`,
      '    choices: keep-theirs, send-again, resolve',
    ]);
  });

  it('look waits until it is done, says what it came to, and exits 1 while something is open', async () => {
    const path = `${AT}/targets/qbo/look`;
    answers[`POST ${path}`] = [{ ...LOOK, state: null, wantedAt: '2026-11-24T12:00:00Z' }];
    answers[`GET ${path}`] = [{ ...LOOK, state: 'running' }, LOOK];
    answers[`GET ${AT}/drift?target=qbo&state=open&limit=500`] = [{ rows: [DRIFT] }];
    expect(await run(['drift', 'look', '--target', 'qbo'], io)).toBe(1);
    expect(out[0]).toBe('12 documents looked at, 1 newly changed, 1 open');
    expect(out[1]).toContain('10427');
  });

  it('look says why the books could not be asked', async () => {
    const failed = { ...LOOK, state: 'failed', reason: { message: 'QuickBooks does not let us in any more.' } };
    answers[`POST ${AT}/targets/qbo/look`] = [failed];
    expect(await run(['drift', 'look', '--target', 'qbo'], io)).not.toBe(0);
    expect(err.join()).toContain('does not let us in');
  });

  it.each(['keep-theirs', 'send-again', 'resolve'])('%s decides about each that is named', async (choice) => {
    for (const id of ['a', 'b']) answers[`POST ${AT}/drift/${id}/${choice}`] = [{ ...DRIFT, state: 'decided' }];
    expect(await run(['drift', choice, 'a', 'b'], io)).toBe(0);
    expect(out).toEqual(['10427: decided', '10427: decided']);
    expect(asked.filter((route) => route.startsWith('POST'))).toHaveLength(2);
    expect(await run(['drift', choice], io)).not.toBe(0);
  });
});
