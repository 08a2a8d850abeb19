import type { FastifyBaseLogger } from 'fastify';
import { createTransport } from 'nodemailer';

/** How this installation sends mail. */
export interface MailTerms {
  /** `smtp://user:password@host:587` or `smtps://…`: it holds a password, and is never logged. */
  readonly url: string;
  /** The sender: `Ledgerpost <books@example.com>` or an address alone. */
  readonly from: string;
}

/** In milliseconds: an admin waits for it, and has the link in any case. */
const PATIENCE = 8_000;

/** The terms that the environment names, the same as for notices; undefined without a mail server. */
export function mailTermsFrom(env: NodeJS.ProcessEnv): MailTerms | undefined {
  const { LEDGERPOST_SMTP_URL: url, LEDGERPOST_MAIL_FROM: from } = env;
  if (!url) return undefined;
  if (!/^smtps?:\/\/./.test(url) || !URL.canParse(url))
    throw new Error('LEDGERPOST_SMTP_URL is no address of a mail server. Write it as smtp://user:password@host:587.');
  if (!from?.includes('@'))
    throw new Error('LEDGERPOST_MAIL_FROM is missing. Set it to the sender of mail: Ledgerpost <books@example.com>.');
  return { url, from };
}

export interface LinkMail {
  readonly to: string;
  readonly name: string;
  readonly by: string;
  readonly link: string;
  readonly expiresAt: Date;
}

/**
 * Mails the link of an invitation at once, since nothing but this answer ever has it: neither the database nor Temporal stores it.
 * False if it could not be sent; then the admin hands it over.
 */
export async function mailLink({ url, from }: MailTerms, mail: LinkMail, log: FastifyBaseLogger): Promise<boolean> {
  const { to, name, by, link, expiresAt } = mail;
  const waits = { connectionTimeout: PATIENCE, greetingTimeout: PATIENCE, socketTimeout: PATIENCE };
  const transport = createTransport({ url, ...waits, disableFileAccess: true, disableUrlAccess: true });
  const lines = [
    `${name},`,
    `${by} sends you this link to sign in to Ledgerpost:`,
    link,
    `It works once, until ${expiresAt.toUTCString()}. If you did not expect it, delete this message.`,
  ];
  try {
    const headers = { 'Auto-Submitted': 'auto-generated' };
    await transport.sendMail({
      from,
      to: { name: '', address: to },
      subject: 'Your access to Ledgerpost',
      text: lines.join('\n\n'),
      headers,
    });
    return true;
  } catch (error) {
    const { code, responseCode } = error as { code?: string; responseCode?: number };
    log.warn({ code, responseCode }, 'an invitation could not be mailed');
    return false;
  } finally {
    transport.close();
  }
}
