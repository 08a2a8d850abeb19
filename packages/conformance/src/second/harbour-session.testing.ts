import { type OAuthApp, type Offer, type TargetContext, TargetError } from '@ledgerpost/core';
import type { Entry, Resource } from './harbour-server.testing.ts';

/** One organisation, open. */
export interface HarbourSession {
  readonly context: TargetContext;
  ask<T>(method: 'GET' | 'POST' | 'DELETE', path: string, order?: { readonly body?: unknown; readonly key?: string }): Promise<T>;
}

export function openSession(context: TargetContext): HarbourSession {
  return {
    context,
    async ask(method, path, order = {}) {
      let access = await context.access();
      let answer = await once(context, access.token, access, method, path, order);
      if (answer.status === 401) {
        access = await context.renew(access);
        answer = await once(context, access.token, access, method, path, order);
      }
      const { status, retryAfter, body } = answer;
      if (status === 429) {
        const wait = Number(retryAfter ?? 60) * 1000;
        await context.pause(wait);
        throw new TargetError('transient', 'target-throttled', 'Harbour Books is limiting our requests.', wait);
      }
      if (status === 401 || status === 403)
        throw new TargetError('access', 'access-lost', 'Harbour Books refused access. Connect it again.');
      if (status >= 500) throw new TargetError('transient', 'target-unreachable', `Harbour Books answered ${status}.`);
      if (status === 404) return undefined as never;
      if (status !== 200)
        throw new TargetError('defect', 'target-defect', `Harbour Books answered ${status} to ${method} ${path.split('?')[0]}.`);
      return body as never;
    },
  };
}

const HOUR_MS = 3_600_000;

/** One login opens all of its organisations with the same tokens: a person chooses which of them is the company's. */
export async function offerOf(app: OAuthApp, code: string): Promise<Offer> {
  const { token, api } = app.endpoints!;
  const response = await fetch(token, { method: 'POST', body: JSON.stringify({ code }) });
  if (!response.ok) throw new TargetError('access', 'access-lost', 'Harbour Books did not accept the login.');
  const answer = (await response.json()) as { token: string; refresh: string; organisations: { id: string; name: string }[] };
  const now = Date.now();
  const times = { accessExpiresAt: now + HOUR_MS, refreshExpiresAt: now + 60 * 24 * HOUR_MS };
  const tokens = { apiUrl: api, accessToken: answer.token, refreshToken: answer.refresh, ...times };
  return { offered: answer.organisations.map(({ id, name }) => ({ name, grant: { ...tokens, account: id } })) };
}

async function once(
  context: TargetContext,
  token: string,
  { apiUrl, account }: { readonly apiUrl: string; readonly account: string },
  method: string,
  path: string,
  { body, key }: { readonly body?: unknown; readonly key?: string },
) {
  const permit = await context.permit('requests');
  try {
    const write = method === 'GET' ? undefined : await context.beginWrite?.();
    const response = await context.fetch(`${apiUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'x-organisation': account,
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: context.signal,
    });
    const id = response.headers.get('x-correlation-id');
    if (id !== null) context.trace?.(id);
    const text = await response.text();
    if (id !== null) write?.answered();
    return {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      body: id === null ? undefined : JSON.parse(text),
    };
  } catch {
    // The cause may quote headers.
    throw new TargetError('transient', 'target-unreachable', `Harbour Books did not answer ${method} ${path.split('?')[0]}.`);
  } finally {
    permit.release();
  }
}

/** Entries by id, or by number. Deleted ones are missing. */
export async function entriesOf(
  session: HarbourSession,
  resource: Resource,
  by: 'id' | 'number',
  values: readonly string[],
): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  for (let at = 0; at < values.length; at += 40) {
    const query = values.slice(at, at + 40).map((value) => `${by}=${encodeURIComponent(value)}`);
    found.push(...(await session.ask<readonly Entry[]>('GET', `/${resource}?${query.join('&')}`)));
  }
  return found;
}
