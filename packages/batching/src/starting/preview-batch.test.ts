import { expect, it } from 'vitest';
import { type BatchRequest, previewBatch } from './preview-batch.ts';

it('a preview that Postgres stopped for its time shows what to do, and not that something is broken', async () => {
  const stopped = Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' });
  const store = { sql: { begin: () => Promise.reject(stopped) } };
  await expect(previewBatch({ store: store as never, target: {} as never }, {} as BatchRequest)).rejects.toMatchObject({
    code: 'preview-too-long',
    message: expect.stringContaining('Choose fewer documents'),
  });
});

it('a preview whose caller hung up ends with the caller’s reason', async () => {
  const store = { sql: { begin: () => Promise.reject(new Error('it began')) } };
  const preview = previewBatch({ store: store as never, target: {} as never }, {} as BatchRequest, AbortSignal.abort('hung up'));
  await expect(preview).rejects.toBe('hung up');
});
