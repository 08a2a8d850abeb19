import {
  amountOf,
  type Document,
  type DocumentCustomer,
  type Holding,
  isTaxedByBooks,
  type Money,
  numberOf,
  type PostedItem,
  problem,
  type ReadOutcome,
  showMoney,
} from '@ledgerpost/core';
import type { Entity, Kind } from '../api/entities.ts';
import { offWire } from '../api/wire-money.ts';
import { fold } from '../names/compare-names.ts';
import { byWhom, titleOf } from '../payload/explain.ts';
import { storedRefNo, transliterate } from '../payload/texts.ts';
import type { QboSession } from '../session.ts';
import { type Beside, besideIn, besideOf, isAsPosted, withBeside } from './beside.ts';
import { isSameCustomer, isUnchanged, readVersion, receiptOf, taxOf, totalOf } from './content.ts';
import { holdingsOf } from './holdings.ts';
import { byId } from './look-up.ts';
import { type Merged, mergesSeen, withMerges } from './merges-seen.ts';
import { type Ids, idsOf } from './same-ids.ts';

/** Compares posted items with the books; one outcome per item, in order. */
export async function readBack(session: QboSession, items: readonly PostedItem[]): Promise<readonly ReadOutcome[]> {
  const { api } = session;
  const rows = new Map<Kind, ReadonlyMap<string, Entity>>();
  for (const kind of new Set(items.map(({ document }) => kindIn(document)))) {
    const ids = items.filter(({ document }) => kindIn(document) === kind).map(({ receipt }) => receipt.externalId);
    rows.set(kind, await byId(api, kind, ids));
  }
  const journals = await byId(
    api,
    'JournalEntry',
    items.flatMap(({ receipt }) => besideIn(receipt.details)?.externalId ?? []),
  );
  const journalOf = ({ receipt }: PostedItem) => journals.get(besideIn(receipt.details)?.externalId ?? '');
  const found = items.map(({ document, receipt }) => rows.get(kindIn(document))?.get(receipt.externalId));
  const holdings = await holdingsOf(
    session,
    items.flatMap(({ document }, at) => {
      const entity = found[at];
      if (entity === undefined) return [];
      const depositsByDefault = document.kind === 'payment' && document.depositTo === undefined;
      return [
        {
          ...{ kind: kindIn(document), entity, currency: document.currency, depositsByDefault },
          ...{ taxAccount: taxAccountOf(document), fee: journalOf(items[at]!) },
        },
      ];
    }),
  );
  const nextHolding = holdings.values();
  const merged = await mergesSeen(session, items, found);
  return items.map((item, at) => {
    const entity = found[at];
    const holds = entity === undefined ? undefined : nextHolding.next().value;
    return outcomeOf(item, entity, holds, merged[at] ?? [], journalOf(item));
  });
}

function outcomeOf(
  item: PostedItem,
  entity: Entity | undefined,
  holds: Holding | undefined,
  merged: readonly Merged[],
  journal: Entity | undefined,
): ReadOutcome {
  const { seq, document, receipt } = item;
  const kind = kindIn(document);
  const title = titleOf({ entity: kind, number: numberOf(document) });
  if (entity === undefined) {
    const left =
      journal === undefined
        ? ''
        : ` The journal of its fee (${journal.DocNumber ?? journal.Id}) is still there: delete that too if it stays deleted.`;
    const text = `${title} was deleted in QuickBooks since it was posted. Keep it deleted, or resend it.${left}`;
    return { status: 'gone', seq, problem: problem('changed-there', document.record, text) };
  }
  const version = readVersion(receipt.externalVersion);
  const total = totalOf(kind, entity, document.currency);
  const there = { ...(total === undefined ? {} : { total }), ...(holds === undefined ? {} : { holds }) };
  const ids = idsOf(withMerges(item.sameIds, merged));
  const seen = merged.length === 0 ? {} : { merged };
  const beside = besideIn(receipt.details);
  const ofFee = beside === undefined ? [] : feeChanges(beside, journal);
  const isSame = version !== undefined && isUnchanged(kind, entity, version, ids);
  if (isSame && ofFee.length === 0) return { status: 'same', seq, ...there, ...seen };
  const what = [...(isSame ? [] : changesIn(item, entity, ids)), ...ofFee];
  const changed = what.length === 0 ? 'details' : what.join(', ');
  const theirs = receiptOf(kind, entity, version?.covers ?? '', document.currency);
  const text = `${title} was changed in QuickBooks since it was posted${byWhom(entity)}: ${changed}. Compare the two, then correct one of them.`;
  return {
    status: 'changed',
    seq,
    problem: problem('changed-there', document.record, text),
    ...there,
    ...seen,
    // We go on comparing the members that we set. Where that is unknown, only those that every document sets.
    receipt: beside === undefined ? theirs : { ...theirs, details: withBeside(theirs.details, besideNow(beside, journal)) },
  };
}

/** What became of the journal of a payment's fee, in a bookkeeper's words. */
function feeChanges(beside: Beside, journal: Entity | undefined): readonly string[] {
  if (journal === undefined) return ['the journal of its fee, which was deleted'];
  if (isAsPosted(beside, journal)) return [];
  return [`the journal of its fee (${journal.DocNumber ?? journal.Id})`];
}

/** The journal as it is now; one that was deleted stays as it was posted. */
function besideNow(beside: Beside, journal: Entity | undefined): Beside {
  return journal === undefined ? beside : besideOf(journal);
}

/** What differs from the document, in a bookkeeper's words. */
function changesIn({ document, references }: PostedItem, entity: Entity, ids: Ids): readonly string[] {
  const kind = kindIn(document);
  const found: string[] = [];
  if (kind !== 'JournalEntry' && hasOtherCustomer(document.customer, references, entity, ids)) {
    found.push(`customer “${entity.CustomerRef?.name}” instead of “${document.customer?.name}”`);
  }
  if (entity.TxnDate !== document.date) found.push(`date ${entity.TxnDate} instead of ${document.date}`);
  const number = (kind === 'Payment' ? entity.PaymentRefNum : entity.DocNumber) ?? '';
  const posted = document.kind === 'payment' ? storedRefNo(document.refNo) : numberOf(document);
  if (number !== posted) found.push(`number “${number}” instead of “${posted}”`);
  const total = totalOf(kind, entity, document.currency);
  const ours = oursBeside(document, entity);
  if (total !== undefined && total !== ours) {
    found.push(`total ${showMoney(total, document.currency)} instead of ${showMoney(ours, document.currency)}`);
  }
  if ((document.kind === 'invoice' || document.kind === 'creditMemo') && !sameLines(document, entity)) found.push('lines');
  return found;
}

/** By id, since names may change; by name only where the id was not kept. */
function hasOtherCustomer(
  customer: DocumentCustomer | undefined,
  references: PostedItem['references'],
  entity: Entity,
  ids: Ids,
): boolean {
  const name = entity.CustomerRef?.name;
  if (customer === undefined || name === undefined) return false;
  const posted = references?.[`customer/${customer.id}`];
  if (posted !== undefined) return !isSameCustomer(entity, { CustomerRef: { value: posted } }, ids);
  return fold(name) !== fold(customer.name) && !fold(customer.name).endsWith(`:${fold(name)}`);
}

/** Our total; with the tax of the books, where they compute it. */
function oursBeside(document: Document, entity: Entity): Money {
  if (!isTaxedByBooks(document)) return amountOf(document);
  const theirs = taxOf(kindIn(document), entity, document.currency) ?? 0;
  return (amountOf(document) - (document.tax?.amount ?? 0) + theirs) as Money;
}

/** The account of a tax that is posted as a line. */
function taxAccountOf(document: Document): string | undefined {
  if (document.kind !== 'invoice' && document.kind !== 'creditMemo') return undefined;
  return document.taxMode === 'line' ? document.tax?.item?.account : undefined;
}

function sameLines(document: Extract<Document, { kind: 'invoice' | 'creditMemo' }>, entity: Entity): boolean {
  const lines = (entity.Line ?? []).filter((line) => line.DetailType !== 'SubTotalLineDetail');
  const asLine = document.taxMode === 'line' && document.tax !== undefined && document.tax.amount !== 0;
  if (asLine && offWire(lines.pop()?.Amount, document.currency) !== document.tax.amount) return false;
  return (
    lines.length === document.lines.length &&
    document.lines.every((line, at) => {
      const held = lines[at]!;
      return (
        offWire(held.Amount, document.currency) === line.amount &&
        (held.Description ?? '') === transliterate(line.description ?? '')
      );
    })
  );
}

/** What a document is called in QuickBooks. */
export function kindIn(document: Document): Kind {
  switch (document.kind) {
    case 'invoice':
      return 'Invoice';
    case 'creditMemo':
      return 'CreditMemo';
    case 'payment':
      return 'Payment';
    case 'journal':
      return 'JournalEntry';
    case 'warning':
      throw new TypeError('Warnings are never posted to QuickBooks.');
    default:
      return document satisfies never;
  }
}
