import { newSealingKey, parseSealingKeys, unseal } from '@ledgerpost/connections';
import { revokeKey } from '@ledgerpost/store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { customer, invoice } from '../../testing/open-api.testing.ts';
import { openBooks } from '../../testing/open-books.testing.ts';

type Books = Awaited<ReturnType<typeof openBooks>>;
type Company = Awaited<ReturnType<Books['company']>>;
let b: Books;
beforeAll(async () => {
  b = await openBooks();
});
afterAll(() => b.close());
beforeEach(() => {
  b.clock.ahead = 0;
});

describe('connecting', () => {
  it('leads from the authorize address back to a page that names both companies and closes itself', async () => {
    const co = await b.company({ companyName: 'Amy’s <Books> & Sons' });
    const page = await co.connect();
    expect(page.status).toBe(200);
    expect(page.text).toContain('Bird &amp; Sons is connected to the books of “Amy’s &lt;Books&gt; &amp; Sons”');
    expect(page.text).toContain('window.close()');
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'sha256-.+'; script-src 'sha256-.+'; /),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
  });

  it('shows whose books they are, in the words of the books, with the default accounts filled in', async () => {
    const co = await b.company({ companyName: 'Larry’s Books', preferences: { bookCloseDate: '2026-06-30' } });
    expect(await co.begin().then(co.card)).toMatchObject({ state: 'never', company: null, classTracking: null });
    await co.connect();
    expect(await co.card()).toMatchObject({
      state: 'connected',
      account: co.quickbooks.realmId,
      environment: 'simulator',
      company: 'Larry’s Books',
      edition: 'QuickBooks Online Plus',
      currency: 'USD',
      classTracking: { mode: 'line', name: 'One to each row in a transaction' },
      closedThrough: '2026-06-30',
      salesTax: 'manual',
      automaticCredit: true,
      connectedBy: expect.stringContaining('admin'),
      refreshedAt: expect.any(String),
      notices: [],
      accounts: [
        { role: 'income', title: 'Income', name: 'Services', status: 'ok' },
        { role: 'depositTo', title: 'Payments', name: 'Undeposited Funds', status: 'ok' },
        { role: 'refund', title: 'Refunds', name: 'Checking', status: 'ok' },
        { role: 'discount', title: 'Discounts', name: 'Discounts given', status: 'ok' },
        { role: 'receivable', title: 'Accounts Receivable', name: 'Accounts Receivable (A/R)', status: 'ok' },
        { role: 'tax', title: 'Sales tax', name: 'Sales Tax Payable', status: 'ok' },
      ],
    });
  });
});

describe('an authorize address', () => {
  it('works once', async () => {
    const co = await b.company();
    const address = await co.begin();
    expect((await co.come(address)).status).toBe(200);
    const again = await co.come(address);
    expect(again.status).toBe(400);
    expect(again.text).toContain('Code: bad-state.');
    expect(again.text).toContain('Ask for a new authorize address');
    expect(again.text).not.toContain('<script>');
  });

  it('ends after ten minutes, and not before', async () => {
    const co = await b.company();
    const [late, early] = [await co.begin(), await co.begin()];
    b.clock.ahead = 9 * 60_000;
    expect((await co.come(early)).status).toBe(200);
    b.clock.ahead = 10 * 60_000 + 1_000;
    expect((await co.come(late)).status).toBe(400);
  });

  it('dies with the key that asked for it', async () => {
    const co = await b.company();
    const made = await b.api.ask(co.admin, 'POST', `/v1/companies/${co.id}/keys`, { name: 'Bea', roles: ['admin'] });
    const address = await co.begin(made.body.secret);
    await revokeKey(b.api.store, co.id, made.body.id, 'ada');
    expect(await co.come(address)).toMatchObject({ status: 400, text: expect.stringContaining('bad-state') });
    expect((await co.card()).state).toBe('never');
  });

  it('is used up by a person who does not grant access, and the page states that', async () => {
    const co = await b.company();
    const address = await co.begin();
    const page = await co.come(address, null);
    expect(page).toMatchObject({ status: 409, text: expect.stringContaining('the person did not grant access') });
    expect((await co.come(address)).status).toBe(400);
  });

  it.each([
    ['nothing at all', ''],
    ['a state that nobody gave out', '?state=guessed&code=x&realmId=1'],
    ['two states', '?state=a&state=b'],
    ['a NUL', '?state=%00'],
    ['an error of the target', '?error=access_denied&state=%3Cscript%3Ealert(1)%3C/script%3E'],
  ])('that comes back with %s answers a page', async (_what, query) => {
    const page = await b.api.app.inject({ url: `/v1/oauth/callback${query}` });
    expect(page.statusCode).toBe(400);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.body).toContain('Not connected');
    expect(page.body).not.toContain('<script>');
  });

  it('is given to admins of the company only', async () => {
    const [co, other] = [await b.company(), await b.company()];
    await co.begin();
    const routes = [
      ['POST', ''],
      ['GET', ''],
      ['POST', '/refresh'],
      ['PUT', '/accounts/refund'],
      ['POST', '/classes'],
      ['DELETE', ''],
    ] as const;
    const body = (method: string, path: string) =>
      method === 'PUT' ? { name: 'Checking' } : path === '/classes' ? { names: ['HVAC'] } : undefined;
    const [poster, viewer] = [await b.api.key(co.id, 'poster'), await b.api.key(co.id, 'viewer')];
    for (const [method, path] of routes) {
      const ask = (key: string) => b.api.ask(key, method, `${co.path}/connection${path}`, body(method, path));
      expect(await ask(other.admin)).toMatchObject({ status: 404, body: { code: 'not-found' } });
      expect((await ask(poster)).status).toBe(method === 'GET' ? 200 : 403);
      expect((await ask(viewer)).status).toBe(method === 'GET' ? 200 : 403);
    }
  });

  it('does not exist where the installation is not registered, or the target has no sign-in', async () => {
    const co = await b.company();
    const saasant = `/v1/companies/${co.id}/targets/saasant/connection`;
    expect(await b.api.ask(co.admin, 'POST', saasant)).toMatchObject({ status: 400, body: { code: 'bad-request' } });
    const { openTestApi, COMPANY } = await import('../../testing/open-api.testing.ts');
    const bare = await openTestApi();
    try {
      await bare.ask(bare.admin, 'PUT', '/v1/companies/a', COMPANY);
      const answer = await bare.ask(bare.admin, 'POST', '/v1/companies/a/targets/qbo/connection');
      expect(answer).toMatchObject({ status: 409, body: { code: 'no-oauth-app' } });
    } finally {
      await bare.close();
    }
  });
});

/** Says that something of the company stands in the books. */
async function post(co: Company): Promise<void> {
  await b.api.store.sql`
    insert into postings (company_id, target, type, record_id, standing, kind, number, amount, facts, posted_by)
    values (${co.id}, 'qbo', 'invoice', 'i-1', true, 'invoice', '1', 100, '{}', 'a test')`;
}
const standing = (co: Company) => b.api.store.sql`select 1 from postings where company_id = ${co.id} and standing`;

describe('case 21: connecting again', () => {
  it('case 21: the same books keep all that was posted', async () => {
    const co = await b.company();
    await co.connect();
    await post(co);
    expect((await co.connect()).status).toBe(200);
    expect(await co.card()).toMatchObject({ state: 'connected', account: co.quickbooks.realmId });
    expect(await standing(co)).toHaveLength(1);
  });

  it('case 21: other books are refused with the names of both and the next step, and nothing changes', async () => {
    const co = await b.company({ companyName: 'Larry’s Books' });
    await co.connect();
    await post(co);
    const other = b.simulator.control.createCompany({ companyName: 'Other Books' });
    const page = await co.connect(other.realmId);
    expect(page.status).toBe(409);
    expect(page.text).toContain(`are posted in the books of “Larry’s Books” (${co.quickbooks.realmId})`);
    expect(page.text).toContain(other.realmId);
    expect(page.text).toContain('undo its batches first');
    expect(await co.card()).toMatchObject({ state: 'connected', company: 'Larry’s Books', account: co.quickbooks.realmId });
    expect(await standing(co)).toHaveLength(1);
  });
});

describe('a refresh', () => {
  it('reports that an account was renamed in the books, and setting the new name fixes it', async () => {
    const co = await b.company();
    await co.connect();
    const income = co.quickbooks.records('Account').find(({ Name }) => Name === 'Services')!;
    co.quickbooks.act({ act: 'rename', entity: 'Account', id: income.Id as string, name: 'Service revenue' });
    expect((await co.card()).notices).toEqual([]);
    const { accounts, notices } = await co.refresh();
    expect(accounts[0]).toMatchObject({ role: 'income', status: 'renamed', nearest: ['Service revenue'] });
    expect(notices).toEqual([expect.objectContaining({ code: 'account-changed', severity: 'problem' })]);

    const set = await b.api.ask(co.admin, 'PUT', `${co.path}/connection/accounts/income`, { name: ' Service revenue\n' });
    expect(set).toMatchObject({ status: 200, body: { notices: [] } });
    expect(set.body.accounts[0]).toMatchObject({ name: 'Service revenue', status: 'ok' });
  });

  it('follows the books: class tracking, closing date', async () => {
    const co = await b.company({ preferences: { classTracking: 'off' } });
    await co.connect();
    expect(await co.card()).toMatchObject({ classTracking: { mode: 'none', name: 'Disabled' }, closedThrough: null });
    co.quickbooks.setPreferences({ classTracking: 'per-transaction', bookCloseDate: '2026-09-30' });
    expect(await co.refresh()).toMatchObject({
      classTracking: { mode: 'transaction', name: 'One to each transaction' },
      closedThrough: '2026-09-30',
    });
    const { body } = await b.api.ask(co.admin, 'GET', co.path);
    expect(body.settings.classes.mode).toBe('transaction');
  });

  it('of a grant that was revoked at QuickBooks loses the connection; connecting again restores it', async () => {
    const co = await b.company();
    await co.connect();
    b.simulator.control.revoke(co.quickbooks.realmId);
    const lost = await b.api.ask(co.admin, 'POST', `${co.path}/connection/refresh`);
    expect(lost).toMatchObject({ status: 409, body: { code: 'access-lost' } });
    const card = await co.card();
    expect(card.state).toBe('lost');
    expect(card.notices[0]).toMatchObject({ code: 'access-lost', severity: 'problem' });
    await co.connect();
    expect(await co.card()).toMatchObject({ state: 'connected', notices: [] });
  });

  it('reports that QuickBooks does not answer, and loses nothing', async () => {
    const co = await b.company();
    await co.connect();
    b.simulator.control.addFault({ trouble: { kind: 'reset' }, aim: { realmId: co.quickbooks.realmId }, times: 1_000 });
    const down = await b.api.ask(co.admin, 'POST', `${co.path}/connection/refresh`);
    b.simulator.control.removeFaults();
    expect(down).toMatchObject({ status: 503, body: { code: 'target-unreachable' } });
    expect((await co.card()).state).toBe('connected');
  });

  it('is refused before anybody connected', async () => {
    const co = await b.company();
    await co.begin();
    const answer = await b.api.ask(co.admin, 'POST', `${co.path}/connection/refresh`);
    expect(answer).toMatchObject({ status: 409, body: { code: 'not-connected' } });
  });
});

describe('a default account', () => {
  it.each([
    ['checking', 'refund', ['Checking']],
    ['Sales Tax Payable', 'refund', []],
    ['Undeposited Fund', 'depositTo', ['Undeposited Funds']],
    ['Checking', 'income', []],
    ['Checking', 'discount', []],
  ])('%j is refused as %s with the nearest names', async (name, role, nearest) => {
    const co = await b.company();
    await co.connect();
    const answer = await b.api.ask(co.admin, 'PUT', `${co.path}/connection/accounts/${role}`, { name });
    expect(answer).toMatchObject({ status: 422, body: { code: 'no-such-account', details: { nearest } } });
  });

  it('has one of five roles; the tax account is QuickBooks’ own', async () => {
    const co = await b.company();
    await co.connect();
    const answer = await b.api.ask(co.admin, 'PUT', `${co.path}/connection/accounts/tax`, { name: 'Checking' });
    expect(answer).toMatchObject({ status: 400, body: { code: 'bad-request' } });
  });
});

describe('settings that are put after a connect', () => {
  it('keep the default accounts if they leave them out, and the class mode of the books', async () => {
    const co = await b.company();
    await co.connect();
    const { settings: before } = (await b.api.ask(co.admin, 'GET', co.path)).body;
    const put = await b.api.ask(co.admin, 'PUT', co.path, { policy: { onProblem: 'stop' }, classes: { default: 'HVAC' } });
    expect(put.status).toBe(200);
    expect(put.body.settings).toMatchObject({
      accounts: before.accounts,
      classes: { mode: 'line', default: 'HVAC' },
      policy: { onProblem: 'stop' },
    });
    expect(before.accounts.income).toBe('Services');
  });

  it('replace all of the default accounts if they name some', async () => {
    const co = await b.company();
    await co.connect();
    const { body } = await b.api.ask(co.admin, 'PUT', co.path, { accounts: { income: 'Sales of Product Income' } });
    expect(body.settings.accounts).toEqual({ income: 'Sales of Product Income' });
    // Connecting again fills what is not set, and leaves what is.
    await co.connect();
    const now = (await b.api.ask(co.admin, 'GET', co.path)).body.settings.accounts;
    expect(now).toMatchObject({ income: 'Sales of Product Income', refund: 'Checking' });
  });

  it('are refused where a new name is not in the chart, or can’t be used there, with the nearest names at each member', async () => {
    const co = await b.company();
    await co.connect();
    const accounts = { income: 'Sales of Product Incom', discount: 'Checking' };
    const put = await b.api.ask(co.admin, 'PUT', co.path, { accounts, categories: { Repairs: 'Servces' } });
    expect(put).toMatchObject({
      status: 400,
      body: {
        code: 'bad-request',
        details: {
          fields: [
            { field: 'body.accounts.income', nearest: ['Sales of Product Income'] },
            {
              field: 'body.accounts.discount',
              message: expect.stringMatching(/of type Bank, which can’t be used for discounts/),
            },
            { field: 'body.categories.Repairs', message: expect.stringContaining('Did you mean “Services”?') },
          ],
        },
      },
    });
    const { settings } = (await b.api.ask(co.admin, 'GET', co.path)).body;
    expect(settings.accounts.income).toBe('Services');
  });

  it('lose the spaces around names, as on the card', async () => {
    const co = await b.company();
    await co.connect();
    const put = await b.api.ask(co.admin, 'PUT', co.path, {
      accounts: { income: ' Services\n' },
      categories: { A: 'Services ' },
    });
    expect(put.body.settings).toMatchObject({ accounts: { income: 'Services' }, categories: { A: 'Services' } });
  });

  it('keep a name that the books have lost since, so that anything else can still be saved', async () => {
    const co = await b.company();
    // Before the books are connected, no name can be checked.
    await b.api.ask(co.admin, 'PUT', co.path, { accounts: { income: 'Nowhere' } });
    await co.connect();
    const put = await b.api.ask(co.admin, 'PUT', co.path, { accounts: { income: 'Nowhere', refund: 'Checking' } });
    expect(put).toMatchObject({ status: 200, body: { settings: { accounts: { income: 'Nowhere', refund: 'Checking' } } } });
  });

  it('are accepted again as they were read, and change nothing', async () => {
    const co = await b.company();
    await co.connect();
    const before = (await b.api.ask(co.admin, 'GET', co.path)).body;
    const put = await b.api.ask(co.admin, 'PUT', co.path, before.settings);
    expect(put).toMatchObject({ status: 200, body: { settings: before.settings, settingsVersion: before.settingsVersion } });
  });

  it('with another class mode than the books’ are refused, by name', async () => {
    const co = await b.company();
    await co.connect();
    const answer = await b.api.ask(co.admin, 'PUT', co.path, { classes: { mode: 'none' } });
    expect(answer).toMatchObject({ status: 400, body: { details: { fields: [{ field: 'body.classes.mode' }] } } });
  });
});

describe('classes', () => {
  const department = (id: string, accountingClass: string) => ({ type: 'department', id, name: id, accountingClass });
  async function using(co: Company, ...names: string[]): Promise<void> {
    const lines = names.map((name, i) => department(`d-${i}`, name));
    await b.api.stream(co.admin, co.id, lines);
  }
  const statuses = (card: { classes: { name: string; status: string }[] }) =>
    Object.fromEntries(card.classes.map(({ name, status }) => [name, status]));

  it('are verified, inactive, missing or ambiguous, and missing ones are created when an admin asks for it', async () => {
    const co = await b.company({ classes: ['HVAC', 'Plumbing:Drains', 'Roofing'] });
    const roofing = co.quickbooks.records('Class').find(({ Name }) => Name === 'Roofing')!;
    co.quickbooks.act({ act: 'deactivate', entity: 'Class', id: roofing.Id as string });
    await co.connect();
    await using(co, 'HVAC', 'Roofing', 'Solar:Panels', 'Drains');
    const card = await co.card();
    expect(statuses(card)).toEqual({ HVAC: 'verified', Roofing: 'inactive', 'Solar:Panels': 'missing', Drains: 'ambiguous' });
    expect(card.notices).toEqual([expect.objectContaining({ code: 'class-changed', severity: 'warning' })]);

    const names = ['Solar:Panels', 'Solar:Panels', 'HVAC', 'Roofing'];
    const { status, body } = await b.api.ask(co.admin, 'POST', `${co.path}/connection/classes`, { names });
    expect(status).toBe(200);
    expect(body.outcomes).toEqual([
      { status: 'created', name: 'Solar:Panels', externalId: expect.any(String) },
      { status: 'found', name: 'HVAC', externalId: expect.any(String) },
      { status: 'refused', name: 'Roofing', reason: expect.stringContaining('inactive') },
    ]);
    expect(statuses(body.connection)['Solar:Panels']).toBe('verified');
    const inBooks = co.quickbooks.records('Class').map(({ FullyQualifiedName }) => FullyQualifiedName);
    expect(inBooks.filter((name) => `${name}`.startsWith('Solar'))).toEqual(['Solar', 'Solar:Panels']);
    const journal = await b.api.ask(co.admin, 'GET', `/v1/companies/${co.id}/journal?subject=target/qbo`);
    expect(journal.body.rows.map((row: { act: string }) => row.act)).toContain('classes.created');
  });

  it('are not created where the books do not track classes', async () => {
    const co = await b.company({ preferences: { classTracking: 'off' } });
    await co.connect();
    await using(co, 'Solar');
    expect((await co.card()).classes).toEqual([]);
    const answer = await b.api.ask(co.admin, 'POST', `${co.path}/connection/classes`, { names: ['Solar'] });
    expect(answer).toMatchObject({ status: 409, body: { code: 'class-tracking-off' } });
  });
});

describe('a disconnect', () => {
  it('revokes the grant at QuickBooks, keeps settings and postings, and can be repeated', async () => {
    const co = await b.company();
    await co.connect();
    await post(co);
    const { grant } = await opened(co);
    const answers = () =>
      fetch(`${b.simulator.apiUrl}/${co.quickbooks.realmId}/preferences`, {
        headers: { authorization: `Bearer ${grant.accessToken}`, accept: 'application/json' },
      });
    expect((await answers()).status).toBe(200);
    expect((await b.api.ask(co.admin, 'DELETE', `${co.path}/connection`)).status).toBe(204);
    expect((await answers()).status).toBe(401);
    expect(await co.card()).toMatchObject({ state: 'disconnected', account: co.quickbooks.realmId });
    const [row] = await b.api.store.sql`select sealed, former_sealed as former from connections where company_id = ${co.id}`;
    expect(row).toEqual({ sealed: null, former: null });
    expect(await standing(co)).toHaveLength(1);
    expect((await b.api.ask(co.admin, 'DELETE', `${co.path}/connection`)).status).toBe(204);
    // Its books are still the only ones that it may be connected to.
    expect((await co.connect(b.simulator.control.createCompany().realmId)).status).toBe(409);
    expect((await co.connect()).status).toBe(200);
  });
});

it('the chart lists the names of the connected books, for people who map to them', async () => {
  const co = await b.company();
  await co.begin();
  const before = await b.api.ask(co.admin, 'GET', `${co.path}/chart`);
  expect(before.body).toMatchObject({ known: false, accounts: [] });
  await co.connect();
  const { body } = await b.api.ask(co.admin, 'GET', `${co.path}/chart`);
  expect(body.known).toBe(true);
  expect(body.accounts).toContainEqual({ name: 'Services', type: 'Income', active: true });
  expect(body.terms.length).toBeGreaterThan(0);
});

it('the unbatched list checks names against the connected books', async () => {
  const co = await b.company();
  await co.connect();
  const line = {
    name: 'Tune-up',
    quantity: '1',
    unitPrice: '189',
    amount: '189.00',
    accountingCategory: 'Sales of Product Incom',
  };
  await b.api.stream(co.admin, co.id, [customer(), invoice('i-1', { lines: [line] })]);
  const { body } = await b.api.ask(co.admin, 'GET', `${co.path}/unbatched/invoices`);
  expect(body.rows[0].problems).toContainEqual(
    expect.objectContaining({ code: 'unknown-account', field: 'lines[0].accountingCategory' }),
  );
});

describe('a batch', () => {
  async function withInvoice(co: Company): Promise<void> {
    await b.api.stream(co.admin, co.id, [customer(), invoice('i-1')]);
  }
  const start = (co: Company, headers = {}) => b.api.ask(co.admin, 'POST', `${co.path}/batches`, {}, headers);
  const preview = (co: Company) => b.api.ask(co.admin, 'POST', `${co.path}/batches:preview`, {});

  it('of a target that is not connected, or not any more, is refused at once, and its preview too', async () => {
    const co = await b.company();
    await co.begin();
    await withInvoice(co);
    for (const answer of [await start(co), await preview(co)])
      expect(answer).toMatchObject({ status: 409, body: { code: 'not-connected' } });
    await co.connect();
    expect((await preview(co)).status).toBe(200);
    await b.api.ask(co.admin, 'DELETE', `${co.path}/connection`);
    for (const answer of [await start(co), await preview(co)])
      expect(answer).toMatchObject({ status: 409, body: { code: 'not-connected' } });
    expect((await b.api.ask(co.admin, 'GET', `/v1/companies/${co.id}/batches`)).body.rows).toEqual([]);
  });

  it('of books whose access was revoked is refused with the reason, and starts after a reconnect', async () => {
    const co = await b.company();
    await co.connect();
    await withInvoice(co);
    b.simulator.control.revoke(co.quickbooks.realmId);
    await co.refresh();
    for (const answer of [await start(co), await preview(co)])
      expect(answer).toMatchObject({ status: 409, body: { code: 'access-lost', detail: expect.stringContaining('Reconnect') } });
    await co.connect();
    expect((await start(co)).status).toBe(201);
  });

  it('that was started before access was lost is answered to the same Idempotency-Key', async () => {
    const co = await b.company();
    await co.connect();
    await withInvoice(co);
    const first = await start(co, { 'idempotency-key': 'k-1' });
    b.simulator.control.revoke(co.quickbooks.realmId);
    await co.refresh();
    const again = await start(co, { 'idempotency-key': 'k-1' });
    expect([again.status, again.body.batch.id]).toEqual([200, first.body.batch.id]);
  });

  it('of books that were connected and never read is refused', async () => {
    const co = await b.company();
    await withInvoice(co);
    b.simulator.control.addFault({ trouble: { kind: 'reset' }, aim: { realmId: co.quickbooks.realmId }, skip: 2, times: 1_000 });
    const page = await co.connect();
    b.simulator.control.removeFaults();
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('books could not be read') });
    expect((await co.card()).notices).toEqual([expect.objectContaining({ code: 'not-read' })]);
    expect(await start(co)).toMatchObject({ status: 409, body: { code: 'books-unread' } });
    await co.refresh();
    expect((await start(co)).status).toBe(201);
  });
});

describe('secrets', () => {
  it('are in no log line, no answer, no journal and no column but the sealed ones', async () => {
    const co = await b.company();
    const answers: string[] = [];
    const address = await co.begin();
    const page = await co.come(address);
    answers.push(page.text, (await co.come(address)).text);
    const first = await opened(co);
    // Renewed, then lost: whatever can be told of a grant is told somewhere by then.
    b.simulator.control.clock.advance(25 * 3_600_000);
    b.clock.ahead = 25 * 3_600_000;
    await co.refresh();
    const second = await opened(co);
    expect(second.grant.refreshToken).not.toBe(first.grant.refreshToken);
    b.simulator.control.revoke(co.quickbooks.realmId);
    answers.push(JSON.stringify(await co.refresh()));
    await post(co);
    answers.push((await co.connect(b.simulator.control.createCompany().realmId)).text);
    answers.push(JSON.stringify(await co.card()));
    answers.push(JSON.stringify((await b.api.ask(co.admin, 'GET', co.path)).body));
    answers.push(JSON.stringify((await b.api.ask(co.admin, 'GET', `/v1/companies/${co.id}/journal?limit=500`)).body));

    const held = new Map<string, string>();
    const { sql } = b.api.store;
    const tables = await sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public'`;
    for (const { name } of tables) {
      for (const row of await sql`select * from ${sql(name)}`) {
        for (const [column, value] of Object.entries(row)) {
          const place = `${name}.${column}`;
          // Bytes as what they would be if they were text.
          const text = value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : JSON.stringify(value);
          held.set(place, `${held.get(place) ?? ''}${text}\n`);
        }
      }
    }
    const code = page.back.searchParams.get('code')!;
    const state = page.back.searchParams.get('state')!;
    const grants = [first.grant, second.former, second.grant] as { accessToken: string; refreshToken: string }[];
    const secrets: [string, string][] = [
      ...Object.entries({ ...b.secrets, code, state }),
      ...grants.flatMap(({ accessToken, refreshToken }): [string, string][] => [
        ['an access token', accessToken],
        ['a refresh token', refreshToken],
      ]),
    ];
    expect(secrets).toHaveLength(10);
    expect(b.logged.length).toBeGreaterThan(20);
    expect(held.size).toBeGreaterThan(50);
    for (const [name, secret] of secrets) {
      expect(secret.length).toBeGreaterThan(10);
      for (const [place, text] of held) expect(text.includes(secret), `${name} in ${place}`).toBe(false);
      for (const line of [...b.logged, ...answers]) expect(line.includes(secret), `${name} in ${line}`).toBe(false);
    }
    // The scan would see them: this is what it finds of a company's name.
    expect([...held].filter(([, text]) => text.includes(`Books of ${co.id}`)).map(([place]) => place)).toContain(
      'connections.identity',
    );
  });

  it('are sealed again by a new key at an admin’s word; then the old key may go', async () => {
    const co = await b.company();
    await co.connect();
    const rotated = parseSealingKeys(`${newSealingKey('k2')},k1:${Buffer.from(b.keys[0].secret).toString('base64')}`);
    const api = await b.beside(rotated);
    const company = await b.api.ask(co.admin, 'POST', '/v1/seals/rotate');
    expect(company).toMatchObject({ status: 403, body: { code: 'installation-key-needed' } });
    const first = await api.ask(b.api.admin, 'POST', '/v1/seals/rotate');
    expect(first).toMatchObject({ status: 200, body: { key: 'k2', unreadable: [] } });
    expect(first.body.sealedAgain).toBeGreaterThan(0);
    expect((await api.ask(b.api.admin, 'POST', '/v1/seals/rotate')).body.sealedAgain).toBe(0);
    const alone = await b.beside([rotated[0]]);
    expect((await alone.ask(co.admin, 'POST', `${co.path}/connection/refresh`)).status).toBe(200);
    // The former key opens nothing now, and the answer names the key that is missing.
    const former = await b.api.ask(co.admin, 'POST', `${co.path}/connection/refresh`);
    expect(former).toMatchObject({ status: 409, body: { code: 'target-not-ready', detail: expect.stringContaining('"k2"') } });
    await b.beside([b.keys[0], rotated[0]]).then(({ ask }) => ask(b.api.admin, 'POST', '/v1/seals/rotate'));
  });
});

/** The grants that a company's connection keeps, without their seals. */
async function opened(co: Company) {
  const [row] = await b.api.store.sql<{ id: string; sealed: Uint8Array; former: Uint8Array | null; keyId: string }[]>`
    select id, sealed, former_sealed as former, key_id as "keyId" from connections where company_id = ${co.id}`;
  const open = (bytes: Uint8Array) => JSON.parse(unseal(b.keys, `connection ${row!.id}`, bytes, row!.keyId));
  return { grant: open(row!.sealed), former: row!.former === null ? undefined : open(row!.former) };
}
