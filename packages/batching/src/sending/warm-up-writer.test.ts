import type { AnyTarget } from '@ledgerpost/core';
import type { WorkBatch } from '@ledgerpost/store';
import { expect, it } from 'vitest';
import { warmUpWriter } from './warm-up-writer.ts';

const batch = { id: 'b', name: 'b', company: { currency: 'USD' }, settings: {} } as WorkBatch;

it('lets a target write no document, once in a process, and ignores what fails', async () => {
  const rendered: unknown[] = [];
  const target = (id: string) =>
    ({
      id,
      delivery: {
        by: 'files',
        async render(items: AsyncIterable<unknown>) {
          for await (const item of items) rendered.push(item);
          rendered.push(id);
          throw new Error('The disk is full.');
        },
      },
    }) as unknown as AnyTarget;
  for (const id of ['one', 'one', 'another']) await warmUpWriter(target(id), batch);
  expect(rendered).toEqual(['one', 'another']);
});

it('asks nothing of a target without files', async () => {
  await expect(warmUpWriter({ id: 'push', delivery: { by: 'push' } } as AnyTarget, batch)).resolves.toBeUndefined();
});
