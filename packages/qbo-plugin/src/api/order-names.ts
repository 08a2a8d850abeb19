import type { Json } from '@ledgerpost/core';
import type { Fault } from './answer.ts';
import { failureOf, verdictOf } from './classify.ts';
import type { Order, OrderAnswer, QboApi } from './client.ts';

/** Creates names in batches; one answer each, in order. Faults that are not about the one name are thrown. */
export async function inBatch(
  api: QboApi,
  names: readonly { readonly entity: Order['entity']; readonly body: Readonly<Record<string, Json | undefined>> }[],
): Promise<readonly OrderAnswer[]> {
  if (names.length === 0) return [];
  // No request id: QuickBooks honours none for lists of names, and a name is there once whatever happens.
  const answers = await api.batch(names.map(({ entity, body }, at) => ({ bId: `n${at}`, operation: 'create', entity, body })));
  return names.map((_, at) => {
    const answer = answers.get(`n${at}`)!;
    if ('fault' in answer) throwIfWhole(answer.fault, 'create a name');
    return answer;
  });
}

/** Throws if the fault of one item is none of that item's: access, subscription, throttle, a failure of the service. */
export function throwIfWhole(fault: Fault, what: string): void {
  switch (verdictOf(fault)) {
    case 'transient':
    case 'throttled':
    case 'access':
    case 'config': {
      const failure = failureOf({ status: 400, tid: undefined, retryAfterMs: undefined, body: undefined, fault }, what);
      if (failure !== undefined) throw failure;
      return;
    }
    default:
      return;
  }
}
