import { afterAll, beforeAll, expect, it } from 'vitest';
import { customer, invoice } from '../testing/open-api.testing.ts';
import { openBooks } from '../testing/open-books.testing.ts';

let books: Awaited<ReturnType<typeof openBooks>>;
beforeAll(async () => {
  books = await openBooks();
});
afterAll(() => books.close());

it('leads from a document to the page of the books that it is on, as long as it is there', async () => {
  const { api } = books;
  const { id: company, admin, connect, path } = await books.company();
  await connect();
  await api.stream(admin, company, [customer(), invoice('i-1')]);
  const { id } = (await api.ask(admin, 'POST', `${path}/batches`, {})).body.batch;
  await api.store
    .sql`insert into batch_items (batch_id, seq, company_id, target, type, record_id, operation, kind, stage, state, claimed, amount, content_hash, external_id)
    values (${id}, 1, ${company}, 'qbo', 'invoice', 'i-1', 'invoice.insert', 'invoice', 0, 'posted', false, 18900, '', '145')`;
  const page = async () => (await api.ask(admin, 'GET', `/v1/companies/${company}/batches/${id}/items/1`)).body.page;
  // The simulator has no pages.
  expect(await page()).toBeUndefined();
  await api.store.sql`update connections set environment = 'sandbox' where company_id = ${company}`;
  expect(await page()).toBe('https://app.sandbox.qbo.intuit.com/app/invoice?txnId=145');
  await api.store.sql`update batch_items set state = 'undone' where batch_id = ${id}`;
  expect(await page()).toBeUndefined();
});
