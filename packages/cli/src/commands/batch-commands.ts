import { type BatchState, type ItemState, outcomeOf } from '@ledgerpost/core';
import type { ApiClient } from '../api-client.ts';
import { type Call, type Command, companyOf, companyOfBatch, targetPath } from '../command.ts';
import { type Io, Trouble } from '../io.ts';
import { type Batch, followBatch, progressLine } from './follow-batch.ts';
import { given, SELECTION_OPTIONS, selectionOf } from './selection.ts';
import { showReasons } from './show-reasons.ts';
import { showReport } from './show-report.ts';
import { verifyBatch } from './verify-batch.ts';
import { count, counted, inMoney } from './words.ts';

/** Batches, from the preview to the undo. */
export const BATCH_COMMANDS: readonly Command[] = [
  {
    name: 'preview',
    usage: '--target TARGET',
    summary: 'Show what a batch would send, without saving anything',
    options: { target: { type: 'string', help: 'for example saasant' }, ...SELECTION_OPTIONS },
    async run({ io, api, options }) {
      const company = companyOf(io, options);
      const { currency } = await api.get<{ currency: string }>(`/v1/companies/${encodeURIComponent(company)}`);
      const preview = await api.send<Preview>('POST', `${targetPath(company, options)}/batches:preview`, {
        selection: selectionOf(options),
      });
      showOperations(io, preview.totals.operations, currency);
      for (const { reason, documents } of preview.notSelected) io.out(`not selected: ${count(documents)} ${reason}`);
      for (const [code, documents] of Object.entries(preview.problemCounts))
        io.out(`needs attention: ${count(documents)} ${code}`);
      for (const { number, severity, message } of preview.problems.slice(0, 20)) io.out(`  ${severity} ${number}: ${message}`);
      for (const { code, count: pairs } of preview.warnings) io.out(`needs acknowledgment: ${count(pairs)} ${code}`);
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
      target: { type: 'string', help: 'for example saasant' },
      name: { type: 'string', help: 'batch name (default: the proposed name)' },
      digest: { type: 'string', help: 'digest of a preview: the batch is refused if records changed since' },
      acknowledge: { type: 'string', multiple: true, help: 'payments-without-invoices' },
      'on-problem': { type: 'string', help: 'skip or stop' },
      detach: { type: 'boolean', help: 'start the batch without following it' },
      ...SELECTION_OPTIONS,
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
    async run({ args, io, api, options }) {
      const batch = batchIn(args);
      return await follow(api, io, await companyOfBatch({ io, api, options }, batch), batch);
    },
  },
  {
    name: 'batches',
    usage: '',
    summary: 'List the company’s batches, newest first',
    options: { limit: { type: 'string', help: 'number of batches (default: 20)' } },
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
    summary: 'Download the files of a batch',
    options: { out: { type: 'string', help: 'file to write (default: the batch’s file name, in this folder)' } },
    async run({ args, io, api, options }) {
      const { file, bytes } = await api.download(`${await pathOfBatch({ args, io, api, options })}/download`, (name) =>
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
        cancel: 'Stop a batch after the documents that are being sent now',
        resume: 'Resume a batch that is on hold',
        approve: 'Approve a batch that another person started',
        decline: 'Decline a batch that another person started',
        confirm: 'Confirm that the files of a batch were loaded into the books',
      }[verb],
      options: {
        ...(verb === 'approve' ? { comment: { type: 'string', help: 'what the batch and the journal show with it' } } : {}),
        ...(verb === 'decline' ? { reason: { type: 'string', help: 'why; the batch and the journal show it' } } : {}),
      },
      async run({ args, io, api, options }) {
        const path = `${await pathOfBatch({ args, io, api, options })}/${verb}`;
        const comment = options.comment ?? options.reason;
        const body = typeof comment === 'string' ? { comment } : undefined;
        const { batch, note } = await api.send<{ batch: Batch; note?: string }>('POST', path, body);
        io.out(progressLine(batch));
        if (note !== undefined) io.err(note);
        return 0;
      },
    }),
  ),
  {
    name: 'retry',
    usage: 'BATCH',
    summary: 'Send what a batch could not post in a new batch, and follow it',
    options: {},
    async run({ args, io, api, options }) {
      const company = await companyOfBatch({ io, api, options }, batchIn(args));
      const { batch } = await api.send<{ batch: Batch }>('POST', `${batchPath(company, batchIn(args))}/retry`);
      io.out(batch.id);
      return await follow(api, io, company, batch.id);
    },
  },
  {
    name: 'verify',
    usage: 'BATCH',
    summary: 'Check that the documents of a batch are still in the books as posted',
    options: {},
    async run({ args, io, api, options }) {
      return (await verifyBatch(api, await pathOfBatch({ args, io, api, options }), io)) ? 0 : 1;
    },
  },
  {
    name: 'report',
    usage: 'BATCH',
    summary: 'Show the totals of a batch beside the totals in the books, as last verified',
    options: { xlsx: { type: 'string', help: 'write a workbook with every document to this file' } },
    async run({ args, io, api, options }) {
      const path = await pathOfBatch({ args, io, api, options });
      if (typeof options.xlsx !== 'string') return await showReport(api, path, io);
      const { xlsx } = options;
      const { file, bytes } = await api.download(`${path}/report.xlsx`, () => xlsx);
      io.out(`${file} (${count(bytes)} bytes)`);
      return 0;
    },
  },
  {
    name: 'undo',
    usage: 'BATCH',
    summary: 'Undo a batch, and list what you must delete from the books',
    options: {},
    async run({ args, io, api, options }) {
      const path = await pathOfBatch({ args, io, api, options });
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
      await showReasons(api, path, batch.progress.states, io);
      return batch.state === 'undone' ? 0 : 1;
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
type Operations = Readonly<Record<string, { readonly documents: number; readonly amount: number }>>;

async function follow(api: ApiClient, io: Io, company: string, id: string): Promise<number> {
  const path = batchPath(company, id);
  const batch = await followBatch(api, path, io);
  const { currency } = await api.get<{ currency: string }>(`/v1/companies/${encodeURIComponent(company)}`);
  io.progress('');
  io.out(progressLine(batch));
  if (batch.totals !== null) showOperations(io, batch.totals.operations, currency);
  for (const [state, documents] of Object.entries(batch.progress.states))
    io.out(`${outcomeOf(state as ItemState, batch.state as BatchState)}: ${count(documents)}`);
  await showReasons(api, path, batch.progress.states, io);
  if (batch.reason !== null) io.err(batch.reason.message);
  return batch.state === 'posted' ? 0 : 1;
}

function showOperations(io: Io, operations: Operations, currency: string): void {
  for (const [operation, { documents, amount }] of Object.entries(operations)) {
    io.out(`${operation}: ${counted(documents, 'document')}, ${inMoney(amount, currency)}`);
  }
}

/** The API path of the batch that the command names, wherever it is. */
async function pathOfBatch({ args, ...call }: Pick<Call, 'args' | 'io' | 'api' | 'options'>): Promise<string> {
  const batch = batchIn(args);
  return batchPath(await companyOfBatch(call, batch), batch);
}

function batchPath(company: string, batch: string): string {
  return `/v1/companies/${encodeURIComponent(company)}/batches/${encodeURIComponent(batch)}`;
}

function batchIn(args: readonly string[]): string {
  const [batch] = args;
  if (batch === undefined) throw new Trouble('Name the batch’s ID. "ledgerpost batches" shows it.');
  return batch;
}
