import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { sealNoticeAddress } from '@ledgerpost/connections';
import type { Matter, NoticeChannel } from '@ledgerpost/core';
import { handOverNotices } from '@ledgerpost/dispatch';
import { saasant } from '@ledgerpost/saasant-plugin';
import {
  confirmNoticeAddress,
  noticeSettingsOf,
  putNoticeSetting,
  recentNotices,
  writeNotice,
  writeOwnNotice,
} from '@ledgerpost/store';
import { noticeWorkflowId } from '@ledgerpost/workflows/names';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { harness } from '../../testing/harness.testing.ts';
import { customer, invoice, SETTINGS } from '../../testing/records.testing.ts';

const KEYS = [{ id: 'k', secret: Buffer.alloc(32, 'k') }] as const;
const ADDRESS = 'ada@example.com';
const PASSWORD = 'hunter2-of-the-mail-server';

/** Mail that the server has accepted. */
const mails: string[] = [];
/** What the server does with the next message, once it has all of it. */
let dies: ('after-accepting' | 'before-data' | 'refuses')[] = [];
const posted: string[] = [];
let slackAnswers: number[] = [];

const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onAuth: ({ password }, _session, done) => done(password === PASSWORD ? null : new Error('No.'), { user: 'ledgerpost' }),
  onMailFrom(_address, session, done) {
    if (dies[0] !== 'before-data') return done();
    dies.shift();
    cut(session.id);
  },
  onData(stream, session, done) {
    void text(stream).then((mail) => {
      const fault = dies.shift();
      if (fault === 'refuses') return done(Object.assign(new Error(`${ADDRESS} is unknown`), { responseCode: 550 }));
      mails.push(mail);
      if (fault === 'after-accepting') cut(session.id);
      else done();
    });
  },
});
/** Cuts the connection without an answer, as a server that dies. */
function cut(id: string): void {
  for (const connection of smtp.connections as Iterable<{ id: string; _socket: { destroy(): void } }>)
    if (connection.id === id) connection._socket.destroy();
}
const slack = createServer(async (request, response) => {
  posted.push(await text(request));
  response.writeHead(slackAnswers.shift() ?? 200).end('ok');
});

let h: Awaited<ReturnType<typeof harness>>;
beforeAll(async () => {
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', () => resolve()));
  await new Promise<void>((resolve) => slack.listen(0, '127.0.0.1', resolve));
  const { port } = smtp.server.address() as AddressInfo;
  h = await harness([saasant], {
    keys: KEYS,
    notices: {
      publicUrl: 'https://books.example.com',
      mail: { url: `smtp://ledgerpost:${PASSWORD}@127.0.0.1:${port}`, from: 'Ledgerpost <books@example.com>' },
    },
  });
});
afterAll(async () => {
  await h?.close();
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
  slack.close();
});
beforeEach(() => {
  mails.length = posted.length = 0;
  dies = [];
  slackAnswers = [];
});

async function companyThatIsTold(
  channel: NoticeChannel,
  matters: readonly Matter[],
  digest = false,
  confirming: string | null = null,
) {
  const co = await h.company(saasant, [customer('c-1'), invoice('i-1')], SETTINGS);
  const companyId = co.company.id;
  const address =
    channel === 'email' ? ADDRESS : `http://127.0.0.1:${(slack.address() as AddressInfo).port}/services/T0/B0/secret`;
  const sealed = sealNoticeAddress(KEYS as never, { companyId, channel }, address);
  await putNoticeSetting(h.store.sql, {
    ...{ companyId, person: 'ada', channel, matters: [...matters], digest, actor: 'ada' },
    address: { shown: ADDRESS, confirming, ...sealed },
  });
  return co;
}

const held = (companyId: string, subject = 'a-batch', count = 3) =>
  writeNotice(h.store.sql, { companyId, matter: 'books-changed', subject, facts: { target: 'saasant', count }, page: '' });

/** Hands over what is due, and waits until each message has ended. */
async function told(companyId: string) {
  await handOverNotices({ store: h.store, temporal: h.client, noticeRetrySeconds: 0.05 }, 30);
  for (const { id } of await recentNotices(h.store.sql, companyId, 'ada', 9))
    await h.client.workflow
      .getHandle(noticeWorkflowId(id))
      .result()
      .catch(() => {});
  return recentNotices(h.store.sql, companyId, 'ada', 9);
}

const messageIds = () => mails.map((mail) => /^Message-ID: (.+)$/im.exec(mail)![1]!.trim());

describe('a notice by mail', () => {
  it('reports that the files of a batch are ready, with a link that leads there, and nothing secret', async () => {
    const co = await companyThatIsTold('email', ['files-ready', 'batch-problems']);
    const batch = await h.run(co);
    expect(await told(co.company.id)).toMatchObject([{ matter: 'files-ready', state: 'sent', attempts: 1, trouble: null }]);
    expect(mails).toHaveLength(1);
    const mail = mails[0]!.replace(/=\r\n/g, '').replaceAll('=3D', '=');
    expect(mail).toContain('From: Ledgerpost <books@example.com>');
    expect(mail).toContain(`To: ${ADDRESS}`);
    expect(mail).toContain(`https://books.example.com/c/${co.company.id}/batches/${batch.id}`);
    // Not within longer runs of digits: the ids of the company, the batch and the message are random.
    expect(mail).not.toMatch(/Bird Sanctuary|\b189\b|lp_/);
  });

  it('goes to no address that its person has not confirmed, but for the link that confirms it', async () => {
    const co = await companyThatIsTold('email', ['books-changed'], true, 'token-of-the-mail');
    const companyId = co.company.id;
    const [setting] = await noticeSettingsOf(h.store.sql, companyId, 'ada');
    await writeOwnNotice(h.store.sql, companyId, setting!.id, 'test');
    await held(companyId);
    expect(await told(companyId)).toMatchObject([{ matter: 'test', state: 'refused', trouble: 'not-confirmed' }]);
    await writeOwnNotice(h.store.sql, companyId, setting!.id, 'confirm');
    expect((await told(companyId))[0]).toMatchObject({ matter: 'confirm', state: 'sent' });
    expect(mails).toHaveLength(1);
    const mail = mails[0]!.replace(/=\r\n/g, '').replaceAll('=3D', '=');
    expect(mail).toContain(`https://books.example.com/c/${companyId}/notices?confirm=token-of-the-mail`);
    const token = 'token-of-the-mail';
    expect(await confirmNoticeAddress(h.store.sql, { companyId, person: 'ada', channel: 'email', token, actor: 'ada' })).toBe(
      true,
    );
    await writeOwnNotice(h.store.sql, companyId, setting!.id, 'test');
    expect((await told(companyId))[0]).toMatchObject({ matter: 'test', state: 'sent' });
  });

  it('is doubled at most once, under the same Message-ID, by a server that dies after accepting', async () => {
    const co = await companyThatIsTold('email', ['books-changed']);
    dies = ['after-accepting'];
    await held(co.company.id);
    expect(await told(co.company.id)).toMatchObject([{ state: 'sent', attempts: 2 }]);
    expect(mails).toHaveLength(2);
    expect(new Set(messageIds()).size).toBe(1);

    dies = ['after-accepting', 'after-accepting', 'after-accepting'];
    mails.length = 0;
    await held(co.company.id, 'another');
    expect((await told(co.company.id))[0]).toMatchObject({ state: 'in-doubt', attempts: 2 });
    expect(mails).toHaveLength(2);
  });

  it('is tried again until it arrives, once, where the server certainly did not have it', async () => {
    const co = await companyThatIsTold('email', ['books-changed']);
    dies = ['before-data', 'before-data', 'before-data'];
    await held(co.company.id);
    expect(await told(co.company.id)).toMatchObject([{ state: 'sent', attempts: 4 }]);
    expect(mails).toHaveLength(1);
  });

  it('that is refused is not tried again, and shows the code without the address', async () => {
    const co = await companyThatIsTold('email', ['books-changed']);
    dies = ['refuses'];
    await held(co.company.id);
    expect(await told(co.company.id)).toMatchObject([{ state: 'refused', attempts: 1, trouble: 'smtp-550' }]);
  });

  it('is one for one matter, however often that is reported', async () => {
    const co = await companyThatIsTold('email', ['books-changed']);
    await held(co.company.id);
    await held(co.company.id);
    await told(co.company.id);
    await told(co.company.id);
    expect(mails).toHaveLength(1);
  });

  it('is not sent where the matter was over before, nor to a person whose access has ended', async () => {
    const co = await companyThatIsTold('email', ['approval-waiting', 'books-changed']);
    const { sql } = h.store;
    const batch = await h.run(co);
    const over = { companyId: co.company.id, matter: 'approval-waiting', subject: batch.id, facts: {}, page: '' } as const;
    await writeNotice(sql, over);
    expect(await told(co.company.id)).toMatchObject([{ state: 'over', attempts: 0 }]);
    await sql`insert into api_keys (id, name, roles, secret_hash, created_by, revoked_at)
      values ('ada', 'Ada', '[]', 'none', 'test', now())`;
    await held(co.company.id);
    expect((await told(co.company.id))[0]).toMatchObject({ state: 'over' });
    await sql`delete from api_keys where id = 'ada'`;
    expect(mails).toEqual([]);
  });

  it('is one message for all matters of a day, where a person wants a digest', async () => {
    const co = await companyThatIsTold('email', ['books-changed'], true);
    const companyId = co.company.id;
    await held(companyId, 'first', 3);
    await held(companyId, 'second', 4);
    expect(await told(companyId)).toMatchObject([{ state: 'waiting' }, { state: 'waiting' }]);
    const [due] = await h.store.sql`select extract(hour from due_at at time zone time_zone)::int as hour, due_at > now() as ahead
      from notice_sends s join notice_settings t on t.id = s.setting_id join companies c on c.id = t.company_id
      where t.company_id = ${companyId}`;
    expect(due).toEqual({ hour: 8, ahead: true });
    await h.store.sql`update notice_sends set due_at = now() where ended_at is null`;
    expect((await told(companyId)).map(({ state }) => state)).toEqual(['sent', 'sent']);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain('2_notices');
    expect(mails[0]).toMatch(/3 documents[\s\S]*4 documents/);
  });
});

describe('a notice in Slack', () => {
  it('waits while Slack refuses for now, and arrives once', async () => {
    const co = await companyThatIsTold('slack', ['books-changed']);
    slackAnswers = [429, 503];
    await held(co.company.id);
    expect(await told(co.company.id)).toMatchObject([{ channel: 'slack', state: 'sent', attempts: 3 }]);
    const { text: words } = JSON.parse(posted.at(-1)!) as { text: string };
    expect(words).toContain('<https://books.example.com/c/');
    expect(words).toContain('3 documents were changed in SaasAnt');
  });

  it('to a webhook that was removed is not tried again', async () => {
    const co = await companyThatIsTold('slack', ['books-changed']);
    slackAnswers = [404];
    await held(co.company.id);
    expect(await told(co.company.id)).toMatchObject([{ state: 'refused', trouble: 'slack-404' }]);
    expect(posted).toHaveLength(1);
  });
});

it('no secret reaches a log or a history', async () => {
  const histories: string[] = [];
  for await (const run of h.client.workflow.list({ query: `WorkflowType = 'sendNotice' AND LedgerpostTarget = 'notices'` })) {
    if (histories.length === 12) break;
    histories.push(JSON.stringify(await h.client.workflow.getHandle(run.workflowId, run.runId).fetchHistory()));
  }
  const written = [...h.logged, ...histories].join('\n');
  expect(h.logged.length).toBeGreaterThan(3);
  expect(written).toContain('notice-not-sent');
  for (const secret of [PASSWORD, ADDRESS, 'services/T0', Buffer.from(ADDRESS).toString('base64')])
    expect(written).not.toContain(secret);
});
