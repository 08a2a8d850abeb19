import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromPyPi, withPackage } from '@ledgerpost/conformance/other-programs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type System, startSystem } from './system.ts';

const SCHEMATHESIS = 'schemathesis==4.32.5';

/** Why there is no schemathesis here; undefined if there is one. */
const noSchemathesis = await fromPyPi(SCHEMATHESIS).then(
  () => undefined,
  (error: Error) => `schemathesis can’t be fetched from PyPI: ${error.message.split('\n')[0]}`,
);
if (noSchemathesis !== undefined) console.info(`Skipped: ${noSchemathesis}.`);

/** The same number makes the same requests. */
const SEED = 20261128;

/** As many requests per route as fit into a minute. */
const EXAMPLES = 6;

/**
 * What no schema can express, so that a request that fits its schema may be refused all the same: 422 for what a record or a setting
 * means, and 400 on the routes below.
 */
const CONFIG = `
[parameters]
"path.company" = "fuzzed"
"path.target" = "saasant"

[checks]
# Wrong keys are limited by address. The API's own security test covers every route without a key.
ignored_auth.enabled = false
negative_data_rejection.expected-statuses = [400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 428, 429, 431, 503]
positive_data_acceptance.expected-statuses = ["2xx", "3xx", 401, 403, 404, 409, 422, 429, 503]

# A stream of lines, which schemathesis can't write. The API's own tests send broken ones.
[[operations]]
include-name = "POST /v1/companies/{company}/records"
enabled = false

# Streams that stay open.
[[operations]]
include-path-regex = "/events$"
enabled = false

# Files need no connection, and a state works once.
[[operations]]
include-path-regex = "/connection(/.*)?$|^/v1/oauth/connect"
checks.positive_data_acceptance.enabled = false

# A page, except where the address itself is too long (431).
[[operations]]
include-path = "/v1/oauth/callback"
checks.content_type_conformance.enabled = false
checks.positive_data_acceptance.enabled = false

# Text that no database stores (NUL) is refused with 400, which the API's own tests show.
[[operations]]
include-path-regex = "/postings$|/items$|/unbatched/"
generation.allow-x00 = false

# An invitation gives roles in one of two members, and works once; and Schemathesis and the API see differently what an e-mail address is.
[[operations]]
include-path-regex = "^/v1/sign-in/(accept|invitation)$|/invitations$"
include-method = "POST"
checks.positive_data_acceptance.enabled = false
checks.negative_data_rejection.enabled = false

# A file has a body, which Schemathesis leaves out now and then; and the first choice of notices needs an address.
[[operations]]
include-path-regex = "/imports/\\\\{import\\\\}/files/\\\\{file\\\\}$|/notices/\\\\{channel\\\\}$"
include-method = "PUT"
checks.positive_data_acceptance.expected-statuses = ["2xx", 400, 401, 403, 404, 409, 415, 422, 429, 503]

# Settings to try name accounts too.
[[operations]]
include-path-regex = "/batches:preview$"
checks.positive_data_acceptance.enabled = false

# Settings and companies name accounts, currencies and time zones.
[[operations]]
include-path-regex = "^/v1/companies/\\\\{company\\\\}(/targets/\\\\{target\\\\})?$"
include-method = "PUT"
checks.positive_data_acceptance.enabled = false
`;

describe.skipIf(noSchemathesis !== undefined)(
  `the API under schemathesis${noSchemathesis === undefined ? '' : ` (skipped: ${noSchemathesis})`}`,
  () => {
    let system: System;
    let folder: string;
    beforeAll(async () => {
      system = await startSystem({}, { shared: true });
      await system.startApi();
      await system.call('PUT', '/v1/companies/fuzzed', { name: 'Fuzzed', timeZone: 'America/Los_Angeles', currency: 'USD' });
      await system.call('PUT', '/v1/companies/fuzzed/targets/saasant', {});
      folder = await mkdtemp(join(tmpdir(), 'ledgerpost-fuzz-'));
      await writeFile(join(folder, 'schemathesis.toml'), CONFIG);
      const { body } = await system.call<OpenApi>('GET', '/openapi.json');
      await writeFile(join(folder, 'openapi.json'), JSON.stringify(withoutCursors(body)));
    });
    afterAll(async () => {
      await system?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    it('answers every request as its OpenAPI document promises, and none with 500', async () => {
      const { code, output } = await schemathesis(folder, system);
      expect(code, output).toBe(0);
      for (const phase of ['Coverage', 'Fuzzing']) expect(output).toContain(`✅ ${phase}\n`);
      expect(output).toMatch(/\d{4} generated/);
    }, 600_000);
  },
);

async function schemathesis(
  folder: string,
  { api, authorization }: System,
): Promise<{ readonly code: number; readonly output: string }> {
  const options = [
    ...['--config-file', join(folder, 'schemathesis.toml'), 'run', join(folder, 'openapi.json'), '--url', api],
    ...['--header', `Authorization: ${authorization}`, '--seed', String(SEED), '--max-examples', String(EXAMPLES)],
    ...['--continue-on-failure', '--request-timeout', '30', '--no-color', '--phases', 'coverage,fuzzing'],
  ];
  // Little else: for each request Python looks through the whole environment for proxies, twice.
  const { PATH, HOME, TMPDIR } = process.env;
  const env = await withPackage(SCHEMATHESIS, { PATH, HOME, TMPDIR, PYTHONUTF8: '1' });
  const start = ['-c', 'from schemathesis.cli import schemathesis; schemathesis()', ...options];
  return new Promise((resolve) => {
    execFile('python3', start, { cwd: folder, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: shortLines(`${stdout}\n${stderr}`) });
    });
  });
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { parameters?: { readonly name: string }[] }>>>>;
}

/** A cursor is what an earlier page returned: no schema can express that, and the API's own tests send others. */
function withoutCursors(document: OpenApi): OpenApi {
  for (const methods of Object.values(document.paths))
    for (const operation of Object.values(methods))
      operation.parameters = operation.parameters?.filter(({ name }) => name !== 'after') ?? [];
  return document;
}

/** Fuzzed addresses fill whole screens. */
function shortLines(text: string): string {
  return text.replace(/^(.{300}).+$/gm, '$1 …').slice(-20_000);
}
