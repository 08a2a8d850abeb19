import { readFile } from 'node:fs/promises';
import { ERROR_CODES, PROBLEM_CODES } from '@ledgerpost/core';
import { openStore } from '@ledgerpost/store';
import { TARGETS } from '@ledgerpost/targets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApi } from '../build-api.ts';
import type { App } from './app.ts';
import { errorsDoc } from './errors-doc.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of the description
let description: any;
let app: App;
// Nothing here asks the database: opening it touches no network.
const store = openStore({ url: 'postgres://nobody@127.0.0.1:1/none' });

beforeAll(async () => {
  app = await buildApi({ store, temporal: undefined, targets: TARGETS, now: () => 0 });
  description = (await app.inject({ url: '/openapi.json' })).json();
});
afterAll(async () => {
  await app.close();
  await store.close();
});

describe('the table of codes', () => {
  it('is docs/errors.md, to the letter', async () => {
    const page = await readFile(new URL('../../../../docs/errors.md', import.meta.url), 'utf8');
    expect(page, 'Run `npm run errors-doc --workspace apps/api`.').toBe(errorsDoc());
  });

  it('matches the API’s schema, both ways', () => {
    expect(description.components.schemas.ProblemAnswer.properties.code.enum.toSorted()).toEqual(
      Object.keys(ERROR_CODES).toSorted(),
    );
    expect(description.components.schemas.DocumentProblem.properties.code.enum.toSorted()).toEqual(
      Object.keys(PROBLEM_CODES).toSorted(),
    );
  });

  it('has a status for every error that the API answers', () => {
    for (const { status } of Object.values(ERROR_CODES)) expect(status === null || (status >= 400 && status < 600)).toBe(true);
  });
});

describe('the description of the API', () => {
  it('is OpenAPI 3.1 whose references lead somewhere', () => {
    expect(description.openapi).toMatch(/^3\.1\./);
    const refs = JSON.stringify(description).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g);
    for (const [, name] of refs) expect(description.components.schemas).toHaveProperty([name!]);
  });

  it('states for every operation its purpose, its answers and its failures', () => {
    for (const [path, operations] of Object.entries<Record<string, Operation>>(description.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        expect([path, method, operation.summary]).toEqual([path, method, expect.any(String)]);
        expect(operation.tags).toHaveLength(1);
        if (operation.tags[0] !== 'health')
          expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['4XX', '5XX']));
      }
    }
  });

  it('describes a record, for one and for a line of a stream', () => {
    const one =
      description.paths['/v1/companies/{company}/records/{type}/{id}'].put.requestBody.content['application/json'].schema;
    const line = description.paths['/v1/companies/{company}/records'].post.requestBody.content['application/x-ndjson'].schema;
    for (const schema of [one, line])
      expect(JSON.stringify(schema)).toMatch(/"accountingKey".*"lines"|SourceRecord|RecordAtAddress/);
  });

  it('has an address with a colon for the preview', () => {
    expect(description.paths).toHaveProperty(['/v1/companies/{company}/targets/{target}/batches:preview']);
  });

  it('refuses to start with a route that does not state who may use it', async () => {
    const careless = await buildApi({ store, temporal: undefined, targets: TARGETS, now: () => 0 });
    expect(() => careless.get('/v1/secrets', async () => 'all of them')).toThrow('does not state who may use it');
    await careless.close();
  });
});

interface Operation {
  readonly summary: string;
  readonly tags: readonly string[];
  readonly responses: Readonly<Record<string, unknown>>;
}
