import { createHash } from 'node:crypto';
import { type Chart, sameType } from '@ledgerpost/core';

/** The role of an account in a document. It decides the root of the account if no chart has its type. */
export type Use = 'receivable' | 'deposit' | 'line' | 'tax' | 'journal' | 'fee';

const ROOTS = {
  receivable: 'Assets',
  deposit: 'Assets',
  line: 'Income',
  tax: 'Liabilities',
  journal: 'Assets',
  fee: 'Expenses',
} as const;

/** The books' types of account, by beancount's five roots; ledger and hledger know them too. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  Assets: ['Bank', 'Accounts Receivable', 'Other Current Asset', 'Fixed Asset', 'Other Asset'],
  Liabilities: ['Accounts Payable', 'Credit Card', 'Other Current Liability', 'Long Term Liability'],
  Equity: ['Equity'],
  Income: ['Income', 'Other Income'],
  Expenses: ['Cost of Goods Sold', 'Expense', 'Other Expense'],
};

/** The journal's name for an account of the books. Two accounts never share a name, since their money would be mixed. */
export function journalAccount(
  name: string,
  use: Use,
  chart: Chart | undefined,
  renamed: Readonly<Record<string, string>>,
): string {
  const own = Object.hasOwn(renamed, name) ? renamed[name] : undefined;
  if (own !== undefined) return own;
  const type = chart?.accounts.find((account) => account.name === name)?.type;
  const root = Object.keys(TYPES).find((key) => type !== undefined && TYPES[key]!.some((one) => sameType(one, type)));
  return [root ?? ROOTS[use], ...(use === 'tax' ? ['Sales-Tax'] : []), ...name.split(':').map(partOf)].join(':');
}

/** Names of plain words lose only their spaces. If more is lost, a hash is added. */
const PLAIN = /^[A-Z0-9][A-Za-z0-9]*( [A-Za-z0-9]+)*$/;

function partOf(name: string): string {
  if (PLAIN.test(name)) return name.replaceAll(' ', '-');
  const words = wordsOf(name);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${words === '' ? 'Account' : ''}-${hashOf(name)}`;
}

/** A link between entries, of the characters that beancount allows. */
export function linkOf(type: string, id: string): string {
  return /^[A-Za-z0-9_/.-]+$/.test(id) ? `${type}-${id}` : `${type}-${wordsOf(id)}-${hashOf(id)}`;
}

function wordsOf(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 6);
}
