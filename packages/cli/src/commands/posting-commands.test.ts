import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeApi, startFakeApi } from '../fake-api.testing.ts';
import { run } from '../run.ts';

const AT = '/v1/companies/birds/targets/qbo/postings';

let api: FakeApi;
beforeEach(async () => {
  api = await startFakeApi('');
});
afterEach(() => api.stop());

describe('mark-in-books', () => {
  const command = ['mark-in-books', 'invoice', 'i-1', '--target', 'qbo'];

  it('marks a record as already in the books, with the reason', async () => {
    api.answers[`POST ${AT}`] = [{ status: 204 }];
    expect(await run([...command, '--external-id', '981', '--reason', 'Dana entered it.'], api.io)).toBe(0);
    expect(api.asked).toEqual([
      { route: `POST ${AT}`, body: { type: 'invoice', id: 'i-1', externalId: '981', reason: 'Dana entered it.' } },
    ]);
    expect(api.out).toEqual(['invoice i-1: marked as in the books as 981']);
  });

  it('names what is missing', async () => {
    expect(await run(command, api.io)).toBe(2);
    expect(await run(['mark-in-books', 'invoice'], api.io)).toBe(2);
    expect(api.err[0]).toContain('Also required: --external-id 981 --reason');
    expect(api.err[1]).toContain('Name the record by type and ID');
    expect(api.asked).toEqual([]);
  });
});
