/** Runs the kit's laws against one target, until the first that fails. Started once per mutant, with the mutant's text in its environment. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Conformance } from '../../packages/conformance/src/index.ts';
import type { AnyTarget } from '../../packages/core/src/index.ts';
import { SUBJECTS, type SubjectName } from './subjects.ts';

const { LEDGERPOST_MUTANT, LEDGERPOST_EVERY_LAW } = process.env;
const subject = process.argv[2] as SubjectName;

if (LEDGERPOST_MUTANT !== undefined) {
  const { file, find, replace } = JSON.parse(LEDGERPOST_MUTANT) as { file: string; find: string; replace: string };
  const url = pathToFileURL(file).href;
  registerHooks({
    load(address, context, next) {
      if (address !== url) return next(address, context);
      const source = readFileSync(fileURLToPath(address), 'utf8');
      return { format: 'module-typescript', shortCircuit: true, source: source.replace(find, () => replace) };
    },
  });
}

const { conformanceOf } = (await import(SUBJECTS[subject])) as {
  conformanceOf(): Promise<{ target: AnyTarget; given: Conformance; stop(): Promise<unknown> | unknown }>;
};
const { lawsFor, subjectOf, tryLaw, waivers } = await import('../../packages/conformance/src/index.ts');
const failures: { law: string; message: string; ms: number }[] = [];
let laws = 0;
const begun = performance.now();
try {
  const { target, given } = await conformanceOf();
  const waived = waivers(target, given);
  for (const law of lawsFor(target)) {
    if (waived.has(law.id)) continue;
    laws += 1;
    const start = performance.now();
    const late = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('It did not end within 30 seconds.')), 30_000).unref();
    });
    try {
      await Promise.race([tryLaw(law, subjectOf(target, given)), late]);
      if (LEDGERPOST_EVERY_LAW === 'times') console.error(`${Math.round(performance.now() - start)} ms ${law.id}`);
    } catch (error) {
      failures.push({ law: law.id, message: String(error), ms: Math.round(performance.now() - start) });
      if (LEDGERPOST_EVERY_LAW === undefined) break;
    }
  }
} catch (error) {
  // Even the start fails: nobody could ship that.
  failures.push({ law: 'the start', message: String(error), ms: 0 });
}
console.log(JSON.stringify({ laws, ms: Math.round(performance.now() - begun), failures }));
process.exit(0);
