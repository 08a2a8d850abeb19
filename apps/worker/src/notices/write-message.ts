import { type NoticeFacts, noticeWords } from '@ledgerpost/core';
import type { NoticeToSend } from '@ledgerpost/store';

export interface Message {
  readonly subject: string;
  /** One paragraph per matter, each with its link. */
  readonly paragraphs: readonly { readonly title: string; readonly text: string; readonly link: string }[];
  /** Where the person changes what they get. */
  readonly settings: string;
}

/** A notice in words. @param names the names of targets, by id */
export function writeMessage(
  { companyId, company, notices }: Pick<NoticeToSend, 'companyId' | 'company' | 'notices'>,
  publicUrl: string,
  names: Readonly<Record<string, string>>,
): Message {
  const booksOf = ({ target }: NoticeFacts) => (target === undefined ? 'the books' : (names[target] ?? target));
  const paragraphs = notices.map(({ matter, facts, link }) => ({
    ...noticeWords(matter, facts, booksOf(facts)),
    link: `${publicUrl}${link}`,
  }));
  const title = paragraphs.length === 1 ? paragraphs[0]!.title : `${paragraphs.length} notices`;
  return {
    // A subject is one line, whatever a batch is called.
    subject: `${company}: ${title}`.replace(/\s+/g, ' ').slice(0, 200),
    paragraphs,
    settings: `${publicUrl}/c/${encodeURIComponent(companyId)}/notices`,
  };
}
