/** How this installation sends notices. */
export interface NoticeTerms {
  /** Absent: no mail is set up, and messages by mail wait. */
  readonly mail?: MailTerms | undefined;
  /** Where people reach the console, without a slash at the end. */
  readonly publicUrl: string;
}

export interface MailTerms {
  /** `smtp://user:password@host:587` or `smtps://…`: it holds a password, and is never logged. */
  readonly url: string;
  /** The sender: `Ledgerpost <books@example.com>` or an address alone. */
  readonly from: string;
}

/** @throws Error for operators, which shows nothing of the address */
export function noticeTermsFrom(env: NodeJS.ProcessEnv): NoticeTerms {
  const publicUrl = env.PUBLIC_URL?.replace(/\/+$/, '') ?? 'http://127.0.0.1:4610';
  const url = env.LEDGERPOST_SMTP_URL;
  if (!url) return { publicUrl };
  if (!/^smtps?:\/\/./.test(url) || !URL.canParse(url))
    throw new Error('LEDGERPOST_SMTP_URL is no address of a mail server. Write it as smtp://user:password@host:587.');
  const from = env.LEDGERPOST_MAIL_FROM;
  if (!from?.includes('@'))
    throw new Error('LEDGERPOST_MAIL_FROM is missing. Set it to the sender of notices: Ledgerpost <books@example.com>.');
  return { publicUrl, mail: { url, from } };
}
