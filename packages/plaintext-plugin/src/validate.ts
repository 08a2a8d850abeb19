import { type Chart, type Document, type Problem, problem, sum } from '@ledgerpost/core';
import type { PlaintextSettings } from './settings.ts';

/** The journal's own rules, after core's: each entry balances, and each side of it has an account. */
export function validateForPlaintext(document: Document, _chart?: Chart, _settings?: PlaintextSettings): readonly Problem[] {
  switch (document.kind) {
    case 'invoice':
    case 'creditMemo': {
      const found = document.lines.flatMap((line, index) => {
        if (line.item.account) return [];
        const message = `“${line.item.name}” has no account. In the settings, map its category, or set the default accounts for income and discounts.`;
        return [problem('no-account', document.record, message, `lines[${index}]`)];
      });
      const total = sum([...document.lines.map(({ amount }) => amount), ...(document.tax ? [document.tax.amount] : [])]);
      if (total === document.total) return found;
      const message =
        'Lines and tax don’t add up to the total, so the entry would not balance. Correct the record in the field-service system.';
      return [...found, problem('total-mismatch', document.record, message, 'total')];
    }
    case 'journal': {
      const found = document.lines
        .filter(({ account }) => account === '')
        .map(() =>
          problem(
            'no-account',
            document.record,
            'A side of the journal has no account. Set the accounts for refunds in the settings.',
          ),
        );
      const balance = sum(document.lines.map(({ side, amount }) => (side === 'debit' ? amount : (-amount as typeof amount))));
      if (balance === 0) return found;
      return [
        ...found,
        problem(
          'total-mismatch',
          document.record,
          'Debits and credits differ. Correct the record in the field-service system.',
          'amount',
        ),
      ];
    }
    case 'payment':
    case 'warning':
      return [];
    default:
      return document satisfies never;
  }
}
