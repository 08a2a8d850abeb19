import { WEEKDAYS } from '@ledgerpost/core';
import { type Call, type Command, companyOf, targetPath } from '../command.ts';
import { type Io, Trouble } from '../io.ts';

const TARGET = { target: { type: 'string', help: 'qbo' } } as const;

/** When a company's batches to a target start by themselves. */
export const SCHEDULE_COMMANDS: readonly Command[] = [
  {
    name: 'schedule show',
    usage: '--target TARGET',
    summary: 'Show the schedule, when it is due next, and what its last run came to',
    options: TARGET,
    run: async ({ io, api, options }) => show(io, await api.get<Schedule>(pathOf(io, options))),
  },
  {
    name: 'schedule put',
    usage: '--days DAYS --at TIME… --target TARGET',
    summary: 'Start batches by themselves: on these days at these times, by the company’s clock',
    options: {
      ...TARGET,
      days: { type: 'string', help: 'weekdays, daily, or days by comma: monday,thursday' },
      at: { type: 'string', multiple: true, help: 'HH:MM' },
      send: { type: 'string', help: 'everything, invoices or payments; everything' },
      department: { type: 'string', help: 'a department’s id: only of this one' },
      acknowledge: { type: 'string', multiple: true, help: 'payments-without-invoices: send such payments unapplied' },
    },
    async run({ io, api, options }) {
      if (options.at === undefined) throw new Trouble('Say at which times: --at 18:00.');
      const schedule = await api.send<Schedule>('PUT', pathOf(io, options), {
        days: daysOf(options.days),
        times: options.at,
        ...(options.send === undefined ? {} : { send: options.send }),
        ...(options.department === undefined ? {} : { departmentId: options.department }),
        ...(options.acknowledge === undefined ? {} : { acknowledge: options.acknowledge }),
      });
      return show(io, schedule);
    },
  },
  ...(['pause', 'resume'] as const).map(
    (verb): Command => ({
      name: `schedule ${verb}`,
      usage: '--target TARGET',
      summary: {
        pause: 'Let the schedule rest: nothing starts by itself until it is resumed',
        resume: 'Let the schedule run again, also one that was paused in Temporal itself',
      }[verb],
      options: TARGET,
      run: async ({ io, api, options }) => show(io, await api.send<Schedule>('POST', `${pathOf(io, options)}/${verb}`)),
    }),
  ),
  {
    name: 'schedule run',
    usage: '--target TARGET',
    summary: 'Run the schedule now, besides when it is due',
    options: TARGET,
    async run({ io, api, options }) {
      const run = await api.send<Run>('POST', `${pathOf(io, options)}/runs`);
      io.out(runLine(run));
      return went(run) ? 0 : 1;
    },
  },
  {
    name: 'schedule runs',
    usage: '--target TARGET',
    summary: 'What the runs of the schedule came to, newest first',
    options: { ...TARGET, limit: { type: 'string', help: 'how many; 20' } },
    async run({ io, api, options }) {
      const path = `${pathOf(io, options)}/runs?limit=${encodeURIComponent(String(options.limit ?? 20))}`;
      for (const run of (await api.get<{ rows: readonly Run[] }>(path)).rows) io.out(runLine(run));
      return 0;
    },
  },
  {
    name: 'schedule remove',
    usage: '--target TARGET',
    summary: 'Remove the schedule; what it started goes on',
    options: TARGET,
    async run({ io, api, options }) {
      await api.send('DELETE', pathOf(io, options));
      io.out('removed');
      return 0;
    },
  },
];

interface Run {
  readonly due: string;
  readonly askedBy: string | null;
  readonly outcome: string;
  readonly message: string;
  readonly batch: { readonly id: string } | null;
}
interface Schedule {
  readonly days: readonly string[];
  readonly times: readonly string[];
  readonly timeZone: string;
  readonly send: string;
  readonly departmentId?: string;
  readonly acknowledge: readonly string[];
  readonly paused: { readonly by: string; readonly at: string } | null;
  readonly pausedInTemporal: string | null;
  readonly waiting?: string;
  readonly next: readonly string[];
  readonly lastRun: Run | null;
}

function pathOf(io: Io, options: Call['options']): string {
  return `${targetPath(companyOf(io, options), options)}/schedule`;
}

/** `weekdays`, `daily`, or a list; which days there are is the API's to say. */
function daysOf(typed: Call['options'][string]): readonly string[] {
  if (typeof typed !== 'string') throw new Trouble('Say on which days: --days weekdays.');
  if (typed === 'weekdays') return WEEKDAYS.slice(0, 5);
  if (typed === 'daily') return WEEKDAYS;
  return typed.split(',').map((day) => day.trim().toLowerCase());
}

/** Shows a schedule; 1 if its last run wants a person. */
function show(io: Io, schedule: Schedule): number {
  const { days, times, timeZone, send, departmentId, acknowledge, paused, pausedInTemporal, waiting, next, lastRun } = schedule;
  io.out(`due: ${days.join(', ')} at ${times.join(', ')} (${timeZone})`);
  io.out(`sends: ${send}${departmentId === undefined ? '' : ` of the department ${departmentId}`}`);
  if (acknowledge.length > 0) io.out(`acknowledged beforehand: ${acknowledge.join(', ')}`);
  if (paused !== null) io.out(`paused by ${paused.by} at ${paused.at}`);
  else if (pausedInTemporal !== null)
    io.out(`paused in Temporal itself${pausedInTemporal === '' ? '' : `: ${pausedInTemporal}`}`);
  for (const due of next) io.out(`next: ${due}`);
  if (lastRun !== null) io.out(`last run: ${runLine(lastRun)}`);
  if (waiting !== undefined) io.err(waiting);
  return lastRun === null || went(lastRun) ? 0 : 1;
}

/** Whether nobody has to do anything about it. */
function went({ outcome }: Run): boolean {
  return outcome === 'started' || outcome === 'nothing-to-send';
}

function runLine({ due, askedBy, outcome, message, batch }: Run): string {
  const parts = [due, outcome, ...(batch === null ? [] : [batch.id]), message];
  return `${parts.join('  ')}${askedBy === null ? '' : ` (asked for by ${askedBy})`}`;
}
