import { type NoticeChannel, Refusal } from '@ledgerpost/core';

/** Where incoming webhooks of Slack are. A webhook elsewhere would let a person send requests from inside of the network. */
export const SLACK = ['hooks.slack.com'] as const;

/** An address as it is stored, and what people see of it. @throws Refusal `bad-request` */
export function readNoticeAddress(
  channel: NoticeChannel,
  address: string,
  slackHosts: readonly string[],
): { readonly address: string; readonly shown: string } {
  if (channel === 'email') {
    // What goes into an envelope: one mailbox, without a display name, a comment or a line end.
    if (!/^[^\s@<>(),;:"\\[\]]{1,64}@[A-Za-z0-9.-]{1,253}$/.test(address))
      throw refused('This is no e-mail address. Write it as name@example.com.');
    return { address, shown: address };
  }
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const allowed = url !== undefined && url.username === '' && slackHosts.includes(url.host);
  if (!allowed || (url.protocol !== 'https:' && url.host === SLACK[0]))
    throw refused(`This is no address of a Slack webhook. Copy it from Slack: it begins with https://${SLACK[0]}/.`);
  return { address: url.href, shown: url.host };
}

function refused(message: string): Refusal {
  return new Refusal('bad-request', message, { fields: [{ field: 'body.address', message }] });
}
