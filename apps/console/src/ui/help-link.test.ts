import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildHelp } from '../../scripts/build-help.ts';
import { GUIDES } from './help-link.tsx';

it('each screen leads to a chapter of a guide that the console serves, and no guide leads out of them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerpost-help-'));
  try {
    await buildHelp(join(import.meta.dirname, '../../../../docs'), folder);
    const read = (name: string) => readFile(join(folder, name), 'utf8');
    const missing: string[] = [];
    for (const [, guide] of GUIDES) {
      const [name, anchor] = guide.split('#') as [string, string?];
      const page = await read(name).catch(() => '');
      if (page === '' || (anchor !== undefined && !page.includes(` id="${anchor}"`))) missing.push(guide);
    }
    expect(missing).toEqual([]);
    const page = await read('console.html');
    expect(page).toContain('<h1 id="the-console">The console</h1>');
    expect(page).toContain('<img src="screens/unbatched.png"');
    expect(page).toContain('<a href="matching.html">Matching</a>');
    expect(page).not.toMatch(/href="(\.\.|[^"]*\.md)|<script|style=/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
