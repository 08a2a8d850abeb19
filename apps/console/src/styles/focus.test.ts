import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('the focus is drawn once: one rule has a ring, and containers that are marked as focused have none', async () => {
  const folder = import.meta.dirname;
  const files = (await readdir(folder)).filter((name) => name.endsWith('.css'));
  const css = (await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8'))))
    .join('\n')
    .replace(/\/\*[\s\S]*?\*\//g, '');
  const rings = [...css.matchAll(/([^{}]+)\{[^{}]*\boutline:(?!\s*none)[^{}]*\}/g)].map(([, selector]) => selector!.trim());
  expect(rings).toEqual([':focus-visible']);
  expect(css).not.toContain('data-focus-visible');
});
