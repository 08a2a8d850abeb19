import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBooks } from '../open-books.testing.ts';

type Books = Awaited<ReturnType<typeof openBooks>>;
let b: Books;
beforeAll(async () => {
  b = await openBooks();
});
afterAll(() => b.close());
beforeEach(() => {
  b.clock.ahead = 0;
});

describe('connecting', () => {
  it('leads from the authorize address back to a page that names both companies and closes itself', async () => {
    const co = await b.company({ companyName: 'Amy’s <Books> & Sons' });
    const page = await co.connect();
    expect(page.status).toBe(200);
    expect(page.text).toContain('Bird &amp; Sons is connected to the books of “Amy’s &lt;Books&gt; &amp; Sons”');
    expect(page.text).toContain('window.close()');
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'sha256-.+'; script-src 'sha256-.+'; /),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
  });

  it('shows whose books they are, in the words of the books, with the default accounts filled in', async () => {
    const co = await b.company({ companyName: 'Larry’s Books', preferences: { bookCloseDate: '2026-06-30' } });
    expect(await co.begin().then(co.card)).toMatchObject({ state: 'never', company: null, classTracking: null });
    await co.connect();
    expect(await co.card()).toMatchObject({
      state: 'connected',
      account: co.quickbooks.realmId,
      environment: 'simulator',
      company: 'Larry’s Books',
      edition: 'QuickBooks Online Plus',
      currency: 'USD',
      classTracking: { mode: 'line', name: 'One to each row in a transaction' },
      closedThrough: '2026-06-30',
      salesTax: 'manual',
      automaticCredit: true,
      connectedBy: expect.stringContaining('admin'),
      refreshedAt: expect.any(String),
      notices: [],
      accounts: [
        { role: 'income', title: 'Income', name: 'Services', status: 'ok' },
        { role: 'depositTo', title: 'Payments', name: 'Undeposited Funds', status: 'ok' },
        { role: 'refund', title: 'Refunds', name: 'Checking', status: 'ok' },
        { role: 'discount', title: 'Discounts', name: 'Discounts given', status: 'ok' },
        { role: 'receivable', title: 'Accounts Receivable', name: 'Accounts Receivable (A/R)', status: 'ok' },
        { role: 'tax', title: 'Sales tax', name: 'Sales Tax Payable', status: 'ok' },
      ],
    });
  });
});
