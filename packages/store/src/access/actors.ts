import { AsyncLocalStorage } from 'node:async_hooks';
import type { Sql } from '../database/open-store.ts';

/** Somebody who acts: by name, as journal and lists show it, and by id. */
export interface Acting {
  readonly text: string;
  /** `person:<id>` or `key:<id>`. */
  readonly id: string;
}

const acting = new AsyncLocalStorage<Acting>();

/**
 * Does the work on behalf of somebody, whose id then goes into the journal beside the name. It goes along with the work, and not
 * through every call: a name is all that the verbs in between need.
 */
export function actingAs<T>(who: Acting, work: () => T): T {
  return acting.run(who, work);
}

const BY_THEMSELVES: Readonly<Record<string, string>> = { ledgerpost: 'engine', engine: 'engine', schedule: 'schedule' };

/** The id of an actor by name; null if nobody is known by it. Whoever acts right now comes first. */
export function actorIdOf(text: string): string | null {
  const now = acting.getStore();
  if (now?.text === text) return now.id;
  const key = /^.* \(([0-9a-f]{12})\)$/s.exec(text)?.[1];
  return key === undefined ? (BY_THEMSELVES[text] ?? null) : `key:${key}`;
}

/** Whether a person may have this name: no key has one like it, and the engine doesn't either. */
export function isNameOfPerson(name: string): boolean {
  return !/ \([0-9a-f]{12}\)$/.test(name) && !/^(ledgerpost|engine|schedule|environment|unknown|set-up link)$/i.test(name);
}

/** The id of the person who answers for an actor: the person, or the owner of the key. Null where nobody does. */
export async function personBehind(sql: Sql, actorId: string | null): Promise<string | null> {
  const [kind, id] = actorId?.split(':') ?? [];
  if (id === undefined || (kind !== 'person' && kind !== 'key')) return null;
  const [row] = await sql<{ id: string | null }[]>`
    select coalesce(p.joined_into, p.id) as id from people p
    where p.id = ${kind === 'person' ? sql`${id}` : sql`(select owner_id from api_keys where id = ${id})`}`;
  return row?.id ?? null;
}
