import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { mailTermsFrom } from '@ledgerpost/core';
import { moveBatch, setUpToken } from '@ledgerpost/store';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestBrowser, type TestBrowser, tokenIn } from '../../testing/browser.testing.ts';
import { COMPANY, customer, invoice, openTestApi, type TestApi } from '../../testing/open-api.testing.ts';

const PASSWORD = 'correct horse battery';

let api: TestApi;
let n = 0;
beforeAll(async () => {
  api = await openTestApi({ publicUrl: 'http://ledgerpost.example' });
  for (const id of ['a', 'b']) await api.ask(api.admin, 'PUT', `/v1/companies/${id}`, COMPANY);
});
afterAll(() => api.close());

/** The link of an invitation to company a, or another one. */
async function invite(name: string, roles: readonly string[], more: { email?: string; company?: string; by?: string } = {}) {
  const { email, company = 'a', by = api.admin } = more;
  const made = await api.ask(by, 'POST', `/v1/companies/${company}/invitations`, { name, roles, email });
  expect(made.status).toBe(201);
  return made.body as { id: string; link: string; expiresAt: string };
}

/** A person who was invited to a company, signed in. */
async function person(name: string, ...roles: string[]): Promise<TestBrowser & { id: string; email: string }> {
  const email = `person${++n}@example.com`;
  const { link } = await invite(name, roles, { email });
  const browser = openTestBrowser(api);
  const accepted = await browser.ask('POST', '/v1/sign-in/accept', { token: tokenIn(link), password: PASSWORD });
  expect([accepted.status, accepted.body.detail]).toEqual([201, undefined]);
  return { ...browser, id: accepted.body.person.id, email };
}

/** A batch of company a that waits for approval, started by a caller. */
async function waitingBatch(start: (url: string) => Promise<{ status: number; body: { batch: { id: string } } }>) {
  const target = '/v1/companies/a/targets/saasant';
  await api.ask(api.admin, 'PUT', target, {});
  await api.stream(api.admin, 'a', [customer(), invoice(`i-${++n}`)]);
  const started = await start(`${target}/batches`);
  expect(started.status).toBe(201);
  const { id } = started.body.batch;
  for (const to of ['validating', 'exporting', 'awaiting-approval'] as const)
    await api.store.sql.begin((sql) => moveBatch(sql, { batchId: id, to }));
  return {
    approve: `/v1/companies/a/batches/${id}/approve`,
    id,
    /** Makes room for the next one. */
    end: () => api.store.sql.begin((sql) => moveBatch(sql, { batchId: id, to: 'canceled' })),
  };
}

const acts = async (company: string, subject: string) =>
  (await api.ask(api.admin, 'GET', `/v1/companies/${company}/journal?subject=${subject}`)).body.rows as {
    act: string;
    actor: string;
    actorId: string;
  }[];

describe('an invitation', () => {
  it('carries role and company, is shown once, and works once', async () => {
    const { link, id, expiresAt } = await invite('Dana Lee', ['poster'], { email: 'Dana@Example.com' });
    expect(link).toMatch(/^http:\/\/ledgerpost\.example\/invitation#[\w-]{43}$/);
    const days = (Date.parse(expiresAt) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(7);
    const token = tokenIn(link);
    expect(JSON.stringify(await api.store.sql`select * from invitations`)).not.toContain(token);
    const listed = await api.ask(api.admin, 'GET', '/v1/companies/a/invitations');
    expect(listed.body.rows).toMatchObject([{ id, name: 'Dana Lee', email: 'dana@example.com' }]);

    const dana = openTestBrowser(api);
    expect((await dana.ask('POST', '/v1/sign-in/invitation', { token })).body).toMatchObject({
      ...{ kind: 'invitation', name: 'Dana Lee', email: 'dana@example.com', account: null },
      access: [{ company: COMPANY.name, roles: ['poster'] }],
    });
    const short = await dana.ask('POST', '/v1/sign-in/accept', { token, password: 'short' });
    expect(short).toMatchObject({ status: 400, body: { detail: expect.stringContaining('at least 12 characters') } });
    const accepted = await dana.ask('POST', '/v1/sign-in/accept', { token, password: PASSWORD });
    expect(accepted).toMatchObject({
      status: 201,
      body: { actor: 'Dana Lee', companyId: 'a', roles: ['poster'], keyId: null, person: { name: 'Dana Lee' } },
    });
    expect((await dana.ask('GET', '/v1/companies/a/batches')).status).toBe(200);
    expect((await dana.ask('GET', '/v1/companies/b/batches')).status).toBe(404);
    for (const path of ['invitation', 'accept'])
      expect(
        await openTestBrowser(api).ask('POST', `/v1/sign-in/${path}`, {
          token,
          ...(path === 'accept' ? { password: PASSWORD } : {}),
        }),
      ).toMatchObject({ status: 410, body: { code: 'bad-invitation' } });
    expect((await api.ask(api.admin, 'GET', '/v1/companies/a/invitations')).body.rows).toEqual([]);
    const [joined] = await acts('a', `person/${accepted.body.person.id}`);
    expect(joined).toMatchObject({ act: 'session.started', actor: 'Dana Lee', actorId: `person:${accepted.body.person.id}` });
  });

  it('can be taken back, and lapses after seven days', async () => {
    const back = await invite('Pat', ['viewer']);
    expect((await api.ask(api.admin, 'DELETE', `/v1/companies/a/invitations/${back.id}`)).status).toBe(204);
    expect((await api.ask(api.admin, 'DELETE', `/v1/companies/a/invitations/${back.id}`)).status).toBe(404);
    const old = await invite('Pat', ['viewer']);
    await api.store.sql`update invitations set expires_at = expires_at - interval '7 days' where id = ${old.id}`;
    for (const { link } of [back, old])
      expect(await openTestBrowser(api).ask('POST', '/v1/sign-in/invitation', { token: tokenIn(link) })).toMatchObject({
        status: 410,
      });
  });

  it('to several companies gives each its own roles', async () => {
    const made = await api.ask(api.admin, 'POST', '/v1/invitations', {
      ...{ name: 'Kim Two', email: 'kim@example.com' },
      companies: [
        { company: 'a', roles: ['viewer'] },
        { company: 'b', roles: ['poster'] },
      ],
    });
    const kim = openTestBrowser(api);
    const { body } = await kim.ask('POST', '/v1/sign-in/accept', { token: tokenIn(made.body.link), password: PASSWORD });
    expect(body).toMatchObject({ companyId: null, roles: [] });
    expect(body.companies.map(({ id, roles }: { id: string; roles: string[] }) => [id, roles])).toEqual([
      ['a', ['viewer']],
      ['b', ['poster']],
    ]);
    // A role in one company is none in the other.
    expect((await kim.ask('POST', '/v1/companies/a/batches/01900000-0000-7000-8000-000000000000/cancel')).body.code).toBe(
      'role-missing',
    );
    expect((await kim.ask('POST', '/v1/companies/b/batches/01900000-0000-7000-8000-000000000000/cancel')).status).toBe(404);
    expect((await kim.ask('GET', '/v1/companies')).body.code).toBe('installation-key-needed');
    // An admin of one company sees nothing of the others.
    const seen = await api.ask(await api.key('a', 'admin'), 'GET', '/v1/companies/a/people');
    expect(seen.body.rows.find(({ name }: { name: string }) => name === 'Kim Two').access).toHaveLength(1);
  });

  it('a second one to an address adds a way to sign in, and no second person', async () => {
    const lee = await person('Lee', 'viewer');
    const { link } = await invite('Someone', ['approver'], { email: lee.email.toUpperCase() });
    const again = openTestBrowser(api);
    const { body } = await again.ask('POST', '/v1/sign-in/accept', { token: tokenIn(link), password: `${PASSWORD} 2` });
    expect(body).toMatchObject({ person: { id: lee.id, name: 'Lee' }, roles: expect.arrayContaining(['viewer', 'approver']) });
  });

  it('from an admin of one company takes nobody over who has access to another', async () => {
    const email = 'victim@example.com';
    const both = [
      { company: 'a', roles: ['viewer'] },
      { company: 'b', roles: ['admin'] },
    ];
    const made = await api.ask(api.admin, 'POST', '/v1/invitations', { name: 'Victim', email, companies: both });
    const victim = openTestBrowser(api);
    await victim.ask('POST', '/v1/sign-in/accept', { token: tokenIn(made.body.link), password: PASSWORD });
    const { link } = await invite('Victim', ['poster'], { email, by: await api.key('a', 'admin') });
    const thief = await openTestBrowser(api).ask('POST', '/v1/sign-in/accept', {
      token: tokenIn(link),
      password: 'password of a thief',
    });
    expect(thief).toMatchObject({ status: 409, body: { code: 'sign-in-first' } });
    // An invitation without an address, and the address typed: the same.
    const bare = await invite('Victim', ['poster'], { by: await api.key('a', 'admin') });
    const typed = { token: tokenIn(bare.link), password: 'password of a thief', email };
    expect((await openTestBrowser(api).ask('POST', '/v1/sign-in/accept', typed)).body.code).toBe('sign-in-first');
    // The victim accepts it signed in.
    expect((await victim.ask('POST', '/v1/sign-in/accept', { token: tokenIn(link) })).body).toMatchObject({
      person: { name: 'Victim' },
    });
    const reset = await api.ask(await api.key('a', 'admin'), 'GET', '/v1/companies/a/people');
    const { id } = reset.body.rows.find(({ name }: { name: string }) => name === 'Victim');
    const thiefs = await api.ask(await api.key('a', 'admin'), 'POST', `/v1/companies/a/people/${id}/password-link`);
    expect(thiefs).toMatchObject({ status: 403, body: { code: 'installation-key-needed' } });
  });

  it('gives nobody a name that a key or the engine has', async () => {
    for (const name of ['ledgerpost', 'Field app (0123456789ab)']) {
      const refused = await api.ask(api.admin, 'POST', '/v1/companies/a/invitations', { name, roles: ['viewer'] });
      expect([name, refused.status]).toEqual([name, 400]);
    }
  });
});

describe('mail', () => {
  it('takes the link of an invitation to its address at once; without a mail server the link is only shown', async () => {
    const mails: string[] = [];
    const smtp = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ['STARTTLS'] },
      onData: (stream, _session, done) =>
        void text(stream)
          .then((mail) => mails.push(mail))
          .then(() => done()),
    });
    await new Promise<void>((listening) => smtp.listen(0, '127.0.0.1', listening));
    const { port } = smtp.server.address() as AddressInfo;
    const mail = { url: `smtp://127.0.0.1:${port}`, from: 'Ledgerpost <books@example.com>' };
    const mailing = await openTestApi({ publicUrl: 'http://ledgerpost.example', mail });
    const wanted = { name: 'Zoe Poe', email: 'zoe@example.com', roles: ['viewer'] };
    const invited = async () => (await mailing.ask(mailing.admin, 'POST', '/v1/invitations', wanted)).body;
    const { link, mailedTo } = await invited();
    expect(mailedTo).toBe('zoe@example.com');
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain('To: zoe@example.com');
    expect(mails[0]!.replaceAll('=\r\n', '').replaceAll('=3D', '=')).toContain(link);
    await new Promise<void>((closed) => smtp.close(() => closed()));
    expect(await invited()).toMatchObject({ link: expect.stringContaining('/invitation#'), mailedTo: null });
    await mailing.close();
  });

  it('is set up wholly, or not at all', () => {
    expect(mailTermsFrom({})).toBeUndefined();
    expect(() => mailTermsFrom({ LEDGERPOST_SMTP_URL: 'mail.example' })).toThrow('LEDGERPOST_SMTP_URL');
    expect(() => mailTermsFrom({ LEDGERPOST_SMTP_URL: 'smtp://mail.example' })).toThrow('LEDGERPOST_MAIL_FROM');
  });
});

describe('a link for a new password', () => {
  it('made by an admin of one company ends once the person has access to another', async () => {
    const kim = await person('Kim', 'viewer');
    const link = (await api.ask(await api.key('a', 'admin'), 'POST', `/v1/companies/a/people/${kim.id}/password-link`)).body.link;
    const access = await api.ask(api.admin, 'PUT', `/v1/companies/b/people/${kim.id}`, { roles: ['admin'] });
    expect(access.status).toBe(204);
    const set = { token: tokenIn(link), password: 'password of a thief' };
    expect((await openTestBrowser(api).ask('POST', '/v1/sign-in/accept', set)).body.code).toBe('bad-invitation');
  });
});

describe('a password', () => {
  it('signs in by address, whatever its case, and a wrong one does not tell whether the address is known', async () => {
    const { email } = await person('Ola', 'viewer');
    const browser = openTestBrowser(api);
    const right = await browser.ask('POST', '/v1/sign-in', { email: ` ${email.toUpperCase()} `, password: PASSWORD });
    expect(right).toMatchObject({ status: 201, body: { actor: 'Ola', companyId: 'a' } });
    const wrong = await browser.ask('POST', '/v1/sign-in', { email, password: `${PASSWORD}x` });
    const nobody = await browser.ask('POST', '/v1/sign-in', { email: 'nobody@example.com', password: PASSWORD });
    expect([wrong.status, wrong.body.code]).toEqual([401, 'wrong-password']);
    expect(nobody.body.detail).toBe(wrong.body.detail);
    expect(JSON.stringify(await api.store.sql`select * from people`)).not.toContain('horse');
  });

  it('is replaced by an admin’s link, which ends all sessions', async () => {
    const eve = await person('Eve', 'viewer');
    const made = await api.ask(api.admin, 'POST', `/v1/companies/a/people/${eve.id}/password-link`);
    expect((await eve.ask('GET', '/v1/companies/a')).status).toBe(200);
    const set = { token: tokenIn(made.body.link), password: 'another long password' };
    expect((await openTestBrowser(api).ask('POST', '/v1/sign-in/accept', set)).body.person.id).toBe(eve.id);
    expect((await eve.ask('GET', '/v1/companies/a')).status).toBe(401);
    const signIn = (password: string) => openTestBrowser(api).ask('POST', '/v1/sign-in', { email: eve.email, password });
    expect([(await signIn(PASSWORD)).status, (await signIn('another long password')).status]).toEqual([401, 201]);
  });
});

describe('a person', () => {
  it('lists and ends their own sessions only', async () => {
    const sam = await person('Sam', 'viewer');
    const phone = openTestBrowser(api);
    await phone.ask('POST', '/v1/sign-in', { email: sam.email, password: PASSWORD });
    const { rows } = (await sam.ask('GET', '/v1/sessions')).body;
    expect(rows.map(({ browser, here }: { browser: string; here: boolean }) => [browser, here])).toEqual([
      ['Test Browser', false],
      ['Test Browser', true],
    ]);
    const other = await person('Other', 'viewer');
    expect((await other.ask('DELETE', `/v1/sessions/${rows[0].id}`)).status).toBe(404);
    expect((await sam.ask('DELETE', `/v1/sessions/${rows[0].id}`)).status).toBe(204);
    expect([(await phone.ask('GET', '/v1/session')).status, (await sam.ask('GET', '/v1/session')).status]).toEqual([401, 200]);
  });

  it('whose access is taken away has no session, no key, no open invitation and no open connect', async () => {
    const ben = await person('Ben', 'admin');
    const key = (await ben.ask('POST', '/v1/companies/a/keys', { name: 'till', roles: ['viewer'] })).body;
    const keys = (await api.ask(api.admin, 'GET', '/v1/companies/a/keys')).body.rows as { id: string; ownerId: string }[];
    expect(keys.find(({ id }) => id === key.id)?.ownerId).toBe(ben.id);
    const own = await ben.ask('POST', '/v1/companies/a/invitations', { name: 'Ben again', roles: ['admin'] });
    await api.store.sql`insert into oauth_states (state_hash, company_id, target, connection_id, person_id, actor, expires_at)
      values ('x', 'a', 'qbo', gen_random_uuid(), ${ben.id}, 'Ben', now() + interval '1 hour')`;
    await person('Another admin', 'admin');

    expect((await api.ask(api.admin, 'DELETE', `/v1/companies/a/people/${ben.id}`)).status).toBe(204);
    expect((await ben.ask('GET', '/v1/companies/a')).status).toBe(401);
    expect((await openTestBrowser(api).ask('POST', '/v1/sign-in', { email: ben.email, password: PASSWORD })).status).toBe(401);
    expect((await api.ask(key.secret, 'GET', '/v1/companies/a')).status).toBe(401);
    expect((await openTestBrowser(api).ask('POST', '/v1/sign-in/invitation', { token: tokenIn(own.body.link) })).status).toBe(
      410,
    );
    expect(await api.store.sql`select from oauth_states`).toHaveLength(0);
    const [removed] = await acts('a', `person/${ben.id}`);
    expect(removed).toMatchObject({ act: 'person.removed', details: { name: 'Ben', keys: [key.id] } });
  });

  it('keeps their keys if the admin wants that', async () => {
    const gus = await person('Gus', 'admin');
    const key = (await gus.ask('POST', '/v1/companies/a/keys', { name: 'program', roles: ['source'] })).body;
    await api.ask(api.admin, 'DELETE', `/v1/companies/a/people/${gus.id}?keys=keep`);
    expect((await api.ask(key.secret, 'GET', '/v1/companies/a')).status).toBe(200);
  });

  it('has other roles from the next request on', async () => {
    const ida = await person('Ida', 'viewer');
    const cancel = '/v1/companies/a/batches/01900000-0000-7000-8000-000000000000/cancel';
    expect((await ida.ask('POST', cancel)).status).toBe(403);
    expect((await api.ask(api.admin, 'PUT', `/v1/companies/a/people/${ida.id}`, { roles: ['poster'] })).status).toBe(204);
    expect((await ida.ask('POST', cancel)).status).toBe(404);
    expect(await acts('a', `person/${ida.id}`)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ act: 'person.roles-changed', details: { name: 'Ida', before: ['viewer'], after: ['poster'] } }),
      ]),
    );
    // Only an admin of the installation gives a person another company without an invitation.
    const elsewhere = `/v1/companies/b/people/${ida.id}`;
    expect((await api.ask(await api.key('b', 'admin'), 'PUT', elsewhere, { roles: ['viewer'] })).status).toBe(404);
    expect((await api.ask(api.admin, 'PUT', elsewhere, { roles: ['viewer'] })).status).toBe(204);
  });

  it('who is the last admin keeps the role', async () => {
    await api.ask(api.admin, 'PUT', '/v1/companies/lone', COMPANY);
    const { link } = await invite('Lone', ['admin'], { email: 'lone@example.com', company: 'lone' });
    const lone = openTestBrowser(api);
    const { id } = (await lone.ask('POST', '/v1/sign-in/accept', { token: tokenIn(link), password: PASSWORD })).body.person;
    const at = `/v1/companies/lone/people/${id}`;
    for (const answer of [await lone.ask('PUT', at, { roles: ['viewer'] }), await lone.ask('DELETE', at)])
      expect(answer).toMatchObject({ status: 409, body: { code: 'last-admin' } });
    expect((await api.ask(api.admin, 'DELETE', `/v1/people/${id}`)).body.code).toBe('last-admin');
  });
});

describe('approval', () => {
  it('is neither the starter’s, nor a key’s of the starter', async () => {
    const dana = await person('Dana', 'admin');
    const key = (await dana.ask('POST', '/v1/companies/a/keys', { name: 'mine', roles: ['approver'] })).body.secret;
    const batch = await waitingBatch((url) => dana.ask('POST', url, {}) as never);
    for (const answer of [await dana.ask('POST', batch.approve), await api.ask(key, 'POST', batch.approve)])
      expect(answer).toMatchObject({ status: 403, body: { code: 'own-batch' } });
    const other = await person('Approver', 'approver');
    const approved = await other.ask('POST', batch.approve, { comment: ' Looks right. ' });
    expect(approved.body.batch).toMatchObject({ approvedBy: 'Approver', startedBy: 'Dana', decisionComment: 'Looks right.' });
    expect((await acts('a', `batch/${batch.id}`))[0]).toMatchObject({
      ...{ act: 'batch.approved', actor: 'Approver', actorId: `person:${other.id}`, details: { comment: 'Looks right.' } },
    });
    await batch.end();
  });

  it('of a batch that a key started is not its owner’s, even after the key got another owner', async () => {
    const olga = await person('Olga', 'admin');
    const made = (await olga.ask('POST', '/v1/companies/a/keys', { name: 'program', roles: ['poster'] })).body;
    const batch = await waitingBatch((url) => api.ask(made.secret, 'POST', url, {}));
    expect((await olga.ask('POST', batch.approve)).body.code).toBe('own-batch');
    // A key that was given away since is still the one that she started with.
    const paul = await person('Paul', 'approver');
    expect((await olga.ask('PUT', `/v1/companies/a/keys/${made.id}/owner`, { person: paul.id })).status).toBe(204);
    expect((await olga.ask('POST', batch.approve)).body.code).toBe('own-batch');
    expect((await paul.ask('POST', batch.approve)).body.code).toBe('own-batch');
    // Nor by somebody who turns out to be her.
    const twin = await person('Olga P.', 'approver');
    expect((await api.ask(api.admin, 'POST', `/v1/people/${twin.id}/join`, { other: olga.id })).status).toBe(204);
    expect((await olga.ask('GET', '/v1/session')).status).toBe(401);
    expect((await twin.ask('POST', batch.approve)).body.code).toBe('own-batch');
    await batch.end();
  });

  it('by a key that nobody owns works as before, and the journal shows it', async () => {
    const batch = await waitingBatch((url) => api.ask(api.admin, 'POST', url, {}));
    const key = await api.key('a', 'approver');
    expect((await api.ask(key, 'POST', batch.approve)).status).toBe(200);
    expect((await acts('a', `batch/${batch.id}`))[0]).toMatchObject({ act: 'batch.approved', details: { owner: 'nobody' } });
    await batch.end();
  });

  it('of a batch from before ids were kept compares its text', async () => {
    const batch = await waitingBatch((url) => api.ask(api.admin, 'POST', url, {}));
    await api.store.sql`update batches set started_by_id = null, starter_id = null where id = ${batch.id}`;
    expect((await api.ask(api.admin, 'POST', batch.approve)).body.code).toBe('own-batch');
    await batch.end();
  });
});

describe('a set-up link', () => {
  it('makes the first admin of an empty installation, once, for an hour', async () => {
    const empty = await openTestApi();
    try {
      expect(await setUpToken(empty.store)).toBeUndefined();
      await empty.store.sql`update api_keys set revoked_at = now()`;
      const earlier = (await setUpToken(empty.store))!;
      const token = (await setUpToken(empty.store))!;
      const first = openTestBrowser(empty);
      const accept = (which: string) =>
        first.ask('POST', '/v1/sign-in/accept', {
          token: which,
          name: 'First Admin',
          email: 'first@example.com',
          password: PASSWORD,
        });
      // Only the newest link works: another process printed the former one.
      expect((await accept(earlier)).status).toBe(410);
      expect((await first.ask('POST', '/v1/sign-in/accept', { token, password: PASSWORD })).body.code).toBe('bad-request');
      expect((await accept(token)).body).toMatchObject({ actor: 'First Admin', companyId: null, roles: ['admin'] });
      expect((await first.ask('GET', '/v1/people')).body.rows).toMatchObject([{ name: 'First Admin', hasPassword: true }]);
      expect((await accept(token)).status).toBe(410);
      expect(await setUpToken(empty.store)).toBeUndefined();
      // The last admin of the installation keeps the role.
      const { id } = (await first.ask('GET', '/v1/people')).body.rows[0];
      expect((await first.ask('DELETE', `/v1/people/${id}`)).body.code).toBe('last-admin');
    } finally {
      await empty.close();
    }
  });
});
