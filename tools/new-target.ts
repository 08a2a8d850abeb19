/** `npm run new-target -- NAME [--push]`: writes a plugin package in which only the verbs are missing. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { filesOfTarget, type NewTarget } from './new-target/files.ts';
import { root, runTool } from './turbo.ts';

/**
 * Writes the package into `packages/` under that folder, and answers its own folder.
 * @throws Error where the id is none, or the package is there already
 */
export async function writeTarget(under: string, order: NewTarget): Promise<string> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(order.id)) {
    throw new Error(
      `"${order.id}" is no id: kebab-case, such as "abacus" or "my-books". It is stored with every batch and never renamed.`,
    );
  }
  const folder = join(under, 'packages', `${order.id}-plugin`);
  if (existsSync(folder)) throw new Error(`packages/${order.id}-plugin is there already. Remove it first, or choose another id.`);
  for (const [path, text] of filesOfTarget(order)) {
    const file = join(folder, path);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, text);
  }
  return folder;
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { push: { type: 'boolean', default: false } } });
  const [id] = positionals;
  try {
    if (id === undefined || positionals.length > 1) throw new Error('Usage: npm run new-target -- NAME [--push]');
    await writeTarget(root, { id, delivery: values.push ? 'push' : 'files' });
    await runTool('biome', ['check', '--write', '--log-level=error', `packages/${id}-plugin`]);
    console.log(`
packages/${id}-plugin is written. It type-checks, and its laws fail where a verb is not written yet:

  cd packages/${id}-plugin && npx vitest run

docs/guides/add-a-target.md is the way through it. When the laws hold, add one line to the dependencies of
packages/targets/package.json, and run npm install:

  "@ledgerpost/${id}-plugin": "0.2.0"`);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
