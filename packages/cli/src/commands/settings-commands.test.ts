import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeApi, ok, startFakeApi } from '../fake-api.testing.ts';
import { run } from '../run.ts';

const text = { type: 'string' };
const FORM = {
  type: 'object',
  properties: {
    accounts: { type: 'object', properties: { income: text, refund: text } },
    categories: { type: 'object', additionalProperties: text },
    policy: {
      type: 'object',
      properties: { tolerance: { type: 'integer' }, approval: { type: 'object', properties: { required: { type: 'boolean' } } } },
    },
  },
};
const SETTINGS = { accounts: { income: 'Services' }, categories: { Parts: 'Sales' }, policy: { tolerance: 0 } };
const PATH = '/v1/companies/birds/targets';

let api: FakeApi;
beforeEach(async () => {
  api = await startFakeApi('');
  api.answers = {
    'GET /v1/targets/saasant': ok({ settings: FORM }),
    [`GET ${PATH}`]: ok({
      rows: [
        { target: 'qbo', settings: {} },
        { target: 'saasant', settings: SETTINGS },
      ],
    }),
    [`PUT ${PATH}/saasant`]: ok({}),
  };
});
afterEach(() => api.stop());
const typed = (...words: string[]) => run(['settings', ...words, '--target', 'saasant'], api.io);
const sent = () => api.asked.findLast(({ route }) => route.startsWith('PUT'))?.body;

describe('settings', () => {
  it('show prints all of them as JSON', async () => {
    expect(await typed('show')).toBe(0);
    expect(JSON.parse(api.out.join('\n'))).toEqual(SETTINGS);
  });

  it.each([
    ['accounts.income', 'Services'],
    ['policy.tolerance', '0'],
    ['categories.Parts', 'Sales'],
  ])('get prints %s', async (name, value) => {
    expect(await typed('get', name)).toBe(0);
    expect(api.out).toEqual([value]);
  });

  it('set changes what is named, in the type of the form, and keeps the others', async () => {
    const values = [
      'accounts.income=4010',
      'policy.tolerance=5',
      'policy.approval.required=true',
      'categories.A.B=C=D',
      'categories.Parts=',
    ];
    expect(await typed('set', ...values)).toBe(0);
    expect(sent()).toEqual({
      accounts: { income: '4010' },
      categories: { 'A.B': 'C=D' },
      policy: { tolerance: 5, approval: { required: true } },
    });
  });

  it('set enables a target that has no settings yet', async () => {
    api.answers[`GET ${PATH}`] = ok({ rows: [] });
    expect(await typed('set', 'accounts.income=Services')).toBe(0);
    expect(sent()).toEqual({ accounts: { income: 'Services' } });
    expect(await typed('show')).toBe(2);
    expect(api.err[0]).toContain('no settings at saasant yet');
  });

  it.each([
    [['set', 'accounts.incme=X'], 'There is no setting "accounts.incme". accounts has income, refund.'],
    [['set', 'accounts.income'], 'has no value'],
    [['set', 'policy.tolerance=much'], 'must be JSON of type integer'],
    [['get', 'accounts.refund'], 'accounts.refund is not set.'],
    [['set'], 'Name the settings'],
  ])('%j explains what is wrong, and changes nothing', async (words, sentence) => {
    expect(await typed(...words)).toBe(2);
    expect(api.err[0]).toContain(sentence);
    expect(sent()).toBeUndefined();
  });

  it('set keeps a secret that the API does not return, and removes it where it is asked to', async () => {
    api.answers['GET /v1/targets/saasant'] = ok({
      settings: { ...FORM, properties: { ...FORM.properties, token: { ...text, secret: true } } },
    });
    expect(await typed('set', 'policy.tolerance=1')).toBe(0);
    expect(sent()).not.toHaveProperty('token');
    expect(await typed('set', 'token=abc')).toBe(0);
    expect(sent()).toMatchObject({ token: 'abc' });
    expect(await typed('set', 'token=')).toBe(0);
    expect(sent()).toMatchObject({ token: null });
  });

  it('put replaces all of them by a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ledgerpost-settings-'));
    await writeFile(join(folder, 'a.json'), '{"accounts": {"income": "Sales"}}');
    await writeFile(join(folder, 'b.json'), '{');
    expect(await typed('put', join(folder, 'a.json'))).toBe(0);
    expect(sent()).toEqual({ accounts: { income: 'Sales' } });
    expect(await typed('put', join(folder, 'b.json'))).toBe(2);
    expect(api.err[0]).toContain('it is not JSON');
    await rm(folder, { recursive: true });
  });
});
