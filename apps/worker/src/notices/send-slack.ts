import type { NoticeOutcome } from '@ledgerpost/store';
import type { Message } from './write-message.ts';

const PATIENCE = 20_000;

/** Posts one message to an incoming webhook of Slack, which accepts no key: a lost answer is sent again, once. */
export async function sendSlack(fetch: typeof globalThis.fetch, webhook: string, message: Message): Promise<NoticeOutcome> {
  const lines = message.paragraphs.map(({ title, text, link }) => `<${link}|${escaped(title)}>\n${escaped(text)}`);
  const body = JSON.stringify({ text: `*${escaped(message.subject)}*\n${lines.join('\n\n')}`, unfurl_links: false });
  try {
    const headers = { 'content-type': 'application/json' };
    // A redirect could carry the message, and its answer, to anywhere.
    const answer = await fetch(webhook, {
      method: 'POST',
      headers,
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    });
    await answer.body?.cancel();
    if (answer.ok) return { outcome: 'sent' };
    const again = answer.status === 429 || answer.status >= 500;
    return { outcome: again ? 'not-sent' : 'refused', trouble: `slack-${answer.status}` };
  } catch (error) {
    const code = (error as { cause?: { code?: string } }).cause?.code ?? (error as Error).name;
    const neverThere = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'].includes(code);
    return { outcome: neverThere ? 'not-sent' : 'unknown', trouble: code };
  }
}

/** Slack's three control characters; a batch's name is text. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
