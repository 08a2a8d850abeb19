import {
  type Address,
  type BooksSettings,
  type Chart,
  compact,
  type Document,
  type DocumentCustomer,
  type DocumentItem,
  type Json,
  type ProblemCode,
  problem,
  type RecordRef,
  type ReferenceNeed,
  type ReferenceOutcome,
} from '@ledgerpost/core';
import { sentenceOf, verdictOf } from './classify.ts';
import type { QboApi } from './client.ts';
import type { Entity } from './entities.ts';
import { inBatch } from './order-names.ts';
import type { QboSession } from './session.ts';
import { isStorable, transliterate, unstorable } from './texts.ts';

/** What creating a name takes, and which record a refusal is about. */
interface CustomerDetails {
  readonly record: RecordRef;
  readonly company?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly billingAddress?: Address;
  readonly taxExempt: boolean;
}
interface ItemDetails {
  readonly record: RecordRef;
  readonly description?: string;
  readonly account?: string;
  readonly accountId?: string;
}

/** The customer and the products and services of a document, each once. */
export function needsOf(document: Document, chart: Chart | undefined, _settings: BooksSettings): readonly ReferenceNeed[] {
  const needs: ReferenceNeed[] = [];
  if (document.customer !== undefined) needs.push(customerNeed(document.customer));
  if (document.kind !== 'invoice' && document.kind !== 'creditMemo') return needs;
  const items = new Map(document.lines.map(({ item }) => [item.name, item]));
  for (const item of items.values()) needs.push(itemNeed(item, chart, document.record));
  return needs;
}

function customerNeed(customer: DocumentCustomer): ReferenceNeed {
  const { id, name, company, email, phone, billingAddress, taxExempt } = customer;
  const record = { type: 'customer', id } as const;
  const details = compact<CustomerDetails>({ record, company, email, phone, billingAddress, taxExempt });
  return { kind: 'customer', name, details: details as unknown as Json };
}

function itemNeed(item: DocumentItem, chart: Chart | undefined, record: RecordRef): ReferenceNeed {
  const accountId = chart?.accounts.find(({ name, active }) => active && name === item.account)?.id;
  const details = compact<ItemDetails>({
    record: { type: record.type, id: record.id },
    description: item.description,
    account: item.account,
    accountId,
  });
  return { kind: 'item', name: item.name, details: details as unknown as Json };
}

/** Looks names up in bulk; reads only. */
export async function findNames({ api }: QboSession, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]> {
  const [customers, items] = [ofKind(needs, 'customer'), ofKind(needs, 'item')];
  const found = new Map<string, ReferenceOutcome>();
  if (customers.length > 0) for (const outcome of await findCustomers(api, customers)) found.set(keyOf(outcome.need), outcome);
  if (items.length > 0) for (const outcome of await findItems(api, items)) found.set(keyOf(outcome.need), outcome);
  return inOrder(needs, found);
}

/** Creates what was not found; asks again for what somebody else created meanwhile. Never a second one for a name. */
export async function createNames(session: QboSession, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]> {
  const { api } = session;
  const made = new Map<string, ReferenceOutcome>();
  for (const outcome of await createCustomers(api, ofKind(needs, 'customer'))) made.set(keyOf(outcome.need), outcome);
  for (const outcome of await createItems(api, ofKind(needs, 'item'))) made.set(keyOf(outcome.need), outcome);
  return inOrder(needs, made);
}

// ——— Customers ———

async function findCustomers(api: QboApi, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]> {
  const book = await lookUpCustomers(
    api,
    needs.map(({ name }) => name),
  );
  const missing = needs.filter((need) => isStorable(need.name) && book.of(need.name) === undefined);
  const others = await lookUpOthers(api, missing);
  return needs.map((need): ReferenceOutcome => {
    const odd = unstorable(need.name);
    if (odd !== undefined) {
      const text = `Customer “${need.name}” can't be in QuickBooks, which can't store “${odd}”. Take it out of the accounting key.`;
      return refused(need, 'unstorable-text', text, 'accountingKey');
    }
    const customer = book.of(need.name);
    if (customer !== undefined) return judgeCustomer(need, customer);
    const deleted = book.of(`${spaced(need.name)} (deleted)`);
    if (deleted !== undefined) return inactive(need, 'Customer', deleted.DisplayName ?? need.name);
    const clash = others.get(fold(lastOf(need.name)));
    return clash === undefined ? { status: 'missing', need } : taken(need, clash);
  });
}

function judgeCustomer(need: ReferenceNeed, customer: Entity): ReferenceOutcome {
  const own = customer.FullyQualifiedName ?? customer.DisplayName ?? '';
  if (spaced(own) !== spaced(need.name)) {
    const text = `QuickBooks has a customer “${own}” and doesn't tell it from “${need.name}”. Make the accounting key the very same.`;
    return refused(need, 'refused-by-target', text, 'accountingKey');
  }
  if (customer.Active === false) return inactive(need, 'Customer', own);
  return { status: 'found', need, externalId: customer.Id };
}

/** All customers that carry one of the names, or a part of one; by full name, as QuickBooks tells names apart. */
async function lookUpCustomers(api: QboApi, names: readonly string[]) {
  const storable = names.filter(isStorable);
  const parts = storable.flatMap((name) => [...partsOf(name), `${lastOf(name)} (deleted)`]);
  const rows = parts.length === 0 ? [] : await api.rowsIn('Customer', 'DisplayName', parts, 'Active IN (true, false)');
  const byName = new Map<string, Entity>();
  for (const row of rows) {
    const key = fold(row.FullyQualifiedName ?? row.DisplayName ?? '');
    // An active one counts more than an inactive one of the same name.
    if (byName.get(key)?.Active === false || !byName.has(key)) byName.set(key, row);
  }
  return {
    of: (name: string): Entity | undefined => byName.get(fold(name)),
    put: (name: string, one: Entity) => byName.set(fold(name), one),
  };
}

/** Vendors and employees share the customers' names. */
async function lookUpOthers(api: QboApi, needs: readonly ReferenceNeed[]): Promise<ReadonlyMap<string, string>> {
  const others = new Map<string, string>();
  if (needs.length === 0) return others;
  const names = needs.map(({ name }) => lastOf(name));
  for (const kind of ['Vendor', 'Employee'] as const) {
    for (const row of await api.rowsIn(kind, 'DisplayName', names, 'Active IN (true, false)')) {
      others.set(fold(row.DisplayName ?? ''), kind === 'Vendor' ? 'a vendor' : 'an employee');
    }
  }
  return others;
}

async function createCustomers(api: QboApi, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]> {
  if (needs.length === 0) return [];
  const book = await lookUpCustomers(
    api,
    needs.map(({ name }) => name),
  );
  const outcomes = new Map<string, ReferenceOutcome>();
  const again: ReferenceNeed[] = [];
  const byName = new Map(needs.map((need) => [fold(need.name), need]));
  const wanted = [...new Set(needs.flatMap(({ name }) => withParents(name)))];
  const deepest = Math.max(...wanted.map((name) => name.split(':').length));
  const failed = new Map<string, string>();
  for (let depth = 1; depth <= deepest; depth++) {
    const orders = wanted.filter((name) => name.split(':').length === depth && book.of(name) === undefined && isStorable(name));
    const ready = orders.filter((name) => {
      const parent = parentOf(name);
      if (parent === undefined || book.of(parent) !== undefined) return true;
      failed.set(fold(name), failed.get(fold(parent)) ?? `its parent “${parent}” could not be created.`);
      return false;
    });
    const answers = await inBatch(
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
    const text = `QuickBooks did not create customer “${need.name}”: ${why} Mend the customer, or create it in QuickBooks.`;
    return refused(need, 'refused-by-target', text, 'accountingKey');
  });
}

function customerBody(
  name: string,
  need: ReferenceNeed | undefined,
  book: { of(name: string): Entity | undefined },
): Readonly<Record<string, Json | undefined>> {
  const parent = parentOf(name);
  const details = need?.details as CustomerDetails | undefined;
  const address = details?.billingAddress;
  return compact<Record<string, Json | undefined>>({
    DisplayName: spaced(lastOf(name)),
    ParentRef: parent === undefined ? undefined : { value: book.of(parent)!.Id },
    Job: parent === undefined ? undefined : true,
    CompanyName: details?.company === undefined ? undefined : transliterate(details.company).slice(0, 100),
    PrimaryEmailAddr: details?.email ? { Address: details.email } : undefined,
    PrimaryPhone: details?.phone ? { FreeFormNumber: transliterate(details.phone) } : undefined,
    BillAddr: address === undefined ? undefined : addressBody(address),
    Taxable: details === undefined ? undefined : !details.taxExempt,
  });
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

// ——— Products and services ———

async function findItems(api: QboApi, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]> {
  const names = needs.map(({ name }) => name).filter(isStorable);
  const rows =
    names.length === 0
      ? []
      : await api.rowsIn('Item', 'Name', [...names, ...names.map((name) => `${name} (deleted)`)], 'Active IN (true, false)');
  return needs.map((need): ReferenceOutcome => {
    const odd = unstorable(need.name);
    if (odd !== undefined) {
      const text = `Product or service “${need.name}” can't be in QuickBooks, which can't store “${odd}”. Rename it.`;
      return refused(need, 'unstorable-text', text);
    }
    const alike = rows.filter((row) => fold(row.Name ?? '') === fold(need.name));
    // A sub-item's full name begins with its category's; a top-level one is the nearer match.
    const top = alike.filter((row) => fold(row.FullyQualifiedName ?? row.Name ?? '') === fold(need.name));
    const active = (top.length > 0 ? top : alike).filter((row) => row.Active !== false);
    if (active.length > 1) {
      const text = `QuickBooks has more than one product or service “${need.name}”. Rename all but one there.`;
      return refused(need, 'refused-by-target', text);
    }
    if (active.length === 1) return judgeItem(need, active[0]!);
    const gone = alike[0] ?? rows.find((row) => fold(row.Name ?? '') === fold(`${need.name} (deleted)`));
    return gone === undefined ? { status: 'missing', need } : inactive(need, 'Product or service', gone.Name ?? need.name);
  });
}

function judgeItem(need: ReferenceNeed, item: Entity): ReferenceOutcome {
  const { account, accountId } = need.details as unknown as ItemDetails;
  if (item.Type === 'Category') {
    const text = `“${need.name}” is a category in QuickBooks, and lines need a product or service. Rename one of the two.`;
    return refused(need, 'refused-by-target', text);
  }
  const held = item.IncomeAccountRef;
  if (accountId !== undefined && held?.value !== undefined && held.value !== accountId) {
    const text = `“${need.name}” is on account “${held.name ?? held.value}” in QuickBooks, and the settings want “${account}”. Change the account of one of the two.`;
    return refused(need, 'item-on-two-accounts', text);
  }
  return { status: 'found', need, externalId: item.Id };
}

async function createItems(api: QboApi, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]> {
  if (needs.length === 0) return [];
  const outcomes = new Map<string, ReferenceOutcome>();
  // Somebody may have created them since they were looked up.
  for (const outcome of await findItems(api, needs)) if (outcome.status !== 'missing') outcomes.set(keyOf(outcome.need), outcome);
  const orders = needs.filter((need) => {
    if (outcomes.has(keyOf(need))) return false;
    const { accountId, account } = need.details as unknown as ItemDetails;
    if (accountId !== undefined) return true;
    const why = account === undefined ? 'no account is mapped for it' : `account “${account}” is not in the chart`;
    const text = `Product or service “${need.name}” can't be created in QuickBooks: ${why}. Map an account, or create it there.`;
    outcomes.set(keyOf(need), refused(need, account === undefined ? 'no-account' : 'unknown-account', text));
    return false;
  });
  const answers = await inBatch(
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
      const text = `QuickBooks did not create product or service “${need.name}”: ${sentenceOf(answer.fault)} Create it there, then retry.`;
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

// ——— Shared ———

function ofKind(needs: readonly ReferenceNeed[], kind: ReferenceNeed['kind']): readonly ReferenceNeed[] {
  return [...new Map(needs.filter((need) => need.kind === kind).map((need) => [keyOf(need), need])).values()];
}

/** One outcome per need, in order, whoever asked twice. */
function inOrder(needs: readonly ReferenceNeed[], outcomes: ReadonlyMap<string, ReferenceOutcome>): readonly ReferenceOutcome[] {
  return needs.map((need) => ({ ...outcomes.get(keyOf(need))!, need }));
}

function keyOf({ kind, name }: ReferenceNeed): string {
  return `${kind}/${name}`;
}

function refused(need: ReferenceNeed, code: ProblemCode, text: string, field?: string): ReferenceOutcome {
  const { record } = need.details as unknown as { readonly record: RecordRef };
  return { status: 'refused', need, problem: problem(code, record, text, field) };
}

function inactive(need: ReferenceNeed, what: string, name: string): ReferenceOutcome {
  const text = `${what} “${name}” is inactive in QuickBooks, so nothing can be booked to it. Make it active there, then retry.`;
  return refused(need, 'refused-by-target', text, need.kind === 'customer' ? 'accountingKey' : undefined);
}

function taken(need: ReferenceNeed, by: string): ReferenceOutcome {
  const what = need.kind === 'customer' ? 'customer' : 'product or service';
  const text = `QuickBooks can't have a ${what} “${need.name}”, because ${by} there has the name already. Rename one of the two, then retry.`;
  return refused(need, 'refused-by-target', text, need.kind === 'customer' ? 'accountingKey' : undefined);
}

/** As QuickBooks tells names apart: neither by case nor by blanks. */
function fold(name: string): string {
  return spaced(name).toLowerCase();
}

function spaced(name: string): string {
  return partsOf(name).join(':');
}

function partsOf(name: string): readonly string[] {
  return name.split(':').map((part) => part.trim().replace(/\s+/g, ' '));
}

function lastOf(name: string): string {
  return partsOf(name).at(-1)!;
}

function parentOf(name: string): string | undefined {
  const parts = partsOf(name);
  return parts.length === 1 ? undefined : parts.slice(0, -1).join(':');
}

function withParents(name: string): readonly string[] {
  const parts = partsOf(name);
  return parts.map((_, at) => parts.slice(0, at + 1).join(':'));
}
