import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Books, Json } from './books.ts';

/** Kinds of record that probes create, in the order in which they are taken out again. */
const KINDS = ['Deposit', 'Payment', 'CreditMemo', 'Invoice', 'Item', 'Customer'] as const;
export type Kind = (typeof KINDS)[number];

interface Line {
  readonly at: number;
  readonly kind: Kind;
  /** What the record is called, so that it is found even where its answer was lost. */
  readonly marker: string;
  readonly id?: string;
  readonly removed?: true;
}

/**
 * What was created in the books, on disk before it is created: so that it can be taken out again after a crash too. One JSON object
 * a line; of lines with the same number the last counts.
 */
export class MadeList {
  readonly path: string;
  readonly #lines = new Map<number, Line>();

  constructor(path: string) {
    this.path = path;
    if (!existsSync(path)) return;
    for (const text of readFileSync(path, 'utf8').split('\n')) {
      // The last line may be cut, where the machine went down: then it was never acted on.
      const line = text === '' ? undefined : parse(text);
      if (line !== undefined) this.#lines.set(line.at, line);
    }
  }

  /** Before a record is created. */
  intend(kind: Kind, marker: string): number {
    const at = this.#lines.size + 1;
    this.#write({ at, kind, marker });
    return at;
  }

  created(at: number, id: string): void {
    this.#write({ ...this.#lines.get(at)!, id });
  }

  /** It was refused, or it has been taken out. */
  removed(at: number): void {
    this.#write({ ...this.#lines.get(at)!, removed: true });
  }

  open(): readonly Line[] {
    return [...this.#lines.values()].filter(({ removed }) => removed !== true);
  }

  #write(line: Line): void {
    appendFileSync(this.path, `${JSON.stringify(line)}\n`);
    this.#lines.set(line.at, line);
  }
}

function parse(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}

/** What could not be taken out: a person does it. */
export interface LeftBehind {
  readonly kind: Kind;
  readonly id: string;
  readonly fault: string;
}

/** Deletes transactions and deactivates names, newest first. What QuickBooks refuses is reported, and stays on the list. */
export async function cleanUp(books: Books, list: MadeList): Promise<readonly LeftBehind[]> {
  const left: LeftBehind[] = [];
  const open = list.open();
  const customers = open.filter(({ kind }) => kind === 'Customer').map(({ marker }) => marker);
  await removePayments(books, open);
  for (const kind of KINDS) {
    for (const line of open.filter((one) => one.kind === kind).toReversed()) {
      const ids = line.id === undefined ? await lost(books, line, customers) : [line.id];
      let all = true;
      for (const id of ids) {
        const fault = await takeOut(books, kind, id);
        if (fault === undefined) continue;
        all = false;
        left.push({ kind, id, fault });
      }
      if (all) list.removed(line.at);
    }
  }
  return left;
}

/** Payments of our customers, also those of zero that QuickBooks makes to apply a credit: while they are there, nothing else goes. */
async function removePayments(books: Books, open: readonly Line[]): Promise<void> {
  for (const { kind, id } of open) {
    if (kind !== 'Customer' || id === undefined) continue;
    // A refusal shows again where the customer's other documents are taken out, and is reported there.
    const rows = await books.rows(`select Id from Payment where CustomerRef = '${id}'`).catch(() => []);
    for (const payment of idsOf(rows)) await takeOut(books, 'Payment', payment);
  }
}

/** Records whose answer never came: found by their name, or by the customer that only we use. */
async function lost(books: Books, { kind, marker }: Line, customers: readonly string[]): Promise<readonly string[]> {
  if (kind === 'Customer') return idsOf(await books.rows(`select Id from Customer where DisplayName = '${marker}'`));
  if (kind === 'Item') return idsOf(await books.rows(`select Id from Item where Name = '${marker}'`));
  const rows = await books.rows(`select * from ${kind} orderby Id desc maxresults 100`);
  const isOurs = (row: Json) =>
    `${row.PrivateNote ?? ''}`.includes(marker) || customers.includes(`${row.CustomerRef?.name ?? ''}`);
  return idsOf(rows.filter(isOurs));
}

function idsOf(rows: readonly Json[]): readonly string[] {
  return rows.map(({ Id }) => String(Id));
}

/** The fault with which it was refused; undefined where it is out, or was. */
async function takeOut(books: Books, kind: Kind, id: string): Promise<string | undefined> {
  const path = kind.toLowerCase();
  const read = await books.get(`${path}/${id}`);
  const record = read.body[kind];
  if (record === undefined) return read.fault === '610' ? undefined : (read.fault ?? 'not found');
  const { SyncToken } = record;
  if (kind === 'Customer' || kind === 'Item') {
    if (record.Active === false) return undefined;
    const name = kind === 'Item' ? { Name: record.Name } : {};
    const answer = await books.post(path, { Id: id, SyncToken, sparse: true, ...name, Active: false });
    return answer.fault;
  }
  const answer = await books.post(`${path}?operation=delete`, { Id: id, SyncToken });
  return answer.fault === '610' ? undefined : answer.fault;
}
