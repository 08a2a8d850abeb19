import { needSupportedBooks, revokeKey } from '@ledgerpost/store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClasses, refreshConnection, setDefaultAccount } from '../card/change-card.ts';
import { openBench } from '../testing/bench.testing.ts';
import { CHART } from '../testing/fake-target.testing.ts';

type Bench = Awaited<ReturnType<typeof openBench>>;
let b: Bench;
let realm = 0;
const newRealm = () => `c-${++realm}`;
beforeAll(async () => {
  b = await openBench();
});
afterAll(() => b.close());
beforeEach(() => {
  b.clock.ahead = 0;
  b.server.state.chart = CHART;
  b.server.state.identity = { company: 'Larry’s Books', edition: 'Plus', currency: 'USD' };
});

type Company = Awaited<ReturnType<Bench['company']>>;

/** Records that a document of the company is in the books. */
async function post(co: Company): Promise<void> {
  await b.store.sql`
    insert into postings (company_id, target, type, record_id, standing, kind, number, amount, facts, posted_by)
    values (${co.facts.id}, 'fake', 'invoice', 'i-1', true, 'invoice', '1', 100, '{}', 'a test')`;
}

describe('a consent that opens several books', () => {
  const offered = async (co: Company, realms: string) => {
    const state = await co.begin();
    return { state, answer: await co.come(state, realms) };
  };

  it('claims none before a person has chosen, and then those alone', async () => {
    const co = await b.company();
    const [one, other] = [newRealm(), newRealm()];
    const { state, answer } = await offered(co, `${one},${other}`);
    expect(answer).toMatchObject({
      books: undefined,
      choose: [
        { account: one, name: `Books ${one}` },
        { account: other, name: `Books ${other}` },
      ],
    });
    expect(await co.card()).toMatchObject({ state: 'never' });
    expect(JSON.stringify(answer)).not.toMatch(/access-|refresh-/i);
    const [row] = await b.store.sql<{ sealed: Uint8Array }[]>`select sealed from oauth_offers`;
    expect(Buffer.from(row!.sealed).toString('latin1')).not.toContain(one);
    expect(await co.choose(state, other)).toMatchObject({ books: 'Larry’s Books' });
    expect(await co.card()).toMatchObject({ state: 'connected', account: other });
    // The other books are still free, and the choice works once.
    await expect(co.choose(state, one)).rejects.toMatchObject({ code: 'bad-state' });
    expect(await (await b.company()).connect(one)).toMatchObject({ books: 'Larry’s Books' });
  });

  it('lapses after ten minutes, for a key that was revoked, and for books that were not offered', async () => {
    const co = await b.company();
    const late = await offered(co, `${newRealm()},${newRealm()}`);
    b.clock.ahead = 11 * 60_000;
    await expect(co.choose(late.state, 'c-1')).rejects.toMatchObject({ code: 'bad-state' });
    b.clock.ahead = 0;
    const wrong = await offered(co, `${newRealm()},${newRealm()}`);
    await expect(co.choose(wrong.state, 'books-of-others')).rejects.toMatchObject({ code: 'bad-state' });
    const [one, other] = [newRealm(), newRealm()];
    const revoked = await offered(co, `${one},${other}`);
    await revokeKey(b.store, co.facts.id, co.key.id, 'ada');
    await expect(co.choose(revoked.state, one)).rejects.toMatchObject({ code: 'bad-state' });
    expect(await co.card()).toMatchObject({ state: 'never' });
  });
});

describe('an authorize address', () => {
  it('connects the company, reads the books and fills what was not set', async () => {
    const co = await b.company({ accounts: { refund: 'Checking' } });
    expect(await co.connect(newRealm())).toMatchObject({ books: 'Larry’s Books' });
    expect(await co.card()).toMatchObject({
      state: 'connected',
      company: 'Larry’s Books',
      edition: 'Plus',
      currency: 'USD',
      classTracking: 'line',
      salesTax: 'automated',
      automaticCredit: true,
      notices: [],
    });
    const { settings } = await co.companyTarget();
    expect(settings.accounts).toEqual({ income: 'Services', refund: 'Checking' });
    expect(settings.classes.mode).toBe('line');
  });

  it('connects no books that the target does not support, and explains why', async () => {
    const notSupported = 'The books of “Maple” are kept in Canada. Connect the books of a US company.';
    b.server.state.identity = { company: 'Maple', currency: 'USD', notSupported } as never;
    const co = await b.company();
    await expect(co.connect(newRealm())).rejects.toMatchObject({ code: 'books-not-supported', message: notSupported });
    expect(await co.card()).toMatchObject({ state: 'never' });
  });

  it('refuses only new batches where the books turn out to be unsupported later', async () => {
    const co = await b.company();
    await co.connect(newRealm());
    const { connectionId } = await co.companyTarget();
    await needSupportedBooks(b.store.sql, connectionId);
    const notSupported = 'The books of “Maple” are kept in Canada. Connect the books of a US company.';
    b.server.state.identity = { company: 'Maple', currency: 'USD', notSupported } as never;
    await refreshConnection(b.deps, b.target, { company: co.facts, companyTarget: await co.companyTarget(), actor: 'a test' });
    expect(await co.card()).toMatchObject({ state: 'connected', notices: [{ code: 'not-supported', severity: 'problem' }] });
    await expect(needSupportedBooks(b.store.sql, connectionId)).rejects.toMatchObject({ code: 'books-not-supported' });
  });

  it('is good once', async () => {
    const co = await b.company();
    const state = await co.begin();
    await co.come(state, newRealm());
    await expect(co.come(state, `c-${realm}`)).rejects.toMatchObject({ code: 'bad-state' });
  });

  it('is used up by a refusal too', async () => {
    const co = await b.company();
    const state = await co.begin();
    await expect(co.come(state, newRealm(), '&error=access_denied')).rejects.toMatchObject({ code: 'not-granted' });
    await expect(co.come(state, newRealm())).rejects.toMatchObject({ code: 'bad-state' });
  });

  it('expires after ten minutes', async () => {
    const co = await b.company();
    const state = await co.begin();
    b.clock.ahead = 10 * 60_000 + 1;
    await expect(co.come(state, newRealm())).rejects.toMatchObject({ code: 'bad-state' });
  });

  it('ends with the key of who asked for it', async () => {
    const co = await b.company();
    const state = await co.begin();
    await revokeKey(b.store, co.facts.id, co.key.id, 'ada');
    await expect(co.come(state, newRealm())).rejects.toMatchObject({ code: 'bad-state' });
  });

  it('can’t be guessed: an unknown state is refused', async () => {
    const co = await b.company();
    await co.begin();
    await expect(co.come('guess', newRealm())).rejects.toMatchObject({ code: 'bad-state' });
    await expect(co.come('', newRealm())).rejects.toMatchObject({ code: 'bad-state' });
  });

  it('is not given out where the installation is not registered', async () => {
    const co = await b.company();
    const apps = b.deps.apps;
    Object.assign(b.deps, { apps: {} });
    await expect(co.begin()).rejects.toMatchObject({ code: 'no-oauth-app' });
    Object.assign(b.deps, { apps });
  });
});

describe('case 21: connecting again', () => {
  it('the same books keeps the postings', async () => {
    const co = await b.company();
    await co.connect(newRealm());
    await post(co);
    await co.connect(`c-${realm}`);
    expect((await co.card()).state).toBe('connected');
    expect((await co.companyTarget()).connectionId).toBe(co.connectionId);
  });

  it('other books is refused while documents stand in the former, with both named', async () => {
    const co = await b.company();
    const first = newRealm();
    await co.connect(first);
    await post(co);
    const other = newRealm();
    await expect(co.connect(other)).rejects.toMatchObject({ code: 'other-books', details: { connected: first, chosen: other } });
    expect(await co.card()).toMatchObject({ state: 'connected', account: first });
  });

  it('other books is taken where nothing stands, and their chart replaces the former', async () => {
    const co = await b.company();
    await co.connect(newRealm());
    const other = newRealm();
    await co.connect(other);
    expect(await co.card()).toMatchObject({ state: 'connected', account: other });
  });
});

it('books that another company is connected to are refused', async () => {
  const [one, two] = [await b.company(), await b.company()];
  await one.connect(newRealm());
  await expect(two.connect(`c-${realm}`)).rejects.toMatchObject({ code: 'books-taken' });
});

it('books in another currency are refused before anything of the grant is kept', async () => {
  const co = await b.company();
  b.server.state.identity = { company: 'Maple', edition: 'Plus', currency: 'CAD' };
  await expect(co.connect(newRealm())).rejects.toMatchObject({ code: 'other-currency' });
  expect((await co.card()).state).toBe('never');
});

describe('a callback that names books which the grant does not open', () => {
  it('connects nothing, claims nothing, and records that in the journal', async () => {
    const [thief, owner] = [await b.company(), await b.company()];
    const theirs = newRealm();
    b.server.state.closed.add(theirs);
    await expect(thief.connect(theirs)).rejects.toMatchObject({
      code: 'not-granted',
      message: expect.stringContaining('nothing was connected'),
    });
    expect(await thief.card()).toMatchObject({ state: 'never', account: null });
    const [entry] = await b.store.sql<{ details: unknown }[]>`
      select details from journal where company_id = ${thief.facts.id} and act = 'connection.refused'`;
    expect(entry?.details).toEqual({ code: 'not-granted', account: theirs });
    b.server.state.closed.delete(theirs);
    await owner.connect(theirs);
    expect(await owner.card()).toMatchObject({ state: 'connected', account: theirs });
  });

  it('does not show whether another company is connected to them', async () => {
    const [owner, thief] = [await b.company(), await b.company()];
    const theirs = newRealm();
    await owner.connect(theirs);
    b.server.state.closed.add(theirs);
    await expect(thief.connect(theirs)).rejects.toMatchObject({ code: 'not-granted' });
    b.server.state.closed.delete(theirs);
  });

  it('leaves the books connected that the company has', async () => {
    const co = await b.company();
    const own = newRealm();
    await co.connect(own);
    const other = newRealm();
    b.server.state.closed.add(other);
    await expect(co.connect(other)).rejects.toMatchObject({ code: 'not-granted' });
    b.server.state.closed.delete(other);
    expect(await co.card()).toMatchObject({ state: 'connected', account: own });
  });
});

describe('a refresh', () => {
  it('shows what changed in the books: renamed, inactive, of another type', async () => {
    const co = await b.company({ accounts: { refund: 'Checking' } });
    await co.connect(newRealm());
    b.server.state.chart = {
      ...CHART,
      accounts: [
        { id: '1', name: 'Service revenue', type: 'Income', active: true },
        { id: '2', name: 'Checking', type: 'Expense', active: true },
      ],
    };
    await refreshConnection(b.deps, b.target, { company: co.facts, companyTarget: await co.companyTarget(), actor: 'ada' });
    const { accounts, notices } = await co.card();
    expect(accounts.find(({ role }) => role === 'income')).toMatchObject({ status: 'renamed', nearest: ['Service revenue'] });
    expect(accounts.find(({ role }) => role === 'refund')?.status).toBe('wrong-type');
    expect(notices.map(({ code }) => code)).toEqual(['account-changed', 'account-changed']);
    // And still after another refresh.
    await refreshConnection(b.deps, b.target, { company: co.facts, companyTarget: await co.companyTarget(), actor: 'ada' });
    expect((await co.card()).accounts.find(({ role }) => role === 'income')?.status).toBe('renamed');
  });

  it('of a connection that was lost and restored at the target connects it again', async () => {
    const co = await b.company();
    await co.connect(newRealm());
    await b.store
      .sql`update connections set state = 'lost', lost = '{"code":"access-lost","message":"No."}' where id = ${co.connectionId}`;
    await refreshConnection(b.deps, b.target, { company: co.facts, companyTarget: await co.companyTarget(), actor: 'ada' });
    expect((await co.card()).state).toBe('connected');
  });

  it('without access loses the connection, and the card shows that', async () => {
    const co = await b.company();
    await co.connect(newRealm());
    b.server.state.tokens.clear();
    const order = { company: co.facts, companyTarget: await co.companyTarget(), actor: 'ada' };
    await expect(refreshConnection(b.deps, b.target, order)).rejects.toMatchObject({ code: 'access-lost' });
    expect((await co.card()).state).toBe('lost');
  });

  it('is refused where nothing is connected', async () => {
    const co = await b.company();
    const order = { company: co.facts, companyTarget: await co.companyTarget(), actor: 'ada' };
    await expect(refreshConnection(b.deps, b.target, order)).rejects.toMatchObject({ code: 'not-connected' });
  });
});

describe('a default account', () => {
  it('is set by its exact name; blanks around it are forgiven', async () => {
    const co = await b.company();
    await co.connect(newRealm());
    await setDefaultAccount(b.deps, b.target, {
      companyTarget: await co.companyTarget(),
      role: 'refund',
      name: ' Checking\n',
      actor: 'ada',
    });
    expect((await co.companyTarget()).settings.accounts.refund).toBe('Checking');
  });

  it('set for two roles at once counts for both', async () => {
    const co = await b.company();
    await co.connect(newRealm());
    const companyTarget = await co.companyTarget();
    const set = (role: 'refund' | 'depositTo') =>
      setDefaultAccount(b.deps, b.target, { companyTarget, role, name: 'Checking', actor: 'ada' });
    const { sql } = b.store;
    // Neither can write before both have begun.
    const both = await sql.begin(async (tx) => {
      await tx`select from company_targets where company_id = ${co.facts.id} for update`;
      const started = Promise.all([set('refund'), set('depositTo')]);
      for (let waiting = 0; waiting < 2; ) {
        const [row] = await sql<{ n: number }[]>`
          select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        waiting = row!.n;
      }
      return { started };
    });
    await both.started;
    expect((await co.companyTarget()).settings.accounts).toMatchObject({ refund: 'Checking', depositTo: 'Checking' });
  });

  it.each([
    ['checking', 'refund', ['Checking']],
    ['Old Bank', 'refund', []],
    ['Services', 'refund', []],
  ] as const)('%j is refused as %s with the nearest names', async (name, role, nearest) => {
    const co = await b.company();
    await co.connect(newRealm());
    const order = { companyTarget: await co.companyTarget(), role, name, actor: 'ada' };
    await expect(setDefaultAccount(b.deps, b.target, order)).rejects.toMatchObject({
      code: 'no-such-account',
      details: { nearest },
    });
    expect((await co.companyTarget()).settings.accounts.refund).toBeUndefined();
  });
});

describe('classes', () => {
  it('of departments, services, open lines and the settings are listed with their status', async () => {
    const co = await b.company({ classes: { default: 'Roofing' } });
    await co.connect(newRealm());
    await co.put(
      { type: 'department', id: 'd-1', name: 'HVAC', accountingClass: 'HVAC' },
      { type: 'service', id: 's-1', name: 'Tune-up', accountingClass: 'Drains' },
      { type: 'customer', id: 'c-1', accountingKey: 'Amy', name: 'Amy' },
      {
        type: 'invoice',
        id: 'i-1',
        number: '1',
        customerId: 'c-1',
        status: 'finalized',
        date: '2026-10-03',
        lines: [{ name: 'Work', quantity: '1', unitPrice: '5', amount: '5.00', accountingClass: 'Solar' }],
        total: '5.00',
      },
    );
    const { classes, notices } = await co.card();
    expect(classes.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'Roofing inactive',
      'Drains ambiguous',
      'HVAC verified',
      'Solar missing',
    ]);
    expect(notices.map(({ code }) => code)).toEqual(['class-changed']);
  });

  it('are created on an admin’s request, and the books are read again', async () => {
    const co = await b.company();
    await co.connect(newRealm());
    const order = { company: co.facts, companyTarget: await co.companyTarget(), names: ['Solar'], actor: 'ada' };
    expect(await createClasses(b.deps, b.target, order)).toMatchObject([{ status: 'created', name: 'Solar' }]);
  });
});
