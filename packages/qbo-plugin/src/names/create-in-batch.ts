import { createHash, randomUUID } from 'node:crypto';
import type { Json } from '@ledgerpost/core';
import { throwIfWhole, verdictOf } from '../api/classify.ts';
import { answersTo, type Order, type OrderAnswer, type QboApi, type WholeFault } from '../api/client.ts';
import type { Entity } from '../api/entities.ts';
import { ITEMS_PER_BATCH } from '../api/limits.ts';
import { ownNameOf } from './held-names.ts';

/** A name that is to be created. */
export interface NewEntry {
  readonly entity: Order['entity'];
  readonly body: Readonly<Record<string, Json | undefined>>;
  /** The engine's key of this creation. */
  readonly key?: string | undefined;
}

/** Creates names in batches; one answer each, in order. @throws TargetError for faults that are not about a single name */
export async function createInBatch(api: QboApi, names: readonly NewEntry[]): Promise<readonly OrderAnswer[]> {
  const answers: OrderAnswer[] = [];
  for (let from = 0; from < names.length; from += ITEMS_PER_BATCH) {
    const part = names.slice(from, from + ITEMS_PER_BATCH);
    const orders = part.map(({ entity, body }, at): Order => ({ bId: `n${at}`, operation: 'create', entity, body }));
    const found = await sendPart(api, orders, requestIdOf(part));
    for (const at of part.keys()) {
      const answer = found.get(`n${at}`)!;
      if ('fault' in answer) throwIfWhole(answer.fault, 'create a name');
      answers.push(answer);
    }
  }
  return answers;
}

/**
 * A failure, or a refusal whose cause somebody may have fixed since, may only be QuickBooks' old answer to an earlier attempt, which it repeats
 * as often as it is asked with the same id. So it is asked once more with an id of its own. That creates no name twice, because
 * QuickBooks refuses a name that it has.
 */
async function sendPart(
  api: QboApi,
  orders: readonly Order[],
  requestId: string | undefined,
): Promise<ReadonlyMap<string, OrderAnswer>> {
  if (requestId === undefined) return api.batch(orders);
  const answers = await answersTo(api, orders, requestId, mayBeOld);
  const doubtful = orders.filter(({ bId }) => mayBeOld(answers.get(bId)!));
  if (doubtful.length === 0) return answers;
  return new Map([...answers, ...(await api.batch(doubtful, randomUUID()))]);
}

function mayBeOld(answer: OrderAnswer | WholeFault): boolean {
  return 'fault' in answer && ['transient', 'config'].includes(verdictOf(answer.fault));
}

/** Users report that QuickBooks ignores request ids for lists of names. Where it honors them, a repeated creation makes none twice. */
function requestIdOf(names: readonly NewEntry[]): string | undefined {
  if (names.some(({ key }) => key === undefined)) return undefined;
  const text = JSON.stringify(names.map(({ key, body }) => [key, body]));
  return createHash('sha256').update(text).digest('base64url').slice(0, 36);
}

/** Gives a name that the books stored with "?" its plain spelling, so that people can read it. A name that is taken stays as it is. */
export async function spelledAgain(
  api: QboApi,
  entity: 'Customer' | 'Item',
  made: Entity,
  sent: string,
  plain: string,
): Promise<Entity> {
  if (ownNameOf(made) === sent || plain === sent) return made;
  const body = { Id: made.Id, SyncToken: made.SyncToken, sparse: true, [entity === 'Customer' ? 'DisplayName' : 'Name']: plain };
  const answer = (await api.batch([{ bId: 'n', operation: 'update', entity, body }])).get('n')!;
  if ('entity' in answer) return answer.entity;
  throwIfWhole(answer.fault, 'rename a name');
  return made;
}
