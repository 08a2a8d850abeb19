import { memoryBooks, memoryTarget } from '@ledgerpost/conformance/memory-target';
import { newSealingKey, parseSealingKeys, rotateSeals } from '@ledgerpost/connections';
import type { AnyTarget } from '@ledgerpost/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { COMPANY, customer, invoice, openTestApi, type TestApi } from '../../testing/open-api.testing.ts';

const at = '/v1/companies/birds/targets/memory';
const keys = parseSealingKeys(newSealingKey('k1'));
/** Books that take no credit memos. */
function smaller(): AnyTarget {
  const memory: AnyTarget = memoryTarget(memoryBooks());
  const stages = memory.stages
    .map((stage) => ({ ...stage, operations: stage.operations.filter((one) => !one.startsWith('creditMemo')) }))
    .filter(({ operations }) => operations.length > 0);
  return { ...memory, id: 'smaller', stages, untaken: { 'creditMemo.insert': UNTAKEN } };
}
const UNTAKEN = 'These books give credit on the invoice itself. Enter it there, then mark the memo as already in the books.';
let api: TestApi;
let keyless: TestApi;
beforeAll(async () => {
  const targets = [memoryTarget(memoryBooks()), smaller()];
  [api, keyless] = await Promise.all([openTestApi({ targets, sealingKeys: keys }), openTestApi({ targets })]);
  for (const one of [api, keyless]) await one.ask(one.admin, 'PUT', '/v1/companies/birds', COMPANY);
});
afterAll(() => Promise.all([api.close(), keyless.close()]));

const put = (body: object, on = api) => on.ask(on.admin, 'PUT', at, body);
const stored = async ({ store: { sql } } = api) => {
  const settings = await sql`select settings from company_targets`;
  const lines = await sql`select details from journal`;
  return JSON.stringify([settings, lines]);
};
const sealed = async () =>
  (await api.store.sql<{ keyId: string }[]>`select key_id as "keyId" from settings_secrets`).map(({ keyId }) => keyId);

it('a secret without a sealing key is refused by its name, and nothing is stored', async () => {
  const answer = await put({ apiKey: 'typed-by-ada' }, keyless);
  expect(answer).toMatchObject({ status: 409, body: { code: 'no-sealing-key', detail: expect.stringContaining('apiKey') } });
  expect(await stored(keyless)).not.toContain('typed-by-ada');
  expect((await put({}, keyless)).status).toBe(201);
});

it('a secret is sealed, never shown, kept where it is left out, and removed by null', async () => {
  const answer = await put({ apiKey: 'typed-by-ada' });
  expect(answer.status).toBe(201);
  expect(answer.body.settings).not.toHaveProperty('apiKey');
  expect(JSON.stringify((await api.ask(api.admin, 'GET', at)).body)).not.toContain('typed-by-ada');
  expect(await stored()).not.toContain('typed-by-ada');
  expect(await stored()).toContain('"set":["apiKey"]');
  expect(await sealed()).toEqual(['k1']);

  await put({ policy: { tolerance: 2 } });
  expect(await sealed()).toEqual(['k1']);
  const newer = parseSealingKeys(newSealingKey('k2'));
  expect(await rotateSeals(api.store, [newer[0], keys[0]], 'ada')).toMatchObject({ sealedAgain: 1, unreadable: [] });
  expect(await sealed()).toEqual(['k2']);
  expect(await rotateSeals(api.store, keys, 'ada')).toMatchObject({
    unreadable: [{ company: 'birds', target: 'memory', key: 'k2' }],
  });
  expect(await rotateSeals(api.store, [keys[0], newer[0]], 'ada')).toMatchObject({ sealedAgain: 1 });

  expect((await put({ apiKey: null })).status).toBe(200);
  expect(await sealed()).toEqual([]);
});

it('what the target does not take stays in the list with the reason, and is counted apart in the preview', async () => {
  const at = '/v1/companies/birds';
  await api.ask(api.admin, 'PUT', `${at}/targets/smaller`, { accounts: { income: 'Services' } });
  const { status: _, dueDate: _d, ...form } = invoice('m-1') as Record<string, unknown>;
  const memo = { ...form, type: 'creditMemo' };
  expect((await api.stream(api.admin, 'birds', [customer(), invoice('i-1'), memo])).status).toBe(200);
  const { rows } = (await api.ask(api.admin, 'GET', `${at}/targets/smaller/unbatched/invoices`)).body;
  const found = Object.fromEntries(rows.map((row: { id: string; problems: object[] }) => [row.id, row.problems]));
  expect(found['m-1']).toMatchObject([{ code: 'not-taken', message: UNTAKEN }]);
  expect(found['i-1']).toEqual([]);
  const preview = await api.ask(api.admin, 'POST', `${at}/targets/smaller/batches:preview`, {});
  expect(preview.body.notSelected).toMatchObject([{ reason: 'not-taken', documents: 1, sentence: UNTAKEN }]);
  const only = {
    selection: { invoices: { choose: 'ids', ids: [{ type: 'creditMemo', id: 'm-1' }] }, payments: { choose: 'none' } },
  };
  const refused = await api.ask(api.admin, 'POST', `${at}/targets/smaller/batches`, only);
  expect(refused).toMatchObject({ status: 422, body: { code: 'nothing-to-send', detail: expect.stringContaining('not-taken') } });
});
