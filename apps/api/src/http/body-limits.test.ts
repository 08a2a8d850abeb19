import { setTimeout as pause } from 'node:timers/promises';
import fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import type { App } from './app.ts';
import { registerBodyLimits } from './body-limits.ts';

const BODY_MS = 50;

describe('the time that a body may take', () => {
  const app = fastify();
  registerBodyLimits(app as unknown as App, BODY_MS);
  app.all('/slow', async () => {
    await pause(4 * BODY_MS);
    return { done: true };
  });
  afterEach(() => app.close());

  it('does not bound the answer to a request that has no body', async () => {
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    const answers = await Promise.all([fetch(`${address}/slow`), fetch(`${address}/slow`, { method: 'DELETE' })]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });
});
