import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CompanyOptions, likeBooks, type Switches, type SwitchName, switches } from '@ledgerpost/qbo-simulator';
import { describe, expect, it } from 'vitest';
import { openBench } from './contact.testing.ts';
import { cleanUp, MadeList } from './made-list.ts';
import { POINTS } from './points.ts';
import { type Desk, openDesk } from './probe.ts';
import { inWords } from './report.ts';
import { accessByBrowser } from './sign-in.ts';

/** What can't be told in ten minutes, from outside, or without a public address. */
const NEVER: readonly string[] = ['requestIdMemory', 'webhookFormat'];

/** Preferences that a point needs to be told; a real sandbox may have others. */
const NEEDS: Readonly<Record<string, CompanyOptions>> = {
  docNumberWithoutCustomNumbers: { preferences: { customTxnNumbers: false } },
  departmentWhenOff: { preferences: { trackDepartments: false } },
  astOverride: { preferences: { partnerTax: true } },
  astFallback: { preferences: { partnerTax: true, taxStates: ['CA'] } },
  exemptWithoutReason: { preferences: { partnerTax: true } },
};

const pointNamed = (name: string) => POINTS.find((point) => point.name === name)!;
const limitsFor = (name: string) => (name === 'throttleForm' || name === 'retryAfter' ? ('on' as const) : ('off' as const));

it('there is a point for every switch of the simulator, with its choices and its default', () => {
  const known = Object.entries(switches).map(([name, { choices }]) => [name, choices[0], [...choices].sort()]);
  const asked = POINTS.map(({ name, assumed, choices }) => [name, assumed, [...choices].sort()]);
  expect(asked.toSorted()).toEqual(known.toSorted());
});

describe('each choice of each point is recognized', () => {
  const cases = POINTS.filter(({ name }) => !NEVER.includes(name)).flatMap(({ name, choices }) =>
    choices.map((choice) => [name, choice] as const),
  );
  it.each(cases)('%s: %s', async (name, choice) => {
    await using bench = await openBench({ [name]: choice } as Partial<Switches>, NEEDS[name], limitsFor(name));
    const { report, left } = await bench.run([pointNamed(name)]);
    expect(report!.points).toMatchObject([{ point: name, is: choice }]);
    expect(left).toEqual([]);
  });

  it.each(NEVER)('%s can’t be settled here, and the report explains why', async (name) => {
    await using bench = await openBench();
    const { report } = await bench.run([pointNamed(name)]);
    expect(report!.points).toMatchObject([{ is: null, status: 'unknown', evidence: expect.stringMatching(/\w+/) }]);
  });
});

describe('seeded combinations', () => {
  /** The same choices at every run. */
  function chosen(seed: number): Switches {
    let state = seed * 7_919 + 17;
    return Object.fromEntries(
      Object.entries(switches).map(([name, { choices }]) => {
        state = (state * 48_271) % 2_147_483_647;
        return [name, choices[state % choices.length]];
      }),
    ) as Switches;
  }

  it.each([[1], [2], [3], [4], [5], [6]])(
    'seed %i: no point is mistaken for another choice',
    async (seed) => {
      const wanted = chosen(seed);
      const several = { multicurrency: seed > 4 };
      const preferences = {
        ...several,
        customTxnNumbers: seed % 2 === 0,
        trackDepartments: seed % 3 === 0,
        partnerTax: seed % 2 === 1,
      };
      await using bench = await openBench(wanted, { preferences });
      const { report, left } = await bench.run();
      for (const { point, is, status, evidence } of report!.points) {
        if (status !== 'unknown') expect([point, is], evidence).toEqual([point, wanted[point as SwitchName]]);
      }
      const known = report!.points.filter(({ status }) => status !== 'unknown').length;
      expect(known, 'with several currencies as without').toBeGreaterThan(15);
      expect(left).toEqual([]);
    },
    60_000,
  );
});

describe('the books after that', () => {
  it('hold nothing that a probe made, but inactive names', async () => {
    await using bench = await openBench();
    const before = bench.company.trialBalance();
    await bench.run();
    expect(bench.company.trialBalance()).toEqual(before);
    for (const kind of ['Invoice', 'Payment', 'CreditMemo', 'Deposit']) expect(bench.company.records(kind)).toEqual([]);
    expect(bench.company.records('Customer').filter(({ Active }) => Active !== false)).toEqual([]);
  });

  it('are the same after an end in the middle', async () => {
    await using bench = await openBench();
    const ended = new AbortController();
    const point = pointNamed('depositedPayment');
    const early = {
      ...point,
      async probe(desk: Desk) {
        await point.probe(desk);
        ended.abort();
        return { unknown: '' };
      },
    };
    const { report, left } = await bench.run([early, pointNamed('sparseLines')], ended.signal);
    expect(report).toBeUndefined();
    expect(left).toEqual([]);
    for (const kind of ['Invoice', 'Payment', 'Deposit']) expect(bench.company.records(kind)).toEqual([]);
  });

  it('are the same after a crash, by the list on disk, also for an answer that was lost', async () => {
    await using bench = await openBench();
    const lost = async (desk: Desk) => {
      await desk.invoice(10);
      bench.simulator.control.addFault({ trouble: { kind: 'replyLost' }, aim: { path: '/customer' } });
      await desk.customer();
      return { unknown: '' };
    };
    // A crash: nothing is cleaned up, since every request fails from here on.
    const path = join(bench.folder, 'made.jsonl');
    const desk = openDesk({
      books: bench.books(),
      list: new MadeList(path),
      preferences: {},
      item: '1',
      refresh: () => bench.access.refresh(),
    });
    await expect(lost(desk)).rejects.toThrow();
    expect(bench.company.records('Customer')).toHaveLength(2);
    expect(await cleanUp(bench.books(), new MadeList(path))).toEqual([]);
    expect(bench.company.records('Invoice')).toEqual([]);
    expect(bench.company.records('Customer').filter(({ Active }) => Active !== false)).toEqual([]);
    expect(new MadeList(path).open()).toEqual([]);
  });

  it('preferences are never written', async () => {
    await using bench = await openBench();
    await bench.run();
    const writes = bench.simulator.control
      .requests()
      .filter(({ method, path }) => method === 'POST' && /preferences/i.test(path));
    expect(writes).toEqual([]);
  });
});

describe('a simulator that behaves like the books', () => {
  it('gives the same report', async () => {
    const wanted = { sparseLines: 'replace', nonLatin1: 'kept', invoiceWithPayments: 'unlink' } as const;
    await using bench = await openBench(wanted, { preferences: { customTxnNumbers: false, classTracking: 'off' } });
    const { report } = await bench.run();
    const like = likeBooks(JSON.stringify(report));
    expect(like.switches).toMatchObject(wanted);
    await using again = await openBench(like.switches, like.company);
    const second = (await again.run()).report!;
    expect(second.books).toEqual(report!.books);
    expect(second.points.map(({ point, is }) => [point, is])).toEqual(report!.points.map(({ point, is }) => [point, is]));
  });

  it('refuses a file that is no report', () => {
    expect(() => likeBooks('{}')).toThrow('contact-<date>.json');
    expect(() => likeBooks('not JSON')).toThrow('contact-<date>.json');
  });
});

describe('the command', () => {
  const run = (folder: string, ...args: string[]) =>
    new Promise<{ code: number | null; output: string }>((resolve) => {
      const main = fileURLToPath(new URL('./main.ts', import.meta.url));
      const app = ['--client-id', 'simulator-client', '--client-secret', 'simulator-secret', '--out', folder, '--pace', '0'];
      const child = spawn(process.execPath, [main, ...app, ...args]);
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
      child.on('exit', (code) => resolve({ code, output }));
    });

  it('signs in, prints the table, writes the file and leaves no list', async () => {
    await using bench = await openBench();
    const { refresh_token } = bench.simulator.control.grant(bench.company.realmId);
    const { code, output } = await run(
      bench.folder,
      ...['--api-url', bench.simulator.apiUrl, '--token-url', `${bench.simulator.url}/oauth2/v1/tokens/bearer`],
      ...['--realm', bench.company.realmId, '--refresh-token', refresh_token],
    );
    expect(output).toMatch(/sparseLines +append +append/);
    expect(output).not.toContain(refresh_token);
    expect(code).toBe(0);
    const files = readdirSync(bench.folder);
    expect(files.filter((name) => name.startsWith('contact-made'))).toEqual([]);
    const file = files.find((name) => /^contact-\d{4}-\d\d-\d\d\.json$/.test(name))!;
    expect(JSON.parse(readFileSync(join(bench.folder, file), 'utf8'))).toMatchObject({
      format: 'ledgerpost-contact/1',
      environment: 'sandbox',
    });
  }, 300_000);

  it('signs in through a browser, and takes no answer with another state', async () => {
    await using bench = await openBench();
    const lines: string[] = [];
    const addresses = {
      authorize: `${bench.simulator.url}/connect/oauth2`,
      token: `${bench.simulator.url}/oauth2/v1/tokens/bearer`,
    };
    const signedIn = accessByBrowser(addresses, { id: 'simulator-client', secret: 'simulator-secret' }, 0, (line) =>
      lines.push(line),
    );
    await expect.poll(() => lines.length).toBe(1);
    const address = lines[0]!.split('\n')[1]!;
    const back = bench.simulator.control.authorize(address, bench.company.realmId);
    const forged = new URL(back);
    forged.searchParams.set('state', 'another');
    expect((await fetch(forged.href.replace('localhost', '127.0.0.1'))).status).toBe(404);
    expect((await fetch(back.replace('localhost', '127.0.0.1'))).status).toBe(200);
    const access = await signedIn;
    expect(access.realmId).toBe(bench.company.realmId);
    expect(await access.token()).toMatch(/./);
  });

  it('refuses production unless it is asked twice', async () => {
    await using bench = await openBench();
    const { code, output } = await run(bench.folder, '--environment', 'production', '--realm', '1', '--refresh-token', 'x');
    expect(code).toBe(1);
    expect(output).toContain('These are real books.');
  });

  it('starts no run while another one’s list is there', async () => {
    await using bench = await openBench();
    writeFileSync(join(bench.folder, 'contact-made-1.jsonl'), '');
    const { code, output } = await run(bench.folder, '--realm', '1', '--refresh-token', 'x');
    expect(code).toBe(1);
    expect(output).toContain('--clean-up');
  });
});

describe('the report', () => {
  it('holds no token and no name of these books', async () => {
    await using bench = await openBench({}, { companyName: 'Secret Company Inc' });
    const { report } = await bench.run();
    const text = JSON.stringify(report) + inWords(report!);
    expect(text).not.toContain('Secret Company');
    expect(text).not.toContain(await bench.access.token());
    expect(text).not.toContain('LPC ');
    expect(readFileSync(join(bench.folder, 'made.jsonl'), 'utf8')).not.toContain('Secret Company');
  });

  it('shows in a table what is so, and what Ledgerpost would do wrong', async () => {
    await using bench = await openBench();
    const surprise = {
      ...pointNamed('requestIdBatch'),
      probe: async () => ({ other: 'the second batch was carried out again', tids: ['t-1'] }),
    };
    const { report } = await bench.run([pointNamed('sparseLines'), surprise]);
    expect(inWords(report!)).toMatch(/sparseLines +append +append +/);
    expect(inWords(report!)).toContain('1 of 2 points are settled. Ledgerpost does not know this behavior:');
    expect(inWords(report!)).toContain('Do not connect real books.');
  });
});
