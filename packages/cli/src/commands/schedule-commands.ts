import { WEEKDAYS } from '@ledgerpost/core';
import { type Call, type Command, companyOf, targetPath } from '../command.ts';
import { type Io, Trouble } from '../io.ts';

const TARGET = { target: { type: 'string', help: 'for example qbo' } } as const;

/** When a company's batches to a target start automatically. */
export const SCHEDULE_COMMANDS: readonly Command[] = [
  {
    name: 'schedule show',
    usage: '--target TARGET',
    summary: 'Show the schedule, its next times, and the result of its last run',
    options: TARGET,
    run: async ({ io, api, options }) => show(io, await api.get<Schedule>(pathOf(io, options))),
  },
  {
    name: 'schedule put',
    usage: '--days DAYS --at TIME… --target TARGET',
    summary: 'Start batches automatically on these days at these times, in the company’s time zone',
    options: {
      ...TARGET,
      days: { type: 'string', help: 'weekdays, daily, or a list: monday,thursday' },
      at: { type: 'string', multiple: true, help: 'HH:MM; repeat for more times' },
      send: { type: 'string', help: 'everything, invoices or payments (default: everything)' },
      department: { type: 'string', help: 'department ID: only records of this department' },
      acknowledge: { type: 'string', multiple: true, help: 'payments-without-invoices: send such payments unapplied' },
    },
    async run({ io, api, options }) {
      if (options.at === undefined) throw new Trouble('Name the times, for example --at 18:00.');
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
        pause: 'Pause the schedule: no batch starts automatically until it is resumed',
        resume: 'Resume the schedule, even if it was paused in Temporal',
      }[verb],
      options: TARGET,
      run: async ({ io, api, options }) => show(io, await api.send<Schedule>('POST', `${pathOf(io, options)}/${verb}`)),
    }),
  ),
  {
    name: 'schedule run',
    usage: '--target TARGET',
    summary: 'Run the schedule now, in addition to its regular times',
    options: TARGET,
    async run({ io, api, options }) {
      const run = await api.send<Run>('POST', `${pathOf(io, options)}/runs`);
      io.out(runLine(run));
      return isFine(run) ? 0 : 1;
    },
  },
  {
    name: 'schedule runs',
    usage: '--target TARGET',
    summary: 'List the runs of the schedule and their results, newest first',
    options: { ...TARGET, limit: { type: 'string', help: 'number of runs (default: 20)' } },
    async run({ io, api, options }) {
      const path = `${pathOf(io, options)}/runs?limit=${encodeURIComponent(String(options.limit ?? 20))}`;
      for (const run of (await api.get<{ rows: readonly Run[] }>(path)).rows) io.out(runLine(run));
      return 0;
    },
  },
  {
    name: 'schedule remove',
    usage: '--target TARGET',
    summary: 'Remove the schedule; batches that it started continue',
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

/** `weekdays`, `daily`, or a list of days, which the API checks. */
function daysOf(typed: Call['options'][string]): readonly string[] {
  if (typeof typed !== 'string') throw new Trouble('Name the days, for example --days weekdays.');
  if (typed === 'weekdays') return WEEKDAYS.slice(0, 5);
  if (typed === 'daily') return WEEKDAYS;
  return typed.split(',').map((day) => day.trim().toLowerCase());
}

/** Shows a schedule. Returns 1 if its last run needs a person. */
function show(io: Io, schedule: Schedule): number {
  const { days, times, timeZone, send, departmentId, acknowledge, paused, pausedInTemporal, waiting, next, lastRun } = schedule;
  io.out(`due: ${days.join(', ')} at ${times.join(', ')} (${timeZone})`);
  io.out(`sends: ${send}${departmentId === undefined ? '' : ` of the department ${departmentId}`}`);
  if (acknowledge.length > 0) io.out(`acknowledged in advance: ${acknowledge.join(', ')}`);
  if (paused !== null) io.out(`paused by ${paused.by} at ${paused.at}`);
  else if (pausedInTemporal !== null) io.out(`paused in Temporal${pausedInTemporal === '' ? '' : `: ${pausedInTemporal}`}`);
  for (const due of next) io.out(`next: ${due}`);
  if (lastRun !== null) io.out(`last run: ${runLine(lastRun)}`);
  if (waiting !== undefined) io.err(waiting);
  return lastRun === null || isFine(lastRun) ? 0 : 1;
}

/** Whether the run needs nobody's attention. */
function isFine({ outcome }: Run): boolean {
  return outcome === 'started' || outcome === 'nothing-to-send';
}

function runLine({ due, askedBy, outcome, message, batch }: Run): string {
  const parts = [due, outcome, ...(batch === null ? [] : [batch.id]), message];
  return `${parts.join('  ')}${askedBy === null ? '' : ` (requested by ${askedBy})`}`;
}
