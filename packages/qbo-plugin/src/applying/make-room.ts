import { throwIfWhole } from '../api/classify.ts';
import type { Order, QboApi } from '../api/client.ts';
import type { Entity, Line } from '../api/entities.ts';
import { reapplied } from '../books/merge.ts';
import { linksOf, openBalances } from './apply-payment.ts';
import { plainLines, reduced } from './release.ts';

/** A payment that is to be applied to other invoices. */
export interface Move {
  /** As the books hold it. */
  readonly payment: Entity;
  /** What it is to be applied to, in minor units by the invoices' ids. */
  readonly wanted: ReadonlyMap<string, number>;
}

/**
 * Takes payments off invoices that others of these payments need. QuickBooks refuses more on an invoice than is open, so two
 * payments can't trade places otherwise. Nothing is sent where there is enough room.
 * @returns whether anything was sent: payments and invoices have other versions and balances then
 */
export async function makeRoom(
  api: QboApi,
  moves: readonly Move[],
  invoices: ReadonlyMap<string, Entity>,
  currency: string,
): Promise<boolean> {
  const contested = contestedBy(moves, openBalances(invoices, currency), currency);
  const orders = moves.flatMap(({ payment, wanted }, at): Order[] => {
    const lines = loosened(payment, wanted, contested, currency);
    return lines === undefined
      ? []
      : [{ bId: `m${at}`, operation: 'update', entity: 'Payment', body: reapplied(payment, lines) }];
  });
  if (orders.length === 0) return false;
  // A payment that can't be changed stays where it is. The next plan is made from what the books hold then.
  for (const answer of (await api.batch(orders)).values())
    if ('fault' in answer) throwIfWhole(answer.fault, 're-allocate payments');
  return true;
}

/** The invoices that some payments need more of than is open, and that other payments are taken off. */
function contestedBy(moves: readonly Move[], open: ReadonlyMap<string, number>, currency: string): ReadonlySet<string> {
  const needs = new Map<string, number>();
  const freed = new Set<string>();
  for (const { payment, wanted } of moves) {
    const held = linksOf(payment.Line ?? [], currency);
    for (const id of new Set([...held.keys(), ...wanted.keys()])) {
      const more = (wanted.get(id) ?? 0) - (held.get(id) ?? 0);
      if (more > 0) needs.set(id, (needs.get(id) ?? 0) + more);
      if (more < 0) freed.add(id);
    }
  }
  return new Set([...needs].filter(([id, need]) => freed.has(id) && need > (open.get(id) ?? 0)).map(([id]) => id));
}

function loosened(
  payment: Entity,
  wanted: ReadonlyMap<string, number>,
  contested: ReadonlySet<string>,
  currency: string,
): readonly Line[] | undefined {
  let lines: readonly Line[] | undefined;
  for (const [id, held] of linksOf(payment.Line ?? [], currency)) {
    const less = held - (wanted.get(id) ?? 0);
    if (contested.has(id) && less > 0) lines = reduced(lines ?? plainLines(payment), id, less, currency);
  }
  return lines;
}
