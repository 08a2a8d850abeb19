import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { untilThere } from './until-there.ts';

it('waits for a file of another process, and not for ever', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledgerpost-until-'));
  const file = join(folder, 'done');
  expect(await untilThere(file, 0)).toBe(false);
  const there = untilThere(file, 60_000);
  writeFileSync(file, '');
  expect(await there).toBe(true);
  expect(await untilThere(file, 0)).toBe(true);
  rmSync(folder, { recursive: true });
});
