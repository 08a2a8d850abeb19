import { type AnyTarget, CONTRACT_VERSION } from '@ledgerpost/core';

/**
 * The list as it is, once it is known to be sound. Throws an Error that names every target that can't be installed
 * and why: at the start of a process, where an engineer reads it, and never later.
 */
export function registry(targets: readonly AnyTarget[]): readonly AnyTarget[] {
  const faults = [...wrongContracts(targets), ...wrongIds(targets), ...duplicateIds(targets)];
  if (faults.length > 0) throw new Error(`The list of targets is not sound:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
  return Object.freeze([...targets]);
}

function wrongContracts(targets: readonly AnyTarget[]): string[] {
  return targets
    .filter((target) => (target.contract as number) !== CONTRACT_VERSION)
    .map((target) => {
      const built = target.contract as number;
      const newer = built > CONTRACT_VERSION ? ', or update Ledgerpost' : '';
      return `Target "${target.id}" was built for contract ${String(built)}; this installation has contract ${CONTRACT_VERSION}. Install a release of its package that was built for contract ${CONTRACT_VERSION}${newer}. ${built === 1 ? 'docs/guides/from-1-to-2.md describes what its author has to change.' : 'docs/reference/target-contract.md describes the contract.'}`;
    });
}

function wrongIds(targets: readonly AnyTarget[]): string[] {
  return targets
    .filter((target) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(target.id))
    .map(
      (target) =>
        `Target id "${target.id}" is not kebab-case. It becomes part of queue and activity names; rename it before its first batch.`,
    );
}

function duplicateIds(targets: readonly AnyTarget[]): string[] {
  const seen = new Map<string, number>();
  for (const target of targets) seen.set(target.id, (seen.get(target.id) ?? 0) + 1);
  return [...seen]
    .filter(([, times]) => times > 1)
    .map(([id, times]) => `${times} targets have the id "${id}". Batches are stored under it, so only one may be installed.`);
}
