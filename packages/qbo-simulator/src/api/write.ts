import { type Books, putRecord, recordOf, recordsOf, takeId } from '../books/books.ts';
import { withFreshNames } from '../books/fresh-names.ts';
import type { BookRecord, Line, Sent } from '../books/records.ts';
import { metaTime } from '../clock.ts';
import { checkLengths, foldName, required } from '../entities/checks.ts';
import type { Kind } from '../entities/kind.ts';
import { faults } from '../faults.ts';
import { readMembers } from './members.ts';

/** Forms that share one set of numbers; estimates have their own. */
const SALES_FORMS = ['Invoice', 'CreditMemo', 'RefundReceipt', 'SalesReceipt'];

export type Operation = 'create' | 'update' | 'delete' | 'void';

/** How a write is meant. */
export interface Manner {
  /** `include=` values of the request, such as `allowduplicatedocnum`. */
  readonly include?: readonly string[];
  /** A person at the screen may change deposited payments' deposits and closed periods; a client may not. */
  readonly byPerson?: boolean;
}

/**
 * Writes one record and returns it as the API answers: the record, or `{ domain, status: 'Deleted', Id }`.
 * Checks in the order members, required, lengths, references, business rules; throws a Fault and changes nothing when one fails.
 */
export function write(
  books: Books,
  kind: Kind,
  operation: Operation,
  body: unknown,
  manner: Manner = {},
): Record<string, unknown> {
  if (books.lapsed) throw faults.lapsed();
  if (kind.sort === 'fixed') throw faults.operationUnsupported(operation === 'create' ? 'Create' : 'Update');
  const sent = storable(books, readMembers(kind.name, body)) as Sent;
  switch (operation) {
    case 'create':
      return kind.view(books, create(books, kind, sent, manner));
    case 'update':
      return kind.view(books, update(books, kind, sent, manner));
    case 'void':
      return kind.view(books, voidRecord(books, kind, sent, manner));
    case 'delete':
      return remove(books, kind, sent, manner);
  }
}

function create(books: Books, kind: Kind, sent: Sent, manner: Manner): BookRecord {
  checkLengths(sent, kind.lengths);
  const settled = kind.settle(books, numbered(books, kind, writable(sent), undefined), undefined);
  checkPeriod(books, settled.TxnDate, undefined, manner);
  checkUnique(books, kind, settled, undefined, manner);
  const now = metaTime(books.clock.now());
  const record = withLineIds(books, kind, {
    domain: 'QBO',
    sparse: false,
    Id: takeId(books, kind.sequence),
    SyncToken: '0',
    MetaData: { CreateTime: now, LastUpdatedTime: now },
    ...settled,
  } as BookRecord);
  commit(books, kind, record, undefined);
  return recordOf(books, kind.name, record.Id) ?? record;
}

function update(books: Books, kind: Kind, sent: Sent, manner: Manner): BookRecord {
  const before = current(books, kind, sent);
  checkLengths(sent, kind.lengths);
  const merged = sent.sparse === true ? sparsely(books, before, writable(sent)) : writable(sent);
  const settled = kind.settle(books, numbered(books, kind, merged, before), before);
  checkPeriod(books, settled.TxnDate, before.TxnDate, manner);
  checkUnique(books, kind, settled, before, manner);
  const { domain, sparse, Id, SyncToken, MetaData } = before;
  const record = withLineIds(books, kind, { domain, sparse, Id, SyncToken, MetaData, ...settled } as BookRecord);
  if (isSame(record, withFreshNames(books, before))) return before;
  if (books.depositedIn.has(before.Id) && kind.name === 'Payment') checkDeposited(books, record, before);
  const renamed = renamedWhenInactive(books, kind, record, before);
  commit(books, kind, next(books, renamed), before);
  return recordOf(books, kind.name, before.Id) ?? renamed;
}

function voidRecord(books: Books, kind: Kind, sent: Sent, manner: Manner): BookRecord {
  if (kind.canVoid !== true || kind.voided === undefined) throw faults.operationUnsupported('Void');
  const before = current(books, kind, sent);
  checkPeriod(books, before.TxnDate, undefined, manner);
  kind.mayEnd?.(books, before, 'void');
  const record = { ...before, ...kind.voided(books, before) } as BookRecord;
  if (isSame(record, before) || before.PrivateNote?.startsWith('Voided') === true) return before;
  commit(books, kind, next(books, record), before);
  books.changed?.(kind.name, before.Id, 'Void');
  return recordOf(books, kind.name, before.Id) ?? record;
}

function remove(books: Books, kind: Kind, sent: Sent, manner: Manner): Record<string, unknown> {
  if (kind.sort !== 'transaction') throw faults.operationUnsupported('Delete');
  const before = current(books, kind, sent);
  checkPeriod(books, before.TxnDate, undefined, manner);
  kind.mayEnd?.(books, before, 'delete');
  books.records.get(kind.name)?.delete(before.Id);
  books.deletions.push({ kind: kind.name, id: before.Id, at: books.clock.now() });
  books.changed?.(kind.name, before.Id, 'Delete');
  indexNames(books, kind, undefined, before);
  kind.follow?.(books, undefined, before);
  books.ledger.post(before.Id, []);
  return { domain: 'QBO', status: 'Deleted', Id: before.Id };
}

/** The record that an update, a void or a delete means: faults 2020, 2030, 610 and 5010. */
function current(books: Books, kind: Kind, sent: Sent): BookRecord {
  const id = required('Id', sent.Id);
  checkId(id);
  const before = recordOf(books, kind.name, id);
  if (before === undefined) throw faults.notFound();
  if (required('SyncToken', sent.SyncToken) !== before.SyncToken) throw faults.stale(books.person);
  return before;
}

/** An id's spelling: fault 2030. */
export function checkId(id: string): void {
  if (!/^-?\d+$/.test(id)) throw faults.badId(id);
}

function commit(books: Books, kind: Kind, record: BookRecord, before: BookRecord | undefined): void {
  putRecord(books, kind.name, record);
  indexNames(books, kind, record, before);
  if (kind.post !== undefined) books.ledger.post(record.Id, kind.post(books, record));
  kind.follow?.(books, record, before);
  if (before !== undefined && before.FullyQualifiedName !== record.FullyQualifiedName) renameChildren(books, kind, record);
}

/** Full names begin with those of the parents. */
function renameChildren(books: Books, kind: Kind, parent: BookRecord): void {
  for (const child of recordsOf(books, kind.name)) {
    if (child.ParentRef?.value !== parent.Id) continue;
    const full = `${parent.FullyQualifiedName}:${child.DisplayName ?? child.Name}`;
    const renamed = { ...child, FullyQualifiedName: full };
    putRecord(books, kind.name, renamed);
    indexNames(books, kind, renamed, child);
    renameChildren(books, kind, renamed);
  }
}

function next(books: Books, record: BookRecord): BookRecord {
  return {
    ...record,
    SyncToken: String(Number(record.SyncToken) + 1),
    MetaData: { ...record.MetaData, LastUpdatedTime: metaTime(books.clock.now()) },
  };
}

// What QuickBooks fills in itself is ignored in a request.
function writable(sent: Sent): Sent {
  const readOnly = [
    'Id',
    'SyncToken',
    'MetaData',
    'domain',
    'status',
    'sparse',
    'Balance',
    'BalanceWithJobs',
    'UnappliedAmt',
    'LinkedTxn',
  ];
  const more = [
    'HomeBalance',
    'HomeTotalAmt',
    'RemainingCredit',
    'CurrentBalance',
    'CurrentBalanceWithSubAccounts',
    'FullyQualifiedName',
    'Level',
  ];
  const left = { ...sent };
  for (const member of [...readOnly, ...more]) delete left[member];
  return left;
}

function sparsely(books: Books, before: BookRecord, sent: Sent): Sent {
  const { Line: lines, ...rest } = sent;
  const merged: Sent = { ...writable(before), ...rest };
  if (lines === undefined) return merged;
  const payment = before.ProcessPayment !== undefined;
  const append = books.switches().sparseLines === 'append' && !payment && lines.some((line) => line.Id === undefined);
  if (!append) return { ...merged, Line: lines };
  const given = new Map(lines.filter((line) => line.Id !== undefined).map((line) => [line.Id, line]));
  const kept = (before.Line ?? []).filter((line) => line.Id !== undefined).map((line) => given.get(line.Id) ?? line);
  return { ...merged, Line: [...kept, ...lines.filter((line) => line.Id === undefined)] };
}

function numbered(books: Books, kind: Kind, sent: Sent, before: BookRecord | undefined): Sent {
  const counted = SALES_FORMS.includes(kind.name) || kind.name === 'Estimate';
  if (!counted) return sent;
  const { customTxnNumbers } = books.preferences;
  const automatic = sent.DocNumber === 'AUTO_GENERATE' || sent.AutoDocNumber === true;
  if (customTxnNumbers && !automatic) return sent;
  const stored = books.switches().docNumberWithoutCustomNumbers === 'stored' && sent.DocNumber !== undefined && !automatic;
  if (stored) return sent;
  if (before?.DocNumber !== undefined) return { ...sent, DocNumber: before.DocNumber };
  const number = books.nextNumber.get('sales-forms') ?? 1001;
  books.nextNumber.set('sales-forms', number + 1);
  return { ...sent, DocNumber: String(number) };
}

function checkPeriod(books: Books, date: string | undefined, dateBefore: string | undefined, manner: Manner): void {
  const closed = books.preferences.bookCloseDate;
  if (closed === undefined || manner.byPerson === true) return;
  if ((date !== undefined && date <= closed) || (dateBefore !== undefined && dateBefore <= closed)) throw faults.closed();
}

function checkUnique(books: Books, kind: Kind, settled: Sent, before: BookRecord | undefined, manner: Manner): void {
  const name = nameKey(books, kind, settled);
  if (name !== undefined) {
    const owner = books.names.get(name);
    if (owner !== undefined && (owner.kind !== kind.name || owner.id !== before?.Id)) throw faults.duplicateName();
  }
  const number = settled.DocNumber;
  if (number === undefined || number === '' || number === before?.DocNumber) return;
  const { customTxnNumbers, warnDuplicateNumbers } = books.preferences;
  if (!customTxnNumbers || !warnDuplicateNumbers || manner.include?.includes('allowduplicatedocnum') === true) return;
  const owner = books.numbers.get(numberKey(books, kind, number))?.find((one) => one.id !== before?.Id);
  if (owner !== undefined) throw faults.duplicateNumber(number, owner.kind, owner.id);
}

function indexNames(books: Books, kind: Kind, record: BookRecord | undefined, before: BookRecord | undefined): void {
  const nameBefore = before === undefined ? undefined : nameKey(books, kind, before);
  if (nameBefore !== undefined) books.names.delete(nameBefore);
  const name = record === undefined ? undefined : nameKey(books, kind, record);
  if (name !== undefined && record !== undefined) books.names.set(name, { kind: kind.name, id: record.Id });
  if (before?.DocNumber !== undefined) {
    const key = numberKey(books, kind, before.DocNumber);
    books.numbers.set(
      key,
      (books.numbers.get(key) ?? []).filter((one) => one.id !== before.Id),
    );
  }
  if (record?.DocNumber !== undefined && record.DocNumber !== '') {
    const key = numberKey(books, kind, record.DocNumber);
    books.numbers.set(key, [...(books.numbers.get(key) ?? []), { kind: kind.name, id: record.Id }]);
  }
}

function nameKey(books: Books, kind: Kind, record: Sent): string | undefined {
  if (kind.sequence === 'names') return `people|${foldName(books, record.DisplayName ?? '')}`;
  if (['Item', 'Account', 'Class', 'Department'].includes(kind.name)) {
    return `${kind.name}|${foldName(books, record.FullyQualifiedName ?? record.Name ?? '')}`;
  }
  return undefined;
}

function numberKey(books: Books, kind: Kind, number: string): string {
  const salesForm = SALES_FORMS.includes(kind.name);
  return `${salesForm && books.switches().docNumberScope === 'sales-forms' ? 'sales-forms' : kind.name}|${number}`;
}

function renamedWhenInactive(books: Books, kind: Kind, record: BookRecord, before: BookRecord): BookRecord {
  const renames = kind.name === 'Account' || books.switches().inactiveNames === 'renamed';
  if (kind.sort !== 'list' || record.Active !== false || before.Active === false || !renames) return record;
  const marked = (name: string | undefined) => (name === undefined || name.endsWith(' (deleted)') ? name : `${name} (deleted)`);
  const members = ['Name', 'DisplayName', 'FullyQualifiedName'] as const;
  const changed = members.filter((member) => record[member] !== undefined).map((member) => [member, marked(record[member])]);
  return { ...record, ...Object.fromEntries(changed) };
}

function checkDeposited(books: Books, record: BookRecord, before: BookRecord): void {
  const money = (one: BookRecord) => JSON.stringify([one.TotalAmt, one.TxnDate, one.DepositToAccountRef, one.CustomerRef]);
  if (books.switches().depositedPayment === 'no-change' || money(record) !== money(before)) throw faults.deposited();
}

function withLineIds(books: Books, kind: Kind, record: BookRecord): BookRecord {
  // A payment's lines have no ids, and a journal's count from 0.
  if (record.Line === undefined || kind.name === 'Payment') return record;
  const first = kind.name === 'JournalEntry' ? 0 : 1;
  const known = new Set((recordOf(books, kind.name, record.Id)?.Line ?? []).map((line) => line.Id));
  let last = books.nextLine.get(record.Id) ?? first;
  let number = 0;
  const lines = record.Line.map((line): Line => {
    if (line.DetailType === 'SubTotalLineDetail') return line;
    number += 1;
    const id = line.Id !== undefined && known.has(line.Id) ? line.Id : String(last++);
    const { Id: _id, LineNum: _number, ...rest } = line;
    return kind.name === 'JournalEntry' ? { Id: id, ...rest } : { Id: id, LineNum: number, ...rest };
  });
  books.nextLine.set(record.Id, last);
  return { ...record, Line: lines };
}

function isSame(one: BookRecord, other: BookRecord): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

// US companies store Latin-1.
function storable(books: Books, value: unknown): unknown {
  if (books.switches().nonLatin1 === 'kept') return value;
  if (typeof value === 'string') return value.replace(/[\u{100}-\u{10ffff}]/gu, '?');
  if (Array.isArray(value)) return value.map((one) => storable(books, one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([member, one]) => [member, storable(books, one)]));
}
