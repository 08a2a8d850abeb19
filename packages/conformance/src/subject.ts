import type { AnyTarget, BooksSettings, Document } from '@ledgerpost/core';
import type { Conformance, Subject } from './law.ts';
import { sampleDocuments } from './sample-documents.ts';

let series = 0;

/** Puts a target under test. Throws if its schema refuses the author's settings. */
export function subjectOf(target: AnyTarget, given: Conformance): Subject {
  const settings = target.settings.parse(given.settings) as BooksSettings;
  const operations = new Set(target.stages.flatMap((stage) => stage.operations));
  return {
    target,
    settings,
    chart: given.chart,
    given,
    documents() {
      series += 1;
      const documents = given.documents?.(series) ?? sampleDocuments(series);
      return documents.filter((document) => operations.has(document.operation)).map(frozen);
    },
  };
}

/** The same value, deeply frozen: any change throws. */
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

/** Compares as JSON, so that members which are `undefined` don't count. */
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

/** A document in a few words, for the message of a law. */
export function nameOf(document: Document): string {
  return `${document.operation} of ${document.record.type} ${document.record.id}`;
}
