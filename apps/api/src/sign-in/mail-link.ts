import type { MailTerms } from '@ledgerpost/core';
import type { FastifyBaseLogger } from 'fastify';
import { createTransport } from 'nodemailer';

/** In milliseconds: an admin waits for it, and has the link in any case. */
const PATIENCE = 8_000;

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
