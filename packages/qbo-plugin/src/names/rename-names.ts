import type { NewName, RenameOutcome } from '@ledgerpost/core';
import { sentenceOf, throwIfWhole, verdictOf } from '../api/classify.ts';
import type { Order } from '../api/client.ts';
import type { Entity } from '../api/entities.ts';
import { isStorable } from '../payload/texts.ts';
import type { QboSession } from '../session.ts';
import { fold, lastOf, parentOf, storedName } from './compare-names.ts';
import { ALSO_INACTIVE, fullNameOf, ownNameOf } from './held-names.ts';
import { ENTITY } from './list-names.ts';

/**
 * Gives customers and items our name: a sparse update, from the version that the books have now. The parent stays. A name that another
 * one has is an answer, not a failure.
 */
export async function renameNames(session: QboSession, names: readonly NewName[]): Promise<readonly RenameOutcome[]> {
  const { api } = session;
  const keepsAll = names.every(({ name }) => isStorable(name)) || (await session.keepsUnicode());
  const held = new Map<string, Entity>();
  for (const kind of ['customer', 'item'] as const) {
    const ids = names.filter((one) => one.kind === kind).map(({ externalId }) => externalId);
    for (const row of await api.rowsIn(ENTITY[kind], 'Id', ids, ALSO_INACTIVE)) held.set(`${kind}/${row.Id}`, row);
  }
  const outcomes: RenameOutcome[] = [];
  // One by one: two of these names may trade places, and the second needs the version after the first.
  for (const { kind, externalId, name } of names) {
    const one = held.get(`${kind}/${externalId}`);
    const own = lastOf(storedName(name, keepsAll));
    const why = one === undefined ? 'It is not in QuickBooks any more.' : reasonAgainst(one, name);
    if (one === undefined || why !== undefined) {
      outcomes.push({ status: 'refused', externalId, reason: why! });
      continue;
    }
    if (ownNameOf(one) === own) {
      outcomes.push({ status: 'renamed', externalId, name: fullNameOf(one) });
      continue;
    }
    const entity = ENTITY[kind];
    const body = { Id: one.Id, SyncToken: one.SyncToken, sparse: true, [kind === 'customer' ? 'DisplayName' : 'Name']: own };
    const order: Order = { bId: 'n', operation: 'update', entity, body };
    const answer = (await api.batch([order])).get('n')!;
    if ('entity' in answer) {
      outcomes.push({ status: 'renamed', externalId, name: fullNameOf(answer.entity) });
      continue;
    }
    throwIfWhole(answer.fault, 'rename a name');
    const taken = verdictOf(answer.fault) === 'name-taken';
    outcomes.push({ status: taken ? 'taken' : 'refused', externalId, reason: sentenceOf(answer.fault) });
  }
  return outcomes;
}

/** Why the name may not be changed, in a sentence. A new name never moves one below another parent. */
function reasonAgainst(one: Entity, name: string): string | undefined {
  if (one.Active === false) return 'It is inactive in QuickBooks.';
  const parent = parentOf(name);
  const held = one.ParentRef === undefined ? undefined : parentOf(fullNameOf(one));
  if (parent !== undefined && fold(parent) !== fold(held ?? '')) {
    return `It is not below “${parent}” in QuickBooks, and a new name does not move it there.`;
  }
  return undefined;
}
