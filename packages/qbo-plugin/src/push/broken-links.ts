import { problem } from '@ledgerpost/core';
import { verdictOf } from '../api/classify.ts';
import type { Body } from '../api/entities.ts';
import { fetchNames } from '../names/list-names.ts';
import type { QboSession } from '../session.ts';
import { refuse, type Work } from './work.ts';

type Kind = 'customer' | 'item';

/**
 * Finds out why QuickBooks refused documents whose customers or items it does not accept any more, for example because somebody made
 * one inactive during the batch. Their refusals then name it.
 */
export async function nameBrokenLinks(session: QboSession, works: readonly Work[]): Promise<void> {
  const refused = works.filter(({ fault, outcome }) => {
    if (fault === undefined || outcome?.status !== 'refused') return false;
    return ['gone', 'bad-reference'].includes(verdictOf(fault));
  });
  if (refused.length === 0) return;
  const held = new Map<string, { readonly name: string; readonly active: boolean }>();
  for (const kind of ['customer', 'item'] as const) {
    const ids = refused.flatMap(({ body }) => idsIn(body, kind));
    for (const one of await fetchNames(session, kind, ids)) held.set(`${kind}/${one.externalId}`, one);
  }
  for (const work of refused) {
    for (const kind of ['customer', 'item'] as const) {
      const id = idsIn(work.body, kind).find((one) => held.get(`${kind}/${one}`)?.active !== true);
      if (id === undefined) continue;
      const found = held.get(`${kind}/${id}`);
      const what = kind === 'customer' ? 'customer' : 'product or service';
      const who = found === undefined ? `a ${what} (id ${id}) that` : `${what} “${found.name}”, which`;
      const how = found === undefined ? 'is no longer in QuickBooks' : 'is inactive in QuickBooks';
      const cure = found === undefined ? 'Match it again' : 'Make it active there, or match it again';
      refuse(work, problem('link-broken', work.record, `${work.title} needs ${who} ${how}. ${cure}, then retry.`));
      break;
    }
  }
}

function idsIn(body: Body, kind: Kind): readonly string[] {
  const lines = body.Line ?? [];
  if (kind === 'item') return lines.flatMap((line) => line.SalesItemLineDetail?.ItemRef?.value ?? []);
  return [body, ...lines].flatMap((one) => {
    if ('JournalEntryLineDetail' in one) return one.JournalEntryLineDetail?.Entity?.EntityRef?.value ?? [];
    return 'CustomerRef' in one ? (one.CustomerRef?.value ?? []) : [];
  });
}
