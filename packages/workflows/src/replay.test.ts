import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';

const HISTORIES = fileURLToPath(new URL('../histories', import.meta.url));
const recorded = readdirSync(HISTORIES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));

let workflowBundle: Awaited<ReturnType<typeof bundleWorkflowCode>>;
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./index.ts', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });
}, 300_000);

describe('a batch that runs while workers are replaced goes on where it was', () => {
  it('there are histories of every path', () => {
    expect(recorded.length).toBeGreaterThanOrEqual(6);
  });

  it.each(recorded)('%s replays', async (file) => {
    const history = JSON.parse(readFileSync(join(HISTORIES, file), 'utf8'));
    const results = [];
    for await (const result of Worker.runReplayHistories({ workflowBundle }, [{ workflowId: file, history }]))
      results.push(result);
    expect(results.map((result) => result.error?.message)).toEqual([undefined]);
  });
});

it('the bundle stays small: nothing but the process is in it', () => {
  expect(workflowBundle.code.length).toBeLessThan(3_000_000);
});
