/** A process of its own that renews one connection's grant: node renew-twice.testing.ts, with its order in the environment. */
import { openStore } from '@ledgerpost/store';
import { connectionContext } from '../calling/connection-context.ts';
import { parseSealingKeys } from '../seals/seal.ts';
import { fakeApp, fakeTarget } from './fake-target.testing.ts';

const { DATABASE, SERVER, CONNECTION, KEYS } = process.env as Record<string, string>;
const store = openStore({ url: DATABASE!, max: 2 });
const deps = {
  store,
  apps: { fake: fakeApp(SERVER!) },
  keys: parseSealingKeys(KEYS!),
  fetch,
  now: () => Date.now(),
  log: () => {},
};
const { signal } = new AbortController();
const context = connectionContext(deps, fakeTarget(), { connectionId: CONNECTION!, settings: {}, signal });
const stale = await context.access();
process.send?.('ready');
process.once('message', async () => {
  const { token } = await context.renew(stale);
  process.send?.({ token });
  await store.close();
  process.disconnect();
});
