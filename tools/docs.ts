/** `npm run docs`: writes what is made from the code: parts of docs/reference, and the console's types of the API. docs.test.ts notices when they are stale. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { apiDoc } from './docs-api.ts';
import { consoleTypes } from './docs-console.ts';
import { contractDoc } from './docs-contract.ts';
import { filesDoc } from './docs-files.ts';
import { settingsDoc } from './docs-settings.ts';
import { statesDoc } from './docs-states.ts';
import { root } from './turbo.ts';

/** What is made, by its path in the project. */
export async function madeDocs(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['docs/reference/api.md', await apiDoc()],
    ['docs/reference/settings.md', settingsDoc()],
    ['docs/reference/batch-states.md', statesDoc()],
    ['docs/reference/files.md', filesDoc()],
    ['docs/reference/target-contract.md', contractDoc()],
    ['apps/console/src/api/schema.d.ts', await consoleTypes()],
  ]);
}

/** The line under the title that says where a page comes from. */
export function madeFrom(sources: string): string {
  return `<!-- Made from ${sources} by \`npm run docs\`. Edit those. -->`;
}

/** One cell of a table: a bar would end it. */
export function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

if (import.meta.main) {
  for (const [path, text] of await madeDocs()) {
    await writeFile(join(root, path), text);
    console.log(path);
  }
}
