import { Refusal } from '@ledgerpost/core';
import type { FastifyReply } from 'fastify';

/** Aborted when the caller ends the connection before the answer: then nobody waits for the work any more. */
export function whenHungUp(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished)
      controller.abort(new Refusal('bad-request', 'The caller ended the connection before the answer.'));
  });
  return controller.signal;
}
