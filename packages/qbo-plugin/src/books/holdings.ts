import type { HeldEntry, Holding, Money } from '@ledgerpost/core';
import type { Entity, Kind, Line, Ref } from '../api/entities.ts';
import { offWire } from '../api/wire-money.ts';
import type { QboSession } from '../session.ts';
import { totalOf } from './content.ts';

/** One transaction as QuickBooks returns it, whose entries in the accounts are computed. */
export interface HeldEntity {
  readonly kind: Kind;
  readonly entity: Entity;
  readonly currency: string;
  /** Our document named no deposit account, so the books' default is not a difference. */
  readonly depositsByDefault: boolean;
  /** The account on which the document's tax is a line. */
  readonly taxAccount?: string | undefined;
  /** The journal of a payment's fee, which counts with it. */
  readonly fee?: Entity | undefined;
}

/**
 * What transactions post to which accounts of the books, by the names that these have there now. Undefined where QuickBooks does
 * not return all of it. A sales line names only its item: its account is the one that QuickBooks has for the item.
 */
export async function holdingsOf(
  { api, settings }: QboSession,
  held: readonly HeldEntity[],
): Promise<readonly (Holding | undefined)[]> {
  const lines = held.flatMap(({ entity, fee }) => [...(entity.Line ?? []), ...(fee?.Line ?? [])]);
  const items = await namesOf(
    'Item',
    lines.map(({ SalesItemLineDetail }) => SalesItemLineDetail?.ItemRef),
  );
  const accounts = await namesOf('Account', [
    ...[...items.values()].map(({ IncomeAccountRef }) => IncomeAccountRef),
    ...lines.flatMap((line) => [
      line.SalesItemLineDetail?.ItemAccountRef,
      line.JournalEntryLineDetail?.AccountRef,
      discountAccount(line),
    ]),
    ...held.map(({ entity }) => entity.DepositToAccountRef),
  ]);
  const classes = await namesOf('Class', [
    ...lines.map((line) => (line.SalesItemLineDetail ?? line.JournalEntryLineDetail)?.ClassRef),
    ...held.map((one) => one.entity.ClassRef),
  ]);
  const codes = await namesOf(
    'TaxCode',
    held.map(({ entity }) => entity.TxnTaxDetail?.TxnTaxCodeRef),
  );
  const rates = await namesOf(
    'TaxRate',
    held.flatMap(({ entity }) => taxLines(entity).map(({ TaxLineDetail }) => TaxLineDetail?.TaxRateRef)),
  );
  const agencies = await namesOf(
    'TaxAgency',
    [...rates.values()].map(({ AgencyRef }) => AgencyRef),
  );
  const books: Names = { items, accounts, classes, codes, rates, agencies, receivable: settings.accounts.receivable };
  return held.map((one) => holdingOf(one, books));

  async function namesOf(entity: string, refs: readonly (Ref | undefined)[]): Promise<ReadonlyMap<string, Entity>> {
    const ids = [...new Set(refs.flatMap((ref) => (ref?.value === undefined ? [] : [ref.value])))].sort();
    if (ids.length === 0) return new Map();
    const also = entity === 'TaxAgency' ? undefined : ALSO_INACTIVE;
    return new Map((await api.rowsIn(entity, 'Id', ids, also)).map((row) => [row.Id, row]));
  }
}

const ALSO_INACTIVE = 'Active IN (true, false)';

interface Names {
  readonly items: ReadonlyMap<string, Entity>;
  readonly accounts: ReadonlyMap<string, Entity>;
  readonly classes: ReadonlyMap<string, Entity>;
  readonly codes: ReadonlyMap<string, Entity>;
  readonly rates: ReadonlyMap<string, Entity>;
  readonly agencies: ReadonlyMap<string, Entity>;
  readonly receivable: string | undefined;
}

function holdingOf(one: HeldEntity, books: Names): Holding | undefined {
  const { kind, entity } = one;
  const entries =
    kind === 'Payment'
      ? paymentEntries(one, books)
      : kind === 'JournalEntry'
        ? journalEntries(one, books)
        : salesEntries(one, books);
  if (entries === undefined) return undefined;
  let sum = 0;
  for (const { amount } of entries) sum += amount;
  // It contains something of a kind that we don't know, so we report nothing rather than a part.
  if (sum !== 0) return undefined;
  const code = entity.TxnTaxDetail?.TxnTaxCodeRef?.value;
  // Automated sales tax may use a code that is in no list. Its id is reported then.
  const taxCode = code === undefined ? undefined : (nameOf(books.codes, code) ?? code);
  const agencies = agenciesOf(one, books);
  return {
    entries: entries.filter(({ amount }) => amount !== 0),
    ...(taxCode === undefined ? {} : { taxCode }),
    ...(agencies === undefined ? {} : { agencies }),
  };
}

/** Whose the tax is. Undefined where QuickBooks does not tell it of all of the tax. */
function agenciesOf({ kind, entity, currency }: HeldEntity, { rates, agencies }: Names): Holding['agencies'] {
  const sums = new Map<string, number>();
  const sign = kind === 'CreditMemo' ? -1 : 1;
  let told = 0;
  for (const { Amount, TaxLineDetail } of taxLines(entity)) {
    const amount = offWire(Amount, currency) ?? 0;
    const agency = agencies.get(rates.get(TaxLineDetail?.TaxRateRef?.value ?? '')?.AgencyRef?.value ?? '')?.DisplayName;
    if (agency === undefined) return undefined;
    sums.set(agency, (sums.get(agency) ?? 0) + sign * amount);
    told += amount;
  }
  if (sums.size === 0 || told !== (offWire(entity.TxnTaxDetail?.TotalTax, currency) ?? 0)) return undefined;
  return [...sums].map(([agency, amount]) => ({ agency, amount: minor(amount) }));
}

function taxLines({ TxnTaxDetail }: Entity) {
  return TxnTaxDetail?.TaxLine ?? [];
}

function salesEntries({ kind, entity, currency, taxAccount }: HeldEntity, books: Names): HeldEntry[] | undefined {
  const sign = kind === 'CreditMemo' ? -1 : 1;
  const total = totalOf(kind, entity, currency);
  if (total === undefined) return undefined;
  const entries: HeldEntry[] = [{ role: 'receivable', account: null, class: null, amount: minor(sign * total) }];
  for (const line of entity.Line ?? []) {
    if (line.DetailType === 'SubTotalLineDetail' || line.DetailType === 'DescriptionOnly') continue;
    const amount = offWire(line.Amount, currency) ?? 0;
    const sale = line.SalesItemLineDetail;
    const off = discountAccount(line);
    const account =
      off?.value ?? sale?.ItemAccountRef?.value ?? books.items.get(sale?.ItemRef?.value ?? '')?.IncomeAccountRef?.value;
    const entry = entryOf(
      books,
      'income',
      account,
      sale?.ClassRef ?? (line.DiscountLineDetail?.ClassRef as Ref | undefined) ?? entity.ClassRef,
      off === undefined ? -sign * amount : sign * amount,
    );
    if (entry === undefined && amount !== 0) return undefined;
    if (entry !== undefined)
      entries.push(entry.account === taxAccount ? { ...entry, role: 'tax', account: null, class: null } : entry);
  }
  const tax = offWire(entity.TxnTaxDetail?.TotalTax, currency) ?? 0;
  return [...entries, { role: 'tax', account: null, class: null, amount: minor(-sign * tax) }];
}

function paymentEntries(one: HeldEntity, books: Names): HeldEntry[] | undefined {
  const { kind, entity, currency, depositsByDefault } = one;
  const total = totalOf(kind, entity, currency);
  const at = entity.DepositToAccountRef?.value;
  const name = at === undefined ? undefined : nameOf(books.accounts, at);
  if (total === undefined || (at !== undefined && name === undefined)) return undefined;
  const own = at !== undefined && depositsByDefault && books.accounts.get(at)?.AccountSubType === 'UndepositedFunds';
  const fees = feeEntries(one, at, own, books);
  if (fees === undefined) return undefined;
  return [
    { role: 'deposit', account: own ? null : (name ?? null), class: null, amount: total },
    { role: 'receivable', account: null, class: null, amount: minor(-total) },
    ...fees,
  ];
}

/** The entries of a fee's journal: what it takes out of the payment's own account lessens the deposit. */
function feeEntries(
  { fee, currency }: HeldEntity,
  depositedTo: string | undefined,
  isDefault: boolean,
  books: Names,
): HeldEntry[] | undefined {
  const entries: HeldEntry[] = [];
  for (const line of fee?.Line ?? []) {
    const detail = line.JournalEntryLineDetail;
    if (detail === undefined) continue;
    const amount = (offWire(line.Amount, currency) ?? 0) * (detail.PostingType === 'Debit' ? 1 : -1);
    const here = detail.AccountRef?.value !== undefined && detail.AccountRef.value === depositedTo;
    const entry = entryOf(books, here ? 'deposit' : 'fee', detail.AccountRef?.value, detail.ClassRef, amount);
    if (entry === undefined) return undefined;
    entries.push(here && isDefault ? { ...entry, account: null } : entry);
  }
  return entries;
}

function journalEntries({ entity, currency }: HeldEntity, books: Names): HeldEntry[] | undefined {
  const entries: HeldEntry[] = [];
  for (const line of entity.Line ?? []) {
    const detail = line.JournalEntryLineDetail;
    if (detail === undefined) continue;
    const amount = (offWire(line.Amount, currency) ?? 0) * (detail.PostingType === 'Debit' ? 1 : -1);
    const entry = entryOf(books, 'refund', detail.AccountRef?.value, detail.ClassRef, amount);
    if (entry === undefined) return undefined;
    entries.push(entry.account === books.receivable ? { ...entry, role: 'receivable', account: null, class: null } : entry);
  }
  return entries;
}

function entryOf(
  books: Names,
  role: HeldEntry['role'],
  account: string | undefined,
  klass: Ref | undefined,
  amount: number,
): HeldEntry | undefined {
  const name = account === undefined ? undefined : nameOf(books.accounts, account);
  const className = klass?.value === undefined ? null : nameOf(books.classes, klass.value);
  if (name === undefined || className === undefined) return undefined;
  return { role, account: name, class: className, amount: minor(amount) };
}

function discountAccount(line: Line): Ref | undefined {
  return line.DiscountLineDetail?.DiscountAccountRef as Ref | undefined;
}

function nameOf(rows: ReadonlyMap<string, Entity>, id: string): string | undefined {
  const row = rows.get(id);
  return row?.FullyQualifiedName ?? row?.Name;
}

/** Never -0: JSON writes it as 0, but comparisons in tests tell the two apart. */
function minor(amount: number): Money {
  return (amount === 0 ? 0 : amount) as Money;
}
