import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openBench } from '../testing.ts';

const cache = fileURLToPath(new URL('../../../../.ledgerpost/cache/python-quickbooks-0.9.12', import.meta.url));

describe('python-quickbooks', () => {
  it('makes, finds, changes, voids and deletes, in batches and one by one', async ({ skip }) => {
    const missing = install();
    if (missing !== undefined) skip(missing);
    await using bench = await openBench({}, { preferences: { autoApplyCredit: false } });
    const { refresh_token: refreshToken } = bench.simulator.control.grant(bench.company.realmId);
    const answered = await python(scenario, [
      `${bench.simulator.url}/v3`,
      bench.company.realmId,
      refreshToken,
      bench.simulator.oauth.discovery,
    ]);
    expect(answered).toEqual({
      companyName: bench.company.companyName,
      found: "Amy's Birds",
      balance: 60,
      voidedTotal: 0,
      note: 'changed',
      count: 1,
      batchGood: 2,
      batchBad: ['6240'],
      stale: 5010,
      afterDelete: 0,
    });
    expect(bench.company.trialBalance().rows).toEqual([]);
  }, 300_000);
});

const scenario = `
import json, sys
from intuitlib.client import AuthClient
from quickbooks import QuickBooks, exceptions
from quickbooks.batch import batch_create
from quickbooks.objects import Customer, Invoice, Payment, PaymentLine, SalesItemLine, SalesItemLineDetail, CompanyInfo
from quickbooks.objects.base import Ref, LinkedTxn
url, realm, refresh, discovery = sys.argv[1:5]
QuickBooks.sandbox_api_url_v3 = QuickBooks.api_url_v3 = url
auth = AuthClient(client_id='simulator-client', client_secret='simulator-secret', environment=discovery, redirect_uri='http://127.0.0.1:9/')
qb = QuickBooks(auth_client=auth, refresh_token=refresh, company_id=realm, minorversion=75)
out = {'companyName': CompanyInfo.get(1, qb=qb).CompanyName}
customer = Customer(); customer.DisplayName = "Amy's Birds"; customer.save(qb=qb)
out['found'] = Customer.filter(DisplayName="Amy's Birds", qb=qb)[0].DisplayName
line = SalesItemLine(); line.Amount = 100
line.SalesItemLineDetail = SalesItemLineDetail(); item = Ref(); item.value = '1'; line.SalesItemLineDetail.ItemRef = item
invoice = Invoice(); invoice.CustomerRef = customer.to_ref(); invoice.Line.append(line); invoice.save(qb=qb)
payment = Payment(); payment.TotalAmt = 40; payment.CustomerRef = customer.to_ref()
applied = PaymentLine(); applied.Amount = 40; link = LinkedTxn(); link.TxnId = invoice.Id; link.TxnType = 'Invoice'; applied.LinkedTxn.append(link)
payment.Line.append(applied); payment.save(qb=qb)
out['balance'] = Invoice.get(invoice.Id, qb=qb).Balance
payment.void(qb=qb)
out['voidedTotal'] = Payment.get(payment.Id, qb=qb).TotalAmt
stale = Invoice.get(invoice.Id, qb=qb)
fresh = Invoice.get(invoice.Id, qb=qb); fresh.PrivateNote = 'changed'; fresh.save(qb=qb); out['note'] = Invoice.get(invoice.Id, qb=qb).PrivateNote
try:
    stale.PrivateNote = 'late'; stale.save(qb=qb)
except exceptions.QuickbooksException as error:
    out['stale'] = error.error_code
out['count'] = Invoice.count(qb=qb)
def named(name):
    one = Customer(); one.DisplayName = name; return one
result = batch_create([named('B'), named('C'), named("amy's birds")], qb=qb)
out['batchGood'] = len(result.successes)
out['batchBad'] = [fault.Error[0].code for fault in result.faults]
Invoice.get(invoice.Id, qb=qb).delete(qb=qb)
out['afterDelete'] = Invoice.count(qb=qb)
print(json.dumps(out))
`;

// The simulator answers from this very process, so the client must not block it.
function python(code: string, args: readonly string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    execFile(
      'python3',
      ['-c', code, ...args],
      { env: { ...process.env, PYTHONPATH: cache, OAUTHLIB_INSECURE_TRANSPORT: '1' } },
      (error, stdout, stderr) => (error === null ? resolve(JSON.parse(stdout)) : reject(new Error(stderr))),
    );
  });
}

/** Puts the client into the project's cache, once. The reason when it can't be had here. */
function install(): string | undefined {
  if (existsSync(`${cache}/quickbooks`)) return undefined;
  if (spawnSync('python3', ['-m', 'pip', '--version']).status !== 0) return 'python3 with pip is not installed here';
  mkdirSync(cache, { recursive: true });
  try {
    // Python compiles what it needs when it needs it.
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-compile', '--target', cache];
    execFileSync('python3', [...pip, 'python-quickbooks==0.9.12'], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return `python-quickbooks could not be fetched: ${error instanceof Error ? error.message.slice(0, 200) : error}`;
  }
}
