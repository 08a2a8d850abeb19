// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { Route } from 'wouter';
import { type Call, type FakeApi, fakeApi } from '../../testing/fake-api.ts';
import { preview, QUICKBOOKS, SAASANT, unbatchedPage, unbatchedRow } from '../../testing/fixtures.ts';
import { renderFor } from '../../testing/render.tsx';
import { UnbatchedScreen } from './unbatched-screen.tsx';

const PREVIEW = '/v1/companies/{company}/targets/{target}/batches:preview';
const LIST = '/v1/companies/{company}/targets/{target}/unbatched/{list}';

const mismatch = {
  code: 'total-mismatch' as const,
  severity: 'problem' as const,
  record: { type: 'invoice' as const, id: 'i-3' },
  message: 'Invoice i-3 totals $11.00, and its lines total $10.00.',
};

describe('the unbatched list', () => {
  let api: FakeApi;
  beforeEach(() => {
    api = fakeApi();
    api.answer('get', '/v1/targets', { rows: [QUICKBOOKS, SAASANT] });
    api.answer('get', '/v1/companies/{company}/targets', { rows: [{ target: 'qbo', settings: {} }] } as never);
    api.answer('get', '/v1/companies/{company}/departments', { rows: [] } as never);
    const invoices = unbatchedPage([
      unbatchedRow('i-1'),
      unbatchedRow('i-2', { amount: 120_450 }),
      unbatchedRow('i-3', { readiness: 'stopped', operation: null, reason: 'total-mismatch', problems: [mismatch] }),
    ]);
    const payments = unbatchedPage([
      unbatchedRow('p-1', { type: 'payment', operation: 'payment.insert' }),
      unbatchedRow('p-2', { type: 'payment', operation: 'payment.update', readiness: 'waiting' }),
    ]);
    api.answer('get', LIST, ({ params }) => (params.list === 'payments' ? payments : invoices));
    const notSelected = [{ reason: 'total-mismatch', documents: 1, amount: 1_100 }];
    api.answer('post', PREVIEW, preview({ notSelected }));
  });
  const show = (role: 'admin' | 'poster' = 'poster', address = '/unbatched/qbo') => {
    window.history.replaceState(null, '', address);
    return renderFor(role, api, <Route path="/unbatched/:target?" component={UnbatchedScreen} />);
  };
  const box = (name: string) => screen.findByRole<HTMLInputElement>('checkbox', { name });
  const isStated = (words: string) => waitFor(() => expect(screen.getByRole('status').textContent).toBe(words));

  it('shows each row with a person’s dates and amounts, and what it will be sent as', async () => {
    show();
    await box('invoice i-2');
    const row = screen.getByText('i-2').closest('[role=row]')!;
    expect([...row.querySelectorAll('[role=cell]')].slice(1).map(({ textContent }) => textContent)).toEqual([
      'Oct 3, 2026',
      'i-2',
      'Amy’s Bird Sanctuary',
      'HVAC Service',
      'New invoice',
      '$1,204.50',
    ]);
  });

  const selections = () => api.callsTo('post', PREVIEW).map(({ body }) => (body as { selection: unknown }).selection);
  const ready = '2 invoices ($439.00) and 1 payment ($189.00) will be sent. 1 can’t be sent.';

  it('has everything checked at first, and shows one number: in the list, on the button and in the window', async () => {
    const user = show();
    await isStated(ready);
    expect((await box('invoice i-1')).checked).toBe(true);
    expect((await box('All invoices')).checked).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Batch to QuickBooks Online (3)' }));
    await screen.findByRole('button', { name: 'Batch 3 documents' });
    // The window shows the check that the list made.
    expect(selections()).toEqual([{}]);
  });

  it('shows only what needs attention where a person wants that, and reads the lists again once a check found more', async () => {
    const of = (call: Call) => call.query.attention;
    api.answer('get', LIST, (call) =>
      unbatchedPage(of(call) === 'only' ? [unbatchedRow('i-9')] : [unbatchedRow('i-1'), unbatchedRow('i-9')]),
    );
    api.answer('post', PREVIEW, preview({ verdictsChanged: true }));
    const user = show('admin');
    await screen.findByRole('checkbox', { name: 'invoice i-1' });
    await waitFor(() => expect(api.callsTo('get', LIST).length).toBeGreaterThan(2), { timeout: 8_000 });
    await user.click(screen.getByRole('button', { name: 'Needs attention' }));
    await waitFor(() => expect(screen.queryByRole('checkbox', { name: 'invoice i-1' })).toBeNull(), { timeout: 8_000 });
    screen.getByRole('checkbox', { name: 'invoice i-9' });
    expect(new URLSearchParams(window.location.search).get('show')).toBe('attention');
  });

  it('shows of very many documents how many can be sent by the last check, without a check of its own', async () => {
    const page = unbatchedPage([unbatchedRow('i-1')]);
    const totals = [
      { operation: 'invoice.insert' as const, readiness: 'ready' as const, documents: 15_000, amount: 1, attention: 200 },
      { operation: null, readiness: 'stopped' as const, documents: 14, amount: 1, attention: 0 },
    ];
    api.answer('get', LIST, { ...page, totals });
    const user = show();
    await isStated('By the last check, 29,600 of 30,028 documents can be sent. They are checked again when you open the batch.');
    await user.click(await box('invoice i-1'));
    await isStated('Up to 30,028 documents. They are checked again when you open the batch.');
    expect(selections()).toEqual([]);
  }, 20_000);

  it('marks a row that is checked again, which can be batched meanwhile, and takes the mark away once it was checked', async () => {
    let checking = true;
    api.answer('get', LIST, () => unbatchedPage([{ ...unbatchedRow('i-1'), checking }, unbatchedRow('i-2')]));
    show();
    const checked = await box('invoice i-1');
    const rowOf = (one: HTMLElement) => one.closest('[role=row]')!.textContent;
    expect([rowOf(checked), rowOf(await box('invoice i-2'))]).toEqual([
      expect.stringContaining('checking …'),
      expect.not.stringContaining('checking …'),
    ]);
    expect([checked.disabled, checked.checked]).toEqual([false, true]);
    checking = false;
    await waitFor(() => expect(screen.queryByText(/checking …/)).toBeNull(), { timeout: 8_000 });
  }, 20_000);

  it('shows what needs attention by cause, with who fixes it, without a batch', async () => {
    const cause = {
      ...{ code: 'unknown-account', severity: 'problem' as const, subject: 'Sales of Product Incom', documents: 195 },
      ...{
        operations: { 'invoice.insert': 195 },
        example: { ...mismatch, code: 'unknown-account', number: '1042', field: 'lines' },
      },
    };
    const notSelected = [{ reason: 'total-mismatch', documents: 1, amount: 1_100 }];
    const { totals } = preview();
    const states = { ...totals.states, rejected: { documents: 195, amount: 0 } };
    api.answer('post', PREVIEW, preview({ notSelected, causes: [cause as never], totals: { ...totals, states } }));
    show('admin');
    const found = (await screen.findByText('Needs attention: 196 documents can’t be sent', {}, { timeout: 8_000 })).closest(
      'details',
    )!;
    expect(found.textContent).toContain('195 invoices: “Sales of Product Incom”.');
    expect(found.textContent).toContain('An admin fixes this.');
    expect(within(found).getByRole('link', { name: /QuickBooks Online/, hidden: true })).toBeTruthy();
    expect(within(found).getByRole('list', { name: 'Stopped before the check', hidden: true }).textContent).toContain(
      '1 document:',
    );
  });

  it('keeps filters and the choice of columns in this browser, and nothing else', async () => {
    localStorage.clear();
    const user = show('poster', '/unbatched/qbo?search=amy&department=d-1');
    await user.click(await screen.findByRole('button', { name: 'Save this filter …' }));
    await user.type(screen.getByLabelText('Name of the filter'), 'Amy’s');
    await user.click(screen.getByRole('button', { name: 'Save the filter' }));
    await user.selectOptions(screen.getByLabelText('Saved filter'), 'Not saved');
    await waitFor(() => expect(window.location.search).toBe(''));
    await user.selectOptions(screen.getByLabelText('Saved filter'), 'Amy’s');
    await waitFor(() => expect(window.location.search).toContain('department=d-1&search=amy'));
    await user.click(screen.getByRole('checkbox', { name: 'Department', hidden: true }));
    expect(screen.getByRole('table', { name: 'Unbatched invoices' }).className).toContain('without-department');
    expect({ ...localStorage }).toEqual({
      'ledgerpost.filters.amys-hvac': '{"Amy’s":"department=d-1&search=amy"}',
      'ledgerpost.columns': '["department"]',
    });
    // Rows close together are a choice too, for every table.
    const rows = () => screen.getByRole('checkbox', { name: 'Rows close together', hidden: true });
    await user.click(rows());
    expect([document.documentElement.dataset.rows, localStorage.getItem('ledgerpost.rows')]).toEqual(['close', 'close']);
    await user.click(rows());
    expect([document.documentElement.dataset.rows, localStorage.getItem('ledgerpost.rows')]).toEqual([undefined, null]);
    await user.click(screen.getByRole('button', { name: 'Forget “Amy’s”' }));
    expect(localStorage.getItem('ledgerpost.filters.amys-hvac')).toBe('{}');
    localStorage.clear();
  });

  it('calls a refund that goes into the file of warnings a refund, and no payment', async () => {
    const row = unbatchedRow('r-1', { type: 'refund', operation: 'warning.list' });
    api.answer('get', LIST, unbatchedPage([row]));
    show('poster', '/unbatched/qbo?list=payments');
    await screen.findByText('Refund, to enter manually');
    expect(screen.getByRole('checkbox', { name: 'refund r-1' })).toBeTruthy();
  });

  it('excludes what is unchecked, and checks the rest again', async () => {
    const user = show();
    await isStated(ready);
    await user.click(await box('invoice i-1'));
    await waitFor(() => expect(selections()).toHaveLength(2));
    expect(selections()[1]).toEqual({
      invoices: { choose: 'all', except: [{ type: 'invoice', id: 'i-1' }] },
      payments: { choose: 'all' },
    });
    expect((await box('All invoices')).indeterminate).toBe(true);
    // The checkbox at the top selects or unselects all rows of the table that is open.
    await user.click(await box('All invoices'));
    expect((await box('invoice i-1')).checked).toBe(true);
    await user.click(await box('All invoices'));
    expect((await box('invoice i-2')).checked).toBe(false);
    await waitFor(() => expect(selections().at(-1)).toEqual({ invoices: { choose: 'none' }, payments: { choose: 'all' } }));
  });

  it('sorts by each column, and again the other way round, in the address', async () => {
    const user = show();
    await box('invoice i-1');
    const sorted = () => api.callsTo('get', LIST).at(-1)!.query.sort;
    const head = (name: string) => screen.getByRole('columnheader', { name });
    expect(head('Date').getAttribute('aria-sort')).toBe('ascending');
    await user.click(screen.getByRole('button', { name: 'Customer' }));
    await waitFor(() => expect(sorted()).toBe('customer'));
    await box('invoice i-1');
    await user.click(screen.getByRole('button', { name: 'Customer' }));
    await waitFor(() => expect(sorted()).toBe('-customer'));
    expect(window.location.search).toBe('?sort=-customer');
    await waitFor(() => expect(head('Customer').getAttribute('aria-sort')).toBe('descending'));
  });

  it('offers no batch of nothing', async () => {
    const user = show();
    await user.click(await box('All invoices'));
    await user.click(screen.getByRole('tab', { name: /Payments/ }));
    await user.click(await box('All payments'));
    await isStated('Nothing is checked.');
    expect(screen.getByRole('button', { name: 'Batch to QuickBooks Online (0)' }).hasAttribute('disabled')).toBe(true);
  });

  it('filters both lists by one search, and batches just what it shows', async () => {
    const user = show();
    await user.type(await screen.findByRole('searchbox', { name: 'Search' }), 'amy');
    const filter = { search: 'amy' };
    await waitFor(() =>
      expect(selections().at(-1)).toEqual({ invoices: { choose: 'filter', filter }, payments: { choose: 'filter', filter } }),
    );
    const searched = api.callsTo('get', LIST).filter(({ query }) => query.search === 'amy');
    expect(new Set(searched.map(({ params }) => params.list))).toEqual(new Set(['invoices', 'payments']));
  });

  it('shows that nothing can be sent, where the check finds that', async () => {
    api.refuse('post', PREVIEW, { status: 422, code: 'nothing-to-send', detail: 'No document can be sent.' });
    show();
    await isStated('Nothing that is checked can be sent.');
  });

  it('lets only rows be checked that can be sent: a re-allocation that waits for its invoice goes along with all', async () => {
    const user = show();
    expect((await box('invoice i-3')).disabled).toBe(true);
    expect((await box('invoice i-3')).checked).toBe(false);
    window.history.replaceState(null, '', '/unbatched/qbo?list=payments');
    expect((await box('payment p-2')).checked).toBe(true);
    expect(screen.getByText('Payment update, waiting for its invoice')).toBeTruthy();
    await user.click(await box('All payments'));
    expect((await box('payment p-2')).disabled).toBe(true);
    expect((await box('payment p-1')).disabled).toBe(false);
  });

  it('keeps the list and its filters where the address names no accounting system', async () => {
    show('poster', '/unbatched?list=payments&search=p');
    await box('payment p-1');
    expect(`${window.location.pathname}${window.location.search}`).toBe('/unbatched/qbo?list=payments&search=p');
  });

  it('lets an admin mark a record as already in the books, with the reason', async () => {
    const POSTINGS = '/v1/companies/{company}/targets/{target}/postings';
    api.answer('post', POSTINGS, undefined);
    const user = show('admin');
    await user.click(await screen.findByRole('button', { name: 'Mark as already in the books: invoice i-3' }));
    await user.type(screen.getByLabelText('ID in QuickBooks Online'), '981');
    await user.type(screen.getByLabelText('Reason'), 'Dana entered it on Friday.');
    await user.click(screen.getByRole('button', { name: 'Mark as already in the books' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(api.callsTo('post', POSTINGS)[0]!.body).toEqual({
      type: 'invoice',
      id: 'i-3',
      externalId: '981',
      reason: 'Dana entered it on Friday.',
    });
  });

  it('recovers by itself once Ledgerpost can be reached again', async () => {
    const rows = unbatchedPage([unbatchedRow('i-1')]);
    api.refuse('get', LIST, { status: 503, code: 'database-down', detail: 'The database can’t be reached.' });
    show();
    await screen.findByText('The database can’t be reached.', {}, { timeout: 8_000 });
    api.answer('get', LIST, rows);
    await screen.findByText('i-1', {}, { timeout: 8_000 });
    expect(screen.queryByText('The database can’t be reached.')).toBeNull();
  }, 20_000);
});
