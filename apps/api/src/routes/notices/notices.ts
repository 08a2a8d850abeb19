import { randomUUID } from 'node:crypto';
import { sealNoticeAddress } from '@ledgerpost/connections';
import { MATTER_NAMES, MATTERS, NOTICE_CHANNELS, Refusal } from '@ledgerpost/core';
import {
  confirmNoticeAddress,
  invitedAt,
  noticeSettingsOf,
  putNoticeSetting,
  recentNotices,
  removeNoticeSetting,
  type Sql,
  writeOwnNotice,
} from '@ledgerpost/store';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import type { Caller } from '../../http/caller.ts';
import { storableText } from '../../views/plain-name.ts';
import { companyParams, errorAnswers, instant } from '../../views/views.ts';
import { readNoticeAddress, SLACK } from './notice-address.ts';

const channel = z.enum(NOTICE_CHANNELS);
const matter = z.enum(MATTER_NAMES);

const settingView = z
  .object({
    channel,
    shown: z.string().describe('The e-mail address; of a Slack webhook only its host'),
    confirmed: z.boolean().describe('False: the address was typed, and gets nothing but the mail that asks to confirm it'),
    matters: z.array(matter),
    digest: z.boolean().describe('One message each morning at eight, in the company’s time zone, instead of one per matter'),
  })
  .meta({ id: 'NoticeSetting' });

const sentView = z
  .object({
    id: z.string(),
    channel,
    matter: z.enum([...MATTER_NAMES, 'test', 'confirm']),
    state: z
      .enum(['waiting', 'sending', 'sent', 'refused', 'in-doubt', 'over'])
      .describe('`in-doubt`: its answer was lost twice, so it may have arrived. `over`: the matter was over before it was sent'),
    attempts: z.number(),
    trouble: z.string().nullable().describe('Why the last attempt failed, as a code'),
    link: z.string().describe('The page of the console that it leads to'),
    at: instant,
  })
  .meta({ id: 'SentNotice' });

const noticesView = z
  .object({
    mail: z.boolean().describe('Whether this installation sends mail'),
    invitedAt: z.string().nullable().describe('The address of the caller’s invitation, which needs no confirmation'),
    matters: z.array(z.object({ matter, title: z.string() })),
    rows: z.array(settingView).describe('What the caller gets, at most one row per channel'),
    recent: z.array(sentView).describe('The newest messages to the caller, at most 20'),
  })
  .meta({ id: 'Notices' });

const noticeBody = z.strictObject({
  address: z
    .string()
    .trim()
    .min(1)
    .max(2_000)
    .optional()
    .describe('An e-mail address, or the address of an incoming webhook of Slack. Absent: it stays. It is stored encrypted'),
  matters: z.array(matter).min(1, 'Choose at least one matter.').describe('What to send'),
  digest: z.boolean().default(false),
});

/** The notices of each person: about which matters of a company, over which channel. */
export function noticeRoutes(app: App, { store, sealingKeys, notices }: RouteDeps): void {
  const url = '/v1/companies/:company/notices';
  const at = companyParams.extend({ channel });
  const access = company(...READERS);

  app.get(
    url,
    {
      config: { access },
      schema: {
        tags: ['notices'],
        summary: 'The caller’s notices by mail and in Slack',
        params: companyParams,
        response: { 200: noticesView, ...errorAnswers },
      },
    },
    async ({ company: { id }, caller }) => {
      const rows = await noticeSettingsOf(store.sql, id, whose(caller));
      const recent = await recentNotices(store.sql, id, whose(caller), 20);
      const matters = MATTER_NAMES.map((name) => ({ matter: name, title: MATTERS[name] }));
      const [invited = null] = await ownAddresses(store.sql, caller);
      return { mail: notices?.mail ?? false, invitedAt: invited, matters, rows, recent };
    },
  );

  app.put(
    `${url}/:channel`,
    {
      config: { access },
      schema: {
        tags: ['notices'],
        summary: 'Choose the notices of a channel',
        params: at,
        body: noticeBody,
        response: { 200: z.object({ rows: z.array(settingView) }), ...errorAnswers },
      },
    },
    async ({ company: { id: companyId }, caller, params, body }) => {
      const { matters, digest } = body;
      const read =
        body.address === undefined ? undefined : readNoticeAddress(params.channel, body.address, notices?.slackHosts ?? SLACK);
      if (read !== undefined && sealingKeys === undefined)
        throw new Refusal('no-oauth-app', 'There are no sealing keys, so no address can be stored. Set LEDGERPOST_SEALING_KEYS.');
      const of = { companyId, person: whose(caller), channel: params.channel };
      const before = (await noticeSettingsOf(store.sql, companyId, of.person)).find((one) => one.channel === params.channel);
      const isKnown =
        read === undefined ||
        params.channel !== 'email' ||
        (before?.confirmed === true && before.shown === read.shown) ||
        (await ownAddresses(store.sql, caller)).includes(read.address.toLowerCase());
      const confirming = isKnown ? null : randomUUID();
      const address =
        read === undefined
          ? undefined
          : {
              shown: read.shown,
              confirming,
              ...sealNoticeAddress(sealingKeys!, { companyId, channel: params.channel }, read.address),
            };
      const setting = { ...of, matters: [...new Set(matters)], digest, address, actor: caller.actor };
      const saved = await store.sql.begin(async (sql) => {
        if (!(await putNoticeSetting(sql, setting))) return false;
        if (confirming !== null) await askToConfirm(sql, of);
        return true;
      });
      if (!saved) {
        const message = 'Enter the address to send to.';
        throw new Refusal('bad-request', message, { fields: [{ field: 'body.address', message }] });
      }
      return { rows: await noticeSettingsOf(store.sql, companyId, whose(caller)) };
    },
  );

  app.post(
    `${url}/:channel/confirm`,
    {
      config: { access },
      schema: {
        tags: ['notices'],
        summary: 'Confirm an address by what its mail carried',
        params: at,
        body: z.strictObject({ token: storableText(1, 100).describe('From the link in the mail') }),
        response: { 200: z.object({ rows: z.array(settingView) }), ...errorAnswers },
      },
    },
    async ({ company: { id: companyId }, caller, params, body }) => {
      const of = { companyId, person: whose(caller), channel: params.channel };
      const order = { ...of, token: body.token, actor: caller.actor };
      if (!(await store.sql.begin((sql) => confirmNoticeAddress(sql, order)))) {
        const why = 'This link confirms no address of yours. Sign in as the person who typed it, or send the mail again.';
        throw new Refusal('not-found', why);
      }
      return { rows: await noticeSettingsOf(store.sql, companyId, whose(caller)) };
    },
  );

  app.delete(
    `${url}/:channel`,
    {
      config: { access },
      schema: {
        tags: ['notices'],
        summary: 'Stop all messages to the caller over a channel',
        params: at,
        response: { 204: z.undefined(), ...errorAnswers },
      },
    },
    async ({ company: { id: companyId }, caller, params }, reply) => {
      const of = { companyId, person: whose(caller), channel: params.channel, actor: caller.actor };
      const removed = await store.sql.begin((sql) => removeNoticeSetting(sql, of));
      if (!removed) throw noChannel(params.channel);
      return reply.code(204).send();
    },
  );

  app.post(
    `${url}/:channel/test`,
    {
      config: { access },
      schema: {
        tags: ['notices'],
        summary: 'Send a test message to the caller',
        description:
          'It goes out within seconds. `recent` of `GET …/notices` shows what became of it. An address that is not confirmed gets its confirmation mail instead.',
        params: at,
        response: { 202: z.object({}), ...errorAnswers },
      },
    },
    async ({ company: { id }, caller, params }, reply) => {
      const setting = (await noticeSettingsOf(store.sql, id, whose(caller))).find((one) => one.channel === params.channel);
      if (setting === undefined) throw noChannel(params.channel);
      await writeOwnNotice(store.sql, id, setting.id, setting.confirmed ? 'test' : 'confirm');
      return reply.code(202).send({});
    },
  );
}

/** In lower case. A key has none. */
async function ownAddresses(sql: Sql, { personId }: Caller): Promise<string[]> {
  return personId === null ? [] : (await invitedAt(sql, personId)).map((one) => one.toLowerCase());
}

/** Sends the mail that asks a person to confirm the address. */
async function askToConfirm(sql: Sql, { companyId, person, channel }: { companyId: string; person: string; channel: string }) {
  const setting = (await noticeSettingsOf(sql, companyId, person)).find((one) => one.channel === channel);
  await writeOwnNotice(sql, companyId, setting!.id, 'confirm');
}

function noChannel(name: string): Refusal {
  return new Refusal('not-found', `You get no messages over ${name}. Save an address first.`);
}

/** Whose setting it is. Those of keys have the bare id of the key. */
function whose({ keyId, actorId }: Caller): string {
  return keyId ?? actorId;
}
