import { setTimeout as wait } from 'node:timers/promises';
import type { ApiClient } from '../api-client.ts';
import { type Call, type Command, companyOf, targetPath } from '../command.ts';
import { type Io, Trouble } from '../io.ts';

const TARGET = { target: { type: 'string', help: 'for example qbo' } } as const;

/** A company's connection to the books at a target. */
export const CONNECTION_COMMANDS: readonly Command[] = [
  {
    name: 'connection connect',
    usage: '--target TARGET',
    summary: 'Print the address where a person signs in to the books, and wait for the connection',
    options: { ...TARGET, detach: { type: 'boolean', help: 'print the address without waiting' } },
    async run({ io, api, options }) {
      const path = pathOf(io, options);
      const { authorizeUrl, expiresAt } = await api.send<{ authorizeUrl: string; expiresAt: string }>('POST', path);
      const before = await api.get<Card>(path);
      io.err(
        'Open this address in a browser, sign in with an admin’s key, and choose the books. It works once, within ten minutes:',
      );
      io.out(authorizeUrl);
      if (options.detach === true) return 0;
      const card = await connected(api, io, path, before, Date.parse(expiresAt));
      return show(io, card);
    },
  },
  {
    name: 'connection show',
    usage: '--target TARGET',
    summary: 'Show the connected books, and what needs attention',
    options: TARGET,
    run: async ({ io, api, options }) => show(io, await api.get<Card>(pathOf(io, options))),
  },
  {
    name: 'connection refresh',
    usage: '--target TARGET',
    summary: 'Read the books again: edition, accounts, classes, preferences',
    options: TARGET,
    run: async ({ io, api, options }) => show(io, await api.send<Card>('POST', `${pathOf(io, options)}/refresh`)),
  },
  {
    name: 'connection account',
    usage: 'ROLE NAME --target TARGET',
    summary: 'Set a default account by its exact name in the books',
    options: TARGET,
    async run({ args, io, api, options }) {
      const [role, name, ...more] = args;
      if (role === undefined || name === undefined)
        throw new Trouble('Name the role and the account. The role is income, depositTo, refund, discount or receivable.');
      if (more.length > 0) throw new Trouble('Put the account’s name in quotes.');
      const path = `${pathOf(io, options)}/accounts/${encodeURIComponent(role)}`;
      const { accounts } = await api.send<Card>('PUT', path, { name });
      for (const account of accounts.filter((one) => one.role === role)) io.out(accountLine(account));
      return 0;
    },
  },
  {
    name: 'connection create-classes',
    usage: '[CLASS…] --target TARGET',
    summary: 'Create classes in the books: the ones you name, or with --missing all that records use and the books lack',
    options: { ...TARGET, missing: { type: 'boolean', help: 'create every missing class' } },
    async run({ args, io, api, options }) {
      const path = pathOf(io, options);
      if (args.length > 0 === (options.missing === true)) throw new Trouble('Name the classes to create, or add --missing.');
      const names = options.missing === true ? missingIn(await api.get<Card>(path)) : args;
      let refused = 0;
      for (let from = 0; from < names.length; from += AT_ONCE) {
        const body = { names: names.slice(from, from + AT_ONCE) };
        const { outcomes } = await api.send<{ outcomes: readonly Outcome[] }>('POST', `${path}/classes`, body);
        for (const { status, name, reason } of outcomes) {
          if (status === 'refused') io.err(`${name}: ${reason}`);
          else io.out(`${name}: ${status === 'created' ? 'created' : 'already there'}`);
        }
        refused += outcomes.filter(({ status }) => status === 'refused').length;
      }
      if (names.length === 0) io.out('No class is missing.');
      return refused > 0 ? 1 : 0;
    },
  },
  {
    name: 'connection disconnect',
    usage: '--target TARGET',
    summary: 'End the access to the books; posted documents stay',
    options: TARGET,
    async run({ io, api, options }) {
      await api.send('DELETE', pathOf(io, options));
      io.out('disconnected');
      return 0;
    },
  },
];

/** The most that the API accepts at once. */
const AT_ONCE = 100;
const ASK_AGAIN_MS = 1_000;
/** How often to ask again while the books are being read. */
const READING_TRIES = 20;

interface Card {
  readonly state: 'never' | 'connected' | 'lost' | 'disconnected';
  readonly account: string | null;
  readonly environment: string | null;
  readonly company: string | null;
  readonly edition: string | null;
  readonly currency: string | null;
  readonly classTracking: { readonly name: string } | null;
  readonly closedThrough: string | null;
  readonly salesTax: string | null;
  readonly automaticCredit: boolean | null;
  readonly refreshedAt: string | null;
  readonly connectedAt: string | null;
  readonly notices: readonly { readonly code: string; readonly severity: string; readonly message: string }[];
  readonly accounts: readonly Account[];
  readonly classes: readonly { readonly name: string; readonly status: string; readonly nearest?: readonly string[] }[];
}
interface Account {
  readonly role: string;
  readonly title: string;
  readonly name: string | null;
  readonly status: string;
}
interface Outcome {
  readonly status: 'found' | 'created' | 'refused';
  readonly name: string;
  readonly reason?: string;
}

function pathOf(io: Io, options: Call['options']): string {
  return `${targetPath(companyOf(io, options), options)}/connection`;
}

/** The card, once a person has signed in at the target and the books were read. */
async function connected(api: ApiClient, io: Io, path: string, before: Card, until: number): Promise<Card> {
  for (let triesLeft = READING_TRIES; ; ) {
    io.progress('waiting for the browser', 'waiting');
    const card = await api.get<Card>(path);
    const granted = card.state === 'connected' && card.connectedAt !== before.connectedAt;
    // Between the two the card is incomplete: the company's name is known once the books were read.
    if (granted && (card.refreshedAt !== before.refreshedAt || triesLeft-- === 0)) {
      io.progress('');
      return card;
    }
    if (!granted && Date.now() >= until)
      throw new Trouble(
        'No one signed in within ten minutes. If the page in the browser shows an error, follow it. Then connect again.',
      );
    await wait(ASK_AGAIN_MS, undefined, { signal: io.signal }).catch(() => {
      throw new Trouble('Stopped. The address still works until its ten minutes are over.');
    });
  }
}

/** Shows a card. Returns 1 if something on it keeps documents from being sent. */
function show(io: Io, card: Card): number {
  const facts: readonly (readonly [string, string | null])[] = [
    ['state', card.state],
    ['company', card.company],
    ['account', card.account === null ? null : `${card.account} (${card.environment})`],
    ['edition', card.edition],
    ['currency', card.currency],
    ['class tracking', card.classTracking?.name ?? null],
    ['closed through', card.closedThrough],
    ['sales tax', card.salesTax],
    ['automatic credit', card.automaticCredit === null ? null : card.automaticCredit ? 'on' : 'off'],
    ['refreshed', card.refreshedAt],
  ];
  for (const [name, value] of facts) if (value !== null) io.out(`${name}: ${value}`);
  for (const account of card.accounts) io.out(accountLine(account));
  for (const { name, status, nearest = [] } of card.classes)
    io.out(
      `class ${name}: ${status}${nearest.length === 0 || status === 'verified' ? '' : ` (the books have ${nearest.join(', ')})`}`,
    );
  for (const { severity, message } of card.notices) io.err(`${severity}: ${message}`);
  return card.notices.some(({ severity }) => severity === 'problem') ? 1 : 0;
}

function accountLine({ role, title, name, status }: Account): string {
  return `account ${role} (${title}): ${name ?? 'not set'}${status === 'ok' || status === 'unset' ? '' : `, ${status}`}`;
}

function missingIn({ classes }: Card): readonly string[] {
  return classes.filter(({ status }) => status === 'missing').map(({ name }) => name);
}
