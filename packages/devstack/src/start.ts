/** `npm start`: the whole of Ledgerpost on this machine, until Ctrl-C. */
import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { untilAskedToEnd } from './processes/until-asked-to-end.ts';
import { defaultDataDir, startStack } from './stack/stack.ts';

const asked = untilAskedToEnd();
try {
  const stack = await startStack({ say: (line) => console.log(line) });
  console.log(`
Ledgerpost is up.

  console        ${stack.apiUrl}
  API            ${stack.apiUrl}/v1
  its docs       ${stack.docsUrl}
  Temporal UI    ${stack.temporalUiUrl ?? '(yours)'}
  QuickBooks     ${stack.qboSimulatorUrl ? `a simulator, at ${stack.qboSimulatorUrl}` : 'with your app (LEDGERPOST_QBO_CLIENT_ID)'}
  metrics        ${stack.metricsUrl} and ${stack.workerMetricsUrl}
  data           ${place(defaultDataDir)} (logs are in ${place(defaultDataDir)}/logs)
`);
  if (await isFirstShowing()) {
    console.log(`The installation admin's key, shown this once (and kept in ${place(defaultDataDir)}/admin-key, readable by you alone):

  ${stack.adminKey}
`);
  }
  console.log('Ctrl-C ends it.');

  const news = await Promise.race([asked.then(() => undefined), stack.broken]);
  if (news !== undefined) {
    console.error(news);
    process.exitCode = 1;
  }
  console.log('Ending …');
  await stack.stop();
  console.log('Ended. The data is kept.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
// Nothing of ours is left; whatever a library still holds open must not keep the process.
process.exit();

/** The demo may have been first to start the stack; the key is shown by the first start that people look at. */
async function isFirstShowing(): Promise<boolean> {
  return writeFile(join(defaultDataDir, 'admin-key-shown'), '', { flag: 'wx' }).then(
    () => true,
    () => false,
  );
}

function place(path: string): string {
  return relative(process.cwd(), path) || path;
}
