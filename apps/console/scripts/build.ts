/**
 * Builds the console into dist, unless what is there is of just these sources. What was there is served until the new
 * one is whole; several builds at once do no harm.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { buildHelp } from './build-help.ts';

const folder = dirname(import.meta.dirname);
const root = join(folder, '../..');
const dist = join(folder, 'dist');
const stamp = 'built-from';

const sources = await hashOfSources();
if ((await readFile(join(dist, stamp), 'utf8').catch(() => undefined)) !== sources) {
  console.log('Building the console …');
  // A test that asks for it has NODE_ENV=test, which would build React for development, half as large again.
  process.env.NODE_ENV = 'production';
  const draft = join(folder, '.ledgerpost', `${process.pid}`);
  await build({ root: folder, logLevel: 'warn', build: { outDir: draft, emptyOutDir: true } });
  await compressAll(join(draft, 'assets'));
  await buildHelp(join(root, 'docs'), join(draft, 'help'));
  await writeFile(join(draft, stamp), sources);
  await rename(dist, `${draft}-former`).catch(() => {});
  // Who comes second finds one of the same sources there.
  await rename(draft, dist).catch((error) => console.warn(`Another build was faster (${error.code}).`));
  await Promise.all([`${draft}-former`, draft].map((left) => rm(left, { recursive: true, force: true })));
}

/** Beside each file what goes over the wire to a browser that takes it, so that nobody compresses it again. */
async function compressAll(assets: string): Promise<void> {
  for (const name of await readdir(assets)) {
    const path = join(assets, name);
    await writeFile(`${path}.gz`, gzipSync(await readFile(path), { level: 9 }));
  }
}

/** Of everything that the build reads, the versions of libraries too. */
async function hashOfSources(): Promise<string> {
  const own = await readdir(join(folder, 'src'), { recursive: true, withFileTypes: true });
  const core = await readdir(join(root, 'packages/core/src'), { recursive: true, withFileTypes: true });
  const files = [
    ...[...own, ...core].filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)),
    ...['index.html', 'vite.config.ts', 'package.json', 'scripts/build-help.ts'].map((name) => join(folder, name)),
    ...(await readdir(join(root, 'docs/guides'))).map((name) => join(root, 'docs/guides', name)),
    ...(await readdir(join(root, 'docs/screens'))).map((name) => join(root, 'docs/screens', name)),
    join(root, 'package-lock.json'),
  ].filter((path) => !/\.test\.tsx?$/.test(path));
  const hash = createHash('sha256');
  for (const path of files.sort()) {
    hash
      .update(path.slice(root.length))
      .update('\0')
      .update(await readFile(path))
      .update('\0');
  }
  return hash.digest('hex');
}
