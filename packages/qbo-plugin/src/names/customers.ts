import {
  type Address,
  compact,
  type DocumentCustomer,
  type Json,
  type ReferenceNeed,
  type ReferenceOutcome,
} from '@ledgerpost/core';
import { sentenceOf, verdictOf } from '../api/classify.ts';
import type { QboApi } from '../api/client.ts';
import type { Entity } from '../api/entities.ts';
import { quoted } from '../api/query-text.ts';
import { plainName, storedEmail, storedPhone, transliterate, unstorable } from '../payload/texts.ts';
import { fold, isOdd, isSpellingOf, lastOf, parentOf, partsOf, patternOf, spaced, withParents } from './compare-names.ts';
import { createInBatch } from './create-in-batch.ts';
import { type CustomerDetails, inactive, keyOf, refused, taken } from './name-outcomes.ts';

/** The need for a customer by its name in the books, with what is needed to create it. */
export function customerNeed(customer: DocumentCustomer): ReferenceNeed {
  const { id, name, company, email, phone, billingAddress, taxExempt } = customer;
  const record = { type: 'customer', id } as const;
  const details = compact<CustomerDetails>({ record, company, email, phone, billingAddress, taxExempt });
  return { kind: 'customer', name, details: details as unknown as Json };
}

/** Looks customers up by full name. */
export async function findCustomers(api: QboApi, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]> {
  const names = needs.map(({ name }) => name).filter(canBeStored);
  const book = await lookUpCustomers(api, names.flatMap(partsOf));
  await addOddSpellings(api, names, book);
  // Most customers exist. Only for the rest do we ask whether something else has their name.
  const missing = names.filter((name) => book.of(name) === undefined).map(spaced);
  const deletedBook = await lookUpCustomers(
    api,
    missing.map((name) => `${lastOf(name)} (deleted)`),
  );
  const others = await lookUpOthers(api, missing);
  return needs.map((need): ReferenceOutcome => {
    const odd = unstorable(plainName(need.name));
    if (odd !== undefined) {
      const text = `QuickBooks can't store “${odd}” in the name of customer “${need.name}”. Remove that character from the accounting key.`;
      return refused(need, 'unstorable-text', text, 'accountingKey');
    }
    const customer = book.of(need.name);
    if (customer !== undefined) return judgeCustomer(need, customer);
    const deleted = deletedBook.of(`${spaced(need.name)} (deleted)`);
    if (deleted !== undefined) return inactive(need, 'Customer', deleted.DisplayName ?? need.name);
    const clash = others.get(fold(lastOf(need.name)));
    return clash === undefined ? { status: 'missing', need } : taken(need, clash);
  });
}

function judgeCustomer(need: ReferenceNeed, customer: Entity): ReferenceOutcome {
  const own = fullNameOf(customer);
  if (spaced(own) !== spaced(need.name)) {
    const text = `QuickBooks already has customer “${own}”, and “${need.name}” is the same name to QuickBooks. Change the accounting key to match it exactly.`;
    return refused(need, 'refused-by-target', text, 'accountingKey');
  }
  if (customer.Active === false) return inactive(need, 'Customer', own);
  return { status: 'found', need, externalId: customer.Id };
}

interface CustomerBook {
  of(name: string): Entity | undefined;
  put(name: string, one: Entity): void;
}

const ALSO_INACTIVE = 'Active IN (true, false)';

/** All customers with one of the display names, by full name as QuickBooks compares names. */
async function lookUpCustomers(api: QboApi, displayNames: readonly string[]): Promise<CustomerBook> {
  const rows = await api.rowsIn('Customer', 'DisplayName', displayNames, ALSO_INACTIVE);
  const byName = new Map<string, Entity>();
  for (const row of rows) {
    const key = fold(fullNameOf(row));
    // An active one counts more than an inactive one of the same name.
    if (byName.get(key)?.Active === false || !byName.has(key)) byName.set(key, row);
  }
  return {
    of: (name: string): Entity | undefined => byName.get(fold(name)),
    put: (name: string, one: Entity) => void byName.set(fold(name), one),
  };
}

/** Adds customers that the books hold in another spelling, because the name has signs that no query may contain. */
async function addOddSpellings(api: QboApi, names: readonly string[], book: CustomerBook): Promise<void> {
  const withOddParents = names.filter(canBeStored).flatMap((name) => {
    const parts = name.split(':');
    return parts.map((_, at) => parts.slice(0, at + 1).join(':')).filter(isOdd);
  });
  for (const name of new Set(withOddParents.filter((one) => book.of(one) === undefined))) {
    const rows = await api.rows('Customer', `DisplayName LIKE ${quoted(patternOf(name))} and ${ALSO_INACTIVE}`);
    const found = rows.find((row) => isSpellingOf(fullNameOf(row), name));
    if (found !== undefined) book.put(name, found);
  }
}

/** Vendors and employees with one of the names: QuickBooks keeps names unique over all three lists. */
async function lookUpOthers(api: QboApi, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const others = new Map<string, string>();
  for (const kind of ['Vendor', 'Employee'] as const) {
    for (const row of await api.rowsIn(kind, 'DisplayName', names.map(lastOf), ALSO_INACTIVE)) {
      others.set(fold(row.DisplayName ?? ''), kind === 'Vendor' ? 'a vendor' : 'an employee');
    }
  }
  return others;
}

/** Creates customers, parents first. */
export async function createCustomers(api: QboApi, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]> {
  if (needs.length === 0) return [];
  const book = await lookUpCustomers(
    api,
    needs.flatMap(({ name }) => (canBeStored(name) ? partsOf(name) : [])),
  );
  await addOddSpellings(
    api,
    needs.map(({ name }) => name),
    book,
  );
  const outcomes = new Map<string, ReferenceOutcome>();
  const again: ReferenceNeed[] = [];
  const byName = new Map(needs.map((need) => [fold(need.name), need]));
  const wanted = [...new Set(needs.flatMap(({ name }) => withParents(name)))];
  const deepest = Math.max(...wanted.map((name) => name.split(':').length));
  const failed = new Map<string, string>();
  for (let depth = 1; depth <= deepest; depth++) {
    const orders = wanted.filter((name) => name.split(':').length === depth && book.of(name) === undefined && canBeStored(name));
    const ready = orders.filter((name) => {
      const parent = parentOf(name);
      if (parent === undefined || book.of(parent) !== undefined) return true;
      failed.set(fold(name), failed.get(fold(parent)) ?? `its parent “${parent}” could not be created.`);
      return false;
    });
    const answers = await createInBatch(
      api,
      ready.map((name) => ({ entity: 'Customer' as const, body: customerBody(name, byName.get(fold(name)), book) })),
    );
    for (const [at, name] of ready.entries()) {
      const answer = answers[at]!;
      if ('entity' in answer) {
        book.put(name, answer.entity);
        const need = byName.get(fold(name));
        if (need !== undefined) outcomes.set(keyOf(need), { status: 'created', need, externalId: answer.entity.Id });
      } else if (verdictOf(answer.fault) === 'name-taken' && byName.has(fold(name))) {
        again.push(byName.get(fold(name))!);
      } else {
        failed.set(fold(name), sentenceOf(answer.fault));
      }
    }
  }
  const seen = new Map((await (again.length === 0 ? [] : findCustomers(api, again))).map((one) => [keyOf(one.need), one]));
  return needs.map((need): ReferenceOutcome => {
    const outcome = outcomes.get(keyOf(need)) ?? seen.get(keyOf(need));
    if (outcome?.status === 'missing') return taken(need, 'something else');
    if (outcome !== undefined) return outcome;
    const known = book.of(need.name);
    if (known !== undefined) return judgeCustomer(need, known);
    const why = failed.get(fold(need.name)) ?? 'QuickBooks can’t store its name.';
    const text = `QuickBooks did not create customer “${need.name}”: ${why} Correct the customer, or create it in QuickBooks.`;
    return refused(need, 'refused-by-target', text, 'accountingKey');
  });
}

function customerBody(
  name: string,
  need: ReferenceNeed | undefined,
  book: CustomerBook,
): Readonly<Record<string, Json | undefined>> {
  const parent = parentOf(name);
  const details = need?.details as CustomerDetails | undefined;
  const address = details?.billingAddress;
  const email = storedEmail(details?.email ?? '');
  return compact<Record<string, Json | undefined>>({
    DisplayName: spaced(lastOf(name)),
    ParentRef: parent === undefined ? undefined : { value: book.of(parent)!.Id },
    Job: parent === undefined ? undefined : true,
    CompanyName: details?.company === undefined ? undefined : transliterate(details.company).slice(0, 100),
    PrimaryEmailAddr: email === undefined ? undefined : { Address: email },
    PrimaryPhone: details?.phone ? { FreeFormNumber: storedPhone(details.phone) } : undefined,
    BillAddr: address === undefined ? undefined : addressBody(address),
    Taxable: details === undefined ? undefined : !details.taxExempt,
  });
}

function canBeStored(name: string): boolean {
  return unstorable(plainName(name)) === undefined;
}

function fullNameOf(customer: Entity): string {
  return customer.FullyQualifiedName ?? customer.DisplayName ?? '';
}

function addressBody({ line1, line2, city, region, postalCode, country }: Address): Json {
  const text = (value: string | undefined) => (value === undefined || value === '' ? undefined : transliterate(value));
  return compact<Record<string, Json | undefined>>({
    Line1: text(line1),
    Line2: text(line2),
    City: text(city),
    CountrySubDivisionCode: text(region),
    PostalCode: text(postalCode),
    Country: text(country),
  });
}
