import { describe, expect, it } from 'vitest';
import { startSimulator } from './index.ts';
import { invoiceOf, openBench } from './testing.ts';

/** What long runs with many companies at once need of the simulator. */
describe('many companies on one simulator', () => {
  it('a company may have limits and switches of its own', async () => {
    await using bench = await openBench(
      { limits: 'off' },
      { limits: { ...unlimited, perMinute: 2 }, switches: { retryAfter: 'none' } },
    );
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await bench.call('GET', 'companyinfo/1')).status);
    expect(statuses).toEqual([200, 200, 429]);
    const other = bench.simulator.control.createCompany({ switches: { docNumberWithoutCustomNumbers: 'stored' } });
    expect(bench.simulator.control.switches().docNumberWithoutCustomNumbers).toBe('replaced');
    other.setPreferences({ customTxnNumbers: false });
    const customer = other.act({ act: 'create', entity: 'Customer', record: { DisplayName: 'Amy' } });
    const made = other.act({ act: 'create', entity: 'Invoice', record: invoiceOf(String(customer.Id), 5, { DocNumber: 'A-1' }) });
    expect(made.DocNumber).toBe('A-1');
  });

  it('a company with an unknown option is refused by name, and so is an unknown preference', async () => {
    await using bench = await openBench();
    const make = (options: object) =>
      fetch(`${bench.simulator.url}/_control/companies`, { method: 'POST', body: JSON.stringify(options) });
    const refused = await make({ name: 'Amy', klasses: [] });
    expect([refused.status, await refused.json()]).toEqual([400, { error: expect.stringContaining('can’t have name, klasses') }]);
    expect((await make({ preferences: { autoCredit: true } })).status).toBe(400);
    expect(() => bench.company.setPreferences({ autoCredit: true } as never)).toThrow('autoCredit');
    expect(bench.simulator.control.companies()).toHaveLength(1);
    expect((await make({ companyName: 'Amy' })).status).toBe(200);
  });

  it('a removed company no longer exists, and no other gets its number', async () => {
    await using simulator = await startSimulator();
    const { control } = simulator;
    const first = control.createCompany();
    control.removeCompany(first.realmId);
    expect(control.companies()).toEqual([]);
    expect(control.createCompany().realmId).not.toBe(first.realmId);
  });

  it('an alarm names the client’s end of the connection, before the request is carried out or after', async () => {
    const heard: unknown[] = [];
    let held = 0;
    await using bench = await openBench({
      onAlarm: async ({ realmId, operation, port, after }) => {
        held = bench.company.records('Customer').length;
        heard.push([realmId === bench.company.realmId, operation, typeof port, after, held]);
      },
    });
    const aim = { realmId: bench.company.realmId, operation: 'create' };
    bench.simulator.control.addFault({ trouble: { kind: 'alarm' }, aim });
    bench.simulator.control.addFault({ trouble: { kind: 'alarm', after: true }, aim, skip: 1 });
    await bench.post('Customer', { DisplayName: 'Amy' });
    await bench.post('Customer', { DisplayName: 'Bill' });
    expect(heard).toEqual([
      [true, 'create', 'number', false, 0],
      [true, 'create', 'number', true, 2],
    ]);
  });

  it('a throttle may state after how many seconds to try again', async () => {
    await using bench = await openBench();
    bench.simulator.control.addFault({ trouble: { kind: 'throttle', retryAfter: 3 } });
    expect((await bench.call('GET', 'companyinfo/1')).headers.get('retry-after')).toBe('3');
  });

  it('trouble at the token address can be aimed at one company', async () => {
    await using simulator = await startSimulator();
    const { control } = simulator;
    const [first, second] = [control.createCompany(), control.createCompany()];
    control.addFault({ trouble: { kind: 'html', status: 502 }, aim: { operation: 'token', realmId: second.realmId } });
    const renew = async (realmId: string) => {
      const { refresh_token } = control.grant(realmId);
      const answer = await fetch(simulator.oauth.token, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from('simulator-client:simulator-secret').toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token }),
      });
      return answer.status;
    };
    expect([await renew(first.realmId), await renew(second.realmId), await renew(second.realmId)]).toEqual([200, 502, 200]);
  });
});

const unlimited = { perMinute: 500, perSecond: 100, atOnce: 10, batchesPerMinute: 40, batchesPerMinuteOfCompany: 120 };
