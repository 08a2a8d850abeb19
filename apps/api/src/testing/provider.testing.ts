import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import type { OidcSettings } from '../sign-in/oidc.ts';

/** A real OpenID provider on loopback, which accepts any name with any password. */
export interface TestProvider {
  readonly settings: OidcSettings;
  /** Signs in at the provider's pages as a person does, and returns the address to which it leads back. */
  signIn(url: string, login: string): Promise<URL>;
  /** The person says no. */
  refuse(url: string): Promise<URL>;
  close(): Promise<void>;
}

/**
 * @param claims what the provider says about a login, beside its subject
 * @param redirectUri where it leads back
 */
export async function startProvider(
  claims: (login: string) => Readonly<Record<string, unknown>>,
  redirectUri: string,
): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = { id: 'ledgerpost', secret: 'a client secret of the tests' };
  // It warns about what is not fit for production: none of it is.
  const { warn, info } = console;
  Object.assign(console, { warn() {}, info() {} });
  const provider = new Provider(issuer, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [redirectUri] }],
    cookies: { keys: ['a key of the tests'] },
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
    pkce: { required: () => true },
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub, ...claims(sub) }) }),
  });
  Object.assign(console, { warn, info });
  server.on('request', provider.callback());

  async function go(url: string, login: string | undefined): Promise<URL> {
    const cookies = new Map<string, string>();
    let [at, form] = [new URL(url), undefined as Record<string, string> | undefined];
    for (let steps = 0; steps < 12; steps++) {
      if (at.href.startsWith(redirectUri)) return at;
      const reply = await fetch(at, {
        redirect: 'manual',
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
      });
      for (const cookie of reply.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
        cookies.set(name!, value!);
      }
      form = undefined;
      const next = reply.headers.get('location');
      if (next !== null) {
        at = new URL(next, at);
        continue;
      }
      const page = await reply.text();
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
      if (prompt === undefined) throw new Error(`The provider answers ${reply.status}: ${page.slice(0, 500)}`);
      if (login === undefined) {
        at = new URL(/href="([^"]+\/abort)"/.exec(page)![1]!, at);
      } else {
        at = new URL(/action="([^"]+)"/.exec(page)![1]!, at);
        form = { prompt, ...(prompt === 'login' ? { login, password: 'any' } : {}) };
      }
    }
    throw new Error(`The provider leads in circles at ${at.href}.`);
  }

  return {
    settings: {
      ...{
        issuer,
        clientId: client.id,
        clientSecret: client.secret,
        name: 'Acme ID',
        scope: 'openid profile email',
        redirectUri,
      },
    },
    signIn: (url, login) => go(url, login),
    refuse: (url) => go(url, undefined),
    close: () => closed(server),
  };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}
