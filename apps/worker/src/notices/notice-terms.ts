import { type MailTerms, mailTermsFrom } from '@ledgerpost/core';

/** How this installation sends notices. */
export interface NoticeTerms {
  /** Absent: no mail is set up, and messages by mail wait. */
  readonly mail?: MailTerms | undefined;
  /** Where people reach the console, without a slash at the end. */
  readonly publicUrl: string;
}

/** @throws Error for operators, which shows nothing of the address */
export function noticeTermsFrom(env: NodeJS.ProcessEnv): NoticeTerms {
  const publicUrl = env.PUBLIC_URL?.replace(/\/+$/, '') ?? 'http://127.0.0.1:4610';
  return { publicUrl, mail: mailTermsFrom(env) };
}
