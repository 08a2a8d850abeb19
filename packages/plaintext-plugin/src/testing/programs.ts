import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fromPyPi, isInstalled, withPackage } from '@ledgerpost/conformance/other-programs';
import { type Money, parseMoney } from '@ledgerpost/core';

const run = promisify(execFile);
const BEANCOUNT = 'beancount==3.2.3';

/** Why hledger can't be used; undefined if it can. */
export const noHledger: string | undefined = isInstalled('hledger')
  ? undefined
  : 'hledger is not installed: apt-get install hledger, or the like';

/** Why beancount can't be used; undefined if it can. Fetches it once into the cache. Needs python3 with pip. */
export const noBeancount: string | undefined = await fromPyPi(BEANCOUNT).then(
  () => undefined,
  (error: Error) => `beancount could not be fetched from PyPI: ${error.message.split('\n')[0]}`,
);

/** What bean-check reports about a journal; empty if the journal is valid. */
export async function beanCheck(journal: string): Promise<string> {
  return inFile(journal, async (file) => {
    try {
      await run('python3', ['-m', 'beancount.scripts.check', '--no-cache', file], { env: await withPackage(BEANCOUNT) });
      return '';
    } catch (error) {
      return String((error as { stderr?: string }).stderr ?? error);
    }
  });
}

/** The balance of each account as hledger computes it, in minor units, debits above zero. @throws Error with what hledger refuses */
export async function hledgerBalances(journal: string, currency: string): Promise<ReadonlyMap<string, Money>> {
  const csv = await hledger(journal, ['balance', '--flat', '--no-total', '--empty', '--output-format=csv']);
  const rows = csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => /^"(.*)","(.*)"$/.exec(line)!);
  return new Map(
    rows.map(([line, account, balance]) => {
      const amount = balance === '0' ? '0' : new RegExp(`^(-?[0-9.]+) ${currency}$`).exec(balance!)?.[1];
      const money = amount === undefined ? undefined : parseMoney(amount, currency);
      if (money === undefined) throw new Error(`hledger printed ${line}, which is not an amount in ${currency}.`);
      return [account!, money] as const;
    }),
  );
}

/** hledger's answer to any question about a journal. */
export async function hledger(journal: string, question: readonly string[]): Promise<string> {
  return inFile(journal, async (file) => {
    const { stdout } = await run('hledger', ['--file', file, ...question], {
      env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' },
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  });
}

async function inFile<T>(text: string, use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerpost-journal-'));
  try {
    const path = join(folder, 'batch.journal');
    await writeFile(path, text);
    return await use(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}
