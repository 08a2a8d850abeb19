import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ERROR_CODES, type ErrorCode } from '@ledgerpost/core';

const METHODS = 'GET, HEAD, POST, PUT, DELETE';

/** What Node could not read as a request, by its own code. */
const MALFORMED: Readonly<Record<string, { readonly code: ErrorCode; readonly detail: string }>> = {
  HPE_HEADER_OVERFLOW: { code: 'headers-too-large', detail: 'The headers have more than 16 KB. Send fewer or shorter ones.' },
  HPE_INVALID_METHOD: { code: 'method-not-allowed', detail: `There is no such method. Use one of ${METHODS}.` },
  ERR_HTTP_REQUEST_TIMEOUT: { code: 'too-slow', detail: 'The headers did not arrive in time. Send the request again.' },
};
const OTHERWISE = { code: 'bad-request', detail: 'This is not a request of HTTP/1.1.' } as const;

/** Answers what comes before there is a request, as problem+json like everything else, and closes the connection. */
export function answerMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const { code, detail } = MALFORMED[error.code ?? ''] ?? OTHERWISE;
  const status = ERROR_CODES[code].status ?? 400;
  const body = JSON.stringify({
    type: `urn:ledgerpost:error:${code}`,
    title: ERROR_CODES[code].meaning,
    status,
    code,
    detail,
    instance: '',
  });
  const headers = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    ...(status === 405 ? [`Allow: ${METHODS}`] : []),
  ];
  socket.end(`${headers.join('\r\n')}\r\n\r\n${body}`);
}
