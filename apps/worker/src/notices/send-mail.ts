import { Readable } from 'node:stream';
import type { MailTerms } from '@ledgerpost/core';
import type { NoticeOutcome } from '@ledgerpost/store';
import type { Message } from './write-message.ts';

/** In milliseconds: a mail server that is silent for longer counts as away. */
const PATIENCE = 20_000;

/**
 * Sends one message by mail. Whether it arrived is unknown only if the server had all of it and did not answer: mail has no way to
 * ask, so the next attempt goes out under the same Message-ID, by which mailboxes and people know it as the same.
 */
export async function sendMail({ url, from }: MailTerms, to: string, id: string, message: Message): Promise<NoticeOutcome> {
  const host = /@([A-Za-z0-9.-]+)/.exec(from)?.[1] ?? 'ledgerpost';
  const text = message.paragraphs.map(({ title, text: words, link }) => `${title}\n${words}\n${link}`).join('\n\n');
  // Loaded where a mail is sent: most workers send none for days.
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer/index.js');
  const raw = await new MailComposer({
    from,
    to,
    messageId: `<notice.${id}@${host}>`,
    subject: message.subject,
    text: `${text}\n\n--\nYou get this from Ledgerpost. Change what you get: ${message.settings}\n`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
  return await deliver(url, { from: addressIn(from), to: [to] }, raw);
}

/** Hands one message to the server. Nodemailer's transports read a message ahead of time, and its connection reads it when the server asks. */
async function deliver(url: string, envelope: { from: string; to: string[] }, raw: Buffer): Promise<NoticeOutcome> {
  const { parseConnectionUrl } = await import('nodemailer/lib/shared/index.js');
  const { default: SMTPConnection } = await import('nodemailer/lib/smtp-connection/index.js');
  const { auth, ...server } = parseConnectionUrl(url);
  const terms = { connectionTimeout: PATIENCE, greetingTimeout: PATIENCE, socketTimeout: PATIENCE, dnsTimeout: PATIENCE };
  const connection = new SMTPConnection({ ...server, ...terms });
  let handedOver = false;
  const content = Readable.from(
    (function* () {
      yield raw;
      handedOver = true;
    })(),
  );
  return new Promise<NoticeOutcome>((resolve) => {
    const failed = (error: object) => resolve(outcomeOf(error, handedOver));
    const orFail = (next: () => void) => (error: object | null | undefined) => (error ? failed(error) : next());
    connection.once('error', failed);
    connection.once('end', () => failed({ code: 'ECONNECTION' }));
    const send = () =>
      connection.send(
        envelope,
        content,
        orFail(() => resolve({ outcome: 'sent' })),
      );
    connection.connect(orFail(() => (auth === undefined ? send() : connection.login(auth, orFail(send)))));
  }).finally(() => {
    connection.on('error', () => {});
    connection.close();
  });
}

/** The server's own words may repeat an address, so only the code is kept. */
function outcomeOf(
  { code = 'unknown', responseCode }: { code?: string; responseCode?: number },
  handedOver: boolean,
): NoticeOutcome {
  if (responseCode !== undefined && responseCode >= 500) return { outcome: 'refused', trouble: `smtp-${responseCode}` };
  if (responseCode !== undefined) return { outcome: 'not-sent', trouble: `smtp-${responseCode}` };
  return { outcome: handedOver ? 'unknown' : 'not-sent', trouble: code };
}

function addressIn(from: string): string {
  return /<([^<>]+)>/.exec(from)?.[1] ?? from.trim();
}
