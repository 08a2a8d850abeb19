import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const dist = join(import.meta.dirname, '../dist');

/** Kilobytes over the wire, compressed. */
const MOST = { js: 185, css: 5 };

it('the console stays small enough to open at once', async () => {
  const files = await readdir(join(dist, 'assets'));
  const size = { js: 0, css: 0 };
  for (const name of files) {
    const kind = name.endsWith('.js') ? 'js' : name.endsWith('.css') ? 'css' : undefined;
    if (kind !== undefined) size[kind] += gzipSync(await readFile(join(dist, 'assets', name))).length / 1_000;
  }
  console.info(`The console: ${Math.round(size.js)} kB of scripts and ${Math.round(size.css)} kB of styles, compressed.`);
  expect(size.js).toBeGreaterThan(50);
  expect(size.js).toBeLessThan(MOST.js);
  expect(size.css).toBeLessThan(MOST.css);
});

it('the page holds no script and no style of its own, and names nothing elsewhere', async () => {
  const page = await readFile(join(dist, 'index.html'), 'utf8');
  expect(page).toContain('NONCE-OF-THE-ANSWER');
  expect(page).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=|https?:/);
});
