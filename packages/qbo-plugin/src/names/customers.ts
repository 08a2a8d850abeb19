import { compact, type DocumentCustomer, type Json, type ReferenceNeed, type ReferenceOutcome } from '@ledgerpost/core';
import { sentenceOf, verdictOf } from '../api/classify.ts';
import type { QboApi } from '../api/client.ts';
import type { Entity } from '../api/entities.ts';
import { addressBody } from '../payload/addresses.ts';
import { isStorable, storedEmail, storedPhone, transliterate } from '../payload/texts.ts';
import type { QboSession } from '../session.ts';
import { candidateOf } from './candidates.ts';
import { fold, lastOf, parentOf, spaced, storedName, withParents } from './compare-names.ts';
import { createInBatch, spelledAgain } from './create-in-batch.ts';
import { ALSO_INACTIVE, fullNameOf, type HeldNames, inUse, readHeld } from './held-names.ts';
import { type CustomerDetails, inactive, inTheWay, keyOf, refused, taken } from './name-outcomes.ts';

/** The need for a customer, with what is needed to create it. */
export function customerNeed(
  customer: DocumentCustomer,
  more: Pick<CustomerDetails, 'exemptionReason' | 'currency'> = {},
): ReferenceNeed {
  const { id, name, company, email, phone, billingAddress, taxExempt } = customer;
  const record = { type: 'customer', id } as const;
  const details = compact<CustomerDetails>({ record, company, email, phone, billingAddress, taxExempt, ...more });
  return { kind: 'customer', key: id, name, details: details as unknown as Json };
}

/** Looks customers up by full name, as QuickBooks compares names; in other spellings only where that finds none. */
export async function findCustomers(api: QboApi, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]> {
  const held = await readHeld(
    api,
    'Customer',
    needs.map(({ name }) => name),
    true,
  );
  const outcomes = new Map(needs.map((need) => [keyOf(need), judge(need, held)]));
  // Most customers exist. Only for the rest do we ask whether something else has their name.
  const missing = needs.filter((need) => outcomes.get(keyOf(need))!.status === 'missing').map(({ name }) => name);
  const deleted = await readHeld(
    api,
    'Customer',
    missing.map((name) => `${spaced(name)} (deleted)`),
    false,
  );
  const others = await lookUpOthers(api, missing);
  return needs.map((need): ReferenceOutcome => {
    const outcome = outcomes.get(keyOf(need))!;
    if (outcome.status !== 'missing') return outcome;
    const [gone] = deleted.same(`${spaced(need.name)} (deleted)`);
    if (gone !== undefined) return inactive(need, 'Customer', fullNameOf(gone));
    const clash = others.get(fold(lastOf(need.name)));
    return clash === undefined ? outcome : taken(need, clash);
  });
}

function judge(need: ReferenceNeed, held: HeldNames): ReferenceOutcome {
  const same = inUse(held.same(need.name));
  const found = same.length > 0 ? same : inUse(held.otherwise(need.name));
  const [first] = found;
  if (first === undefined) {
    const [blocking] = held.inTheWay(need.name);
    return blocking === undefined ? { status: 'missing', need } : inTheWay(need, fullNameOf(blocking));
  }
  if (first.Active === false) return inactive(need, 'Customer', fullNameOf(first));
  const { currency } = need.details as unknown as CustomerDetails;
  const theirs = first.CurrencyRef?.value;
  if (currency !== undefined && theirs !== undefined && theirs !== currency) {
    const text = `Customer “${fullNameOf(first)}” is in ${theirs} in QuickBooks, and these documents are in ${currency}. QuickBooks can't change a customer's currency: create a customer in ${currency} there, and give the record its name.`;
    return refused(need, 'customer-in-other-currency', text, 'accountingKey');
  }
  if (same.length === 1) return { status: 'found', need, externalId: first.Id, there: candidateOf(first) };
  return { status: 'candidates', need, candidates: found.map(candidateOf) };
}

/** Vendors and employees with one of the names: QuickBooks keeps names unique over all three lists. */
async function lookUpOthers(api: QboApi, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const others = new Map<string, string>();
  for (const kind of ['Vendor', 'Employee'] as const) {
    for (const row of await api.rowsIn(kind, 'DisplayName', names.map(lastOf).filter(isStorable), ALSO_INACTIVE)) {
      others.set(fold(row.DisplayName ?? ''), kind === 'Vendor' ? 'a vendor' : 'an employee');
    }
  }
  return others;
}

/** Creates customers, parents first. Looks for each before: an earlier attempt may have created it, and its answer was lost. */
export async function createCustomers(
  session: QboSession,
  needs: readonly ReferenceNeed[],
): Promise<readonly ReferenceOutcome[]> {
  if (needs.length === 0) return [];
  const { api } = session;
  const wanted = needs.flatMap(({ name }) => withParents(name)).filter(firstOf(fold));
  const keepsAll = wanted.every(isStorable) || (await session.keepsUnicode());
  const stored = (name: string) => storedName(name, keepsAll);
  const held = await readHeld(api, 'Customer', [...wanted, ...wanted.map(stored)], true);
  const outcomes = new Map<string, ReferenceOutcome>();
  const known = new Map<string, Entity>();
  for (const need of needs) {
    const outcome = judge(need, held);
    const ours = held.same(stored(need.name)).filter(({ Active }) => Active !== false);
    if (ours.length === 1 && outcome.status !== 'found' && outcome.status !== 'candidates') {
      outcomes.set(keyOf(need), { status: 'found', need, externalId: ours[0]!.Id, there: candidateOf(ours[0]!) });
    } else if (outcome.status !== 'missing') outcomes.set(keyOf(need), outcome);
  }
  for (const name of wanted) {
    const same = inUse(held.same(name));
    const found = same.length > 0 ? same : held.same(stored(name)).length > 0 ? held.same(stored(name)) : held.otherwise(name);
    if (found.length === 1) known.set(fold(name), found[0]!);
  }
  // Two of ours with one name are never one there: the first is created, and a person decides about the others.
  const byName = new Map<string, ReferenceNeed>();
  for (const need of needs) {
    if (outcomes.has(keyOf(need))) continue;
    if (byName.has(fold(need.name))) outcomes.set(keyOf(need), inTheWay(need, need.name));
    else byName.set(fold(need.name), need);
  }
  const failed = new Map<string, string>();
  const again: ReferenceNeed[] = [];
  const deepest = Math.max(...wanted.map((name) => name.split(':').length));
  for (let depth = 1; depth <= deepest; depth++) {
    const ready = wanted.filter((name) => {
      if (name.split(':').length !== depth || known.has(fold(name))) return false;
      const need = byName.get(fold(name));
      if (need === undefined && needs.some((one) => fold(one.name) === fold(name))) return false;
      const parent = parentOf(name);
      if (parent === undefined || known.has(fold(parent))) return true;
      failed.set(fold(name), failed.get(fold(parent)) ?? `its parent “${parent}” could not be created.`);
      return false;
    });
    const answers = await createInBatch(
      api,
      ready.map((name) => {
        const parent = parentOf(name);
        const body = customerBody(
          stored(name),
          byName.get(fold(name)),
          parent === undefined ? undefined : known.get(fold(parent)),
        );
        return { entity: 'Customer' as const, body, key: byName.get(fold(name))?.requestKey };
      }),
    );
    for (const [at, name] of ready.entries()) {
      const answer = answers[at]!;
      const need = byName.get(fold(name));
      if ('entity' in answer) {
        const made = await spelledAgain(api, 'Customer', answer.entity, stored(lastOf(name)), storedName(lastOf(name), false));
        known.set(fold(name), made);
        if (need !== undefined) {
          outcomes.set(keyOf(need), { status: 'created', need, externalId: made.Id, there: candidateOf(made) });
        }
      } else if (verdictOf(answer.fault) === 'name-taken' && need !== undefined) again.push(need);
      else failed.set(fold(name), sentenceOf(answer.fault));
    }
  }
  const seen = new Map((await (again.length === 0 ? [] : findCustomers(api, again))).map((one) => [keyOf(one.need), one]));
  return needs.map((need): ReferenceOutcome => {
    const outcome = outcomes.get(keyOf(need)) ?? seen.get(keyOf(need));
    if (outcome?.status === 'missing') return taken(need, 'something else');
    if (outcome !== undefined) return outcome;
    const why = failed.get(fold(need.name)) ?? 'QuickBooks gave no reason.';
    const text = `QuickBooks did not create customer “${need.name}”: ${why} Correct the customer, or create it in QuickBooks.`;
    return refused(need, 'refused-by-target', text, 'accountingKey');
  });
}

/** Keeps the first of those that have one key. */
function firstOf(keyIn: (name: string) => string): (name: string) => boolean {
  const seen = new Set<string>();
  return (name) => {
    const isFirst = !seen.has(keyIn(name));
    seen.add(keyIn(name));
    return isFirst;
  };
}

function customerBody(
  full: string,
  need: ReferenceNeed | undefined,
  parent: Entity | undefined,
): Readonly<Record<string, Json | undefined>> {
  const details = need?.details as CustomerDetails | undefined;
  const address = details?.billingAddress;
  const email = storedEmail(details?.email ?? '');
  return compact<Record<string, Json | undefined>>({
    DisplayName: lastOf(full),
    ParentRef: parent === undefined ? undefined : { value: parent.Id },
    Job: parent === undefined ? undefined : true,
    CompanyName: details?.company === undefined ? undefined : transliterate(details.company).slice(0, 100),
    PrimaryEmailAddr: email === undefined ? undefined : { Address: email },
    PrimaryPhone: details?.phone ? { FreeFormNumber: storedPhone(details.phone) } : undefined,
    BillAddr: address === undefined ? undefined : (addressBody(address) as Json),
    TaxExemptionReasonId: details?.taxExempt === true ? details.exemptionReason : undefined,
    Taxable: details === undefined ? undefined : !details.taxExempt,
  });
}
