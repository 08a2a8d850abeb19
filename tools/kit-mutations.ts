/**
 * `npm run kit-mutations`: plants small faults in targets that keep all laws, one at a time, and counts how many the kit alone notices.
 * With a number, only every so many of them; with the name of a target, only those in it.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HARBOUR_MUTANTS } from './kit-mutations/harbour-mutants.ts';
import { MEMORY_MUTANTS } from './kit-mutations/memory-mutants.ts';
import type { Mutant } from './kit-mutations/mutants.ts';
import { QUICKBOOKS_MUTANTS } from './kit-mutations/quickbooks-mutants.ts';
import type { SubjectName } from './kit-mutations/subjects.ts';
import { root } from './turbo.ts';

/** All faults. */
export const MUTANTS: readonly Mutant[] = [...MEMORY_MUTANTS, ...HARBOUR_MUTANTS, ...QUICKBOOKS_MUTANTS];

/** What the kit said about a target. */
export interface Verdict {
  readonly laws: number;
  readonly ms: number;
  readonly failures: readonly { readonly law: string; readonly message: string }[];
}

const run = promisify(execFile);
const script = join(root, 'tools/kit-mutations/run-laws.ts');

/**
 * Runs the kit against a target, with a fault in it if there is one.
 * @throws Error where the fault’s text is not in its file exactly once
 */
export async function tryKit(on: SubjectName, mutant?: Mutant): Promise<Verdict> {
  const env = { ...process.env };
  if (mutant !== undefined) {
    const file = join(root, mutant.file);
    const found = readFileSync(file, 'utf8').split(mutant.find).length - 1;
    if (found !== 1)
      throw new Error(
        `“${mutant.what}” is planted in ${mutant.file}, where its text stands ${found} times. Correct its \`find\`.`,
      );
    env.LEDGERPOST_MUTANT = JSON.stringify({ file, find: mutant.find, replace: mutant.replace });
  }
  try {
    const { stdout } = await run(process.execPath, [script, on], { env, timeout: 600_000, maxBuffer: 64 * 1024 * 1024 });
    return JSON.parse(stdout.trim().split('\n').at(-1)!) as Verdict;
  } catch (error) {
    // A process that dies or hangs is noticed by anyone.
    return { laws: 0, ms: 0, failures: [{ law: 'the process', message: String(error).slice(0, 300) }] };
  }
}

if (import.meta.main) {
  const [filter] = process.argv.slice(2);
  const step = Number(filter);
  const chosen = MUTANTS.filter(
    (mutant, at) => filter === undefined || (Number.isInteger(step) ? at % step === 0 : mutant.on === filter),
  );
  for (const on of new Set(chosen.map((mutant) => mutant.on))) {
    const { failures, laws, ms } = await tryKit(on);
    if (failures.length > 0) throw new Error(`Without any fault, ${on} breaks ${failures[0]!.law}: ${failures[0]!.message}`);
    console.log(`${on} keeps its ${laws} laws in ${(ms / 1000).toFixed(1)} s.`);
  }
  const queue = [...chosen];
  let caught = 0;
  const survivors: Mutant[] = [];
  const work = async () => {
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      const [failure] = (await tryKit(mutant.on, mutant)).failures;
      if (failure !== undefined) caught += 1;
      else survivors.push(mutant);
      console.log(
        `${failure === undefined ? 'MISSED' : 'caught'}  ${mutant.on}: ${mutant.what}  ${failure === undefined ? '' : `(${failure.law})`}`,
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, work));
  if (survivors.length > 0) {
    console.log('\nNot noticed:');
    for (const { on, what, reason } of survivors)
      console.log(`  ${on}: ${what}. ${reason === undefined ? 'No reason is known.' : `Reason: ${reason}.`}`);
  }
  console.log(`\n${caught} of ${chosen.length} caught`);
}
