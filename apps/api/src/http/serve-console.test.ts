import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { openStore } from '@ledgerpost/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApi } from '../build-api.ts';
import type { App } from './app.ts';

let folder: string;
let app: App;
// Pages ask the database for nothing: opening it touches no network.
const store = openStore({ url: 'postgres://nobody@127.0.0.1:1/none' });
const apiWith = (consoleDir: string) => buildApi({ store, temporal: undefined, targets: [], now: () => 0, consoleDir });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledgerpost-console-'));
  await mkdir(join(folder, 'assets'));
  await mkdir(join(folder, 'help'));
  await writeFile(join(folder, 'help/console.html'), '<h1>The console</h1>');
  await writeFile(join(folder, 'index.html'), '<meta property="csp-nonce" nonce="NONCE-OF-THE-ANSWER"><p>the console</p>');
  await writeFile(join(folder, 'assets/index-abc.js'), 'console.log(1)');
  await writeFile(join(folder, 'assets/index-abc.js.gz'), gzipSync('console.log(1)'));
  await writeFile(join(folder, 'secret.txt'), 'not to be served');
  app = await apiWith(folder);
});
afterAll(async () => {
  await app.close();
  await store.close();
  await rm(folder, { recursive: true });
});

describe('the console’s page', () => {
  it.each(['/', '/c/amy', '/c/amy/batches/01900000-0000-7000-8000-000000000000'])('is at %s', async (url) => {
    const { statusCode, headers, body } = await app.inject({ url });
    expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-store',
    ]);
    expect(body).toContain('the console');
  });

  it('loads our own files alone, runs no inline script, and can’t be framed', async () => {
    const { headers, body } = await app.inject({ url: '/' });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:|data:/);
    const nonce = /nonce="([^"]+)"/.exec(body)![1]!;
    expect(policy).toContain(`'nonce-${nonce}'`);
    // Each answer has its own.
    expect((await app.inject({ url: '/' })).body).not.toContain(nonce);
  });

  it('serves its guides as help, without a script, and no file beside them', async () => {
    const help = await app.inject({ url: '/help/console.html' });
    expect([help.statusCode, help.body]).toEqual([200, '<h1>The console</h1>']);
    expect(help.headers['content-security-policy']).toContain("default-src 'none'; style-src 'self'");
    expect((await app.inject({ url: '/help/../secret.txt' })).statusCode).toBe(404);
  });

  it('brings files that never change, and no others of the folder', async () => {
    const file = await app.inject({ url: '/assets/index-abc.js' });
    expect([file.statusCode, file.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    for (const url of [
      '/assets/../secret.txt',
      '/assets/%2e%2e/secret.txt',
      '/assets/%2e%2e/x',
      '/assets/..%2fsecret.txt',
      '/secret.txt',
      '/assets/none.js',
      '/assets/',
      '/assets',
    ]) {
      const { statusCode, headers } = await app.inject({ url });
      expect([url, statusCode, headers['content-type']]).toEqual([url, 404, expect.stringContaining('problem+json')]);
    }
  });

  it('sends the file that was compressed at build time to a browser that accepts it', async () => {
    const url = '/assets/index-abc.js';
    const packed = await app.inject({ url, headers: { 'accept-encoding': 'gzip' } });
    expect([packed.headers['content-encoding'], packed.headers['content-type']]).toEqual([
      'gzip',
      expect.stringContaining('javascript'),
    ]);
    expect(gunzipSync(packed.rawPayload).toString()).toBe('console.log(1)');
    expect((await app.inject({ url })).headers['content-encoding']).toBeUndefined();
  });

  it('takes no address from the API', async () => {
    expect((await app.inject({ url: '/v1/nothing' })).json()).toMatchObject({ code: 'not-found' });
    expect((await app.inject({ url: '/nothing' })).json()).toMatchObject({ code: 'not-found' });
  });

  it('is missing where it is not built, and the API still works', async () => {
    const bare = await apiWith(join(folder, 'nowhere'));
    expect((await bare.inject({ url: '/' })).statusCode).toBe(404);
    expect((await bare.inject({ url: '/health/live' })).statusCode).toBe(200);
    await bare.close();
  });
});
