/** `npm run demo [-- --stay] [--target ID [--settings FILE]] [--seed N]`, or with files of your own: `npm run demo -- --from DIR [--mapping FILE]`. `--data DIR` names another data folder than that of `npm start`. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { importFiles } from './demo/import-files.ts';
import { runDemo } from './demo/run-demo.ts';
import { untilAskedToEnd } from './processes/until-asked-to-end.ts';
import { projectRoot } from './project.ts';
import type { StackAddresses } from './stack/addresses.ts';
import { defaultDataDir, runningStack, type Stack, startStack } from './stack/stack.ts';

const asked = untilAskedToEnd();
// npm runs tasks in the project's folder and keeps where the person is.
const here = (path: string) => resolve(process.env.INIT_CWD ?? process.cwd(), path);
const folder = join(projectRoot, '.ledgerpost/demo');
const run = Date.now().toString(36);
const ended = asked.then(() => 'asked' as const);
let own: Stack | undefined;
let lastLine: string | undefined;
try {
  const { from, data, ...others } = readArguments();
  if (from === undefined) await sampleDemo(others, data);
  else await fileDemo(from, data);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
await own?.stop();
if (lastLine !== undefined) console.log(lastLine);
// Everything of ours has stopped. A handle that a library still holds open must not keep the process.
process.exit();

async function openStack(dataDir: string): Promise<StackAddresses & { readonly adminKey: string }> {
  const print = (line: string) => console.log(line);
  const running = await runningStack(dataDir);
  if (running) print(`Using the Ledgerpost that is running at ${running.apiUrl}.`);
  else own = await startStack({ dataDir, print });
  return running ?? own!;
}

/** Files of the person's own, to SaasAnt. The path of the zip comes last. */
async function fileDemo({ from, mapping, currency, zone }: FileArguments, data: string): Promise<void> {
  const outcome = await Promise.race([importFiles(() => openStack(data), { from, mapping, currency, zone, run, folder }), ended]);
  if (outcome === 'asked') process.exitCode = 130;
  else if (outcome.state === 'done') lastLine = outcome.zip;
  else process.exitCode = outcome.state === 'questions' ? 2 : 1;
}

async function sampleDemo({ stay, target, settings: file, seed }: SampleArguments, data: string): Promise<void> {
  const settings = file === undefined ? undefined : settingsIn(file);
  const stack = await openStack(data);
  const broken = own ? own.broken : new Promise<never>(() => {});
  const hint =
    own && !stay
      ? 'The links work while `npm start` is running (it has the same data), or with `npm run demo -- --stay`.'
      : undefined;
  const outcome = await Promise.race([runDemo(stack, { seed, target, settings, run, hint, folder }), ended, broken]);
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
}

/** Settings of a target. @throws Error naming the file */
function settingsIn(file: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>;
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is not JSON' : ((error as NodeJS.ErrnoException).code ?? 'unreadable');
    throw new Error(`The settings in ${file} can’t be read: ${why}.`);
  }
}

interface SampleArguments {
  readonly stay: boolean;
  readonly target: string;
  /** A JSON file. */
  readonly settings: string | undefined;
  readonly seed: number;
}

interface FileArguments {
  readonly from: string;
  readonly mapping: string | undefined;
  readonly currency: string;
  readonly zone: string;
}

function readArguments(): SampleArguments & { readonly from: FileArguments | undefined; readonly data: string } {
  const { values } = parseArgs({
    options: {
      stay: { type: 'boolean', default: false },
      target: { type: 'string', default: 'saasant' },
      settings: { type: 'string' },
      seed: { type: 'string' },
      from: { type: 'string' },
      data: { type: 'string' },
      mapping: { type: 'string' },
      currency: { type: 'string', default: 'USD' },
      zone: { type: 'string', default: 'America/Chicago' },
    },
  });
  const seed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : Number(values.seed);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error(`--seed must be a whole number, not "${values.seed}".`);
  const { mapping, currency, zone } = values;
  const from =
    values.from === undefined
      ? undefined
      : { from: here(values.from), mapping: mapping === undefined ? undefined : here(mapping), currency, zone };
  const settings = values.settings === undefined ? undefined : here(values.settings);
  const data = values.data === undefined ? defaultDataDir : here(values.data);
  return { stay: values.stay, target: values.target, settings, seed, from, data };
}
