import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, createWriteStream, existsSync, type WriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface ServiceOrder {
  /** For messages: 'Postgres', 'the API'. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly cwd?: string | undefined;
  /** User and group to run as; absent: ours. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  /** The signal that asks it to shut down. */
  readonly stopSignal: NodeJS.Signals;
  /** How long the shutdown may take before the process is killed, in milliseconds. */
  readonly graceMs: number;
  /** The file that its output is appended to. Absent: only the last lines are kept. */
  readonly logFile?: string | undefined;
}

export interface Service {
  readonly name: string;
  readonly pid: number;
  /** Resolves when the process has ended, with its exit code or signal. Never rejects. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  isRunning(): boolean;
  /** Its last lines of output, for an error message. */
  lastWords(): string;
  /** Asks it to end, waits, and kills it if needed. Calling it again is harmless. */
  stop(): Promise<void>;
}

/**
 * Starts a process that never outlives this one: it is stopped by `stop`, or by a keeper process if this one is
 * killed. It runs in its own session, so that Ctrl-C reaches only this process, which then decides the order.
 *
 * @throws Error if the program can't be started.
 */
export async function startService(order: ServiceOrder): Promise<Service> {
  // What it writes (Temporal's file, for one) holds names of customers: it is readable for its owner alone.
  const umask = process.umask(0o077);
  const child = spawn(order.command, order.args, {
    cwd: order.cwd,
    env: order.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...order.user,
  });
  process.umask(umask);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(new Error(`${order.name} could not be started: ${error.message}`, { cause: error })));
  });
  const pid = child.pid!;
  keep(pid, order.stopSignal, order.graceMs);

  const log = order.logFile ? openLog(order.logFile) : undefined;
  const tail = rememberTail(child, log);
  let running = true;
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => {
      running = false;
      release(pid);
      resolve({ code, signal });
    });
    child.once('close', () => log?.end());
  });

  return {
    name: order.name,
    pid,
    ended,
    isRunning: () => running,
    lastWords: () => tail.join('').trim(),
    async stop() {
      if (!running) return;
      child.kill(order.stopSignal);
      const timer = setTimeout(() => child.kill('SIGKILL'), order.graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

function openLog(file: string): WriteStream {
  // A log of an earlier release was open to everybody.
  if (existsSync(file)) chmodSync(file, 0o600);
  return createWriteStream(file, { flags: 'a', mode: 0o600 });
}

function rememberTail(child: ChildProcess, log: WriteStream | undefined): string[] {
  const tail: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      log?.write(text);
      tail.push(text);
      if (tail.length > 40) tail.shift();
    });
  }
  return tail;
}

let keeper: ChildProcess | undefined;

function keep(pid: number, signal: NodeJS.Signals, graceMs: number): void {
  if (!keeper || keeper.exitCode !== null) {
    keeper = spawn(process.execPath, [fileURLToPath(new URL('./keeper.ts', import.meta.url))], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    keeper.unref();
    // A killed keeper must not end this process.
    keeper.stdin?.on('error', () => {});
    (keeper.stdin as unknown as { unref?(): void }).unref?.();
  }
  keeper.stdin?.write(`keep ${pid} ${signal} ${graceMs}\n`);
}

function release(pid: number): void {
  keeper?.stdin?.write(`release ${pid}\n`);
}
