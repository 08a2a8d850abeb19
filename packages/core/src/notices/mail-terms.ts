/** How this installation sends mail. */
export interface MailTerms {
  /** `smtp://user:password@host:587` or `smtps://…`: it holds a password, and is never logged. */
  readonly url: string;
  /** The sender: `Ledgerpost <books@example.com>` or an address alone. */
  readonly from: string;
}

/**
 * The mail server that the environment names; undefined without one.
 * @throws Error for operators, which shows nothing of the address
 */
export function mailTermsFrom(env: Readonly<Record<string, string | undefined>>): MailTerms | undefined {
  const { LEDGERPOST_SMTP_URL: url, LEDGERPOST_MAIL_FROM: from } = env;
  if (!url) return undefined;
  if (!/^smtps?:\/\/./.test(url) || !URL.canParse(url))
    throw new Error('LEDGERPOST_SMTP_URL is no address of a mail server. Write it as smtp://user:password@host:587.');
  if (!from?.includes('@'))
    throw new Error('LEDGERPOST_MAIL_FROM is missing. Set it to the sender of mail: Ledgerpost <books@example.com>.');
  return { url, from };
}
