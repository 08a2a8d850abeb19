import { qboSimulatorClient } from './qbo-simulator-client.ts';

export interface SimulatedBooks {
  /** The simulated company to choose; absent: a new one is made. */
  readonly realm?: string | undefined;
  /** What a new one is like, as the simulator's README has it. */
  readonly company?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Connects a company to simulated books as a person would, only without a browser: asks the API for the authorize
 * address, chooses books on the simulator's page, and follows the way back. The company's settings must be there.
 * Answers the realm of the books.
 *
 * @param api where the API is, without a slash at the end
 * @param key of an admin
 * @throws Error with the words of whoever refused
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
  const page = await whole(await fetch(authorizeUrl), 'The page on which books are chosen');
  if (!page.includes(`value="${realm}"`)) throw new Error(`The page on which books are chosen has none with the id ${realm}.`);
  const chosen = await fetch(new URL('/connect/oauth2', authorizeUrl), {
    method: 'POST',
    body: new URLSearchParams({ query: new URL(authorizeUrl).search.slice(1), company: realm }),
    redirect: 'manual',
  });
  const back = chosen.headers.get('location');
  if (back === null) throw new Error(`The simulator answered ${chosen.status} instead of the way back.`);
  await whole(await fetch(back), 'The way back');
  return realm;
}

async function whole(answer: Response, who: string): Promise<string> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${who} answered ${answer.status}: ${text}`);
  return text;
}
