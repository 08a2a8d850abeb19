import type { Document } from '@ledgerpost/core';
import type { DocumentSums } from '@ledgerpost/store';

/** Adds up documents that can be sent, as the store adds up those that it reads. */
export function summing(): { add(document: Document): void; sums(): { documents: number; sums: DocumentSums } } {
  let documents = 0;
  let tax = 0;
  const accounts = new Map<string, number>();
  const classes = new Map<string, number>();
  const depositAccounts = new Map<string, number>();
  const more = (sums: Map<string, number>, name: string, amount: number) => sums.set(name, (sums.get(name) ?? 0) + amount);
  return {
    add(document) {
      documents++;
      const sign = document.kind === 'creditMemo' ? -1 : 1;
      if ('tax' in document && document.tax !== undefined) tax += sign * document.tax.amount;
      if (document.kind === 'invoice' || document.kind === 'creditMemo') {
        for (const line of document.lines) {
          more(accounts, line.item.account ?? '', sign * line.amount);
          more(classes, line.class ?? '', sign * line.amount);
        }
      }
      if (document.operation === 'payment.insert') more(depositAccounts, document.depositTo ?? '', document.amount);
    },
    sums: () => ({
      documents,
      sums: {
        tax,
        accounts: Object.fromEntries(accounts),
        classes: Object.fromEntries(classes),
        depositAccounts: Object.fromEntries(depositAccounts),
      },
    }),
  };
}
