import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');

/**
 * Runs a program of node_modules/.bin in the project's folder and shows its output; returns its exit code.
 * @param priority of it and all that it starts, as `os.setPriority` has it
 */
export function runTool(
  tool: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  priority = 0,
): Promise<number> {
  console.log(`> ${tool} ${args.join(' ')}`);
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules/.bin', tool), args, { cwd: root, stdio: 'inherit', env });
    if (priority !== 0 && child.pid !== undefined) lower(child.pid, priority);
    // Ctrl-C reaches the child too, from the terminal; this process waits for it and then cleans up.
    const forward = (signal: NodeJS.Signals) => child.kill(signal);
    process.on('SIGTERM', forward).on('SIGINT', forward);
    child.once('error', reject);
    child.once('exit', (code) => {
      process.off('SIGTERM', forward).off('SIGINT', forward);
      resolve(code ?? 1);
    });
  });
}

/** Runs a program of node_modules/.bin in the project's folder; returns its exit code and everything that it printed. */
export function readTool(
  tool: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ readonly code: number; readonly output: string }> {
  console.log(`> ${tool} ${args.join(' ')}`);
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules/.bin', tool), args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env });
    const forward = (signal: NodeJS.Signals) => child.kill(signal);
    process.on('SIGTERM', forward).on('SIGINT', forward);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('SIGTERM', forward).off('SIGINT', forward);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Where the system refuses, or the program has ended, all stays as it is. */
function lower(pid: number, priority: number): void {
  try {
    setPriority(pid, priority);
  } catch {
    // It would only have waited for others.
  }
}

export function runTurbo(args: readonly string[], env: NodeJS.ProcessEnv = process.env, priority = 0): Promise<number> {
  return runTool('turbo', args, turboEnv(env), priority);
}

/** Turbo without its telemetry. */
export function turboEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };
}
