import { setTimeout as sleep } from 'node:timers/promises';
import type { VerificationAnswer } from './answers.ts';
import type { ApiClient } from './api-client.ts';
import { count } from './show.ts';

/** Verifies a batch. Returns one sentence for each document that is no longer as posted. */
export async function verify(api: ApiClient, batchPath: string, name: string): Promise<string[]> {
  await api.post(`${batchPath}/verify`, {});
  const deadline = performance.now() + 180_000;
  const read = () => api.get<VerificationAnswer>(`${batchPath}/verification?status=changed`);
  let found = await read();
  while (found.state === 'running') {
    if (performance.now() > deadline) throw new Error(`The verification of ${name} does not end.`);
    await sleep(300);
    found = await read();
  }
  const { same, changed, gone } = found.counts;
  console.log(`  verified ${name}: ${count(same)} documents are in the books as posted, ${changed} changed, ${gone} deleted`);
  return [
    ...(found.state === 'failed' ? [`The verification of ${name} failed: ${found.reason?.message}`] : []),
    ...(gone > 0 ? [`${gone} documents of ${name} were deleted from the books.`] : []),
    ...found.findings.rows.map(
      ({ record, problem }) => `${record.type} ${record.id} was changed in the books: ${problem?.message ?? 'no details'}`,
    ),
  ];
}
