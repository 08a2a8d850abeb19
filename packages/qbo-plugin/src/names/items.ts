import {
  type Chart,
  compact,
  type DocumentItem,
  type Json,
  type RecordRef,
  type ReferenceNeed,
  type ReferenceOutcome,
} from '@ledgerpost/core';
import { sentenceOf, verdictOf } from '../api/classify.ts';
import type { QboApi } from '../api/client.ts';
import type { Entity } from '../api/entities.ts';
import { isStorable, transliterate } from '../payload/texts.ts';
import type { QboSession } from '../session.ts';
import { candidateOf } from './candidates.ts';
import { fold, spaced, storedName } from './compare-names.ts';
import { createInBatch, spelledAgain } from './create-in-batch.ts';
import { fullNameOf, type HeldNames, inUse, isSeveral, readHeld } from './held-names.ts';
import { type ItemDetails, inactive, inTheWay, keyOf, refused, taken } from './name-outcomes.ts';

/** The need for a product or service, with what is needed to create it. `byBooks`: its own account in the books decides. */
export function itemNeed(item: DocumentItem, chart: Chart | undefined, record: RecordRef, byBooks: boolean): ReferenceNeed {
  const accountId = chart?.accounts.find(({ name, active }) => active && name === item.account)?.id;
  const details = compact<ItemDetails>({
    record: { type: record.type, id: record.id },
    description: item.description,
    account: item.account,
    accountId,
    byBooks: byBooks ? true : undefined,
  });
  return compact<ReferenceNeed>({ kind: 'item', key: item.key, name: item.name, details: details as unknown as Json });
}

/** Looks products and services up by name, as QuickBooks compares names; in other spellings only where that finds none. */
export async function findItems(api: QboApi, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]> {
  const names = needs.map(({ name }) => name);
  const held = await readHeld(api, 'Item', names, true);
  const missing = names.filter((name) => held.same(name).length === 0 && held.otherwise(name).length === 0);
  const deleted = await readHeld(
    api,
    'Item',
    missing.map((name) => `${spaced(name)} (deleted)`),
    false,
  );
  return needs.map((need): ReferenceOutcome => {
    const outcome = judge(need, held);
    const [gone] = deleted.same(`${spaced(need.name)} (deleted)`);
    if (outcome.status !== 'missing' || gone === undefined) return outcome;
    return inactive(need, 'Product or service', gone.Name ?? need.name);
  });
}

function judge(need: ReferenceNeed, held: HeldNames): ReferenceOutcome {
  const same = held.same(need.name);
  const all = same.length > 0 ? same : held.otherwise(need.name);
  const found = inUse(all.filter(({ Type }) => !isSeveral(Type)));
  const [first] = found;
  if (first === undefined) {
    const [other] = all;
    const [blocking] = held.inTheWay(need.name);
    if (other === undefined) return blocking === undefined ? { status: 'missing', need } : inTheWay(need, fullNameOf(blocking));
    const text = `“${other.Name}” is a ${other.Type === 'Group' ? 'bundle' : 'category'} in QuickBooks, and lines need a product or service. Rename one of the two, or match “${need.name}” to a product or service.`;
    return refused(need, 'refused-by-target', text);
  }
  if (first.Active === false) return inactive(need, 'Product or service', first.Name ?? need.name);
  if (found.length > 1 || same.length === 0) return { status: 'candidates', need, candidates: found.map(candidateOf) };
  return judgeAccount(need, first);
}

function judgeAccount(need: ReferenceNeed, item: Entity): ReferenceOutcome {
  const { account, accountId, byBooks } = need.details as unknown as ItemDetails;
  const held = item.IncomeAccountRef;
  if (accountId !== undefined && held?.value !== undefined && held.value !== accountId) {
    const cure = byBooks
      ? 'The batch was prepared before Ledgerpost knew this. Batch it again.'
      : 'Change the account in QuickBooks or in the settings.';
    const says = byBooks ? 'the document counts on' : 'the settings map it to';
    const text = `“${need.name}” uses account “${held.name ?? held.value}” in QuickBooks, but ${says} “${account}”. ${cure}`;
    return { ...refused(need, 'item-on-two-accounts', text), there: candidateOf(item) } as ReferenceOutcome;
  }
  return { status: 'found', need, externalId: item.Id, there: candidateOf(item) };
}

/** Creates services, each on the account that the settings map it to. Items of one name are one item. */
export async function createItems(session: QboSession, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]> {
  if (needs.length === 0) return [];
  const { api } = session;
  const keepsAll = needs.every(({ name }) => isStorable(name)) || (await session.keepsUnicode());
  const spelledAlike = Map.groupBy(new Set(needs.map(({ name }) => fold(name))), (name) => fold(storedName(name, keepsAll)));
  const stored = ({ name }: ReferenceNeed) => {
    const plain = storedName(name, keepsAll);
    return storedName(name, keepsAll, spelledAlike.get(fold(plain))!.length > 1);
  };
  const outcomes = new Map<string, ReferenceOutcome>();
  // Someone may have created them since they were looked up, or we did, and the answer was lost.
  const held = await readHeld(
    api,
    'Item',
    needs.flatMap((need) => [need.name, stored(need)]),
    true,
  );
  for (const need of needs) {
    const outcome = judge(need, held);
    // It was not there when it was looked up, so what has its spelling now is ours.
    const isOpen = outcome.status === 'missing' || held.same(need.name).length + held.otherwise(need.name).length === 0;
    const ours = isOpen ? judge({ ...need, name: stored(need) }, held) : outcome;
    if (ours.status !== 'missing') outcomes.set(keyOf(need), { ...ours, need });
  }
  const byName = new Map<string, ReferenceNeed>();
  for (const need of needs) {
    if (outcomes.has(keyOf(need)) || byName.has(fold(need.name))) continue;
    const { accountId, account } = need.details as unknown as ItemDetails;
    if (accountId !== undefined) {
      byName.set(fold(need.name), need);
      continue;
    }
    const why = account === undefined ? 'no account is mapped for it' : `account “${account}” is not in the chart of accounts`;
    const text = `Product or service “${need.name}” can't be created in QuickBooks: ${why}. Map an account, or create it in QuickBooks.`;
    outcomes.set(keyOf(need), refused(need, account === undefined ? 'no-account' : 'unknown-account', text));
  }
  const orders = [...byName.values()];
  const answers = await createInBatch(
    api,
    orders.map((need) => ({ entity: 'Item' as const, body: itemBody(need, stored(need)), key: need.requestKey })),
  );
  const again: ReferenceNeed[] = [];
  for (const [at, need] of orders.entries()) {
    const answer = answers[at]!;
    if ('entity' in answer) {
      const made = await spelledAgain(api, 'Item', answer.entity, stored(need), storedName(need.name, false));
      outcomes.set(keyOf(need), { status: 'created', need, externalId: made.Id, there: candidateOf(made) });
    } else if (verdictOf(answer.fault) === 'name-taken') again.push(need);
    else {
      const text = `QuickBooks did not create product or service “${need.name}”: ${sentenceOf(answer.fault)} Create it in QuickBooks, then retry.`;
      outcomes.set(keyOf(need), refused(need, 'refused-by-target', text));
    }
  }
  if (again.length > 0) {
    for (const one of await findItems(api, again)) {
      outcomes.set(keyOf(one.need), one.status === 'missing' ? taken(one.need, 'something else') : one);
    }
  }
  return needs.map((need) => {
    const own = outcomes.get(keyOf(need));
    if (own !== undefined) return own;
    const first = outcomes.get(keyOf(byName.get(fold(need.name))!))!;
    return first.status === 'created' ? { ...first, need, status: 'found' } : { ...first, need };
  });
}

function itemBody(need: ReferenceNeed, name: string): Readonly<Record<string, Json | undefined>> {
  const { accountId, description } = need.details as unknown as ItemDetails;
  return compact<Record<string, Json | undefined>>({
    Name: name,
    Type: 'Service',
    Description: description === undefined || description === '' ? undefined : transliterate(description).slice(0, 4000),
    IncomeAccountRef: { value: accountId! },
  });
}
