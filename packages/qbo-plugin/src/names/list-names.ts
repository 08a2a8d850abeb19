import type { Candidate, NamePage, ReferenceNeed } from '@ledgerpost/core';
import type { QboSession } from '../session.ts';
import { candidateOf } from './candidates.ts';
import { ALSO_INACTIVE } from './held-names.ts';

type Kind = ReferenceNeed['kind'];
export const ENTITY = { customer: 'Customer', item: 'Item' } as const satisfies Record<Kind, string>;

/** The books' customers and items, inactive ones too, a thousand at a time. With `since`, only those that changed since. */
export async function* listNames({ api }: QboSession, kinds: readonly Kind[], since?: number): AsyncIterable<NamePage> {
  // Whole seconds: the books keep times to the second.
  const from = since === undefined ? undefined : new Date(Math.floor(since / 1_000) * 1_000).toISOString().replace('.000Z', 'Z');
  const condition = from === undefined ? ALSO_INACTIVE : `MetaData.LastUpdatedTime >= '${from}' and ${ALSO_INACTIVE}`;
  for (const kind of new Set(kinds)) {
    for await (const rows of api.pages(ENTITY[kind], condition)) yield { kind, names: rows.map(candidateOf) };
  }
}

/** What customers or items are now. What is merged into another or deleted is left out: QuickBooks does not report the survivor. */
export async function fetchNames({ api }: QboSession, kind: Kind, ids: readonly string[]): Promise<readonly Candidate[]> {
  return (await api.rowsIn(ENTITY[kind], 'Id', ids, ALSO_INACTIVE)).map(candidateOf);
}
