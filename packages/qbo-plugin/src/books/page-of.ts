import type { DocumentKind } from '@ledgerpost/core';

/*
 * Intuit documents no addresses of its own pages. These are the ones that integrators use in public, and that a browser shows
 * for a transaction. If one of them moves, a link leads to QuickBooks' own "not found" page, and nothing else breaks.
 */
const HOSTS: Readonly<Record<string, string>> = {
  production: 'https://app.qbo.intuit.com',
  sandbox: 'https://app.sandbox.qbo.intuit.com',
};

const PAGES: Readonly<Record<DocumentKind, string | undefined>> = {
  invoice: 'invoice',
  payment: 'recvpayment',
  journal: 'journal',
  creditMemo: 'creditmemo',
  warning: undefined,
};

/** The address of a transaction's page in QuickBooks, for anyone who is signed in to that company. The simulator has no pages. */
export function pageOf(kind: DocumentKind, externalId: string, environment: string): string | undefined {
  const [host, page] = [HOSTS[environment], PAGES[kind]];
  if (host === undefined || page === undefined) return undefined;
  return `${host}/app/${page}?txnId=${encodeURIComponent(externalId)}`;
}
