import { PROBLEM_CODES, type ProblemCode } from '@ledgerpost/core';
import type { ApiClient } from '../api-client.ts';
import type { Io } from '../io.ts';
import { count, counted } from './words.ts';

/** States of documents that have a reason which a person wants to know, with what became of the document. */
const WITH_REASON: Readonly<Record<string, string>> = {
  rejected: 'not sent',
  blocked: 'not sent',
  refused: 'refused',
  conflict: 'not sent',
  differs: 'posted with another total',
  left: 'left in the books',
};
/** Documents that are read of each state, and shown of each reason. */
const MOST_READ = 10_000;
const MOST_SHOWN = 5;

interface Item {
  readonly number: string;
  readonly problems: readonly { readonly code: string; readonly severity: string; readonly message: string }[];
}

/** A reason that one or more documents share. */
interface Cause {
  documents: number;
  readonly examples: { readonly number: string; readonly message: string }[];
}

/**
 * Shows why documents of a batch were not sent, or differ: grouped by cause, most frequent first, each with its cure.
 *
 * @param states how many documents are in each state, as the batch shows them
 */
export async function showReasons(
  api: ApiClient,
  batchPath: string,
  states: Readonly<Record<string, number>>,
  io: Io,
): Promise<void> {
  for (const [state, result] of Object.entries(WITH_REASON)) {
    const documents = states[state] ?? 0;
    if (documents === 0) continue;
    io.out(`${state} (${result}): ${counted(documents, 'document')}`);
    const { causes, read } = await causesOf(api, batchPath, state);
    for (const [code, cause] of [...causes].sort(([, a], [, b]) => b.documents - a.documents)) showCause(io, code, cause);
    if (read < documents) io.out(`  Only the first ${count(read)} documents were read. The report lists all of them.`);
  }
}

function showCause(io: Io, code: string, { documents, examples }: Cause): void {
  const known = Object.hasOwn(PROBLEM_CODES, code) ? PROBLEM_CODES[code as ProblemCode] : undefined;
  io.out(`  ${code}, ${counted(documents, 'document')}${known === undefined ? '' : `: ${known.meaning}`}`);
  if (known !== undefined) io.out(`    To fix it: ${known.cure}`);
  for (const { number, message } of examples) io.out(`    ${number}: ${message}`);
  if (documents > examples.length) io.out(`    … and ${count(documents - examples.length)} more`);
}

async function causesOf(api: ApiClient, batchPath: string, state: string): Promise<{ causes: Map<string, Cause>; read: number }> {
  const causes = new Map<string, Cause>();
  let read = 0;
  for (let after: string | undefined = ''; after !== undefined && read < MOST_READ; ) {
    const page: { rows: readonly Item[]; next?: string } = await api.get(
      `${batchPath}/items?state=${state}&limit=1000${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`,
    );
    for (const { number, problems } of page.rows) {
      for (const { code, message } of decisive(problems)) {
        const cause = causes.get(code) ?? { documents: 0, examples: [] };
        cause.documents += 1;
        if (cause.examples.length < MOST_SHOWN) cause.examples.push({ number, message });
        causes.set(code, cause);
      }
    }
    read += page.rows.length;
    after = page.next;
  }
  return { causes, read };
}

/** The problems that stopped a document; the newest warning or notice where none did. One of each code. */
function decisive(problems: Item['problems']): Item['problems'] {
  const stopping = problems.filter(({ severity }) => severity === 'problem');
  const shown = stopping.length > 0 ? stopping : problems.slice(-1);
  return shown.filter(({ code }, at) => shown.findIndex((other) => other.code === code) === at);
}
