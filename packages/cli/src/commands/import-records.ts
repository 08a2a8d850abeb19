import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { type Connection, reasonOf, troubleOf, unreachable } from '../api-client.ts';
import { Trouble } from '../io.ts';

export interface Intake {
  readonly lines: number;
  readonly taken: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly refusals: readonly {
    readonly line: number;
    readonly record?: string;
    readonly field?: string;
    readonly reason: string;
  }[];
}

/**
 * Streams records to the API as fast as it accepts them: memory does not grow with the stream. If the API answers
 * before the end, the rest is not sent. Trouble if the connection breaks or the API refuses.
 */
export async function importRecords(
  { url, key }: Connection,
  company: string,
  bytes: AsyncIterable<Uint8Array>,
  sent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Intake> {
  const target = new URL(`${url}/v1/companies/${encodeURIComponent(company)}/records`);
  // Not fetch: it gives up on an answer that takes longer than five minutes, and a long stream does.
  const request = (target.protocol === 'https:' ? httpsRequest : httpRequest)(target, {
    method: 'POST',
    signal,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
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
    if (response.statusCode !== 200) throw new Trouble(troubleOf(response.statusCode ?? 0, body));
    return JSON.parse(body) as Intake;
  } catch (error) {
    if (error instanceof Trouble) throw error;
    if (signal.aborted) throw new Trouble(`Stopped after ${total} bytes. ${AGAIN}`);
    if (total === 0) throw new Trouble(unreachable(url, error));
    throw new Trouble(`The connection broke (${reasonOf(error)}) after ${total} bytes. ${AGAIN}`);
  } finally {
    request.destroy();
  }
}

const AGAIN = 'Import the file again: records that were received count as unchanged.';
