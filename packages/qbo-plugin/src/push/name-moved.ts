import type { Moved } from '@ledgerpost/core';
import type { QboApi } from '../api/client.ts';
import { releasedIn } from '../applying/apply-again.ts';
import { isUnchanged, readVersion, versionOf } from '../books/content.ts';
import { byId } from '../books/look-up.ts';
import type { Ids } from '../books/same-ids.ts';
import type { QboSession } from '../session.ts';
import type { Work } from './work.ts';

/** Adds to outcomes the payments that were taken off an invoice or given back to it, with the versions that they have now. */
export async function nameMoved({ api }: QboSession, works: readonly Work[]): Promise<void> {
  const changed = works.filter(
    ({ payload, outcome }) => payload.act !== 'create' && outcome !== undefined && 'receipt' in outcome,
  );
  const paymentsOf = ({ released, item }: Work) =>
    [...released, ...releasedIn(item.former?.details)].map(({ payment }) => payment);
  const moves = await movedAmong(
    api,
    changed.map((work) => ({ payments: paymentsOf(work), versions: work.item.versions, ids: work.ids })),
  );
  for (const [at, work] of changed.entries()) {
    if (moves[at]!.length > 0 && work.outcome !== undefined && 'receipt' in work.outcome)
      work.outcome = { ...work.outcome, moved: moves[at]! };
  }
}

/** What one write may have moved. */
interface Write {
  readonly payments: readonly string[];
  /** The versions that we know, by `kind/externalId`. */
  readonly versions: Readonly<Record<string, string>> | undefined;
  readonly ids: Ids;
}

/**
 * For each write the payments whose version is another now and whose content is the one that we know. A payment that a person changed
 * is not among them: drift finds it.
 */
export async function movedAmong(api: QboApi, writes: readonly Write[]): Promise<readonly (readonly Moved[])[]> {
  const known = (write: Write) => write.payments.filter((id) => write.versions?.[`payment/${id}`] !== undefined);
  const now = await byId(api, 'Payment', [...new Set(writes.flatMap(known))]);
  return writes.map((write) =>
    [...new Set(known(write))].flatMap((externalId): Moved[] => {
      const before = write.versions![`payment/${externalId}`];
      const version = readVersion(before);
      const one = now.get(externalId);
      if (version === undefined || one === undefined || !isUnchanged('Payment', one, version, write.ids)) return [];
      const externalVersion = versionOf('Payment', one, version.covers);
      return externalVersion === before ? [] : [{ kind: 'payment', externalId, externalVersion }];
    }),
  );
}
