import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { connectToSimulator, findTemporal } from '@ledgerpost/devstack';
import {
  lifeGoesOn,
  makeSimulatedBooks,
  type SimulatedBooks,
  sampleCompany,
  settingsForFiles,
} from '@ledgerpost/devstack/sample';
import { journalAccount } from '@ledgerpost/plaintext-plugin';
import { beanCheck, hledgerBalances, noBeancount, noHledger } from '@ledgerpost/plaintext-plugin/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type System, startSystem, untilState } from './system.ts';

for (const missing of [noHledger, noBeancount]) if (missing !== undefined) console.info(`Skipped: ${missing}.`);

/*
 * One company with three targets: what goes to files, to a journal and to QuickBooks is the same money. hledger computes the journal
 * without us, and the simulator keeps its books without us.
 */
describe.skipIf(noHledger !== undefined)(
  `three targets, one truth${noHledger === undefined ? '' : ` (skipped: ${noHledger})`}`,
  () => {
    const sample = sampleCompany({ seed: 20_261_003, today: '2026-10-20', jobs: 120, books: 'quickbooks-online' });
    const next = lifeGoesOn(sample);
    const { currency } = sample.company;
    const co = `/v1/companies/${sample.company.id}`;
    let system: System;
    let books: SimulatedBooks;
    let past: ReadonlyMap<string, number>;
    const rounds: Round[] = [];

    beforeAll(async () => {
      system = await startSystem({}, { shared: true, simulator: { limits: 'off' } });
      await system.startApi();
      await system.startWorker();
      await asked('PUT', co, { name: sample.company.name, timeZone: sample.company.timeZone, currency });
      for (const target of ['saasant', 'plaintext']) await asked('PUT', `${co}/targets/${target}`, settingsForFiles);
      await asked('PUT', `${co}/targets/qbo`, sample.settings);
      await send(sample.records);
      books = await makeSimulatedBooks(system.simulator!.url, sample);
      await connectToSimulator(system.api, system.key, sample.company.id, system.simulator!.url, { realm: books.realm });
      past = (await books.read()).ledger;
      rounds.push(await batchToAll());
      await send(next.records);
      rounds.push(await batchToAll());
    }, 240_000);
    afterAll(() => system?.stop());

    it('files and the journal get the same documents, over the same amounts', () => {
      for (const { saasant, plaintext } of rounds) {
        expect(plaintext.items.length).toBeGreaterThan(60);
        expect(plaintext.items).toEqual(saasant.items);
        expect(plaintext.totals).toEqual(saasant.totals);
      }
      expect(new Set(rounds[1]!.plaintext.items.map(({ operation }) => operation)).size).toBe(7);
    });

    it('hledger computes from a journal what the batch reports', async () => {
      // The second batch reports only the change of an invoice, while the journal has the whole invoice.
      const { journal, ledger } = rounds[0]!.plaintext;
      const said = sums(ledger.map(({ role, account, amount }) => [inJournal(account ?? role), amount]));
      expect(sums(taxAsOne(await hledgerBalances(journal, currency)))).toEqual(said);
    });

    it.skipIf(noBeancount !== undefined)(
      `bean-check accepts both journals${noBeancount === undefined ? '' : ` (skipped: ${noBeancount})`}`,
      async () => {
        for (const { plaintext } of rounds) expect(await beanCheck(plaintext.journal)).toBe('');
      },
    );

    it('after a person did what the journals print, hledger’s balances are QuickBooks’ own', async () => {
      const ours = rounds.flatMap(({ plaintext }) => plaintext.items.filter(({ operation }) => operation !== 'warning.list'));
      const theirs = rounds.flatMap(({ qbo }) => qbo.items);
      // QuickBooks refuses a customer that a journal accepts.
      const refused = ours.filter(({ record }) => !theirs.some((item) => item.record === record));
      expect(refused.map(({ record }) => record)).toEqual(['invoice/i-bad-vendor']);
      // It holds payments on imported jobs unapplied, with their refunds, where the journal only lists them.
      const unlisted = theirs.filter(({ record }) => !ours.some((item) => item.record === record));
      expect(unlisted.length).toBeGreaterThan(2);
      // What a person corrects in a journal goes to QuickBooks as an update.
      const known = new Set(ours.map(({ record, operation, amount }) => `${record} ${operation} ${amount}`));
      const isKnown = ({ record, operation, amount }: Item) => known.has(`${record} ${operation} ${amount}`);
      const corrected = theirs.filter((item) => !unlisted.includes(item) && !isKnown(item));
      expect(corrected.map(({ operation }) => operation).sort()).toEqual([
        'creditMemo.update',
        'payment.update',
        'payment.update',
      ]);
      const before = new Map(
        theirs.filter(({ operation }) => operation.endsWith('.insert')).map((item) => [item.record, item.amount]),
      );

      const journal = asAPersonKeepsIt(
        rounds.map(({ plaintext }) => plaintext.journal),
        refused.map(({ record }) => record),
      );
      const reckoned = sums([
        ...taxAsOne(await hledgerBalances(journal, currency)),
        ...unlisted.flatMap(({ operation, amount }): [string, number][] =>
          operation === 'journal.insert'
            ? [
                [inJournal('receivable'), amount],
                [inJournal('Checking'), -amount],
              ]
            : [
                [inJournal('receivable'), -amount],
                [inJournal('Undeposited Funds'), amount],
              ],
        ),
        ...corrected.flatMap(({ record, account, amount }): [string, number][] => {
          const more = amount - before.get(record)!;
          return [
            [inJournal('receivable'), -more],
            [inJournal(account ?? 'Undeposited Funds'), more],
          ];
        }),
      ]);
      const now = (await books.read()).ledger;
      const changes = [...new Set([...past.keys(), ...now.keys()])].map((name): [string, number] => [
        inJournal(name),
        (now.get(name) ?? 0) - (past.get(name) ?? 0),
      ]);
      expect(sums(changes)).toEqual(reckoned);
    });

    it('Temporal’s command line shows customers by today’s name, with their ids in the books, and the history holds neither', async () => {
      const { rows: batches } = await asked<{ rows: { id: string; target: string }[] }>('GET', `${co}/batches`);
      const { id } = batches.findLast(({ target }) => target === 'qbo')!;
      const { rows } = await asked<{ rows: RawItem[] }>('GET', `${co}/batches/${id}/items?limit=500`);
      const { seq } = rows.find(({ state }) => state === 'posted')!;
      const item = await asked<RawItem & { number: string; customer: Record<'id' | 'name' | 'externalId', string> }>(
        'GET',
        `${co}/batches/${id}/items/${seq}`,
      );
      const known = [...sample.records, ...next.records].findLast(
        (record) => record.type === 'customer' && record.id === item.customer.id,
      );
      await send([{ ...known, accountingKey: 'Wren & Daughters' }]);

      const command = await findTemporal();
      const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_')));
      const show = async (...more: string[]) => {
        const at = ['--address', system.temporalAddress, '--namespace', system.temporalNamespace, '--output', 'json'];
        const args = ['workflow', 'show', '--workflow-id', `batch:${sample.company.id}:qbo:${id}`, ...at, ...more];
        return (await promisify(execFile)(command, args, { env, maxBuffer: 50_000_000 })).stdout;
      };
      const resultsIn = (history: string) =>
        (JSON.parse(history) as History).events.flatMap(({ activityTaskCompletedEventAttributes: done }) =>
          (done?.result?.payloads ?? []).map(({ data = '' }) => Buffer.from(data, 'base64').toString()),
        );
      const shownIn = (history: string) =>
        resultsIn(history).flatMap((text) => (JSON.parse(text) as { documents?: Shown }).documents?.first ?? []);
      const bare = await show();
      expect(shownIn(bare)).toContainEqual(expect.objectContaining({ seq, state: 'posted' }));
      for (const secret of ['Wren', item.customer.name, `"${item.number}"`]) expect(resultsIn(bare).join()).not.toContain(secret);

      const codec = ['--codec-endpoint', `${system.api}/v1/temporal`, '--codec-auth'];
      const named = shownIn(await show(...codec, system.authorization));
      expect(named).toHaveLength(shownIn(bare).length);
      expect(named).toContainEqual(
        expect.objectContaining({
          ...{ seq, state: 'posted', document: `${item.record.type} ${item.number}` },
          ...{ customer: 'Wren & Daughters', customerInBooks: item.customer.externalId },
        }),
      );
      // Who may not see all companies sees the history as it is.
      expect(await show(...codec, 'Bearer lp_wrong')).toBe(bare);
    });

    interface Item {
      readonly record: string;
      readonly operation: string;
      readonly amount: number;
      /** Of a corrected credit memo: where its line is posted. */
      readonly account?: string;
    }
    interface Sent {
      readonly items: readonly Item[];
      readonly totals: unknown;
      readonly ledger: readonly { readonly role: string; readonly account: string | null; readonly amount: number }[];
      readonly journal: string;
    }
    type Round = Readonly<Record<'saasant' | 'plaintext' | 'qbo', Sent>>;

    async function asked<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T> {
      const answer = await system.call<T>(method, path, body, headers);
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body;
    }

    async function send(records: readonly object[]): Promise<void> {
      const lines = records.map((record) => JSON.stringify(record)).join('\n');
      await asked('POST', `${co}/records`, lines, { 'content-type': 'application/x-ndjson' });
    }

    async function batchToAll(): Promise<Round> {
      const [saasant, plaintext, qbo] = await Promise.all([batchTo('saasant'), batchTo('plaintext'), batchTo('qbo')]);
      return { saasant, plaintext, qbo };
    }

    async function batchTo(target: string): Promise<Sent> {
      const { batch } = await asked<{ batch: { id: string } }>('POST', `${co}/targets/${target}/batches`, {
        acknowledge: ['payments-without-invoices'],
      });
      const path = `${co}/batches/${batch.id}`;
      await untilState(system, sample.company.id, batch.id, ['posted', 'posted-in-part']);
      const rows = [];
      for (let after: string | undefined; ; ) {
        const page = await asked<{ rows: RawItem[]; next?: string | null }>(
          'GET',
          `${path}/items?limit=500${after ? `&after=${after}` : ''}`,
        );
        rows.push(...page.rows);
        if (!page.next) break;
        after = page.next;
      }
      const items: Item[] = rows
        .filter(({ state }) => state === 'posted' || state === 'listed')
        .map(({ record, operation, amount }) => ({ record: `${record.type}/${record.id}`, operation, amount }))
        .sort((a, b) => (a.record < b.record ? -1 : 1));
      for (const { seq, operation } of rows.filter((row) => row.operation === 'creditMemo.update')) {
        const { document } = await asked<Corrected>('GET', `${path}/items/${seq}`);
        const at = items.findIndex((item) => item.operation === operation);
        items[at] = { ...items[at]!, account: document.lines[0]!.item.account };
      }
      const { totals } = await asked<{ totals: unknown }>('GET', path);
      const { entries } = await asked<{ entries: Sent['ledger'] }>('GET', `${path}/ledger`);
      const journal = target === 'plaintext' ? await download(`${path}/download`) : '';
      return { items, totals, ledger: entries, journal };
    }

    async function download(path: string): Promise<string> {
      const answer = await fetch(`${system.api}${path}`, { headers: { authorization: system.authorization } });
      return answer.text();
    }
  },
);

/** The documents of a step. */
interface Shown {
  readonly first: readonly object[];
}

/** What Temporal's command line prints of a workflow. */
interface History {
  readonly events: readonly {
    readonly activityTaskCompletedEventAttributes?: {
      readonly result?: { readonly payloads?: readonly { readonly data?: string }[] };
    };
  }[];
}

interface Corrected {
  readonly document: { readonly lines: readonly { readonly item: { readonly account: string } }[] };
}

interface RawItem {
  readonly seq: number;
  readonly record: { readonly type: string; readonly id: string };
  readonly operation: string;
  readonly state: string;
  readonly amount: number;
}

const TAX = 'Liabilities:Sales-Tax';

/** The journal's name of an account in the books; one for all taxes, as in QuickBooks. */
function inJournal(name: string): string {
  if (name === 'receivable') return inJournal(settingsForFiles.accounts.receivable);
  if (name === 'tax' || name === 'Sales Tax Payable') return TAX;
  return journalAccount(name, 'line', settingsForFiles.chart as never, {});
}

function taxAsOne(balances: ReadonlyMap<string, number>): [string, number][] {
  return [...balances].map(([account, amount]) => [account.startsWith(TAX) ? TAX : account, amount]);
}

/** By account, in the order of their names, without zeros. */
function sums(entries: readonly (readonly [string, number])[]): [string, number][] {
  const sum = new Map<string, number>();
  for (const [account, amount] of entries) sum.set(account, (sum.get(account) ?? 0) + amount);
  return [...sum].filter(([, amount]) => amount !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** One ledger of several journals: where an entry is marked with !, the earlier one of its link is deleted; so are the strangers. */
function asAPersonKeepsIt(journals: readonly string[], strangers: readonly string[]): string {
  const linkIn = (entry: string) => /^\S+ [*!] .*?" (\^\S+)/m.exec(entry)?.[1];
  let kept: string[] = [];
  for (const entry of journals.flatMap((journal) => journal.split('\n\n'))) {
    if (strangers.some((record) => entry.includes(`; record:${record}\n`))) continue;
    if (/^\S+ ! /m.test(entry)) kept = kept.filter((former) => linkIn(former) !== linkIn(entry));
    kept.push(entry);
  }
  return kept.join('\n\n');
}
