import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '@ledgerpost/core';
import type { App } from './app.ts';
import { answerProblem } from './problem-answers.ts';

/** How long a body that is one value may take to arrive, in milliseconds. Streams have a pace of their own. */
const BODY_MS = 60_000;

/** Bodies that a route reads itself, at their own pace. */
const STREAMS = ['application/x-ndjson', 'application/octet-stream'];

/** Refuses bodies that are compressed, since none is unpacked here, and bodies that don't arrive. */
export function registerBodyLimits(app: App, bodyMs = BODY_MS): void {
  app.addHook('preParsing', async (request, reply, payload) => {
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (encoding.toLowerCase() !== 'identity') {
      const detail = `The body has Content-Encoding ${encoding.slice(0, 50)}. Send it without Content-Encoding.`;
      throw new Refusal('unsupported-media-type', detail);
    }
    if (STREAMS.some((type) => request.headers['content-type']?.startsWith(type))) return payload;
    const { raw } = request;
    // A request without a body never ends to be read, and its answer may take longer than a body may.
    if (raw.readableEnded || !hasBody(raw.headers)) return payload;
    const timer = setTimeout(() => {
      if (raw.readableEnded || reply.sent) return;
      reply.header('Connection', 'close');
      reply.raw.once('finish', () => raw.destroy());
      const detail = `The body did not arrive within ${Math.round(bodyMs / 1_000)} seconds. Send the request again.`;
      answerProblem(new Refusal('too-slow', detail), request, reply);
    }, bodyMs);
    timer.unref();
    for (const over of ['end', 'close'] as const) raw.once(over, () => clearTimeout(timer));
    reply.raw.once('close', () => clearTimeout(timer));
    return payload;
  });
}

function hasBody(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
