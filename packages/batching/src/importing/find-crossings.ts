import type { PaymentRecord, SourceRecord } from '@ledgerpost/core';
import {
  isProbablySame,
  type KeyAnswers,
  type Names,
  type NewFinding,
  type Sql,
  sameAmount,
  sameNumber,
  storedNames,
  type TwinCandidate,
} from '@ledgerpost/store';
import type { ReadRecord } from './read-records.ts';

/** Names that this import's own records have, so that its payments are known by their invoices' numbers. */
const MOST_NAMES = 200_000;

/**
 * Finds new records that may be there already: the same number, payment or refund by another way, or an invoice that was renumbered.
 * They are held back until a person decides.
 * @param ofSeveral whether several mappings make the records: by one alone nothing comes twice, and whole records need not be kept
 */
export function crossingFinder(sql: Sql, companyId: string, answers: KeyAnswers, ofSeveral: boolean) {
  const own = {
    invoices: new Map<string, string>(),
    customers: new Map<string, string>(),
    payments: new Map<string, PaymentRecord>(),
  };
  // By number, or by day and amount: what an earlier file of this very import brings by another mapping.
  const here = new Map<string, ReadRecord[]>();
  let inHere = 0;
  const maybeRenumbered: { record: ReadRecord; candidates: readonly TwinCandidate[] }[] = [];
  const taken = new Set<string>();

  function alikeHere(one: ReadRecord): readonly TwinCandidate[] {
    const key = alikeKey(one.record);
    if (key === undefined) return [];
    return (here.get(key) ?? [])
      .filter(({ way, key: other }) => way !== one.way && other !== one.key)
      .map(({ record, way }) => ({ type: record.type, id: one.record.id, twinId: record.id, twinWay: way, twin: record }));
  }

  function learn(records: readonly ReadRecord[]): void {
    for (const one of records) {
      const { record } = one;
      const alike = alikeKey(record);
      if (ofSeveral && alike !== undefined && inHere < MOST_NAMES) {
        inHere += 1;
        here.set(alike, [...(here.get(alike) ?? []), one]);
      }
      if (record.type === 'invoice' && record.number !== undefined && own.invoices.size < MOST_NAMES)
        own.invoices.set(record.id, record.number);
      if (record.type === 'customer' && own.customers.size < MOST_NAMES)
        own.customers.set(record.id, record.accountingKey ?? record.name ?? '');
      if (record.type === 'payment' && own.payments.size < MOST_NAMES) own.payments.set(record.id, record);
    }
  }

  async function namesOf(records: readonly SourceRecord[]): Promise<Names> {
    const stored = await storedNames(sql, companyId, records);
    return {
      invoice: (id) => own.invoices.get(id) ?? stored.invoice(id),
      customer: (id) => own.customers.get(id) ?? stored.customer(id),
      payment: (id) => own.payments.get(id) ?? stored.payment(id),
    };
  }

  return {
    /** Everything that is read, in order: later records refer to it. */
    learn,
    /** Of these new records, those that are to be asked about, by key. */
    async among(added: readonly ReadRecord[]): Promise<ReadonlyMap<string, NewFinding>> {
      const open = added.filter(({ record, madeId }) => answers.get(`${record.type}/${madeId}`) === undefined);
      const found = new Map<string, NewFinding>();
      if (open.length === 0) return found;
      const way = open[0]!.way;
      const byKey = new Map(open.map((one) => [one.key, one]));
      const records = open.map(({ record }) => record);
      const numbered = open.filter(({ record }) => record.type === 'invoice' || record.type === 'creditMemo').flatMap(alikeHere);
      for (const candidate of [...(await sameNumber(sql, companyId, way, records)), ...numbered]) {
        const one = byKey.get(`${candidate.type}/${candidate.id}`)!;
        if (!found.has(one.key)) found.set(one.key, asked(one, candidate, 'same-number'));
      }
      const money = records.filter(({ type }) => type === 'payment' || type === 'refund');
      const paid = open.filter(({ record }) => record.type === 'payment' || record.type === 'refund').flatMap(alikeHere);
      const candidates = [...(await sameAmount(sql, companyId, { not: way }, money)), ...paid];
      if (candidates.length > 0) {
        const names = await namesOf([...money, ...candidates.map(({ twin }) => twin)]);
        for (const candidate of candidates.toSorted((a, b) => (a.twinId < b.twinId ? -1 : 1))) {
          const one = byKey.get(`${candidate.type}/${candidate.id}`)!;
          const twin = `${candidate.type}/${candidate.twinId}`;
          // Two equal payments that came both ways are two pairs.
          if (found.has(one.key) || taken.has(twin) || !isProbablySame(one.record, candidate.twin, names)) continue;
          taken.add(twin);
          found.set(one.key, asked(one, candidate, 'maybe-twice'));
        }
      }
      const documents = open.filter(
        ({ key, record }) => !found.has(key) && (record.type === 'invoice' || record.type === 'creditMemo'),
      );
      const alike = await sameAmount(
        sql,
        companyId,
        { is: way },
        documents.map(({ record }) => record),
      );
      const byRecord = Map.groupBy(alike, ({ type, id }) => `${type}/${id}`);
      for (const [key, of] of byRecord) {
        const record = byKey.get(key)!;
        const customer = 'customerId' in record.record ? record.record.customerId : undefined;
        const likely = of.filter(
          ({ twin }) => 'customerId' in twin && twin.customerId === customer && numberOf(twin) !== numberOf(record.record),
        );
        if (likely.length > 0) maybeRenumbered.push({ record, candidates: likely });
      }
      return found;
    },
    /**
     * Once everything was read: invoices whose look-alike is no longer in the files.
     * @param isHere whether the files have a record of that key
     */
    renumbered(isHere: (key: string) => boolean): readonly { record: ReadRecord; finding: NewFinding }[] {
      const used = new Set<string>();
      return maybeRenumbered.flatMap(({ record, candidates }) => {
        const gone = candidates.find(({ type, twinId }) => !isHere(`${type}/${twinId}`) && !used.has(`${type}/${twinId}`));
        if (gone === undefined) return [];
        used.add(`${gone.type}/${gone.twinId}`);
        return [{ record, finding: asked(record, gone, 'renumbered') }];
      });
    },
  };
}

/** Records that may be the same thing have the same; undefined for types that are told apart by their ids alone. */
function alikeKey(record: SourceRecord): string | undefined {
  if (record.type === 'invoice' || record.type === 'creditMemo')
    return record.number === undefined ? undefined : `${record.type}|${record.number.toLowerCase()}`;
  if (record.type === 'payment' || record.type === 'refund')
    return `${record.type}|${record.date}|${record.amount.includes('.') ? record.amount.replace(/\.?0+$/, '') : record.amount}`;
  return undefined;
}

function asked(one: ReadRecord, candidate: TwinCandidate, code: 'same-number' | 'maybe-twice' | 'renumbered'): NewFinding {
  const { record } = one;
  const [mine, theirs] = [nameOf(record), nameOf(candidate.twin)];
  return {
    kind: 'asked',
    code,
    file: one.file,
    row: one.rows[0] ?? null,
    type: record.type,
    recordId: one.madeId,
    message:
      code === 'renumbered'
        ? `${mine} has the customer, date and total of ${theirs}, which is no longer in the files. Say whether it is the same, renumbered, or another one.`
        : `${mine} may be ${theirs}, which came ${candidate.twinWay === 'api' ? 'by the API' : `by the mapping ${candidate.twinWay}`}. Say whether it is the same or another one.`,
    details: { record, candidate: candidate.twin, candidateWay: candidate.twinWay },
  };
}

function numberOf(record: SourceRecord): string | undefined {
  return 'number' in record ? record.number?.toLowerCase() : undefined;
}

function nameOf(record: SourceRecord): string {
  switch (record.type) {
    case 'invoice':
      return `Invoice ${record.number ?? record.id}`;
    case 'creditMemo':
      return `Credit memo ${record.number ?? record.id}`;
    case 'payment':
      return `The payment of ${record.amount} on ${record.date}`;
    case 'refund':
      return `The refund of ${record.amount} on ${record.date}`;
    default:
      return `${record.type} ${record.id}`;
  }
}
