import type { AnyTarget, BooksSettings, Document } from '@ledgerpost/core';
import type { Conformance, Subject } from './law.ts';
import { sampleDocuments } from './sample-documents.ts';

let series = 0;

/** Puts a target on trial. Throws if the settings that its author gave are none. */
export function subjectOf(target: AnyTarget, told: Conformance): Subject {
  const settings = target.settings.parse(told.settings) as BooksSettings;
  const operations = new Set(target.stages.flatMap((stage) => stage.operations));
  return {
    target,
    settings,
    chart: told.chart,
    told,
    documents() {
      series += 1;
      const documents = told.documents?.(series) ?? sampleDocuments(series);
      return documents.filter((document) => operations.has(document.operation)).map(frozen);
    },
  };
}

/** The same value, frozen to its leaves: whoever changes it throws. */
export function frozen<T>(value: T): T {
  const copy = structuredClone(value);
  freeze(copy);
  return copy;
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  Object.freeze(value);
  for (const member of Object.values(value)) freeze(member);
}

/** Without what `undefined` members make of equality: compares as JSON. */
export function sameJson(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** A document in few words, for a law's complaint. */
export function nameOf(document: Document): string {
  return `${document.operation} of ${document.record.type} ${document.record.id}`;
}
