import type { Document } from '@ledgerpost/core';
import { plainName, storedRefNo, transliterate } from './texts.ts';

/** A text that goes out in plain letters, because QuickBooks can't store all of its own. */
export interface SpelledText {
  /** What it is, for a sentence: `reference`. */
  readonly what: string;
  /** The member of the record. */
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** The reference and the memos of a document that lose letters or signs. Typographic quotes and dashes don't count: nobody misses them. */
export function spelledTexts(document: Document): readonly SpelledText[] {
  const texts: SpelledText[] = [];
  const add = (what: string, field: string, before: string | undefined, after: (text: string) => string = transliterate) => {
    if (before === undefined || oneSpaced(after(plainName(before))) === oneSpaced(plainName(before))) return;
    texts.push({ what, field, before: shortened(before), after: shortened(after(before)) });
  };
  switch (document.kind) {
    case 'payment':
      add('reference', 'reference', document.refNo, storedRefNo);
      break;
    case 'invoice':
    case 'creditMemo':
      add('memo', 'memo', document.message);
      for (const [at, { description }] of document.lines.entries()) add('description', `lines[${at}].description`, description);
      break;
    case 'journal':
      add('memo', 'reason', document.memo);
      break;
    case 'warning':
      break;
    default:
      document satisfies never;
  }
  return texts;
}

function oneSpaced(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Enough of a text to recognize it. */
export function shortened(text: string): string {
  const most = 60;
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
