import type { IncomingMessage } from 'node:http';
import { gunzipSync, inflateSync } from 'node:zlib';
import { faults } from '../faults.ts';

/** A request, read. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly text: string;
  header(name: string): string | undefined;
}

/** An answer, before it is sent. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Reads a request: gzip bodies are unpacked, and a trailing `&` in the address does no harm. Throws a Fault for a broken body. */
export async function readRequest(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const encoding = request.headers['content-encoding'];
  const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
  return {
    method: request.method ?? 'GET',
    path: decodeURI(path),
    query: new URLSearchParams(query),
    text: unpacked(raw, encoding).toString('utf8'),
    header: (name) => {
      const value = request.headers[name.toLowerCase()];
      return Array.isArray(value) ? value[0] : value;
    },
  };
}

function unpacked(raw: Buffer, encoding: string | undefined): Buffer {
  // Intuit's Java SDK names an encoding also where it sends no body, as with every GET.
  if (raw.length === 0) return raw;
  try {
    return encoding === 'gzip' ? gunzipSync(raw) : encoding === 'deflate' ? inflateSync(raw) : raw;
  } catch {
    throw faults.unreadable(`The body is not ${encoding}`);
  }
}
