import { setTimeout as wait } from 'node:timers/promises';
import type { ApiClient } from '../api-client.ts';
import { type Call, type Command, companyOf, targetPath } from '../command.ts';
import { type Io, Trouble } from '../io.ts';
import { count, counted, inMoney } from './words.ts';

const TARGET = { target: { type: 'string', help: 'for example qbo' } } as const;

/** Documents that were changed, voided or deleted in the books after they were posted. */
export const DRIFT_COMMANDS: readonly Command[] = [
  {
    name: 'drift list',
    usage: '',
    summary: 'List documents that were changed, voided or deleted in the books after posting, with the choices',
    options: {
      ...TARGET,
      batch: { type: 'string', help: 'batch ID: only what this batch posted' },
      all: { type: 'boolean', help: 'include changes that were decided' },
    },
    run: ({ io, api, options }) => list(io, api, options),
  },
  {
    name: 'drift check',
    formerName: 'drift look',
    usage: '--target TARGET',
    summary: 'Check the books for changes now, and wait for the result; exits with 1 if any is open',
    options: { ...TARGET, detach: { type: 'boolean', help: 'start the check without waiting' } },
    async run({ io, api, options }) {
      const path = `${targetPath(companyOf(io, options), options)}/look`;
      let check = await api.send<Check>('POST', path);
      if (options.detach === true) return 0;
      while (check.state === 'running' || check.wantedBy === 'request') {
        io.progress(check.state === 'running' ? `checking: ${count(check.looked)} documents` : 'waiting for the check to start');
        await wait(EVERY_MS, undefined, { signal: io.signal });
        check = await api.get<Check>(path);
      }
      io.progress('');
      if (check.state === 'failed') throw new Trouble(check.reason?.message ?? 'The books could not be checked.');
      const later =
        check.postponed === 0 ? '' : `, ${count(check.postponed)} left for the next check because a batch is sending them`;
      io.out(
        `${counted(check.looked, 'document')} checked, ${count(check.found)} newly changed, ${count(check.open)} open${later}`,
      );
      if (check.open > 0) await list(io, api, options);
      return check.open > 0 ? 1 : 0;
    },
  },
  ...(['keep-theirs', 'send-again', 'resolve'] as const).map(
    (choice): Command => ({
      name: `drift ${choice}`,
      usage: 'ID…',
      summary: {
        'keep-theirs': 'Keep the version in the books: later updates start from it, and no undo removes it',
        'send-again': 'Send our version again with the next batch: as an update, or as a new document where it was deleted',
        resolve: 'Mark changes as resolved, and do nothing else',
      }[choice],
      options: {},
      async run({ args, io, api, options }) {
        if (args.length === 0) throw new Trouble('Name the IDs of the changes. "ledgerpost drift list" shows them.');
        const company = `/v1/companies/${encodeURIComponent(companyOf(io, options))}`;
        for (const id of args) {
          const drift = await api.send<Drift>('POST', `${company}/drift/${encodeURIComponent(id)}/${choice}`);
          io.out(`${drift.number}: ${drift.state}`);
        }
        return 0;
      },
    }),
  ),
];

const EVERY_MS = 1_000;

interface Check {
  readonly state: 'running' | 'done' | 'failed' | null;
  readonly wantedBy: string | null;
  readonly reason: { readonly message: string } | null;
  readonly looked: number;
  readonly found: number;
  readonly postponed: number;
  readonly open: number;
}

interface Drift {
  readonly id: string;
  readonly number: string;
  readonly status: 'changed' | 'gone';
  readonly amount: number;
  readonly total: number | null;
  readonly state: string;
  readonly decidedBy: string | null;
  readonly batch: { readonly name: string };
  readonly problem: { readonly message: string };
  readonly choices: readonly string[];
}

async function list(io: Io, api: ApiClient, options: Call['options']): Promise<number> {
  const company = `/v1/companies/${encodeURIComponent(companyOf(io, options))}`;
  const { currency } = await api.get<{ currency: string }>(company);
  const only = Object.entries({ target: options.target, batch: options.batch, state: options.all === true ? undefined : 'open' })
    .filter(([, value]) => typeof value === 'string')
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  let shown = 0;
  for (let after: string | undefined; ; ) {
    const query = [...only, 'limit=500', ...(after === undefined ? [] : [`after=${encodeURIComponent(after)}`])].join('&');
    const page = await api.get<{ rows: readonly Drift[]; next?: string }>(`${company}/drift?${query}`);
    for (const drift of page.rows) for (const line of linesOf(drift, currency)) io.out(line);
    shown += page.rows.length;
    after = page.next;
    if (after === undefined) break;
  }
  if (shown === 0) io.out('No changes in the books are known.');
  return 0;
}

function linesOf(drift: Drift, currency: string): readonly string[] {
  const theirs = drift.status === 'gone' ? 'deleted' : drift.total === null ? 'changed' : inMoney(drift.total, currency);
  const decided = drift.decidedBy === null ? drift.state : `${drift.state} by ${drift.decidedBy}`;
  return [
    `${drift.id}  ${drift.number} (${drift.batch.name}): posted ${inMoney(drift.amount, currency)}, in the books ${theirs}; ${decided}`,
    `    ${drift.problem.message}`,
    ...(drift.choices.length === 0 ? [] : [`    choices: ${drift.choices.join(', ')}`]),
  ];
}
