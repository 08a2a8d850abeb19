import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const bin = join(root, '../../node_modules/drizzle-kit/bin.cjs');

it('the migrations make exactly the tables of the schema', async () => {
  const out = await mkdtemp(join(tmpdir(), 'ledgerpost-migrations-'));
  try {
    await cp(join(root, 'migrations'), out, { recursive: true });
    const before = await readdir(out);
    // It accepts only relative paths, and exits with 0 when it could not read one, so its message is checked too.
    const paths = ['--schema', 'src/schema/index.ts', '--out', relative(root, out)];
    const { stdout } = await promisify(execFile)(process.execPath, [bin, 'generate', '--dialect', 'postgresql', ...paths], {
      cwd: root,
    });
    // A new file here is a missing migration: run `npx drizzle-kit generate --name WHAT` in packages/store.
    expect(await readdir(out), stdout).toEqual(before);
    expect(stdout).toContain('No schema changes');
  } finally {
    await rm(out, { recursive: true, force: true });
  }
});
