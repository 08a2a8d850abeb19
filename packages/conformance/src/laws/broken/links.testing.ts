import type { AnyTarget, Call, Candidate, Document, NamePage, NewName } from '@ledgerpost/core';
import { type Breakers, type Change, delivery } from './targets.testing.ts';

/** For each law of links.ts, targets that break it. */
export const BREAKERS: Breakers = {
  'names-are-listed': [
    { how: 'a list that forgets one', on: 'push', change: listing((pages) => pages.map((page) => cut(page, 1))) },
    { how: 'a list with each name twice', on: 'push', change: listing((pages) => [...pages, ...pages]) },
    {
      how: 'a list of everything',
      on: 'push',
      change: listing((pages) => [...pages, { kind: 'item', names: [{ externalId: 'i', name: 'Item', active: true }] }]),
    },
    { how: 'a list without what changed', on: 'push', change: listing((pages, since) => (since === undefined ? pages : [])) },
    {
      how: 'a list of names that are not active',
      on: 'push',
      change: listing((pages) =>
        pages.map((page) => ({ ...page, names: page.names.map((name) => ({ ...name, active: false })) })),
      ),
    },
  ],
  'ids-have-their-names': [
    { how: 'ids without an answer', on: 'push', change: delivery({ fetchNames: async () => [] }) },
    {
      how: 'an id that does not exist',
      on: 'push',
      change: delivery({
        fetchNames: async (_: unknown, __: unknown, ids: readonly string[]) =>
          ids.map((externalId): Candidate => ({ externalId, name: 'Somebody', active: true })),
      }),
    },
  ],
  'a-new-name-keeps-its-id': [
    {
      how: 'a rename that does nothing',
      on: 'push',
      change: delivery({
        rename: async (_: unknown, names: readonly NewName[]) => names.map((one) => ({ status: 'renamed', ...one })),
      }),
    },
    {
      how: 'a rename to a name that is taken',
      on: 'push',
      change: (t) =>
        pushing(t, (sound) => ({
          rename: async (session: unknown, names: readonly NewName[]) =>
            (await sound.rename!(session, names)).map((one) => ({ ...one, status: 'renamed' })),
        })),
    },
  ],
  'documents-go-by-ids': [
    {
      how: 'a push that goes by the customer’s name',
      on: 'push',
      change: (t) =>
        pushing(t, (sound) => ({
          push: async (session: unknown, call: Call) => {
            const needs = call.items.flatMap(({ payload }) =>
              sound.needs(payload as unknown as Document, undefined, undefined as never),
            );
            await sound.create(session, needs);
            return sound.push(session, call);
          },
        })),
    },
    {
      how: 'a push that refuses customers who have another name',
      on: 'push',
      change: (t) =>
        pushing(t, (sound) => ({
          push: async (session: unknown, call: Call) => {
            const found = await sound.find(
              session,
              call.items.flatMap(({ payload }) => sound.needs(payload as unknown as Document, undefined, undefined as never)),
            );
            return found.every(({ status }) => status === 'found') ? sound.push(session, call) : [];
          },
        })),
    },
  ],
};

type Push = Extract<AnyTarget['delivery'], { by: 'push' }>;

function pushing(target: AnyTarget, change: (sound: Push) => object): AnyTarget {
  return target.delivery.by === 'push' ? delivery(change(target.delivery))(target) : target;
}

function listing(change: (pages: readonly NamePage[], since: number | undefined) => readonly NamePage[]): Change {
  return (target) =>
    pushing(target, (sound) => ({
      list: async function* (session: unknown, kinds: readonly NamePage['kind'][], since?: number) {
        const pages: NamePage[] = [];
        for await (const page of sound.list!(session, kinds, since)) pages.push(page);
        yield* change(pages, since);
      },
    }));
}

function cut({ kind, names }: NamePage, by: number): NamePage {
  return { kind, names: names.slice(0, -by) };
}
