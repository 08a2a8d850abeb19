import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeApi, ok, startFakeApi } from './fake-api.testing.ts';
import { run } from './run.ts';

const GUIDES = new URL('../../../docs/guides/', import.meta.url);
const BATCH = '01900000-0000-7000-8000-000000000001';

/** The commands of a guide, as a reader pastes them: in backticks, and lines of shell blocks. */
function commandsOf(guide: string): string[] {
  const text = readFileSync(new URL(guide, GUIDES), 'utf8');
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) => block!.replaceAll('\\\n', ' ').split('\n'));
  const inline = [...text.replace(/```[\s\S]*?```/g, '').matchAll(/`([^`]+)`/g)].map(([, code]) => code!);
  return [...blocks, ...inline].map((line) => line.trim()).filter((line) => /^npx ledgerpost [a-z]/.test(line));
}

/** The words of a command as a shell passes them on, with something in place of each word in capitals. */
function wordsOf(command: string): string[] {
  const words = command
    .split(/\s+#/)[0]!
    .match(/"[^"]*"|\S+/g)!
    .slice(2);
  return words.map((word) =>
    word
      .replace(/^"|"$/g, '')
      .replace(/^BATCH$/, BATCH)
      .replace(/^TARGET$/, 'qbo'),
  );
}

let api: FakeApi;
beforeEach(async () => {
  api = await startFakeApi('');
  api.answers['GET /v1/session'] = ok({ companyId: 'birds' });
});
afterEach(() => api.stop());

const all = readdirSync(GUIDES).flatMap((guide) => commandsOf(guide).map((command) => [guide, command] as const));

it('the guides have commands for people to paste', () => {
  expect(commandsOf('runbook.md').length).toBeGreaterThan(5);
});

describe('a command that a guide shows', () => {
  it.each(all)('in %s asks the API, as written: %s', async (_, command) => {
    await run(wordsOf(command), { ...api.io, stdin: (async function* () {})() });
    expect(api.err.filter((line) => !line.includes('Nothing is at') && !line.includes('can’t be read'))).toEqual([]);
  });
});

describe('a command about a batch, without a company', () => {
  const io = () => ({ ...api.io, env: { ...api.io.env, LEDGERPOST_COMPANY: undefined } });
  const resumed = ok({ batch: { name: 'Friday', state: 'pushing', ended: false, progress: { done: 1, of: 2 } } });

  it('is for the company of the key', async () => {
    api.answers['GET /v1/session'] = ok({ companyId: 'birds' });
    api.answers[`POST /v1/companies/birds/batches/${BATCH}/resume`] = resumed;
    expect(await run(['resume', BATCH], io())).toBe(0);
  });

  it('finds the company that has the batch, with a key of the installation', async () => {
    api.answers['GET /v1/session'] = ok({ companyId: null });
    api.answers['GET /v1/companies'] = ok({ rows: [{ id: 'ants' }, { id: 'birds' }] });
    api.answers[`GET /v1/companies/birds/batches/${BATCH}`] = ok({});
    api.answers[`POST /v1/companies/birds/batches/${BATCH}/resume`] = resumed;
    expect(await run(['resume', BATCH], io())).toBe(0);
    expect(await run(['cancel', BATCH.replace(/1$/, '2')], io())).toBe(2);
    expect(api.err).toEqual([expect.stringContaining('No company has the batch')]);
  });
});
