import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { type Connection, reasonOf, troubleOf, unreachable } from './api-client.ts';
import { Trouble } from './io.ts';

export interface StreamOrder {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly type: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Bytes so far. */
  sent(bytes: number): void;
  readonly signal: AbortSignal;
  /** What a person does after a break. */
  readonly again: string;
}

/**
 * Streams bytes to the API as fast as it accepts them: memory does not grow with the stream. If the API answers before the end, the
 * rest is not sent. Trouble if the connection breaks or the API refuses.
 */
export async function streamTo<T>({ url, key }: Connection, order: StreamOrder): Promise<T> {
  const { method, path, type, bytes, sent, signal, again } = order;
  const target = new URL(`${url}${path}`);
  // Not fetch: it gives up on an answer that takes longer than five minutes, and a long stream does.
  const request = (target.protocol === 'https:' ? httpsRequest : httpRequest)(target, {
    method,
    signal,
    headers: { authorization: `Bearer ${key}`, 'content-type': type },
  });
  const answer = new Promise<IncomingMessage>((resolve, reject) => request.once('response', resolve).once('error', reject));
  answer.catch(() => {});
  let answered = false;
  request.once('response', () => {
    answered = true;
  });
  // One listener each for the whole stream: a wait for every chunk must leave nothing behind.
  let moved = () => {};
  for (const event of ['drain', 'response', 'close']) request.on(event, () => moved());
  const movement = () =>
    new Promise<void>((resolve) => {
      moved = resolve;
    });

  let total = 0;
  try {
    for await (const chunk of bytes) {
      if (answered || request.destroyed) break;
      total += chunk.length;
      if (!request.write(chunk)) await movement();
      sent(total);
    }
    if (!answered) request.end();
    const response = await answer;
    const body = await text(response);
    const status = response.statusCode ?? 0;
    if (status !== 200 && status !== 201) throw new Trouble(troubleOf(status, body));
    return JSON.parse(body) as T;
  } catch (error) {
    if (error instanceof Trouble) throw error;
    if (signal.aborted) throw new Trouble(`Stopped after ${total} bytes. ${again}`);
    if (total === 0) throw new Trouble(unreachable(url, error));
    throw new Trouble(`The connection broke (${reasonOf(error)}) after ${total} bytes. ${again}`);
  } finally {
    request.destroy();
  }
}
