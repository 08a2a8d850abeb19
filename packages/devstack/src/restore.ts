/** `npm run restore -- FOLDER`: see docs/guides/run-it.md. */
import { restore } from './backup/back-up.ts';
import { defaultDataDir } from './stack/stack.ts';

const [folder] = process.argv.slice(2);
try {
  if (folder === undefined) throw new Error('Name the folder of the backup: npm run restore -- FOLDER');
  const former = await restore(defaultDataDir, folder);
  console.log('The backup is restored. Before you start Ledgerpost, read docs/guides/runbook.md#restore-from-a-backup.');
  if (former !== undefined) console.log(`The former database is in ${former}. Delete it when you no longer need it.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
