import type { AnyTarget } from '@ledgerpost/core';

/**
 * The targets of those packages, each of which exports one as `target`. Throws an Error that names every package that
 * exports none: at the start of a process, where an engineer reads it.
 */
export async function installed(
  packages: readonly string[],
  load: (name: string) => Promise<{ readonly target?: AnyTarget }> = (name) => import(name),
): Promise<readonly AnyTarget[]> {
  const loaded = await Promise.all(packages.map(async (name) => ({ name, target: (await load(name)).target })));
  const faults = loaded.filter(({ target }) => typeof target?.id !== 'string').map(({ name }) => name);
  if (faults.length > 0) {
    throw new Error(
      `No target is exported by ${faults.join(', ')}. A plugin's index exports its target under the name "target", as in \`export { abacus, abacus as target } from './abacus.ts';\`.`,
    );
  }
  return loaded.map(({ target }) => target!);
}
