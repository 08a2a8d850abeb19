import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const dist = join(import.meta.dirname, '../dist');

/** Kilobytes over the wire, compressed: of everything, and of what the first screen needs. */
const MOST = { all: 240, first: 120, css: 6 };

const assets = join(dist, 'assets');
const sizeOf = async (name: string) => gzipSync(await readFile(join(assets, name))).length / 1_000;
const summed = (sizes: readonly number[]) => sizes.reduce((all, one) => all + one, 0);

/** The scripts that these need before they run: their imports, and the imports of those. */
async function withImports(names: readonly string[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const left = [...names]; left.length > 0; ) {
    const name = left.pop()!;
    if (known.has(name)) continue;
    known.add(name);
    const text = await readFile(join(assets, name), 'utf8');
    for (const [, next] of text.matchAll(/(?:from|import)\s*["']\.\/([\w-]+\.js)["']/g)) left.push(next!);
  }
  return known;
}

it('the console stays small enough to open at once', async () => {
  const files = await readdir(assets);
  const scripts = await Promise.all(files.filter((name) => name.endsWith('.js')).map(sizeOf));
  const styles = summed(await Promise.all(files.filter((name) => name.endsWith('.css')).map(sizeOf)));
  const all = summed(scripts) + styles;
  const page = await readFile(join(dist, 'index.html'), 'utf8');
  const entry = [...page.matchAll(/assets\/([\w-]+\.js)/g)].map(([, name]) => name!);
  const home = files.filter((name) => /^home-screen-.*\.js$/.test(name));
  expect([entry.length > 0, home.length]).toEqual([true, 1]);
  const first = summed(await Promise.all([...(await withImports([...entry, ...home]))].map(sizeOf))) + styles;
  console.info(`The console: ${Math.round(all)} kB compressed, ${Math.round(first)} kB of them for the first screen.`);
  expect(all).toBeGreaterThan(50);
  expect(all).toBeLessThan(MOST.all);
  expect(first).toBeLessThan(MOST.first);
  expect(styles).toBeLessThan(MOST.css);
});

it('the page holds no script and no style of its own, and names nothing elsewhere', async () => {
  const page = await readFile(join(dist, 'index.html'), 'utf8');
  expect(page).toContain('NONCE-OF-THE-ANSWER');
  expect(page).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=|https?:/);
});
