import { expect, it } from 'vitest';
import { newQueryClient } from './query-client.ts';

it('after a person changed something, no preview from before is kept, and everything else is', async () => {
  const queries = newQueryClient();
  queries.setQueryData(['co', 'preview', 'qbo', {}], { ready: 3 });
  queries.setQueryData(['co', 'targets'], []);
  const change = queries.getMutationCache().build(queries, { mutationFn: async () => 'matched' });
  await change.execute(undefined);
  expect(queries.getQueryData(['co', 'preview', 'qbo', {}])).toBeUndefined();
  expect(queries.getQueryData(['co', 'targets'])).toEqual([]);
});
