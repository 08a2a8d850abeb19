import type { Entity } from '../api/entities.ts';
import { type OpenBalances, openBalances } from '../applying/apply-payment.ts';

/** How long the answer of a look ahead is good, in milliseconds. */
const GOOD_FOR_MS = 60_000;

/** What was read for the calls that follow. A session keeps it. */
export interface SeenAhead {
  /** When a number was free, by the document's key. */
  readonly free: Map<string, number>;
  /** Invoices that payments are applied to, by id. */
  readonly invoices: Map<string, { readonly entity: Entity; readonly at: number }>;
  /** What is still open on these invoices. The payments of all calls use it up. */
  readonly open: OpenBalances;
}

/** The part of a session that keeps it. */
interface Keeper {
  readonly ahead: SeenAhead;
  readonly context: { now(): number };
}

export function nothingSeen(): SeenAhead {
  return { free: new Map(), invoices: new Map(), open: new Map() };
}

export function keepFree({ ahead }: Keeper, key: string, at: number): void {
  ahead.free.set(key, at);
}

export function isKnownFree({ ahead, context }: Keeper, key: string): boolean {
  return isGood(ahead.free.get(key), context.now());
}

export function keepInvoices({ ahead }: Keeper, rows: ReadonlyMap<string, Entity>, currency: string, at: number): void {
  for (const [id, entity] of rows) ahead.invoices.set(id, { entity, at });
  for (const [id, amount] of openBalances(rows, currency)) ahead.open.set(id, amount);
}

/** The invoices with these ids and what is open on them; undefined unless all of them were seen a moment ago. */
export function knownInvoices(
  { ahead, context }: Keeper,
  ids: readonly string[],
): { readonly invoices: ReadonlyMap<string, Entity>; readonly open: OpenBalances } | undefined {
  const now = context.now();
  const invoices = new Map<string, Entity>();
  for (const id of ids) {
    const seen = ahead.invoices.get(id);
    if (seen === undefined || !isGood(seen.at, now)) return undefined;
    invoices.set(id, seen.entity);
  }
  return { invoices, open: ahead.open };
}

function isGood(at: number | undefined, now: number): boolean {
  return at !== undefined && now - at < GOOD_FOR_MS;
}
