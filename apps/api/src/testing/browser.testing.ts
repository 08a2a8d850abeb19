import type { TestApi } from './open-api.testing.ts';

/** A browser for tests: it keeps cookies, and sends the token of its session. */
export interface TestBrowser {
  ask(
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    url: string,
    payload?: object,
  ): Promise<{
    readonly status: number;
    // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of an answer
    readonly body: any;
    readonly headers: Readonly<Record<string, unknown>>;
  }>;
  /** The cookies as the next request sends them. */
  cookies(): string;
}

export function openTestBrowser({ app }: TestApi): TestBrowser {
  const cookies = new Map<string, string>();
  let csrf: string | undefined;
  const header = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return {
    cookies: header,
    async ask(method, url, payload) {
      const headers = { cookie: header(), 'user-agent': 'Test Browser', ...(csrf === undefined ? {} : { 'x-csrf-token': csrf }) };
      const reply = await app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
      for (const { name, value } of reply.cookies) {
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
      const body = reply.body === '' ? undefined : reply.json();
      if (typeof body?.csrfToken === 'string') csrf = body.csrfToken;
      return { status: reply.statusCode, body, headers: reply.headers };
    },
  };
}

/** The token in an invitation's link. */
export function tokenIn(link: string): string {
  return link.split('#')[1]!;
}
