import type { Company } from '@ledgerpost/qbo-simulator';
import type { Choice } from '../story/steps.ts';
import { cents } from './cents.ts';
import type { Batch, Item } from './claims.ts';
import { afterMerges, contentOf, ENTITIES, type Held } from './documents.ts';
import type { Hands } from './hands.ts';

/** A change in the books as the API lists it. */
export interface DriftRow {
  readonly id: string;
  readonly record: { readonly type: string; readonly id: string };
  readonly kind: string;
  readonly externalId: string;
  readonly status: 'changed' | 'gone';
  readonly total: number | null;
  readonly state: string;
  readonly choices: readonly string[];
}

const GONE = 'gone';

/**
 * Knows from the books alone what a check has to find. Only persons act between the drill's steps. So a document that no person
 * touched is as we wrote it. A document that differs from that, and from the version somebody decided about, is drift.
 */
export class DriftOracle {
  readonly #company: Company;
  readonly #hands: Hands;
  /** The content of documents as we last wrote them. Empty where the version in the books was kept instead. */
  readonly #written = new Map<string, string>();
  /** The content that somebody decided about, or `gone`. */
  readonly #decided = new Map<string, string>();
  /** The content at the last check. */
  readonly #looked = new Map<string, string>();
  /** Records that are to be sent again over the version in the books. */
  readonly #toSend = new Map<string, string>();

  constructor(company: Company, hands: Hands) {
    this.#company = company;
    this.#hands = hands;
  }

  /** After a batch or an undo: a document that overwrote a person's change, as decided, is ours again. */
  wrote(batches: readonly Batch[], before: ReadonlySet<string>): readonly string[] {
    const findings: string[] = [];
    const { touched, under, links, left, yielded, over, former } = this.#hands;
    const now = this.#contents();
    for (const { id: batch, items } of batches) {
      for (const item of items) {
        const id = item.externalId;
        const name = `${batch}/${item.seq}`;
        if (id === null || before.has(name) || !isPosted(item) || touched.get(id) !== 'changed' || under.get(id)?.has(name))
          continue;
        if (!this.#same(yielded.get(id), left.get(id))) continue;
        if (item.operation.startsWith('payment.')) {
          // Only its links were written: the rest is still the person's.
          under.set(id, new Set([...(under.get(id) ?? []), name]));
          links.add(name);
          continue;
        }
        for (const each of [touched, under, left, yielded, former, this.#decided]) each.delete(id);
        over.set(name, id);
        this.#toSend.delete(keyOf(item));
      }
    }
    for (const [id, held] of now) if (!touched.has(id)) this.#written.set(id, held);
    for (const { id: batch, items } of batches) {
      for (const item of items) {
        if (over.get(`${batch}/${item.seq}`) !== item.externalId || item.state !== 'undone' || !now.has(item.externalId!))
          continue;
        findings.push(`${keyOf(item)} was undone, though it had overwritten a person's change that nobody can restore.`);
      }
    }
    return findings;
  }

  /** After a check without trouble: it lists every document that differs, once, and no other. */
  compare(rows: readonly DriftRow[], open: number, standing: ReadonlyMap<string, string>): readonly string[] {
    const findings: string[] = [];
    const now = this.#contents();
    const listed = new Map<string, DriftRow>();
    for (const row of rows) {
      if (listed.has(row.externalId))
        findings.push(`${keyOf(row)} (document ${row.externalId}) is listed twice as changed in the books.`);
      listed.set(row.externalId, row);
    }
    if (open !== rows.length) findings.push(`The API counts ${open} open changes, but lists ${rows.length}.`);
    for (const [id, key] of standing) {
      const held = now.get(id) ?? GONE;
      this.#looked.set(id, held);
      const status = this.#hands.touched.get(id);
      const differs =
        status !== undefined && !this.#same(held, this.#decided.get(id)) && !this.#same(held, this.#written.get(id));
      const row = listed.get(id);
      if (differs && row === undefined)
        findings.push(`${key} (document ${id}) is ${status} in the books, but no check found it.`);
      if (!differs && row !== undefined)
        findings.push(
          `${key} (document ${id}) is listed as ${row.status}, but ${status === undefined ? 'no person touched it' : 'that is decided'}.`,
        );
      if (!differs || row === undefined) continue;
      if (row.status !== status) findings.push(`${key} (document ${id}) is ${status} in the books, but listed as ${row.status}.`);
      const total = this.#totalOf(id);
      if (row.total !== total)
        findings.push(`${key} (document ${id}) is listed with a total of ${row.total}, but the books hold ${total}.`);
    }
    for (const [id, row] of listed)
      if (!standing.has(id))
        findings.push(`${keyOf(row)} (document ${id}) is listed as ${row.status}, but is no document of ours.`);
    return findings;
  }

  /** Every change that was ever found was made by a person. */
  compareAll(rows: readonly DriftRow[]): readonly string[] {
    return rows
      .filter(({ externalId }) => !this.#hands.ever.has(externalId))
      .map((row) => `${keyOf(row)} (document ${row.externalId}) was listed as ${row.status}, but no person touched it.`);
  }

  /** Somebody decided about a listed change, and the API accepted it. */
  decided(row: DriftRow, choice: Choice): void {
    const id = row.externalId;
    const seen = this.#looked.get(id) ?? GONE;
    switch (choice) {
      case 'leave':
        return;
      case 'resolve':
        this.#decided.set(id, seen);
        return;
      case 'keep-theirs':
      case 'send-again':
        this.#decided.set(id, seen);
        this.#toSend.delete(keyOf(row));
        if (row.status === 'gone') return;
        this.#written.delete(id);
        this.#hands.former.delete(id);
        this.#hands.yielded.set(id, seen);
        if (choice === 'send-again') this.#toSend.set(keyOf(row), id);
        return;
      default:
        choice satisfies never;
    }
  }

  /** A person's changes are still as they were made. */
  stands(): readonly string[] {
    const now = this.#contents();
    return [...this.#hands.left].flatMap(([id, content]) => {
      const held = now.get(id);
      if (this.#same(held, content)) return [];
      return [
        `Document ${id}, which a person changed, ${held === undefined ? 'was deleted' : `is ${held}, but was left as ${content}`}.`,
      ];
    });
  }

  /** After everything was sent: documents that were to be sent again, were not, and have no problem that explains it. */
  unsent(explained: ReadonlySet<string>): readonly string[] {
    return [...this.#toSend].flatMap(([key, id]) => {
      const { touched, yielded, left } = this.#hands;
      // A document that was removed since then can't be overwritten: an undo takes it as undone, and its record is sent as a new one.
      const changedSince = touched.get(id) === 'gone' || !this.#same(yielded.get(id), left.get(id));
      if (explained.has(key) || changedSince) return [];
      return [`${key} was to be sent again over document ${id}, but was not, and no problem explains it.`];
    });
  }

  /** After the undo of everything: only documents that a person touched, or that are linked to those, are left. */
  unreasonablyLeft(batches: readonly Batch[]): readonly string[] {
    const { touched, own, over, linked, stuck } = this.#hands;
    const theirs = new Set([...touched.keys(), ...own, ...over.values(), ...linked, ...stuck]);
    const left = batches.flatMap(({ items }) => items.filter(({ state }) => state === 'left'));
    // A document linked to a left document is left too.
    for (let grew = true; grew; ) {
      grew = false;
      for (const entity of ENTITIES) {
        for (const held of this.#company.records(entity) as Held[]) {
          const others = [...(held.LinkedTxn ?? []), ...((held.Line ?? []) as Held[]).flatMap((line) => line.LinkedTxn ?? [])];
          if (theirs.has(held.Id) || !others.some(({ TxnId }: Held) => theirs.has(TxnId))) continue;
          theirs.add(held.Id);
          grew = true;
        }
      }
    }
    return left
      .filter(({ externalId }) => !theirs.has(externalId!))
      .map((item) => `${keyOf(item)} was left in the books, though no person touched it: ${item.problems.at(-1)?.message}`);
  }

  /** Whether two contents are the same but for merged customers. */
  #same(a: string | undefined, b: string | undefined): boolean {
    const { merged } = this.#hands;
    return a === b || (a !== undefined && b !== undefined && afterMerges(a, merged) === afterMerges(b, merged));
  }

  #contents(): ReadonlyMap<string, string> {
    const all = ENTITIES.flatMap((entity) =>
      (this.#company.records(entity) as Held[]).map((held) => [held.Id as string, contentOf(entity, held)] as const),
    );
    return new Map(all);
  }

  #totalOf(id: string): number | null {
    for (const entity of ENTITIES) {
      const held = (this.#company.records(entity) as Held[]).find((one) => one.Id === id);
      if (held === undefined) continue;
      if (entity !== 'JournalEntry') return cents(held.TotalAmt);
      const debits = (held.Line as Held[]).filter((line) => line.JournalEntryLineDetail?.PostingType === 'Debit');
      return debits.reduce((sum, line) => sum + cents(line.Amount), 0);
    }
    return null;
  }
}

function keyOf({ record }: { readonly record: { readonly type: string; readonly id: string } }): string {
  return `${record.type}/${record.id}`;
}

function isPosted({ state }: Item): boolean {
  return state === 'posted' || state === 'differs';
}
