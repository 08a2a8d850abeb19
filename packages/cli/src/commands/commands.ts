import { createReadStream } from 'node:fs';
import { formatMoney, type Money } from '@ledgerpost/core';
import type { ApiClient } from '../api-client.ts';
import { type Call, type Command, companyOf, targetPath, wanted } from '../command.ts';
import { type Io, Trouble } from '../io.ts';
import { CONNECTION_COMMANDS } from './connection-commands.ts';
import { DRIFT_COMMANDS } from './drift-commands.ts';
import { type Batch, count, counted, followBatch, progressLine } from './follow-batch.ts';
import { importRecords } from './import-records.ts';
import { SCHEDULE_COMMANDS } from './schedule-commands.ts';
import { showReport } from './show-report.ts';
import { verifyBatch } from './verify-batch.ts';

const SELECTION = {
  invoices: { type: 'string', help: 'all or none' },
  payments: { type: 'string', help: 'all or none' },
  from: { type: 'string', help: 'first day, YYYY-MM-DD' },
  to: { type: 'string', help: 'last day, YYYY-MM-DD' },
  department: { type: 'string', help: 'a department’s id' },
} as const;

export const COMMANDS: readonly Command[] = [
  {
    name: 'import',
    usage: 'FILE',
    summary: 'Put the records of a file of NDJSON ("-" is standard input)',
    options: {},
    async run({ args, io, connection, options }) {
      const [file] = args;
      if (file === undefined) throw new Trouble('Name the file to import; "-" is standard input.');
      const bytes = file === '-' ? io.stdin : createReadStream(file, { highWaterMark: 256 * 1024 });
      const intake = await importRecords(
        connection,
        companyOf(io, options),
        readable(bytes, file),
        (sent) => io.progress(`${count(Math.round(sent / 1024))} KiB sent`),
        io.signal,
      );
      io.progress('');
      for (const { line, record, field, reason } of intake.refusals) {
        io.err(
          `line ${line}${record === undefined ? '' : ` (${record})`}: ${field === undefined || reason.startsWith(field) ? '' : `${field}: `}${reason}`,
        );
      }
      const told = new Set(intake.refusals.map(({ line }) => line)).size;
      if (intake.refused > told) io.err(`… and ${count(intake.refused - told)} more refused lines.`);
      io.out(
        `${counted(intake.lines, 'line')}: ${count(intake.taken)} taken, ${count(intake.unchanged)} unchanged, ${count(intake.refused)} refused.`,
      );
      return intake.refused > 0 ? 1 : 0;
    },
  },
  {
    name: 'preview',
    usage: '--target TARGET',
    summary: 'Show what a batch would send; writes nothing',
    options: { target: { type: 'string', help: 'saasant' }, ...SELECTION },
    async run({ io, api, options }) {
      const company = companyOf(io, options);
      const { currency } = await api.get<{ currency: string }>(`/v1/companies/${encodeURIComponent(company)}`);
      const preview = await api.send<Preview>('POST', `${targetPath(company, options)}/batches:preview`, {
        selection: selectionOf(options),
      });
      showOperations(io, preview.totals.operations, currency);
      for (const { reason, documents } of preview.notSelected) io.out(`can’t be sent: ${count(documents)} ${reason}`);
      for (const [code, documents] of Object.entries(preview.problemCounts))
        io.out(`to be looked at: ${count(documents)} ${code}`);
      for (const { number, severity, message } of preview.problems.slice(0, 20)) io.out(`  ${severity} ${number}: ${message}`);
      for (const { code, count: pairs } of preview.warnings) io.out(`to be acknowledged: ${count(pairs)} ${code}`);
      io.out(`name: ${preview.name}`);
      io.out(`digest: ${preview.digest}`);
      return 0;
    },
  },
  {
    name: 'batch',
    usage: '--target TARGET',
    summary: 'Start a batch and follow it',
    options: {
      target: { type: 'string', help: 'saasant' },
      name: { type: 'string', help: 'instead of the proposed name' },
      digest: { type: 'string', help: 'of a preview: refused if records changed since' },
      acknowledge: { type: 'string', multiple: true, help: 'payments-without-invoices' },
      'on-problem': { type: 'string', help: 'skip or stop' },
      detach: { type: 'boolean', help: 'don’t follow it' },
      ...SELECTION,
    },
    async run({ io, api, options }) {
      const company = companyOf(io, options);
      const { batch } = await api.send<{ batch: Batch }>('POST', `${targetPath(company, options)}/batches`, {
        ...given('name', options.name),
        ...given('digest', options.digest),
        ...given('acknowledge', options.acknowledge),
        ...given('onProblem', options['on-problem']),
        selection: selectionOf(options),
      });
      io.out(batch.id);
      if (options.detach === true) return 0;
      return await follow(api, io, company, batch.id);
    },
  },
  {
    name: 'follow',
    usage: 'BATCH',
    summary: 'Follow a batch until it ends',
    options: {},
    run: async ({ args, io, api, options }) => await follow(api, io, companyOf(io, options), batchIn(args)),
  },
  {
    name: 'batches',
    usage: '',
    summary: 'The batches of the company, newest first',
    options: { limit: { type: 'string', help: 'how many; 20' } },
    async run({ io, api, options }) {
      const path = `/v1/companies/${encodeURIComponent(companyOf(io, options))}/batches?limit=${encodeURIComponent(String(options.limit ?? 20))}`;
      const { rows } = await api.get<{ rows: readonly Batch[] }>(path);
      for (const batch of rows)
        io.out(`${batch.id}  ${batch.startedAt}  ${progressLine(batch)}${batch.confirmedAt === null ? '' : ', loaded'}`);
      return 0;
    },
  },
  {
    name: 'download',
    usage: 'BATCH',
    summary: 'Download the file that a batch hands out',
    options: { out: { type: 'string', help: 'the file to write; else its own name, here' } },
    async run({ args, io, api, options }) {
      const { file, bytes } = await api.download(`${batchPath(companyOf(io, options), batchIn(args))}/download`, (name) =>
        typeof options.out === 'string' ? options.out : name,
      );
      io.out(`${file} (${count(bytes)} bytes)`);
      return 0;
    },
  },
  ...(['cancel', 'resume', 'approve', 'decline', 'confirm'] as const).map(
    (verb): Command => ({
      name: verb,
      usage: 'BATCH',
      summary: {
        cancel: 'Stop a batch after the chunk in flight',
        resume: 'Let a held batch go on',
        approve: 'Approve a batch that somebody else started',
        decline: 'Decline a batch that somebody else started',
        confirm: 'State that the files of a batch were loaded into the books',
      }[verb],
      options: {},
      async run({ args, io, api, options }) {
        const path = `${batchPath(companyOf(io, options), batchIn(args))}/${verb}`;
        const { batch, note } = await api.send<{ batch: Batch; note?: string }>('POST', path);
        io.out(progressLine(batch));
        if (note !== undefined) io.err(note);
        return 0;
      },
    }),
  ),
  {
    name: 'retry',
    usage: 'BATCH',
    summary: 'Take what a batch could not post again, in a new batch, and follow it',
    options: {},
    async run({ args, io, api, options }) {
      const company = companyOf(io, options);
      const { batch } = await api.send<{ batch: Batch }>('POST', `${batchPath(company, batchIn(args))}/retry`);
      io.out(batch.id);
      return await follow(api, io, company, batch.id);
    },
  },
  {
    name: 'verify',
    usage: 'BATCH',
    summary: 'Look whether the documents of a batch are still in the books, as they were posted',
    options: {},
    async run({ args, io, api, options }) {
      return (await verifyBatch(api, batchPath(companyOf(io, options), batchIn(args)), io)) ? 0 : 1;
    },
  },
  {
    name: 'report',
    usage: 'BATCH',
    summary: 'Show what a batch came to, ours beside the books’ as the newest verification read them',
    options: { xlsx: { type: 'string', help: 'write it to this file, as a workbook with every document' } },
    async run({ args, io, api, options }) {
      const path = `${batchPath(companyOf(io, options), batchIn(args))}/report`;
      if (typeof options.xlsx !== 'string') return await showReport(api, path, io);
      const { xlsx } = options;
      const { file, bytes } = await api.download(`${path}.xlsx`, () => xlsx);
      io.out(`${file} (${count(bytes)} bytes)`);
      return 0;
    },
  },
  {
    name: 'undo',
    usage: 'BATCH',
    summary: 'Take a batch back, and list what a person must take out of the books',
    options: {},
    async run({ args, io, api, options }) {
      const path = batchPath(companyOf(io, options), batchIn(args));
      let undo = await api.send<Undo>('POST', `${path}/undo`);
      if (undo.warning !== null) io.err(undo.warning);
      if (undo.instructions !== null) io.out(undo.instructions);
      for (;;) {
        for (const { document, todo } of undo.documents) io.out(todo ?? document);
        if (undo.next === undefined) break;
        undo = await api.get<Undo>(`${path}/undo?after=${undo.next}`);
      }
      const batch = await followBatch(api, path, io);
      io.progress('');
      io.out(progressLine(batch));
      return batch.state === 'undone' ? 0 : 1;
    },
  },
  ...CONNECTION_COMMANDS,
  ...DRIFT_COMMANDS,
  ...SCHEDULE_COMMANDS,
  {
    name: 'companies',
    usage: '',
    summary: 'The companies of the installation',
    options: {},
    async run({ io, api }) {
      for (let next: string | undefined = ''; next !== undefined; ) {
        const page: { rows: readonly { id: string; name: string; currency: string; timeZone: string }[]; next?: string } =
          await api.get(`/v1/companies?limit=500${next === '' ? '' : `&after=${encodeURIComponent(next)}`}`);
        for (const { id, name, currency, timeZone } of page.rows) io.out(`${id}  ${name}  ${currency}  ${timeZone}`);
        next = page.next;
      }
      return 0;
    },
  },
  {
    name: 'companies put',
    usage: 'ID --name NAME --time-zone ZONE --currency CODE',
    summary: 'Make a company, or rename it',
    options: {
      name: { type: 'string', help: 'its name' },
      'time-zone': { type: 'string', help: 'America/Los_Angeles' },
      currency: { type: 'string', help: 'USD' },
    },
    async run({ args, io, api, options }) {
      const [id] = args;
      if (id === undefined) throw new Trouble('Name the company’s id.');
      wanted(options, { name: 'NAME', 'time-zone': 'America/Los_Angeles', currency: 'USD' });
      const body = { name: options.name, timeZone: options['time-zone'], currency: options.currency };
      const made = await api.send<{ id: string }>('PUT', `/v1/companies/${encodeURIComponent(id)}`, body);
      io.out(made.id);
      return 0;
    },
  },
  {
    name: 'keys create',
    usage: '--name NAME --role ROLE…',
    summary: 'Make an API key; its secret is shown this once',
    options: {
      name: { type: 'string', help: 'who uses it' },
      role: { type: 'string', multiple: true, help: 'source, viewer, poster, approver, admin' },
      installation: { type: 'boolean', help: 'a key of the installation, not of one company' },
    },
    async run({ io, api, options }) {
      wanted(options, { name: 'NAME', role: 'viewer' });
      const key = await api.send<{ id: string; secret: string }>('POST', keysPath(io, options), {
        name: options.name,
        roles: options.role,
      });
      io.out(key.secret);
      io.err(`Key ${key.id}. Keep the secret: it is kept nowhere else.`);
      return 0;
    },
  },
  {
    name: 'keys list',
    usage: '',
    summary: 'The keys of the company',
    options: { installation: { type: 'boolean', help: 'those of the installation' } },
    async run({ io, api, options }) {
      const { rows } = await api.get<{ rows: readonly Key[] }>(keysPath(io, options));
      for (const { id, name, roles, revokedAt } of rows)
        io.out(`${id}  ${name}  ${roles.join(',')}${revokedAt === null ? '' : `  revoked ${revokedAt}`}`);
      return 0;
    },
  },
  {
    name: 'keys revoke',
    usage: 'KEY',
    summary: 'Revoke a key at once',
    options: { installation: { type: 'boolean', help: 'one of the installation' } },
    async run({ args, io, api, options }) {
      const [id] = args;
      if (id === undefined) throw new Trouble('Name the key’s id; "ledgerpost keys list" shows it.');
      await api.send('DELETE', `${keysPath(io, options)}/${encodeURIComponent(id)}`);
      io.out(`${id} revoked`);
      return 0;
    },
  },
  {
    name: 'seals rotate',
    usage: '',
    summary: 'Seal what is kept of connections again, under the first sealing key',
    options: {},
    async run({ io, api }) {
      const { key, sealedAgain, unreadable } = await api.send<Rotation>('POST', '/v1/seals/rotate');
      io.out(`${count(sealedAgain)} sealed again under the key ${key}.`);
      for (const { company, target, key: under } of unreadable)
        io.err(
          `${company} at ${target} is sealed under the key ${under}, which can’t open it. Bring that key back, or connect again.`,
        );
      return unreadable.length > 0 ? 1 : 0;
    },
  },
];

interface Preview {
  readonly totals: { readonly operations: Operations };
  readonly notSelected: readonly { readonly reason: string; readonly documents: number }[];
  readonly problems: readonly { readonly number: string; readonly severity: string; readonly message: string }[];
  readonly problemCounts: Readonly<Record<string, number>>;
  readonly warnings: readonly { readonly code: string; readonly count: number }[];
  readonly name: string;
  readonly digest: string;
}
interface Undo {
  readonly warning: string | null;
  readonly instructions: string | null;
  readonly documents: readonly { readonly document: string; readonly todo: string | null }[];
  readonly next?: string;
}
interface Rotation {
  readonly key: string;
  readonly sealedAgain: number;
  readonly unreadable: readonly { readonly company: string; readonly target: string; readonly key: string }[];
}
interface Key {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly revokedAt: string | null;
}
type Operations = Readonly<Record<string, { readonly documents: number; readonly amount: number }>>;

async function follow(api: ApiClient, io: Io, company: string, id: string): Promise<number> {
  const [batch, { currency }] = [
    await followBatch(api, batchPath(company, id), io),
    await api.get<{ currency: string }>(`/v1/companies/${encodeURIComponent(company)}`),
  ];
  io.progress('');
  io.out(progressLine(batch));
  if (batch.totals !== null) showOperations(io, batch.totals.operations, currency);
  for (const [state, documents] of Object.entries(batch.progress.states)) io.out(`${state}: ${count(documents)}`);
  if (batch.reason !== null) io.err(batch.reason.message);
  return batch.state === 'posted' ? 0 : 1;
}

function showOperations(io: Io, operations: Operations, currency: string): void {
  for (const [operation, { documents, amount }] of Object.entries(operations)) {
    io.out(`${operation}: ${counted(documents, 'document')}, ${formatMoney(amount as Money, currency)} ${currency}`);
  }
}

async function* readable(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw new Trouble(`${file} can’t be read (${(error as NodeJS.ErrnoException).code ?? 'broken'}).`);
  }
}

function batchPath(company: string, batch: string): string {
  return `/v1/companies/${encodeURIComponent(company)}/batches/${encodeURIComponent(batch)}`;
}

function batchIn(args: readonly string[]): string {
  const [batch] = args;
  if (batch === undefined) throw new Trouble('Name the batch’s id; "ledgerpost batches" shows it.');
  return batch;
}

function keysPath(io: Io, options: Call['options']): string {
  return options.installation === true ? '/v1/keys' : `/v1/companies/${encodeURIComponent(companyOf(io, options))}/keys`;
}

function given(name: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [name]: value };
}

/** A selection of what was typed: a filter holds for both lists unless one of them is `none`. */
function selectionOf(options: Call['options']): Record<string, unknown> {
  const filter = { ...given('from', options.from), ...given('to', options.to), ...given('departmentId', options.department) };
  const filtered = Object.keys(filter).length > 0;
  const lists = (['invoices', 'payments'] as const).map((list) => {
    const typed = options[list] ?? 'all';
    if (typed !== 'all' && typed !== 'none') throw new Trouble(`--${list} is all or none.`);
    return [list, typed === 'none' ? { choose: 'none' } : filtered ? { choose: 'filter', filter } : { choose: 'all' }];
  });
  return Object.fromEntries(lists);
}
