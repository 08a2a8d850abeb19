import type { Connection } from '../api-client.ts';
import { streamTo } from '../stream-to.ts';

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

/** Streams records to the API as NDJSON. Trouble if the connection breaks or the API refuses. */
export function importRecords(
  connection: Connection,
  company: string,
  bytes: AsyncIterable<Uint8Array>,
  sent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Intake> {
  return streamTo<Intake>(connection, {
    method: 'POST',
    path: `/v1/companies/${encodeURIComponent(company)}/records`,
    type: 'application/x-ndjson',
    bytes,
    sent,
    signal,
    again: 'Import the file again: records that were received count as unchanged.',
  });
}
