import { afterEach } from 'vitest';
import type { FakeApi } from './fake-api.ts';

let served: FakeApi | undefined;

/** Lets every call of the console go to this API until the end of the test. */
export function serve(api: FakeApi): void {
  served = api;
}

if (typeof window !== 'undefined') {
  // The client of the API keeps the fetch that is there when it is loaded, so this one has to be there first.
  globalThis.fetch = async (input, init) => {
    const request = new Request(input as Request, init);
    if (served === undefined) throw new TypeError('No API is served.');
    const { method, url, headers } = request;
    const { status, type, body, after } = served.reply({ method, url, headers, body: await request.text() });
    await after;
    return new Response(status === 204 ? null : body, { status, headers: { 'content-type': type } });
  };
  // A DOM without a layout has no sizes, and a list without a height shows no rows.
  for (const [name, pixels] of [
    ['clientWidth', 1_200],
    ['clientHeight', 800],
    ['offsetHeight', 40],
  ] as const)
    Object.defineProperty(HTMLElement.prototype, name, { get: () => pixels });
  const { cleanup, configure } = await import('@testing-library/react');
  // A busy machine draws later; what never comes still fails.
  configure({ asyncUtilTimeout: 10_000 });
  afterEach(() => {
    cleanup();
    served = undefined;
    window.history.replaceState(null, '', '/');
  });
}
