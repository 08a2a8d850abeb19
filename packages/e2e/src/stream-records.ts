import { ndjson } from './made-records.ts';
import type { System } from './system.ts';

/** Sends records to the API as one stream. Throws unless all of them are accepted. */
export async function stream(system: System, company: string, lines: Iterable<string>): Promise<void> {
  const answer = await fetch(`${system.api}/v1/companies/${company}/records`, {
    method: 'POST',
    headers: { authorization: system.authorization, 'content-type': 'application/x-ndjson' },
    body: ndjson(lines),
    duplex: 'half',
  } as RequestInit);
  const intake = (await answer.json()) as { refused?: number };
  if (answer.status !== 200 || intake.refused !== 0)
    throw new Error(`Not all records were accepted: ${JSON.stringify(intake).slice(0, 300)}`);
}
