import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');

/** Runs a program of node_modules/.bin in the project's folder with its output shown; answers its exit code. */
export function runTool(tool: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  console.log(`> ${tool} ${args.join(' ')}`);
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules/.bin', tool), args, { cwd: root, stdio: 'inherit', env });
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

export function runTurbo(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  return runTool('turbo', args, { ...env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' });
}
