import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeApi, ok, startFakeApi } from '../fake-api.testing.ts';
import { run } from '../run.ts';

const DRIFT = {
  id: '0190-1',
  number: '10427',
  status: 'changed',
  amount: 18_900,
  total: 20_000,
  state: 'open',
  decidedBy: null,
  batch: { name: 'birds-qbo-1' },
  problem: { message: 'Invoice 10427 was changed in QuickBooks since it was posted: total $200.00 instead of $189.00.' },
  choices: ['keep-theirs', 'send-again', 'resolve'],
};
const LOOK = { state: 'done', wantedBy: null, reason: null, looked: 12, found: 1, postponed: 0, open: 1 };

const AT = '/v1/companies/birds';

let api: FakeApi;
beforeEach(async () => {
  api = await startFakeApi('');
  api.answers = { [`GET ${AT}`]: ok({ currency: 'USD' }) };
});
afterEach(() => api.stop());

describe('drift', () => {
  it('list shows both amounts, the change and the choices, over all pages', async () => {
    api.answers[`GET ${AT}/drift?state=open&limit=500`] = ok({ rows: [DRIFT], next: 'n' });
    api.answers[`GET ${AT}/drift?state=open&limit=500&after=n`] = ok({
      rows: [{ ...DRIFT, id: '0190-2', status: 'gone', total: null }],
    });
    expect(await run(['drift', 'list'], api.io)).toBe(0);
    expect(api.out).toEqual([
      '0190-1  10427 (birds-qbo-1): posted $189.00, in the books $200.00; open',
      `    ${DRIFT.problem.message}`,
      '    choices: keep-theirs, send-again, resolve',
      '0190-2  10427 (birds-qbo-1): posted $189.00, in the books deleted; open',
      `    ${DRIFT.problem.message}`,
      '    choices: keep-theirs, send-again, resolve',
    ]);
  });

  it('check waits for the result, sums it up, and exits with 1 while something is open', async () => {
    const path = `${AT}/targets/qbo/look`;
    api.answers[`POST ${path}`] = ok({ ...LOOK, state: null, wantedBy: 'request' });
    api.answers[`GET ${path}`] = ok({ ...LOOK, state: 'running' }, LOOK);
    api.answers[`GET ${AT}/drift?target=qbo&state=open&limit=500`] = ok({ rows: [DRIFT] });
    expect(await run(['drift', 'check', '--target', 'qbo'], api.io)).toBe(1);
    expect(api.out[0]).toBe('12 documents checked, 1 newly changed, 1 open');
    expect(api.out[1]).toContain('10427');
  });

  it('check shows why the books could not be read, under its former name too', async () => {
    const failed = { ...LOOK, state: 'failed', reason: { message: 'QuickBooks access was revoked or has expired.' } };
    api.answers[`POST ${AT}/targets/qbo/look`] = ok(failed);
    expect(await run(['drift', 'look', '--target', 'qbo'], api.io)).not.toBe(0);
    expect(api.err.join()).toContain('access was revoked');
  });

  it.each(['keep-theirs', 'send-again', 'resolve'])('%s decides each change that is named', async (choice) => {
    for (const id of ['a', 'b']) api.answers[`POST ${AT}/drift/${id}/${choice}`] = ok({ ...DRIFT, state: 'decided' });
    expect(await run(['drift', choice, 'a', 'b'], api.io)).toBe(0);
    expect(api.out).toEqual(['10427: decided', '10427: decided']);
    expect(api.asked.filter(({ route }) => route.startsWith('POST'))).toHaveLength(2);
    expect(await run(['drift', choice], api.io)).not.toBe(0);
  });
});
