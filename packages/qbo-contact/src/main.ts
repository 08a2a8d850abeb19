import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBooks } from './books.ts';
import { cleanUp, type LeftBehind, MadeList } from './made-list.ts';
import { inWords } from './report.ts';
import { runContact } from './run-contact.ts';
import { type Access, accessByBrowser, accessFrom, INTUIT } from './sign-in.ts';

const usage = `qbo-contact [options]

Finds out how your QuickBooks Online sandbox behaves where no source is certain. It takes some ten minutes. It creates a few
customers, invoices and payments, changes no preference, and takes out what it created, also after Ctrl-C.

  --client-id ID           of your app at developer.intuit.com; else QBO_CONTACT_CLIENT_ID
  --client-secret SECRET   else QBO_CONTACT_CLIENT_SECRET
  --refresh-token TOKEN    skips the browser; needs --realm; else QBO_CONTACT_REFRESH_TOKEN
  --realm ID               the company's id
  --port 4617              the page to come back to; the app lists http://localhost:4617/callback as a redirect URI
  --pace 200               milliseconds between two requests
  --out FOLDER             where contact-<date>.json goes (default: here)
  --clean-up FILE          only takes out what a run left behind, by its list
  --environment sandbox    production is refused without --allow-production
  --allow-production       probes real books; don't

Send contact-<date>.json in: it holds no token, no name and no amount. The issue template "First contact" asks for it.`;

const { values } = parseArgs({
  options: {
    'client-id': { type: 'string', default: process.env.QBO_CONTACT_CLIENT_ID ?? '' },
    'client-secret': { type: 'string', default: process.env.QBO_CONTACT_CLIENT_SECRET ?? '' },
    'refresh-token': { type: 'string', default: process.env.QBO_CONTACT_REFRESH_TOKEN ?? '' },
    realm: { type: 'string', default: '' },
    port: { type: 'string', default: '4617' },
    pace: { type: 'string', default: '200' },
    out: { type: 'string', default: '.' },
    'clean-up': { type: 'string' },
    environment: { type: 'string', default: 'sandbox' },
    'allow-production': { type: 'boolean', default: false },
    'api-url': { type: 'string' },
    'token-url': { type: 'string', default: INTUIT.token },
    'authorize-url': { type: 'string', default: INTUIT.authorize },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(usage);
else
  process.exitCode = await main().catch((error: Error) => {
    console.error(error.message);
    return 1;
  });

async function main(): Promise<number> {
  const environment = values.environment;
  if (environment !== 'sandbox' && environment !== 'production') throw new Error('--environment is sandbox or production.');
  if (environment === 'production' && !values['allow-production']) {
    throw new Error(
      'These are real books. Probes create invoices and payments, and delete them again. Use a sandbox company. If you must: --environment production --allow-production.',
    );
  }
  if (values['client-id'] === '' || values['client-secret'] === '')
    throw new Error(`Name your app: --client-id and --client-secret.\n\n${usage}`);
  const unfinished = readdirSync(values.out).filter((name) => /^contact-made-.*\.jsonl$/.test(name));
  if (values['clean-up'] === undefined && unfinished.length > 0) {
    throw new Error(`A run left something behind. Take it out first: qbo-contact --clean-up ${join(values.out, unfinished[0]!)}`);
  }
  const ended = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ended.abort());

  const access = await signIn(ended.signal);
  const apiUrl =
    values['api-url'] ??
    (environment === 'sandbox'
      ? 'https://sandbox-quickbooks.api.intuit.com/v3/company'
      : 'https://quickbooks.api.intuit.com/v3/company');
  const address = { apiUrl, realmId: access.realmId, access: () => access.token(), paceMs: Number(values.pace) };
  const cleaner = openBooks({ ...address, signal: new AbortController().signal });
  if (values['clean-up'] !== undefined) return cleanUpAlone(cleaner, values['clean-up']);

  const date = new Date().toISOString().slice(0, 10);
  const listPath = join(values.out, `contact-made-${Date.now()}.jsonl`);
  const { report, left } = await runContact(
    {
      books: openBooks({ ...address, signal: ended.signal }),
      environment,
      listPath,
      date,
      refresh: () => access.refresh(),
      say: (line) => console.log(line),
      signal: ended.signal,
    },
    cleaner,
  );
  finish(listPath, left);
  if (report === undefined) {
    console.log('Ended early. Nothing was written.');
    return 130;
  }
  const file = join(values.out, `contact-${date}.json`);
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\n${inWords(report)}\n\n${file}`);
  return left.length === 0 ? 0 : 1;
}

async function signIn(signal: AbortSignal): Promise<Access> {
  const app = { id: values['client-id'], secret: values['client-secret'] };
  const addresses = { authorize: values['authorize-url'], token: values['token-url'] };
  if (values['refresh-token'] === '')
    return accessByBrowser(addresses, app, Number(values.port), (line) => console.log(line), signal);
  if (values.realm === '') throw new Error('A refresh token needs --realm, the id of its company.');
  return accessFrom(addresses, app, values.realm, values['refresh-token']);
}

async function cleanUpAlone(books: ReturnType<typeof openBooks>, path: string): Promise<number> {
  if (!existsSync(path)) throw new Error(`There is no list at ${path}.`);
  const left = await cleanUp(books, new MadeList(path));
  finish(path, left);
  return left.length === 0 ? 0 : 1;
}

function finish(listPath: string, left: readonly LeftBehind[]): void {
  if (left.length === 0) {
    rmSync(listPath, { force: true });
    return;
  }
  console.log('These could not be taken out. Delete them in QuickBooks, or try again with --clean-up:');
  for (const { kind, id, fault } of left) console.log(`  ${kind} ${id} (${fault})`);
  console.log(`  the list: ${listPath}`);
}
