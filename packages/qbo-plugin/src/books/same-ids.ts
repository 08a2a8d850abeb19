import type { SameIds } from '@ledgerpost/core';
import type { Body, Entity, Line } from '../api/entities.ts';

type Kind = 'customer' | 'item';

/** Which ids of customers and items stand for one, because they were merged in the books and a person accepted it. */
export interface Ids {
  /** The id that this one stands for now: itself unless it was merged. */
  survivor(kind: Kind, id: string): string;
  /** All ids that stand for the same one, itself included. */
  aliases(kind: Kind, id: string): readonly string[];
}

export function idsOf(same: SameIds | undefined): Ids {
  const survivor = (kind: Kind, id: string): string => {
    const into = same?.[kind] ?? {};
    let last = id;
    // A chain can't be longer than the list, so a circle ends.
    for (let step = Object.keys(into).length; step > 0 && into[last] !== undefined; step--) last = into[last]!;
    return last;
  };
  return {
    survivor,
    aliases(kind, id) {
      const last = survivor(kind, id);
      const merged = Object.keys(same?.[kind] ?? {}).filter((one) => survivor(kind, one) === last);
      return [...new Set([last, id, ...merged])];
    },
  };
}

/** Nothing was merged. */
export const NO_MERGES: Ids = idsOf(undefined);

/** The content with the ids of survivors. */
export function survived<Content extends Entity | Body>(content: Content, ids: Ids): Content {
  return withIds(content, (kind, id) => ids.survivor(kind, id));
}

/** So many mixtures of merged ids are tried, enough for ten lines. */
const MOST_MIXTURES = 1_024;

/**
 * The content as it may have been before merges. Where lines of two merged items are in one transaction, each may have had either id: all
 * mixtures are tried while they are few, else only those in which equal ids were equal before.
 */
export function* beforeMerges(content: Entity, ids: Ids): Generator<Entity> {
  yield content;
  const places: { readonly kind: Kind; readonly id: string }[] = [];
  withIds(content, (kind, id) => {
    places.push({ kind, id });
    return id;
  });
  const choices = places.map(({ kind, id }) => ids.aliases(kind, id));
  const mixtures = choices.reduce((product, { length }) => Math.min(product * length, MOST_MIXTURES + 1), 1);
  if (mixtures === 1) return;
  const distinct = [...new Map(places.map(({ kind, id }) => [`${kind}/${id}`, ids.aliases(kind, id)]))];
  const mixed = mixtures <= MOST_MIXTURES;
  for (const chosen of product(mixed ? choices : distinct.map(([, aliases]) => aliases))) {
    let at = 0;
    const byId = new Map(distinct.map(([key], place) => [key, chosen[place]!]));
    yield withIds(content, (kind, id) => (mixed ? chosen[at++]! : byId.get(`${kind}/${id}`)!));
  }
}

function* product(choices: readonly (readonly string[])[]): Generator<readonly string[]> {
  const [first, ...rest] = choices;
  if (first === undefined) {
    yield [];
    return;
  }
  for (const others of product(rest)) for (const one of first) yield [one, ...others];
}

/** The content with other ids of its customers and items, asked for in their order. */
function withIds<Content extends Entity | Body>(content: Content, idFor: (kind: Kind, id: string) => string): Content {
  const customer = content.CustomerRef?.value;
  const CustomerRef = customer === undefined ? undefined : { ...content.CustomerRef, value: idFor('customer', customer) };
  const lines = content.Line?.map((line) => lineWithIds(line, idFor));
  return {
    ...content,
    ...(CustomerRef === undefined ? {} : { CustomerRef }),
    ...(lines === undefined ? {} : { Line: lines }),
  };
}

function lineWithIds(line: Line, idFor: (kind: Kind, id: string) => string): Line {
  const sale = line.SalesItemLineDetail;
  const entry = line.JournalEntryLineDetail;
  const entity = entry?.Entity?.EntityRef?.value;
  if (sale?.ItemRef?.value !== undefined) {
    return { ...line, SalesItemLineDetail: { ...sale, ItemRef: { ...sale.ItemRef, value: idFor('item', sale.ItemRef.value) } } };
  }
  if (entity === undefined) return line;
  const EntityRef = { ...entry!.Entity!.EntityRef, value: idFor('customer', entity) };
  return { ...line, JournalEntryLineDetail: { ...entry, Entity: { ...entry!.Entity, EntityRef } } };
}
