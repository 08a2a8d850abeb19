import { type Problem, problem } from '../codes/problems.ts';
import type { Document } from '../documents/documents.ts';
import type { Subject } from './rule.ts';
import { naming } from './words.ts';

/** An update that moves a document into another month changes what was reported of both. */
export function staysInItsMonth({ record, document }: Pick<Subject, 'record' | 'document'>): Problem | undefined {
  const formerDate = formerDateOf(document);
  if (formerDate === undefined || monthOf(formerDate) === monthOf(document.date)) return undefined;
  const { date } = document;
  const message = `${naming(document)} is dated ${formerDate} in the books, and the update moves it to ${date}. The reports of ${monthOf(formerDate)} and ${monthOf(date)} change. Continue if both months are still open to you. Otherwise restore the earlier date in the field-service system.`;
  return problem('crosses-period', record, message, 'date');
}

function formerDateOf(document: Document): string | undefined {
  return document.kind === 'warning' ? undefined : document.formerDate;
}

function monthOf(date: string): string {
  return date.slice(0, 7);
}
