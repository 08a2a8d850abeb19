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
import { quoted } from '../api/query-text.ts';
import { plainName, transliterate, unstorable } from '../payload/texts.ts';
import { fold, isOdd, isSpellingOf, patternOf, spaced } from './compare-names.ts';
import { createInBatch } from './create-in-batch.ts';
import { type ItemDetails, inactive, keyOf, refused, taken } from './name-outcomes.ts';

/** The need for a product or service by its name, with what is needed to create it. */
export function itemNeed(item: DocumentItem, chart: Chart | undefined, record: RecordRef): ReferenceNeed {
  const accountId = chart?.accounts.find(({ name, active }) => active && name === item.account)?.id;
  const details = compact<ItemDetails>({
    record: { type: record.type, id: record.id },
    description: item.description,
    account: item.account,
    accountId,
  });
  return { kind: 'item', name: item.name, details: details as unknown as Json };
}

/** Looks products and services up by name. */
export async function findItems(api: QboApi, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]> {
  const names = needs.map(({ name }) => name).filter((name) => unstorable(plainName(name)) === undefined);
  const held = await readItems(api, names);
  const missing = names.filter((name) => held(name).length === 0);
  const deleted = await readItems(
    api,
    missing.map((name) => `${spaced(name)} (deleted)`),
  );
  return needs.map((need): ReferenceOutcome => {
    const odd = unstorable(plainName(need.name));
    if (odd !== undefined) {
      const text = `QuickBooks can't store “${odd}” in the name of product or service “${need.name}”. Rename it in the field-service system.`;
      return refused(need, 'unstorable-text', text);
    }
    const alike = held(need.name);
    // A sub-item's full name begins with its category's name. A top-level item is the better match.
    const top = alike.filter((row) => isSpellingOf(row.FullyQualifiedName ?? row.Name ?? '', need.name));
    const active = (top.length > 0 ? top : alike).filter((row) => row.Active !== false);
    if (active.length > 1) {
      const text = `QuickBooks has more than one product or service “${need.name}”. Rename all but one in QuickBooks.`;
      return refused(need, 'refused-by-target', text);
    }
    if (active.length === 1) return judgeItem(need, active[0]!);
    const unusable = alike[0] ?? deleted(`${spaced(need.name)} (deleted)`)[0];
    if (unusable === undefined) return { status: 'missing', need };
    return inactive(need, 'Product or service', unusable.Name ?? need.name);
  });
}

/** Reads the items with one of the names. Answers which of them have a name, as QuickBooks compares names. */
async function readItems(api: QboApi, names: readonly string[]): Promise<(name: string) => readonly Entity[]> {
  const rows = await api.rowsIn('Item', 'Name', names.map(spaced), ALSO_INACTIVE);
  const byName = Map.groupBy(rows, (row) => fold(row.Name ?? ''));
  for (const name of new Set(names.filter((one) => isOdd(one) && !byName.has(fold(one))))) {
    // The books may hold its signs as they are or as "?", but no query may contain them.
    const near = await api.rows('Item', `Name LIKE ${quoted(patternOf(name))} and ${ALSO_INACTIVE}`);
    const found = near.filter((row) => isSpellingOf(row.Name ?? '', name));
    if (found.length > 0) byName.set(fold(name), found);
  }
  return (name) => byName.get(fold(name)) ?? [];
}

const ALSO_INACTIVE = 'Active IN (true, false)';

function judgeItem(need: ReferenceNeed, item: Entity): ReferenceOutcome {
  const { account, accountId } = need.details as unknown as ItemDetails;
  if (item.Type === 'Category') {
    const text = `“${need.name}” is a category in QuickBooks, and lines need a product or service. Rename one of the two.`;
    return refused(need, 'refused-by-target', text);
  }
  const held = item.IncomeAccountRef;
  if (accountId !== undefined && held?.value !== undefined && held.value !== accountId) {
    const text = `“${need.name}” uses account “${held.name ?? held.value}” in QuickBooks, but the settings map it to “${account}”. Change the account in QuickBooks or in the settings.`;
    return refused(need, 'item-on-two-accounts', text);
  }
  return { status: 'found', need, externalId: item.Id };
}

/** Creates services, each on the account that the settings map it to. */
export async function createItems(api: QboApi, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]> {
  if (needs.length === 0) return [];
  const outcomes = new Map<string, ReferenceOutcome>();
  // Someone may have created them since they were looked up.
  for (const outcome of await findItems(api, needs)) if (outcome.status !== 'missing') outcomes.set(keyOf(outcome.need), outcome);
  const orders = needs.filter((need) => {
    if (outcomes.has(keyOf(need))) return false;
    const { accountId, account } = need.details as unknown as ItemDetails;
    if (accountId !== undefined) return true;
    const why = account === undefined ? 'no account is mapped for it' : `account “${account}” is not in the chart of accounts`;
    const text = `Product or service “${need.name}” can't be created in QuickBooks: ${why}. Map an account, or create it in QuickBooks.`;
    outcomes.set(keyOf(need), refused(need, account === undefined ? 'no-account' : 'unknown-account', text));
    return false;
  });
  const answers = await createInBatch(
    api,
    orders.map((need) => {
      const { accountId, description } = need.details as unknown as ItemDetails;
      const text = description === undefined || description === '' ? undefined : transliterate(description).slice(0, 4000);
      return {
        entity: 'Item' as const,
        body: compact<Record<string, Json | undefined>>({
          Name: spaced(need.name),
          Type: 'Service',
          Description: text,
          IncomeAccountRef: { value: accountId! },
        }),
      };
    }),
  );
  const again: ReferenceNeed[] = [];
  for (const [at, need] of orders.entries()) {
    const answer = answers[at]!;
    if ('entity' in answer) outcomes.set(keyOf(need), { status: 'created', need, externalId: answer.entity.Id });
    else if (verdictOf(answer.fault) === 'name-taken') again.push(need);
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
  return [...outcomes.values()];
}
