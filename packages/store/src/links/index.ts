export {
  BOOK_NAME_SORTS,
  type BookName,
  bookNames,
  bookNamesOf,
  dropBookNames,
  keepBookNames,
  keepMergesSeen,
  type ListedName,
  saveBookNames,
  sealBookNames,
} from './book-names.ts';
export { type Books, type BooksKind, type BooksScope, booksOf, connectedBooks, isBundle } from './books.ts';
export { acceptSameNames, decideMatching, type MatchingDecision } from './decide-matching.ts';
export * from './link-rows.ts';
export { type Match, Matcher, type MatchState, type Suggestion, type SuggestionReason } from './match-names.ts';
export {
  MATCHING_SORTS,
  type MatchingCounts,
  type MatchingRow,
  type MatchingSort,
  matchingCounts,
  matchingPage,
  matchingRow,
  openMatcher,
} from './matching.ts';
export { type MatchCounts, matchingOfBatch } from './matching-of-batch.ts';
export { type OtherName, otherNames } from './other-names.ts';
export { type OurName, ourNames } from './ours.ts';
export { type OwnAccounts, ownAccounts } from './own-accounts.ts';
export { type AppliedThere, appliedThere, linkedIds, type Moved, movedInBatch, movesOf } from './same-customer.ts';
