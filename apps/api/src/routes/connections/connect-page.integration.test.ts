import type { AnyTarget } from '@ledgerpost/core';
import { TARGETS } from '@ledgerpost/targets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBooks } from '../../testing/open-books.testing.ts';

type Books = Awaited<ReturnType<typeof openBooks>>;
let b: Books;
beforeAll(async () => {
  b = await openBooks({ targets: TARGETS.map(offering) });
});
afterAll(() => b.close());

/** QuickBooks, where an answer with `several` opens more books than one. */
function offering(target: AnyTarget): AnyTarget {
  const { access } = target;
  if (access.by !== 'oauth') return target;
  const exchange: typeof access.exchange = async (app, callbackUrl) => {
    const granted = await access.exchange(app, callbackUrl);
    if ('offered' in granted || !callbackUrl.includes('several=')) return granted;
    const other = { name: 'Books of <others>', grant: { ...granted, account: 'r-other' } };
    return { offered: [other, { name: 'Own books', grant: granted }] };
  };
  return { ...target, access: { ...access, exchange } };
}

const SESSION = '__Host-ledgerpost_session';
const CONNECT = '__Host-ledgerpost_connect';

/** A browser on our page: what it sends along, and the page that it gets. */
async function browse(
  address: string,
  {
    cookies = {},
    form,
    headers = {},
  }: { cookies?: Record<string, string>; form?: Record<string, string>; headers?: object } = {},
) {
  const { pathname, search } = new URL(address);
  const reply = await b.api.app.inject({
    method: form === undefined ? 'GET' : 'POST',
    url: `${pathname}${search}`,
    cookies,
    headers: {
      ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      ...headers,
    },
    ...(form === undefined ? {} : { payload: new URLSearchParams(form).toString() }),
  });
  const cookie = (name: string) => reply.cookies.find((one) => one.name === name);
  return { status: reply.statusCode, text: reply.body, headers: reply.headers, cookie };
}

/** Signs in on the page and returns the session's cookie. */
async function signIn(address: string, key: string) {
  const answer = await browse(address, { form: { key } });
  return { answer, cookies: { [SESSION]: answer.cookie(SESSION)?.value ?? '' } };
}

describe('the address that leads to a target', () => {
  it('is a page of ours that shows nothing before an admin signs in', async () => {
    const co = await b.company();
    const address = await co.begin();
    expect(address).toMatch(/^https:\/\/ledgerpost\.example\/v1\/oauth\/connect\?request=/);
    const page = await browse(address);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Sign in');
    expect(page.text).not.toContain('Bird');
    expect(page.headers['content-security-policy']).toContain("form-action 'self'; frame-ancestors 'none'");
  });

  it('asks who is signed in whether to connect, naming the company and who asked, and then opens the target', async () => {
    const co = await b.company();
    const address = await co.begin();
    const { answer, cookies } = await signIn(address, co.admin);
    expect([answer.status, answer.headers.location]).toEqual([303, new URL(address).pathname + new URL(address).search]);
    const page = await browse(address, { cookies });
    expect(page.text).toContain('Connect books at QuickBooks Online to Bird &amp; Sons?');
    expect(page.text).toMatch(/admin \(\w+\) asked for this/);
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)![1]!;
    const opened = await browse(address, { cookies, form: { csrf } });
    expect(opened.headers.refresh).toMatch(/^0; url=http:\/\/127\.0\.0\.1:\d+\/connect\/oauth2\?/);
    expect(opened.cookie(CONNECT)).toMatchObject({ sameSite: 'Lax', httpOnly: true, secure: true, path: '/', maxAge: 600 });
    const url = String(opened.headers.refresh).slice('0; url='.length);
    const held = { [CONNECT]: opened.cookie(CONNECT)!.value };
    const back = await co.goBack(b.simulator.control.authorize(url, co.quickbooks.realmId), held);
    expect([back.status, back.text]).toEqual([200, expect.stringContaining('is connected to the books')]);
  });

  it('asks which books where the access opens several, and connects those alone, in this browser', async () => {
    const co = await b.company();
    const { url, cookies } = await co.confirm(await co.begin());
    const answer = `${b.simulator.control.authorize(url!, co.quickbooks.realmId)}&several=1`;
    const page = await co.goBack(answer, cookies);
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('Which books are those of Bird &amp; Sons?')]);
    expect(page.text).toContain('Books of &lt;others&gt; (r-other)');
    expect((await co.card()).state).toBe('never');
    const form = { account: co.quickbooks.realmId };
    expect((await browse(answer, { form })).status).toBe(400);
    expect((await browse(answer, { form, cookies, headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    const done = await browse(answer, { form, cookies });
    expect([done.status, done.text]).toEqual([200, expect.stringContaining('is connected to the books')]);
    expect(await co.card()).toMatchObject({ state: 'connected', account: co.quickbooks.realmId });
    expect((await browse(answer, { form, cookies })).status).toBe(400);
  });

  it('names the books that are connected already', async () => {
    const co = await b.company({ companyName: 'Larry’s Books' });
    await co.connect();
    const address = await co.begin();
    const { cookies } = await signIn(address, co.admin);
    expect((await browse(address, { cookies })).text).toContain('Connect “Larry’s Books”, or other books, at QuickBooks Online');
  });

  it('connects nothing in a browser that did not confirm it, and still works in the one that did', async () => {
    const co = await b.company();
    const { url, cookies } = await co.confirm(await co.begin());
    const answer = b.simulator.control.authorize(url!, co.quickbooks.realmId);
    for (const held of [{}, { [CONNECT]: '' }, { [CONNECT]: 'another' }, { ledgerpost_connect: cookies[CONNECT]! }]) {
      const page = await co.goBack(answer, held);
      expect([page.status, page.text]).toEqual([400, expect.stringContaining('This browser did not confirm')]);
    }
    expect((await co.card()).state).toBe('never');
    expect((await co.goBack(answer, cookies)).status).toBe(200);
  });

  it.each([
    ['a viewer of the company', async (co: Company) => b.api.key(co.id, 'viewer', 'poster'), 403],
    ['an admin of another company', async () => (await b.company()).admin, 404],
    ['a key that does not exist', async () => 'lp_00000000000000000000000000000000', 401],
  ])('is refused to %s', async (_who, keyOf, status) => {
    const co = await b.company();
    const address = await co.begin();
    const key = await keyOf(co);
    const { answer } = await signIn(address, key);
    expect(answer.status).toBe(status);
    expect(answer.cookie(SESSION)).toBeUndefined();
    const program = await co.confirm(address, key);
    expect([program.status, program.url, program.cookies]).toEqual([status, undefined, {}]);
  });

  it.each([
    ['without the page’s token', { csrf: '' }, {}],
    ['with a wrong token', { csrf: 'x'.repeat(64) }, {}],
    ['from another site', undefined, { 'sec-fetch-site': 'cross-site' }],
    ['from another origin', undefined, { origin: 'https://evil.example' }],
  ])('is not confirmed by a form %s', async (_how, wrong, headers) => {
    const co = await b.company();
    const address = await co.begin();
    const { cookies } = await signIn(address, co.admin);
    const csrf = /name="csrf" value="([^"]+)"/.exec((await browse(address, { cookies })).text)![1]!;
    const answer = await browse(address, { cookies, form: wrong ?? { csrf }, headers });
    expect([answer.status, answer.headers.refresh, answer.cookie(CONNECT)]).toEqual([403, undefined, undefined]);
  });

  it('signs no browser in for a form on another site', async () => {
    const co = await b.company();
    const answer = await browse(await co.begin(), { form: { key: co.admin }, headers: { origin: 'https://evil.example' } });
    expect([answer.status, answer.cookie(SESSION)]).toEqual([403, undefined]);
  });

  it('is unknown where it was guessed, used or left out', async () => {
    for (const search of ['', '?request=', '?request=guessed', '?request=%00']) {
      const page = await browse(`https://ledgerpost.example/v1/oauth/connect${search}`);
      expect([search, page.status]).toEqual([search, 400]);
      expect(page.text).toContain('Not connected');
    }
  });
});

describe('a callback whose realmId was changed to somebody else’s books', () => {
  it('connects nothing, whether those books are connected here or not', async () => {
    const [thief, owner, stranger] = [await b.company(), await b.company(), await b.company()];
    await owner.connect();
    for (const victim of [owner, stranger]) {
      const { url, cookies } = await thief.confirm(await thief.begin());
      const answer = new URL(b.simulator.control.authorize(url!, thief.quickbooks.realmId));
      answer.searchParams.set('realmId', victim.quickbooks.realmId);
      const page = await thief.goBack(answer.href, cookies);
      expect([page.status, page.text]).toEqual([409, expect.stringContaining('so nothing was connected')]);
      expect(page.text).not.toContain('connected to another company');
    }
    expect((await thief.card()).state).toBe('never');
    expect((await stranger.connect()).status).toBe(200);
  });
});

describe('a grant that can’t be checked', () => {
  it('is not kept: nothing is connected, and the page asks to connect again', async () => {
    const co = await b.company();
    b.simulator.control.addFault({ trouble: { kind: 'reset' }, aim: { realmId: co.quickbooks.realmId }, times: 1_000 });
    const page = await co.connect();
    b.simulator.control.removeFaults();
    expect([page.status, page.text]).toEqual([503, expect.stringContaining('nothing was connected. Connect again')]);
    expect((await co.card()).state).toBe('never');
    expect((await co.connect()).status).toBe(200);
  });
});

type Company = Awaited<ReturnType<Books['company']>>;
