import { type AnyTarget, amountOf, type Document, type DocumentCustomer, PROBLEM_CODES, stops } from '@ledgerpost/core';
import { demand, expect, type Law, type Subject } from '../law.ts';
import { oddDocuments } from '../sample-documents.ts';
import { frozen, nameOf, sameJson } from '../subject.ts';

const always = () => true;

export const validateIsPure: Law = {
  id: 'validate-is-pure',
  sentence: 'validate returns the same problems for the same document, and does not change it',
  applies: always,
  check({ target, settings, chart, documents }) {
    for (const document of documents()) {
      const again = () => unchanged(`validate (${nameOf(document)})`, () => target.validate(document, chart, frozen(settings)));
      expect(sameJson(again(), again()), `Two results for ${nameOf(document)} differ, so preview and run would differ.`);
    }
  },
};

export const validateBearsAnything: Law = {
  id: 'validate-bears-anything',
  sentence: 'validate returns problems of the table, whatever is wrong with a document, and never throws',
  applies: always,
  check({ target, settings, chart, documents }) {
    for (const document of [...documents(), ...oddDocuments()]) {
      const problems = caught(`validate of ${nameOf(document)}`, () => target.validate(document, chart, settings));
      const isList: boolean = Array.isArray(problems);
      expect(isList, `validate of ${nameOf(document)} returned no list of problems.`);
      for (const found of problems) {
        const known = PROBLEM_CODES[found.code];
        expect(known !== undefined, `"${found.code}" is not in the table of problem codes.`);
        const allowed: readonly string[] = [known.severity, 'inFiles' in known ? known.inFiles : known.severity];
        expect(allowed.includes(found.severity), `"${found.code}" is a ${known.severity}, not a ${found.severity}.`);
        expect(
          found.message.length > 10 && /[.!?]$/.test(found.message),
          `"${found.message}" is not a sentence with the next step.`,
        );
      }
    }
  },
};

export const soundDocumentsPass: Law = {
  id: 'sound-documents-pass',
  sentence: 'it accepts sound documents of every operation that it has a stage for',
  applies: always,
  check(subject) {
    const operations = subject.target.stages.flatMap((stage) => stage.operations);
    const passed = new Set(exportable(subject).map((document) => document.operation));
    // Only a void has no document that is sound at every target.
    const missing = operations.filter((operation) => operation !== 'invoice.void' && !passed.has(operation));
    if (operations.length === 0) return;
    expect(missing.length === 0, `No document of ${missing.join(', ')} passes validate, so nothing would be tested.`);
  },
};

export const exportIsPure: Law = {
  id: 'export-is-pure',
  sentence: 'export makes the same payload from the same document, and does not change it',
  applies: always,
  check(subject) {
    const { target, settings, chart } = subject;
    for (const document of exportable(subject)) {
      const again = () =>
        JSON.stringify(unchanged(`export (${nameOf(document)})`, () => target.export(document, chart, frozen(settings))));
      const [first, second] = [again(), again()];
      expect(
        first === second,
        `Two payloads of ${nameOf(document)} differ, so the exported payload would not be the pushed one.`,
      );
    }
  },
};

export const payloadsAreJson: Law = {
  id: 'payloads-are-json',
  sentence: 'a payload returns from storage unchanged',
  applies: always,
  check(subject) {
    const { target, settings, chart } = subject;
    for (const document of exportable(subject)) {
      const payload = target.export(document, chart, settings);
      const stored = JSON.parse(JSON.stringify(payload)) as unknown;
      expect(
        isJson(payload) && sameJson(payload, stored),
        `The payload of ${nameOf(document)} has values that JSON does not keep.`,
      );
    }
  },
};

export const exportConservesMoney: Law = {
  id: 'export-conserves-money',
  sentence: 'a payload has the document’s amount to the cent',
  applies: always,
  check(subject) {
    const { target, settings, chart, given } = subject;
    for (const document of exportable(subject)) {
      const amount = given.amountOf(target.export(document, chart, settings) as never, document.currency);
      expect(
        amount === amountOf(document),
        `The payload of ${nameOf(document)} holds ${amount} minor units, the document ${amountOf(document)}.`,
      );
    }
  },
};

/** Fresh documents without a `problem`. */
export function exportable({ target, settings, chart, documents }: Subject) {
  return documents().filter((document) => !stops(target.validate(document, chart, settings)));
}

/** Fresh documents that need nothing in the books first. */
export function inserts(subject: Subject): readonly Document[] {
  return exportable(subject).filter((document) => document.operation.endsWith('.insert'));
}

/** A document of each kind, with the invoice that its payment is applied to: enough where only the kind matters. */
export function oneOfEach(subject: Subject): readonly Document[] {
  const all = inserts(subject);
  demand(all.length > 0, 'There is no document to test with.');
  const payment = all.find((one) => one.kind === 'payment' && one.applied.length > 0);
  const applied = payment?.kind === 'payment' ? payment.applied.map(({ invoiceId }) => invoiceId) : [];
  const kept = all.filter((one) => one === payment || applied.includes(one.record.id));
  const others = new Map(all.map((one) => [one.kind, one]));
  return [...kept, ...[...others.values()].filter(({ kind }) => kept.every((one) => one.kind !== kind))];
}

let customers = 1;

/** The documents with customers that nobody has had before: books may use an older customer's credit as they like. */
export function withOwnCustomers(documents: readonly Document[]): readonly Document[] {
  const run = customers++;
  const own = <T extends { readonly customer?: DocumentCustomer }>(one: T): T =>
    one.customer === undefined
      ? one
      : { ...one, customer: { ...one.customer, id: `${one.customer.id}-k${run}`, name: `${one.customer.name} k${run}` } };
  return documents.map((document) =>
    frozen(document.kind === 'journal' ? { ...own(document), lines: document.lines.map(own) } : own(document)),
  );
}

export type UpdateOperation = 'invoice.update' | 'payment.update' | 'journal.update' | 'creditMemo.update';
const UPDATES: readonly UpdateOperation[] = ['invoice.update', 'payment.update', 'journal.update', 'creditMemo.update'];

/** The updates that a target has a stage for. */
export function updatesOf({ stages }: AnyTarget): readonly UpdateOperation[] {
  return UPDATES.filter((operation) => stages.some((stage) => stage.operations.includes(operation)));
}

/** An insert, and its update; with the invoices that either of them applies a payment to. */
export function anUpdate(
  subject: Subject,
  operation: UpdateOperation = 'invoice.update',
): { readonly insert: Document; readonly update: Document; readonly invoices: readonly Document[] } {
  const documents = exportable(subject);
  const update = documents.find((document) => document.operation === operation);
  const insert = documents.find((document) => document.operation.endsWith('.insert') && document.record.id === update?.record.id);
  demand(update !== undefined && insert !== undefined, `There is no ${operation} with its insert among the documents.`);
  const applied = [insert, update]
    .flatMap((one) => (one.kind === 'payment' ? one.applied : []))
    .map(({ invoiceId }) => invoiceId);
  const invoices = documents.filter(
    (document) => document.operation === 'invoice.insert' && applied.includes(document.record.id),
  );
  return { insert, update, invoices };
}

/** In the order in which a batch has them. */
export function byStage(target: AnyTarget, documents: readonly Document[]): readonly Document[] {
  return target.stages.flatMap((stage) => documents.filter((document) => stage.operations.includes(document.operation)));
}

function unchanged<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    // A change to a frozen value throws a TypeError.
    const why = error instanceof TypeError ? ' on frozen values; it may change neither the document nor the settings' : '';
    throw new Error(`${what} threw${why}: ${String(error)}`);
  }
}

function caught<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new Error(`${what} threw instead of returning a problem: ${String(error)}`);
  }
}

function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (Array.isArray(value)) return value.every(isJson);
  if (typeof value !== 'object') return false;
  return (
    Object.getPrototypeOf(value) === Object.prototype &&
    Object.values(value).every((member) => member === undefined || isJson(member))
  );
}
