import type { AnyTarget } from '@ledgerpost/core';
import { describe, it } from 'vitest';
import { type Conformance, tryLaw } from './law.ts';
import { lawsFor } from './laws.ts';
import { subjectOf } from './subject.ts';

/**
 * Registers a test for each law that applies to the target; call it in a test file. Which laws apply is read from the
 * target's own unions. A waived law is shown as skipped, and printed with its reason. Throws where a waiver is none.
 */
export function conform(target: AnyTarget, told: Conformance): void {
  const waived = waivers(target, told);
  for (const line of waiverLines(target, waived)) console.info(line);
  describe(`${target.name} keeps the laws of a target`, () => {
    for (const law of lawsFor(target)) {
      const reason = waived.get(law.id);
      if (reason !== undefined) it.skip(`${law.sentence} (waived: ${reason})`, () => {});
      else it(law.sentence, { timeout: 30_000 }, () => tryLaw(law, subjectOf(target, told)));
    }
  });
}

/** What is printed of waivers with every run. A report may leave out the titles of what it skipped. */
export function waiverLines(target: AnyTarget, waived: ReadonlyMap<string, string>): readonly string[] {
  return [...waived].map(([law, reason]) => `Waived by ${target.id}: ${law}. ${reason}`);
}

/** Reasons by law. Throws where a waiver names no law that applies, or gives no reason: it would hide something, or nothing. */
export function waivers(target: AnyTarget, { waive = [] }: Conformance): ReadonlyMap<string, string> {
  const known = new Set(lawsFor(target).map((law) => law.id));
  for (const { law, reason } of waive) {
    if (!known.has(law)) throw new Error(`"${law}" is waived and no law of ${target.id}. Its laws: ${[...known].join(', ')}.`);
    if (reason.trim().length < 10) throw new Error(`"${law}" is waived without a reason that anybody could judge.`);
  }
  return new Map(waive.map(({ law, reason }) => [law, reason]));
}
