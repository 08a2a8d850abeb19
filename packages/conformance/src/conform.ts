import type { AnyTarget } from '@ledgerpost/core';
import { describe, it } from 'vitest';
import { type Conformance, tryLaw } from './law.ts';
import { lawsFor } from './laws.ts';
import { subjectOf } from './subject.ts';

/**
 * Registers a test for each law that applies to the target. Call it in a test file. The target's own unions decide which laws apply. A
 * waived law is shown as skipped, and printed with its reason. Throws if a waiver is not valid.
 */
export function conform(target: AnyTarget, given: Conformance): void {
  const waived = waivers(target, given);
  for (const line of waiverLines(target, waived)) console.info(line);
  describe(`${target.name} keeps the laws of a target`, () => {
    for (const law of lawsFor(target)) {
      const reason = waived.get(law.id);
      if (reason !== undefined) it.skip(`${law.sentence} (waived: ${reason})`, () => {});
      else it(law.sentence, { timeout: 30_000 }, () => tryLaw(law, subjectOf(target, given)));
    }
  });
}

/** The lines that every run prints for its waivers. A report may leave out the titles of skipped tests. */
export function waiverLines(target: AnyTarget, waived: ReadonlyMap<string, string>): readonly string[] {
  return [...waived].map(([law, reason]) => `Waived by ${target.id}: ${law}. ${reason}`);
}

/** Reasons by law. Throws if a waiver names a law that does not apply, or has no reason. */
export function waivers(target: AnyTarget, { waive = [] }: Conformance): ReadonlyMap<string, string> {
  const known = new Set(lawsFor(target).map((law) => law.id));
  for (const { law, reason } of waive) {
    if (!known.has(law))
      throw new Error(`"${law}" is waived, and it is not a law of ${target.id}. Its laws: ${[...known].join(', ')}.`);
    if (reason.trim().length < 10) throw new Error(`"${law}" is waived without a reason that others can judge.`);
  }
  return new Map(waive.map(({ law, reason }) => [law, reason]));
}
