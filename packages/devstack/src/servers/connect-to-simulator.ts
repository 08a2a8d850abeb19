import { qboSimulatorClient } from './qbo-simulator-client.ts';

export interface SimulatedBooks {
  /** The simulated company to choose. Default: a new one. */
  readonly realm?: string | undefined;
  /** Options of a new company; see the simulator's README. */
  readonly company?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Connects a company to simulated books as a person does, but without a browser: asks the API for the authorize
 * address, chooses books on the simulator's page, and follows the redirect. The company must have settings.
 * Returns the realm of the books.
 *
 * @param api the API's address, without a slash at the end
 * @param key of an admin
 * @throws Error with the answer of the server that refused
 */
export async function connectToSimulator(
  api: string,
  key: string,
  companyId: string,
  simulatorUrl: string,
  books: SimulatedBooks = {},
): Promise<string> {
  const realm = books.realm ?? (await qboSimulatorClient(simulatorUrl).createCompany(books.company));
  const asked = await fetch(`${api}/v1/companies/${companyId}/targets/qbo/connection`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
  });
  const { authorizeUrl } = JSON.parse(await whole(asked, 'The API')) as { authorizeUrl: string };
  const { targetUrl, cookie } = await confirmConnect(authorizeUrl, key);
  const page = await whole(await fetch(targetUrl), 'The page for choosing books');
  if (!page.includes(`value="${realm}"`)) throw new Error(`The page for choosing books has none with the id ${realm}.`);
  const chosen = await fetch(new URL('/connect/oauth2', targetUrl), {
    method: 'POST',
    body: new URLSearchParams({ query: new URL(targetUrl).search.slice(1), company: realm }),
    redirect: 'manual',
  });
  const back = chosen.headers.get('location');
  if (back === null) throw new Error(`The simulator answered ${chosen.status} instead of a redirect.`);
  await whole(await fetch(back, { headers: { cookie } }), 'The callback');
  return realm;
}

/**
 * Confirms a request to connect books as a program does: with an admin's key instead of a session. Returns the target's
 * address, and the cookie that must come back with the callback.
 *
 * @throws Error with the API's own sentence
 */
export async function confirmConnect(authorizeUrl: string, key: string): Promise<{ targetUrl: string; cookie: string }> {
  const confirmed = await fetch(authorizeUrl, { method: 'POST', headers: { authorization: `Bearer ${key}` } });
  await whole(confirmed, 'The page on which the request is confirmed');
  const targetUrl = /^0; url=(.+)$/.exec(confirmed.headers.get('refresh') ?? '')?.[1];
  if (targetUrl === undefined) throw new Error('The page on which the request is confirmed does not lead to the target.');
  return {
    targetUrl,
    cookie: confirmed.headers
      .getSetCookie()
      .map((one) => one.split(';', 1)[0]!)
      .join('; '),
  };
}

async function whole(answer: Response, who: string): Promise<string> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${who} answered ${answer.status}: ${text}`);
  return text;
}
