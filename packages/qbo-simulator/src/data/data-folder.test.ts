import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../index.ts';
import { type Entity, invoiceOf } from '../testing.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qbo-simulator-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const start = (options: SimulatorOptions = {}) => startSimulator({ limits: 'off', data: folder, ...options });

async function post(simulator: Simulator, realm: string, token: string, path: string, body: unknown) {
  const answer = await fetch(`${simulator.apiUrl}/${realm}/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Entity };
}

const refresh = (simulator: Simulator, token: string) =>
  fetch(simulator.oauth.token, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('simulator-client:simulator-secret')}` },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token }),
  });

/** A company with an invoice over 100 that a payment of 40 settles in part. */
async function someBooks(simulator: Simulator) {
  const company = simulator.control.createCompany({ companyName: 'Kept', classes: ['Plumbing:Drains'] });
  const tokens = simulator.control.grant(company.realmId);
  const send = async (path: string, body: unknown) =>
    (await post(simulator, company.realmId, tokens.access_token, path, body)).body;
  const { Customer } = await send('customer', { DisplayName: 'Amy' });
  const line = { Amount: 100, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: '1' } } };
  const order = { CustomerRef: { value: Customer.Id }, DocNumber: '7', Line: [line] };
  const { Invoice } = await send('invoice?requestid=once', order);
  const link = { Amount: 40, LinkedTxn: [{ TxnId: Invoice.Id, TxnType: 'Invoice' }] };
  await send('payment', { CustomerRef: { value: Customer.Id }, TotalAmt: 40, Line: [link] });
  return { company, tokens, order, customer: Customer.Id as string, invoice: Invoice.Id as string };
}

describe('a simulator with a folder', () => {
  it('has the same books after a restart, and goes on with them', async () => {
    const first = await start();
    const { company, tokens, order, customer, invoice } = await someBooks(first);
    const before = JSON.stringify([
      company.trialBalance(),
      company.receivables(),
      company.records('Invoice'),
      company.records('Class'),
    ]);
    await first.stop();

    await using second = await start();
    const again = second.control.company(company.realmId);
    expect(JSON.stringify([again.trialBalance(), again.receivables(), again.records('Invoice'), again.records('Class')])).toBe(
      before,
    );
    const send = (path: string, body: unknown) => post(second, company.realmId, tokens.access_token, path, body);
    expect((await send('invoice', order)).body.Fault.Error[0].code).toBe('6140');
    expect((await send('invoice?requestid=once', order)).body.Invoice.Id).toBe(invoice);
    expect((await send('customer', { DisplayName: 'Amy' })).body.Fault.Error[0].code).toBe('6240');
    const rest = { Amount: 60, LinkedTxn: [{ TxnId: invoice, TxnType: 'Invoice' }] };
    const paid = await send('payment', { CustomerRef: { value: customer }, TotalAmt: 60, Line: [rest] });
    expect(Number(paid.body.Payment.Id)).toBeGreaterThan(Number(invoice));
    expect(again.receivables()).toEqual([]);
  });

  it('keeps access, and gives out no token a second time', async () => {
    const first = await start();
    const { company, tokens } = await someBooks(first);
    await first.stop();

    await using second = await start();
    expect((await refresh(second, tokens.refresh_token)).status).toBe(200);
    const others = second.control.createCompany();
    const granted = second.control.grant(others.realmId);
    expect(granted.refresh_token).not.toBe(tokens.refresh_token);
    expect(granted.access_token).not.toBe(tokens.access_token);
    expect(others.realmId).not.toBe(company.realmId);
  });

  it('writes what requests change while it runs', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      await using simulator = await start();
      const { company } = await someBooks(simulator);
      await vi.advanceTimersByTimeAsync(1_000);
      await vi.waitFor(async () => expect(await readdir(folder)).toEqual([`${company.realmId}.books`, 'rest']));
      await using twin = await start();
      expect(twin.control.company(company.realmId).trialBalance()).toEqual(company.trialBalance());
    } finally {
      vi.useRealTimers();
    }
  });

  it('keeps what a company alone was given, and forgets one that was removed', async () => {
    const first = await start();
    const chosen = first.control.createCompany({ switches: { docNumberWithoutCustomNumbers: 'stored' } });
    chosen.setPreferences({ customTxnNumbers: false });
    const removed = first.control.createCompany();
    await first.stop();

    const second = await start();
    second.control.removeCompany(removed.realmId);
    await second.stop();
    await using third = await start();
    expect(third.control.companies().map(({ realmId }) => realmId)).toEqual([chosen.realmId]);
    const again = third.control.company(chosen.realmId);
    const customer = again.act({ act: 'create', entity: 'Customer', record: { DisplayName: 'Amy' } });
    const invoice = again.act({
      act: 'create',
      entity: 'Invoice',
      record: invoiceOf(String(customer.Id), 5, { DocNumber: 'A-1' }),
    });
    expect(invoice.DocNumber).toBe('A-1');
  });

  it('keeps a clock that was moved', async () => {
    const first = await start({ startsAt: '2026-03-01T00:00:00Z' });
    first.control.clock.advance(5_000);
    await first.stop();
    await using second = await start({ startsAt: '2026-03-01T00:00:00Z' });
    expect(second.control.clock.now()).toBe(Date.parse('2026-03-01T00:00:05Z'));
  });

  it('does not start on files that it can’t read, and explains what to do', async () => {
    await (await start()).stop();
    await writeFile(join(folder, 'rest'), (await readFile(join(folder, 'rest'))).subarray(0, 20));
    await expect(start()).rejects.toThrow(/rest can't be read by this version of the simulator. Remove its folder/);
  });
});
