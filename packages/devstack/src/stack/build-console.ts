import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project.ts';

const script = join(projectRoot, 'apps/console/scripts/build.ts');

/** Sees to it that the console is built from the sources as they are: takes a few seconds, or none. A failure is told, and leaves the API without a console. */
export async function buildConsole(say: (line: string) => void = () => {}): Promise<void> {
  if (!existsSync(script)) return;
  await new Promise<void>((resolve) => {
    const child = spawn(process.execPath, [script], { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.setEncoding('utf8').on('data', (text: string) => say(text.trimEnd()));
    let trouble = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (trouble += text));
    child.once('error', ({ message }) => {
      say(`The console could not be built: ${message}`);
      resolve();
    });
    child.once('close', (code) => {
      if (code !== 0) say(`The console could not be built, so there is none:\n${trouble.trim()}`);
      resolve();
    });
  });
}
