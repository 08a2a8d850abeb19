/** `npm run demo [-- --stay] [-- --target ID] [-- --seed N]` */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runDemo } from './demo/run-demo.ts';
import { untilAskedToEnd } from './processes/until-asked-to-end.ts';
import { projectRoot } from './project.ts';
import { runningStack, type Stack, startStack } from './stack/stack.ts';

const asked = untilAskedToEnd();
let own: Stack | undefined;
try {
  const { stay, target, seed } = readArguments();
  const print = (line: string) => console.log(line);
  const running = await runningStack();
  if (running) print(`Using the Ledgerpost that is running at ${running.apiUrl}.`);
  else own = await startStack({ print });
  const stack = running ?? own!;

  const ended = asked.then(() => 'asked' as const);
  const broken = own ? own.broken : new Promise<never>(() => {});
  const hint =
    own && !stay
      ? 'The links work while `npm start` is running (it has the same data), or with `npm run demo -- --stay`.'
      : undefined;
  const folder = join(projectRoot, '.ledgerpost/demo');
  const run = Date.now().toString(36);
  const outcome = await Promise.race([runDemo(stack, { seed, target, run, hint, folder }), ended, broken]);
  if (outcome === false) process.exitCode = 1;
  if (typeof outcome === 'string') {
    if (outcome !== 'asked') console.error(outcome);
    process.exitCode = outcome === 'asked' ? 130 : 1;
  } else if (own && stay) {
    console.log(`\nStill running at ${stack.apiUrl} and ${stack.temporalUiUrl ?? 'your Temporal'}. Press Ctrl-C to stop.`);
    const news = await Promise.race([ended, broken]);
    if (news !== 'asked') {
      console.error(news);
      process.exitCode = 1;
    }
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
await own?.stop();
// Everything of ours has stopped. A handle that a library still holds open must not keep the process.
process.exit();

function readArguments(): { stay: boolean; target: string; seed: number } {
  const { values } = parseArgs({
    options: {
      stay: { type: 'boolean', default: false },
      target: { type: 'string', default: 'saasant' },
      seed: { type: 'string' },
    },
  });
  const seed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : Number(values.seed);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error(`--seed must be a whole number, not "${values.seed}".`);
  return { stay: values.stay, target: values.target, seed };
}
