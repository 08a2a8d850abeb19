import type { PlaintextPayload, Posting } from './payload.ts';

/**
 * An entry in the spelling that both programs share. What beancount reads as payee, narration and links is hledger's description;
 * hledger's tags are beancount's comments.
 */
export function writeEntry(payload: PlaintextPayload): string {
  return payload.postings.length === 0 ? note(payload) : entry(payload);
}

function entry({ date, flag, payee, narration, links, tags, postings, currency }: PlaintextPayload): string {
  const head = `${date} ${flag} "${text(payee)}" "${text(narration)}" ${links.map((link) => `^${link}`).join(' ')}`;
  const facts = tags.map(([name, value]) => `  ; ${name}:${tagValue(value)}`);
  return `${[head, ...facts, ...postings.map((posting) => side(posting, currency))].join('\n')}\n\n`;
}

function side({ account, amount, tags }: Posting, currency: string): string {
  const facts = tags.map(([name, value]) => `${name}:${tagValue(value)}`);
  const written = `  ${account.padEnd(46)}  ${amount.padStart(12)} ${currency}`;
  return facts.length === 0 ? written : `${written}  ; ${facts.join(', ')}`;
}

/** A note for a person; it is not an entry. */
function note({ date, payee, narration, number, noted, currency }: PlaintextPayload): string {
  return `; TO DO ${date} ${text(payee)} ${text(number)} ${noted} ${currency}: ${text(narration)}\n\n`;
}

/** One line of text that can't end a string or a description: quotes, comment signs and escapes are replaced. */
export function text(raw: string): string {
  return raw
    .toWellFormed()
    .replaceAll('"', "'")
    .replaceAll(';', ',')
    .replaceAll('|', '/')
    .replaceAll('\\', '/')
    .replace(/[\p{Cc}\p{Cn}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** hledger ends a tag's value at a comma, where another tag could begin, and reads bracketed days as a posting's own date. */
function tagValue(raw: string): string {
  return text(raw)
    .replace(/[,[\]]/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
}
