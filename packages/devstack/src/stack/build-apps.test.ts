import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../project.ts';
import { programOf } from './build-apps.ts';

describe('what Node runs for an app', () => {
  const built = join(projectRoot, 'apps/api/dist/main-0123456789.mjs');
  afterEach(() => rm(built, { force: true }));

  it('is its sources, where no file was built of just these', () => {
    const sources = join(projectRoot, 'apps/api/src/main.ts');
    for (const env of [{}, { LEDGERPOST_BUNDLES: '' }, { LEDGERPOST_BUNDLES: '0123456789' }])
      expect(programOf('api', env)).toBe(sources);
  });

  it('is the file that was built, where the variables name it', async () => {
    await mkdir(dirname(built), { recursive: true });
    await writeFile(built, '');
    expect(programOf('api', { LEDGERPOST_BUNDLES: '0123456789' })).toBe(built);
  });
});
