import type { MatchingCounts, MatchingRow, MatchKind, MatchState } from '../../api/matching-queries.ts';
import { counted, type Tone } from '../../ui/words.ts';

/** The lists of the page: the states, and what only the books have. */
export type MatchList = MatchState | 'only-there';

/** In the order in which a person works through them. */
export const LISTS: readonly MatchList[] = ['to-match', 'broken', 'same-name', 'similar', 'only-here', 'linked', 'only-there'];

/** What a list or a state is called, and how it looks. */
export function listName(list: MatchList, system: string): readonly [words: string, tone: Tone] {
  switch (list) {
    case 'to-match':
      return ['To match', 'bad'];
    case 'broken':
      return ['Broken link', 'bad'];
    case 'same-name':
      return ['Same name', 'warn'];
    case 'similar':
      return ['Similar', 'warn'];
    case 'only-here':
      return ['Will be created', 'plain'];
    case 'linked':
      return ['Linked', 'good'];
    case 'only-there':
      return [`Only in ${system}`, 'plain'];
    default:
      return list satisfies never;
  }
}

/** What a list holds and what to do with it. */
export function aboutList(list: MatchList, kind: MatchKind, system: string): string {
  const [one, many] = kind === 'customer' ? ['customer', 'customers'] : ['product or service', 'products and services'];
  switch (list) {
    case 'to-match':
      return `Their documents wait until you choose: the name alone does not say which ${one} is meant.`;
    case 'broken':
      return `The ${one} that they were linked to was merged, deleted or made inactive in ${system}. Their documents wait until you choose.`;
    case 'same-name':
      return `${system} has exactly one ${one} with the same name. Link all of them at once, or decide one by one.`;
    case 'similar':
      return `${system} has none with the same name, but similar ones. Choose one, or let a batch create a new one.`;
    case 'only-here':
      return `${system} has nothing like them. The first batch that uses one creates it.`;
    case 'linked':
      return 'Their documents go there, whatever either side is called.';
    case 'only-there':
      return `These ${many} are linked to none of yours. Nothing happens to them.`;
    default:
      return list satisfies never;
  }
}

const REASONS: Readonly<Record<MatchingRow['suggestions'][number]['reason'], string>> = {
  'same-name': 'same name',
  'near-name': 'similar name',
  phone: 'same phone number',
  email: 'same e-mail address',
  address: 'same address',
  merged: 'the linked one was merged into it',
};

export function reasonWords(reason: MatchingRow['suggestions'][number]['reason']): string {
  return REASONS[reason];
}

/** "customer" and "product or service", as sentences name one of a kind. */
export function kindName(kind: MatchKind): string {
  return kind === 'customer' ? 'customer' : 'product or service';
}

/** "3 customers and 1 product or service", of those whose documents wait for a person; undefined if there are none. */
export function waitingWords({ customer, item }: MatchingCounts): string | undefined {
  const [customers, items] = [customer['to-match'] + customer.broken, item['to-match'] + item.broken];
  const words = [
    ...(customers > 0 ? [counted(customers, 'customer')] : []),
    ...(items > 0 ? [counted(items, 'product or service', 'products and services')] : []),
  ];
  return words.length === 0 ? undefined : words.join(' and ');
}

/** Nothing was ever matched, and there is something to accept or to look at. */
export function isUntouched({ customer, item }: MatchingCounts): boolean {
  const open = [customer, item].some((counts) => counts['same-name'] + counts.similar > 0);
  return open && customer.linked + item.linked === 0;
}
