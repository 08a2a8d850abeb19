import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project.ts';

const script = join(projectRoot, 'apps/console/scripts/build.ts');

/** Builds the console if its sources changed. A failure is printed, and the API then runs without a console. */
export async function buildConsole(print: (line: string) => void = () => {}): Promise<void> {
  if (!existsSync(script)) return;
  await new Promise<void>((resolve) => {
    const child = spawn(process.execPath, [script], { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.setEncoding('utf8').on('data', (text: string) => print(text.trimEnd()));
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.once('error', ({ message }) => {
      print(`The console could not be built: ${message}`);
      resolve();
    });
    child.once('close', (code) => {
      if (code !== 0) print(`The console could not be built, so the API runs without it:\n${errors.trim()}`);
      resolve();
    });
  });
}
