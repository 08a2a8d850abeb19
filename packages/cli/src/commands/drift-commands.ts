import { setTimeout as wait } from 'node:timers/promises';
import { formatMoney, type Money } from '@ledgerpost/core';
import type { ApiClient } from '../api-client.ts';
import { type Call, type Command, companyOf, targetPath } from '../command.ts';
import { type Io, Trouble } from '../io.ts';
import { count } from './follow-batch.ts';

const TARGET = { target: { type: 'string', help: 'qbo' } } as const;

/** What was changed, voided or deleted in the books since it was posted. */
export const DRIFT_COMMANDS: readonly Command[] = [
  {
    name: 'drift list',
    usage: '',
    summary: 'List what was changed, voided or deleted in the books since it was posted, with the choices',
    options: {
      ...TARGET,
      batch: { type: 'string', help: 'a batch’s id: only what it posted' },
      all: { type: 'boolean', help: 'what was decided, too' },
    },
    run: ({ io, api, options }) => list(io, api, options),
  },
  {
    name: 'drift look',
    usage: '--target TARGET',
    summary: 'Look now for changes in the books, and wait until it is done; exits 1 if any is open',
    options: { ...TARGET, detach: { type: 'boolean', help: 'don’t wait' } },
    async run({ io, api, options }) {
      const path = `${targetPath(companyOf(io, options), options)}/look`;
      let look = await api.send<Look>('POST', path);
      if (options.detach === true) return 0;
      while (look.state === 'running' || look.wantedBy === 'request') {
        io.progress(look.state === 'running' ? `looking: ${count(look.looked)} documents` : 'waiting for the look to begin');
        await wait(EVERY_MS, undefined, { signal: io.signal });
        look = await api.get<Look>(path);
      }
      io.progress('');
      if (look.state === 'failed') throw new Trouble(look.reason?.message ?? 'The books could not be asked.');
      const later = look.postponed === 0 ? '' : `, ${count(look.postponed)} left for the next look because a batch has them`;
      io.out(`${count(look.looked)} documents looked at, ${count(look.found)} newly changed, ${count(look.open)} open${later}`);
      if (look.open > 0) await list(io, api, options);
      return look.open > 0 ? 1 : 0;
    },
  },
  ...(['keep-theirs', 'send-again', 'resolve'] as const).map(
    (choice): Command => ({
      name: `drift ${choice}`,
      usage: 'ID…',
      summary: {
        'keep-theirs': 'Keep what a person made of documents in the books: later updates start from there, no undo takes it away',
        'send-again': 'Offer ours again for the next batch: as an update, or as an insert of what is gone',
        resolve: 'Mark changes in the books as resolved, and do nothing else',
      }[choice],
      options: {},
      async run({ args, io, api, options }) {
        if (args.length === 0) throw new Trouble('Name the changes by their ids: `drift list` shows them.');
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

interface Look {
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
  if (shown === 0) io.out('Nothing was changed in the books, as far as is known.');
  return 0;
}

function linesOf(drift: Drift, currency: string): readonly string[] {
  const say = (amount: number) => formatMoney(amount as Money, currency);
  const theirs = drift.status === 'gone' ? 'gone' : `theirs ${drift.total === null ? 'changed' : say(drift.total)}`;
  const decided = drift.decidedBy === null ? drift.state : `${drift.state} by ${drift.decidedBy}`;
  return [
    `${drift.id}  ${drift.number} (${drift.batch.name}): ours ${say(drift.amount)}, ${theirs}; ${decided}`,
    `    ${drift.problem.message}`,
    ...(drift.choices.length === 0 ? [] : [`    choices: ${drift.choices.join(', ')}`]),
  ];
}
