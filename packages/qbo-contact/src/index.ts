export { type Answer, type Books, type BooksAddress, openBooks } from './books.ts';
export { cleanUp, type LeftBehind, MadeList } from './made-list.ts';
export { POINTS } from './points.ts';
export type { Finding, Point } from './probe.ts';
export { type ContactReport, inWords, type ReportedPoint } from './report.ts';
export { type ContactOutcome, type ContactTerms, runContact } from './run-contact.ts';
export { type Access, accessByBrowser, accessFrom, INTUIT, type OAuthAddresses } from './sign-in.ts';
