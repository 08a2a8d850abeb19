/** `npm run docs`: writes what is made from the code: parts of docs/reference, and the console's types of the API. docs.test.ts notices when they are stale. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { apiDoc } from './reference/api.ts';
import { consoleTypes } from './reference/console-types.ts';
import { contractDoc } from './reference/contract.ts';
import { filesDoc } from './reference/files.ts';
import { importsDoc } from './reference/imports.ts';
import { settingsDoc } from './reference/settings.ts';
import { statesDoc } from './reference/states.ts';
import { root } from './turbo.ts';

/** What is made, by its path in the project. */
export async function madeDocs(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['docs/reference/api.md', await apiDoc()],
    ['docs/reference/settings.md', settingsDoc()],
    ['docs/reference/batch-states.md', statesDoc()],
    ['docs/reference/files.md', filesDoc()],
    ['docs/reference/import-presets.md', importsDoc()],
    ['docs/reference/target-contract.md', contractDoc()],
    ['apps/console/src/api/schema.d.ts', await consoleTypes()],
  ]);
}

if (import.meta.main) {
  for (const [path, text] of await madeDocs()) {
    await writeFile(join(root, path), text);
    console.log(path);
  }
}
