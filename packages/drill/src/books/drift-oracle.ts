import type { Company } from '@ledgerpost/qbo-simulator';
import type { Choice } from '../story/script.ts';
import { cents } from './cents.ts';
import type { Batch, Item } from './examine.ts';
import { contentOf, type Hands, type Told } from './person.ts';

/** What the API lists as changed in the books. */
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

const ENTITIES = ['Invoice', 'Payment', 'CreditMemo', 'JournalEntry'] as const;
const GONE = 'gone';

/**
 * Knows by the books alone what a look has to find. Nobody but a person acts between the drill's steps: so what no person touched is
 * as we wrote it, and what differs from that, and from what somebody here has decided about, is drift.
 */
export class DriftOracle {
  readonly #company: Company;
  readonly #hands: Hands;
  /** What documents held as we last wrote them; or, where theirs was taken in its place, nothing. */
  readonly #written = new Map<string, string>();
  /** What somebody decided about: a content, or that it is gone. */
  readonly #decided = new Map<string, string>();
  /** What stood there at the last look. */
  readonly #looked = new Map<string, string>();
  /** Records of which ours is to be sent over theirs. */
  readonly #toSend = new Map<string, string>();

  constructor(company: Company, hands: Hands) {
    this.#company = company;
    this.#hands = hands;
  }

  /** After a batch or an undo: what went over a person's change because somebody said so is ours from now on. */
  wrote(batches: readonly Batch[], before: ReadonlySet<string>): readonly string[] {
    const findings: string[] = [];
    const { touched, under, left, yielded, over, former } = this.#hands;
    const now = this.#contents();
    for (const { id: batch, items } of batches) {
      for (const item of items) {
        const id = item.externalId;
        const name = `${batch}/${item.seq}`;
        if (id === null || before.has(name) || !isPosted(item) || touched.get(id) !== 'changed' || under.get(id)?.has(name))
          continue;
        if (yielded.get(id) !== left.get(id)) continue;
        if (item.operation.startsWith('payment.')) {
          // Only what it is applied to: the rest stays theirs.
          under.set(id, new Set([...(under.get(id) ?? []), name]));
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
        findings.push(`${keyOf(item)} was taken back, though it went over what a person had written, which nobody has.`);
      }
    }
    return findings;
  }

  /** After a look in peace: it lists what differs, all of it, each once, and nothing else. */
  compare(rows: readonly DriftRow[], open: number, standing: ReadonlyMap<string, string>): readonly string[] {
    const findings: string[] = [];
    const now = this.#contents();
    const listed = new Map<string, DriftRow>();
    for (const row of rows) {
      if (listed.has(row.externalId))
        findings.push(`${keyOf(row)} (document ${row.externalId}) is listed twice as changed in the books.`);
      listed.set(row.externalId, row);
    }
    if (open !== rows.length) findings.push(`${open} changes in the books are said to be open, and ${rows.length} are listed.`);
    for (const [id, key] of standing) {
      const held = now.get(id) ?? GONE;
      this.#looked.set(id, held);
      const status = this.#hands.touched.get(id);
      const differs = status !== undefined && held !== this.#decided.get(id) && held !== this.#written.get(id);
      const row = listed.get(id);
      if (differs && row === undefined) findings.push(`${key} (document ${id}) is ${status} in the books, and no look found it.`);
      if (!differs && row !== undefined)
        findings.push(
          `${key} (document ${id}) is listed as ${row.status}, and ${status === undefined ? 'no person touched it' : 'that is decided'}.`,
        );
      if (!differs || row === undefined) continue;
      if (row.status !== status) findings.push(`${key} (document ${id}) is ${status} in the books, and listed as ${row.status}.`);
      const total = this.#totalOf(id);
      if (row.total !== total)
        findings.push(`${key} (document ${id}) is listed with a total of ${row.total}, and the books hold ${total}.`);
    }
    for (const [id, row] of listed)
      if (!standing.has(id))
        findings.push(`${keyOf(row)} (document ${id}) is listed as ${row.status}, and nothing of ours stands as that.`);
    return findings;
  }

  /** Whatever was ever found, a person had a part in. */
  compareAll(rows: readonly DriftRow[]): readonly string[] {
    return rows
      .filter(({ externalId }) => !this.#hands.ever.has(externalId))
      .map(
        (row) =>
          `${keyOf(row)} (document ${row.externalId}) was found to be ${row.status} in the books, and no person touched it.`,
      );
  }

  /** Somebody decided about one of the list, and was heard. */
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

  /** What a person left is still as they left it. */
  stands(): readonly string[] {
    const now = this.#contents();
    return [...this.#hands.left].flatMap(([id, content]) => {
      const held = now.get(id);
      if (held === content) return [];
      return [
        `Document ${id}, which a person changed, ${held === undefined ? 'is gone' : `is ${held}, and was left as ${content}`}.`,
      ];
    });
  }

  /** After everything was sent: what of ours was to go over theirs, and did not, nor says why. */
  unsent(said: ReadonlySet<string>): readonly string[] {
    return [...this.#toSend].flatMap(([key, id]) => {
      const changedSince = this.#hands.yielded.get(id) !== this.#hands.left.get(id);
      if (said.has(key) || changedSince) return [];
      return [`${key} was to be sent again over document ${id}, and was not, and no problem says why.`];
    });
  }

  /** After the undo of everything: what is left in the books has something to do with a person. */
  unreasonablyLeft(batches: readonly Batch[]): readonly string[] {
    const { touched, own, over, linked } = this.#hands;
    const theirs = new Set([...touched.keys(), ...own, ...over.values(), ...linked]);
    const left = batches.flatMap(({ items }) => items.filter(({ state }) => state === 'left'));
    // What is linked to what is left is left too.
    for (let grew = true; grew; ) {
      grew = false;
      for (const entity of ENTITIES) {
        for (const held of this.#company.records(entity) as Told[]) {
          const others = [...(held.LinkedTxn ?? []), ...((held.Line ?? []) as Told[]).flatMap((line) => line.LinkedTxn ?? [])];
          if (theirs.has(held.Id) || !others.some(({ TxnId }: Told) => theirs.has(TxnId))) continue;
          theirs.add(held.Id);
          grew = true;
        }
      }
    }
    return left
      .filter(({ externalId }) => !theirs.has(externalId!))
      .map(
        (item) => `${keyOf(item)} was left in the books, though no person has to do with it: ${item.problems.at(-1)?.message}`,
      );
  }

  #contents(): ReadonlyMap<string, string> {
    const all = ENTITIES.flatMap((entity) =>
      (this.#company.records(entity) as Told[]).map((held) => [held.Id as string, contentOf(entity, held)] as const),
    );
    return new Map(all);
  }

  #totalOf(id: string): number | null {
    for (const entity of ENTITIES) {
      const held = (this.#company.records(entity) as Told[]).find((one) => one.Id === id);
      if (held === undefined) continue;
      if (entity !== 'JournalEntry') return cents(held.TotalAmt);
      const debits = (held.Line as Told[]).filter((line) => line.JournalEntryLineDetail?.PostingType === 'Debit');
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
