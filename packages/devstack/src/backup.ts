/** `npm run backup -- FOLDER`: see docs/guides/run-it.md. */
import { backUp } from './backup/back-up.ts';
import { defaultDataDir } from './stack/stack.ts';

const [folder] = process.argv.slice(2);
try {
  if (folder === undefined) throw new Error('Name the folder of the backup: npm run backup -- FOLDER');
  await backUp(defaultDataDir, folder);
  console.log(`The backup is in ${folder}. It has the keys that decrypt access to books: keep it as safe as those.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
