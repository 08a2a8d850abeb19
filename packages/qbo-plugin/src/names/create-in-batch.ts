import type { Json } from '@ledgerpost/core';
import { throwIfWhole } from '../api/classify.ts';
import type { Order, OrderAnswer, QboApi } from '../api/client.ts';

/** Creates names in batches; one answer each, in order. @throws TargetError for faults that are not about a single name */
export async function createInBatch(
  api: QboApi,
  names: readonly { readonly entity: Order['entity']; readonly body: Readonly<Record<string, Json | undefined>> }[],
): Promise<readonly OrderAnswer[]> {
  if (names.length === 0) return [];
  // No request id: QuickBooks ignores request ids for lists of names, and it never creates a name twice.
  const answers = await api.batch(names.map(({ entity, body }, at) => ({ bId: `n${at}`, operation: 'create', entity, body })));
  return names.map((_, at) => {
    const answer = answers.get(`n${at}`)!;
    if ('fault' in answer) throwIfWhole(answer.fault, 'create a name');
    return answer;
  });
}
