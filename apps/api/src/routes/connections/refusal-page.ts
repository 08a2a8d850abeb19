import { ERROR_CODES } from '@ledgerpost/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sendPage } from '../../http/plain-page.ts';
import { refusalOf } from '../../http/problem-answers.ts';
import { problemAnswer } from '../../views/views.ts';

/** Answers an error as a page, for addresses that people open in a browser. */
export function sendRefusal(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const refusal = refusalOf(error, request.url);
  const { status, cure } = ERROR_CODES[refusal.code];
  if (status === null || status >= 500) request.log.error({ err: error }, 'the request failed');
  sendPage(reply.code(status ?? 500), {
    title: 'Not connected',
    lines: [
      refusal.message,
      ...(status === null || status >= 500 ? [] : [cure]),
      `Code: ${refusal.code}. Request: ${request.id}.`,
      'You can close this window.',
    ],
  });
}

/** A page as the description of the API has it. */
export function htmlPage(description: string) {
  return { description, content: { 'text/html': { schema: z.string() } } };
}

/** A page with an error. What is refused before there is a request, such as headers that are too large, is no page. */
export function refusalPage(description: string) {
  const { content } = htmlPage(description);
  return { description, content: { ...content, 'application/problem+json': { schema: problemAnswer } } };
}
