import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openBench } from '../testing.ts';

const cache = fileURLToPath(new URL('../../../../.ledgerpost/cache/intuit-java-sdk-6.4.2', import.meta.url));
const folder = fileURLToPath(new URL('./java-sdk', import.meta.url));

describe('Intuit’s own Java SDK', () => {
  it('connects, creates, reads, voids, batches and revokes, with nothing in between', async ({ skip }) => {
    const missing = install();
    if (missing !== undefined) skip(missing);
    await using bench = await openBench({}, { companyName: 'Larry’s Bakery', preferences: { autoApplyCredit: false } });
    const redirect = 'http://127.0.0.1:9/callback';
    const query = new URLSearchParams({
      client_id: 'simulator-client',
      redirect_uri: redirect,
      response_type: 'code',
      scope: 'com.intuit.quickbooks.accounting',
      state: 's',
    });
    const authorizeUrl = `${bench.simulator.oauth.authorize}?${query}`;
    const code = new URL(bench.simulator.control.authorize(authorizeUrl, bench.company.realmId)).searchParams.get('code')!;
    expect(await scenario([bench.simulator.url, bench.company.realmId, code, redirect])).toEqual({
      tokenTid: 'true',
      company: 'Larry’s Bakery',
      reportBasis: 'ACCRUAL',
      workWeek: 'MONDAY',
      parent: '1/null',
      vendorAddress: 'true',
      invoice: '739.0',
      estimate: '50.0 Pending',
      receipt: '20.0',
      voidedReceipt: '0',
      balance: '399.5',
      queried: '1',
      batchNew: 'Cool Cars',
      batchTwin: '6240',
      batchQuery: '3',
      batchChanges: '1 3',
      changes: '1',
      duplicate: '6240',
      estimatesLeft: '0',
      revoked: 'AuthenticationException',
    });
    expect(bench.company.trialBalance().rows.map(({ account, debit, credit }) => [account, debit - credit])).toEqual([
      ['Accounts Receivable (A/R)', 399.5],
      ['Undeposited Funds', 339.5],
      ['Services', -739],
    ]);
  }, 300_000);
});

// The simulator answers from this very process, so the client must not block it.
async function scenario(args: readonly string[]): Promise<unknown> {
  const java = ['-Dfile.encoding=UTF-8', '-cp', `${cache}/*`, `${folder}/Scenario.java`, ...args];
  const { stdout } = await promisify(execFile)('java', java, { timeout: 120_000, maxBuffer: 2 ** 24 });
  return JSON.parse(stdout);
}

/** Puts the SDK into the project's cache, once. The reason when it can't be had here. */
function install(): string | undefined {
  const [major] = /\d+/.exec(spawnSync('java', ['-version'], { encoding: 'utf8' }).stderr ?? '') ?? [];
  if (major === undefined || Number(major) < 17) return 'Java 17 or newer is not installed here';
  if (existsSync(cache)) return undefined;
  if (spawnSync('mvn', ['-v']).status !== 0) return 'Maven is not installed here';
  const draft = `${cache}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    const args = ['-q', '-B', '-f', `${folder}/pom.xml`, 'dependency:copy-dependencies', `-DoutputDirectory=${draft}`];
    execFileSync('mvn', args, { stdio: 'pipe', timeout: 180_000 });
    renameSync(draft, cache);
    return undefined;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    return `Intuit's Java SDK could not be fetched: ${error instanceof Error ? error.message.slice(0, 200) : error}`;
  }
}
