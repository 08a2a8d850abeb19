import { type Problem, problem } from '../codes/problems.ts';
import type { Document, DocumentLine } from '../documents/documents.ts';
import { naming } from './rules.ts';

/** Which account each product or service of a batch wants. Its size is that of the item list, not of the batch. */
export interface ItemAccounts {
  /** Takes a document's items. */
  see(document: Document): void;
  /** What a document's items want against what the documents seen so far want. To find both sides of a conflict, see all documents first. */
  conflicts(document: Document): readonly Problem[];
}

/**
 * Follows the items of many documents, one after another. An item carries exactly one account in the books, whose names
 * ignore case; so two accounts for one name are a problem on every document that uses it.
 */
export function itemAccounts(): ItemAccounts {
  const accounts = new Map<string, Set<string>>();
  return {
    see(document) {
      for (const { item } of linesOf(document)) {
        if (item.account === undefined) continue;
        const key = item.name.toLowerCase();
        const known = accounts.get(key);
        if (known) known.add(item.account);
        else accounts.set(key, new Set([item.account]));
      }
    },
    conflicts(document) {
      const problems: Problem[] = [];
      const told = new Set<string>();
      for (const [i, { item }] of linesOf(document).entries()) {
        const key = item.name.toLowerCase();
        const wanted = new Set(accounts.get(key));
        if (item.account !== undefined) wanted.add(item.account);
        if (wanted.size < 2 || told.has(key)) continue;
        told.add(key);
        const both = [...wanted].sort().map((name) => `“${name}”`);
        const message = `${naming(document)} uses item “${item.name}”, which would need ${wanted.size} accounts: ${both.join(' and ')}. Give its lines one category, or the services different names.`;
        problems.push(problem('item-on-two-accounts', document.record, message, `lines[${i}]`));
      }
      return problems;
    },
  };
}

function linesOf(document: Document): readonly DocumentLine[] {
  return document.kind === 'invoice' || document.kind === 'creditMemo' ? document.lines : [];
}
