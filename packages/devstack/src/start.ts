/** `npm start`: all of Ledgerpost on this machine, until Ctrl-C. */
import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { untilAskedToEnd } from './processes/until-asked-to-end.ts';
import { defaultDataDir, startStack } from './stack/stack.ts';

const asked = untilAskedToEnd();
try {
  const stack = await startStack({ print: (line) => console.log(line) });
  console.log(`
Ledgerpost is running.

  console        ${stack.apiUrl}
  API            ${stack.apiUrl}/v1
  API docs       ${stack.docsUrl}
  Temporal UI    ${stack.temporalUiUrl ?? '(your own)'}
  QuickBooks     ${stack.qboSimulatorUrl ? `a simulator at ${stack.qboSimulatorUrl}` : 'your app (LEDGERPOST_QBO_CLIENT_ID)'}
  metrics        ${stack.metricsUrl} and ${stack.workerMetricsUrl}
  data           ${place(defaultDataDir)} (logs in ${place(defaultDataDir)}/logs)
`);
  if (await isFirstShowing()) {
    console.log(`The installation admin's key. It is shown only now, and kept in ${place(defaultDataDir)}/admin-key, which only you can read:

  ${stack.adminKey}
`);
  }
  console.log('Press Ctrl-C to stop.');

  const news = await Promise.race([asked.then(() => undefined), stack.broken]);
  if (news !== undefined) {
    console.error(news);
    process.exitCode = 1;
  }
  console.log('Stopping …');
  await stack.stop();
  console.log('Stopped. The data is kept.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
// Everything of ours has stopped. A handle that a library still holds open must not keep the process.
process.exit();

/** The demo may have started the stack first, so the first `npm start` shows the key. */
async function isFirstShowing(): Promise<boolean> {
  return writeFile(join(defaultDataDir, 'admin-key-shown'), '', { flag: 'wx' }).then(
    () => true,
    () => false,
  );
}

function place(path: string): string {
  return relative(process.cwd(), path) || path;
}
