import type { AnyTarget, Problem } from '@ledgerpost/core';
import { type Books, bookNamesOf, keepBookNames, type Link, linksTo, type Store } from '@ledgerpost/store';
import type { KeyedNeed } from './judge-names.ts';
import { notRenamedThere } from './link-problems.ts';

/**
 * Gives linked customers or items the names in the books that they have here now. A shared link is left alone, and so is one whose new
 * name would need another parent.
 * @returns notices by key, about those that keep their former names
 * @throws TargetError
 */
export async function followNames(
  desk: {
    readonly store: Store;
    readonly books: Books;
    readonly delivery: Extract<AnyTarget['delivery'], { by: 'push' }>;
    readonly session: unknown;
  },
  kind: 'customer' | 'item',
  renamed: readonly { readonly need: KeyedNeed; readonly link: Link }[],
): Promise<Map<string, Problem>> {
  const notices = new Map<string, Problem>();
  const { rename } = desk.delivery;
  if (rename === undefined || renamed.length === 0) return notices;
  const sharing = Map.groupBy(
    await linksTo(
      desk.store.sql,
      desk.books,
      kind,
      renamed.map(({ link }) => link.externalId),
    ),
    ({ externalId }) => externalId,
  );
  // Items may share a link unasked. What was posted before items had keys is linked by name, and is no other one.
  const isShared = ({ externalId, key, name }: Link) =>
    sharing.get(externalId)?.some((other) => other.key !== key && other.key !== `name:${name}`) === true;
  const wanted = renamed.filter(({ need, link }) => {
    const reason = isShared(link)
      ? 'another one of ours is linked to it too.'
      : parentOf(need.name) !== parentOf(link.name)
        ? 'the new name has another parent, and nothing is moved there.'
        : undefined;
    if (reason !== undefined) notices.set(need.key, notRenamedThere(need, reason));
    return reason === undefined;
  });
  if (wanted.length === 0) return notices;
  const outcomes = await rename.call(
    desk.delivery,
    desk.session,
    wanted.map(({ need, link }) => ({ kind, externalId: link.externalId, name: need.name })),
  );
  const known = new Map(
    (
      await bookNamesOf(
        desk.store.sql,
        desk.books,
        kind,
        wanted.map(({ link }) => link.externalId),
      )
    ).map((name) => [name.externalId, name]),
  );
  for (const [at, { need, link }] of wanted.entries()) {
    const outcome = outcomes[at];
    if (outcome === undefined) continue;
    if (outcome.status !== 'renamed') notices.set(need.key, notRenamedThere(need, outcome.reason));
    else {
      const { folded: _, gone: __, ...before } = known.get(link.externalId) ?? { externalId: link.externalId, active: true };
      await keepBookNames(desk.store.sql, desk.books, kind, [{ ...before, name: outcome.name } as never], new Date());
    }
  }
  return notices;
}

function parentOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf(':')));
}
