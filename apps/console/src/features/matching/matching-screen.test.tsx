// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { Route } from 'wouter';
import { type FakeApi, fakeApi } from '../../testing/fake-api.ts';
import { QUICKBOOKS, SAASANT } from '../../testing/fixtures.ts';
import { bookName, linkTo, matchingCounts, matchingRow } from '../../testing/matching-answers.ts';
import { renderFor } from '../../testing/render.tsx';
import { MatchingScreen } from './matching-screen.tsx';

const AT = '/v1/companies/{company}/targets/{target}/matching';
const ONE = `${AT}/{kind}/{key}` as const;

const amy = matchingRow('c-1', {
  name: 'Amy’s Bird Sanctuary',
  state: 'similar',
  suggestions: [
    { externalId: '58', name: 'Amys Bird Sanctuary', reason: 'near-name' },
    { externalId: '61', name: 'A. Smith', reason: 'phone' },
  ],
});

let api: FakeApi;
beforeEach(() => {
  api = fakeApi();
  api.answer('get', '/v1/targets', { rows: [QUICKBOOKS, SAASANT] });
  api.answer('get', '/v1/companies/{company}/targets', {
    rows: [
      { target: 'saasant', settings: {} },
      { target: 'qbo', settings: {} },
    ],
  } as never);
  api.answer('get', `${AT}/counts`, matchingCounts({ similar: 1, linked: 7, 'only-there': 3 }));
  api.answer('get', AT, { rows: [amy] });
  api.answer('get', `${AT}/books`, { rows: [bookName('58', 'Amys Bird Sanctuary'), bookName('70', 'Zoo', { active: false })] });
});

const show = (role: 'admin' | 'viewer' = 'admin', address = '/matching') => {
  window.history.replaceState(null, '', address);
  return renderFor(role, api, <Route path="/matching/:target?" component={MatchingScreen} />);
};
const queries = () => api.callsTo('get', AT).map(({ query }) => query);

describe('the Matching page', () => {
  it('opens the accounting system that keeps ids, with what needs a person first', async () => {
    api.answer('get', `${AT}/counts`, matchingCounts({ linked: 7, similar: 1, broken: 2, 'same-name': 3 }));
    show();
    await screen.findByText('Amy’s Bird Sanctuary');
    expect(window.location.pathname).toBe('/matching/qbo');
    expect(queries()).toEqual([{ kind: 'customer', limit: '200', state: 'broken' }]);
    expect(screen.getByRole('tab', { name: /Customers\s*2 to decide/ })).toBeTruthy();
    expect(screen.getAllByRole('button', { pressed: true }).map(({ textContent }) => textContent)).toEqual(['Broken link 2']);
  });

  it('sorts both of its lists by every column in the server, in the address, by keyboard too', async () => {
    const user = show('admin', '/matching/qbo?state=all');
    const head = async (words: string) => within(await screen.findByRole('columnheader', { name: words })).getByRole('button');
    await user.click(await head('Unbatched'));
    await waitFor(() => expect(queries().at(-1)).toMatchObject({ sort: 'documents' }));
    expect((await screen.findByRole('columnheader', { name: 'Unbatched' })).getAttribute('aria-sort')).toBe('ascending');
    (await head('Unbatched')).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(queries().at(-1)).toMatchObject({ sort: '-documents' }));
    expect(new URLSearchParams(window.location.search).get('sort')).toBe('-documents');
    await user.click(screen.getByRole('button', { name: 'Only in QuickBooks Online 3' }));
    await user.click(await head('ID'));
    await waitFor(() => expect(api.callsTo('get', `${AT}/books`).at(-1)!.query).toMatchObject({ sort: 'id', unlinked: 'true' }));
  }, 20_000);

  it('links to a suggestion, shows it in its place, and takes it back', async () => {
    const linked = { ...amy, state: 'linked' as const, link: linkTo('58', 'Amys Bird Sanctuary'), suggestions: [] };
    api.answer('put', ONE, linked);
    api.answer('delete', ONE, amy);
    const user = show();
    expect(await screen.findByText('similar name, ID 58')).toBeTruthy();
    expect(screen.getByText('same phone number, ID 61')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Link to “Amys Bird Sanctuary”, ID 58, for Amy’s Bird Sanctuary' }));
    await screen.findByText(/“Amy’s Bird Sanctuary” is linked to “Amys Bird Sanctuary” in QuickBooks Online\./);
    expect(api.callsTo('put', ONE)).toMatchObject([{ params: { kind: 'customer', key: 'c-1' }, body: { externalId: '58' } }]);
    // The list is not read again: the row stays where the person is.
    expect(queries()).toHaveLength(1);
    expect(screen.getByText('Linked')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await screen.findByText('similar name, ID 58');
    expect(api.callsTo('delete', ONE)).toHaveLength(1);
  });

  it('takes back a change of a link by linking to the former one', async () => {
    const before = matchingRow('c-1', { state: 'linked', link: linkTo('58', 'Amy') });
    api.answer('get', AT, { rows: [before] });
    api.answer('get', `${AT}/counts`, matchingCounts({ linked: 1 }));
    api.answer('put', ONE, { ...before, link: linkTo('70', 'Zoe') });
    api.answer('get', `${AT}/books`, { rows: [bookName('58', 'Amy', { linked: 1 }), bookName('70', 'Zoe')] });
    const user = show();
    await user.click(await screen.findByRole('button', { name: 'Change for Customer c-1' }));
    expect((await screen.findByRole<HTMLButtonElement>('button', { name: 'Amy' })).disabled).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Zoe' }));
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() =>
      expect(api.callsTo('put', ONE).map(({ body }) => body)).toEqual([{ externalId: '70' }, { externalId: '58' }]),
    );
  });

  it('searches all names of the books, and offers to create, to create apart, and to be the same', async () => {
    const user = show();
    const open = async () => user.click(await screen.findByRole('button', { name: 'Choose for Amy’s Bird Sanctuary' }));
    await open();
    const names = await screen.findByRole('list', { name: 'Names in QuickBooks Online' });
    await within(names).findByRole('button', { name: 'Amys Bird Sanctuary' });
    expect(within(names).getByRole<HTMLButtonElement>('button', { name: 'Zoo' }).disabled).toBe(true);
    await user.type(screen.getByLabelText('Search in QuickBooks Online'), 'bird');
    await waitFor(() => expect(api.callsTo('get', `${AT}/books`).at(-1)!.query).toMatchObject({ kind: 'customer', q: 'bird' }));
    api.answer('put', ONE, { ...amy, wanted: 'another' });
    await user.click(screen.getByRole('button', { name: 'It’s someone else of the same name: create apart' }));
    await screen.findByText('Will be created under a name of its own');
    expect(screen.queryByRole('dialog')).toBeNull();

    api.answer('get', AT, { rows: [amy, matchingRow('c-2', { name: 'Amy’s Bird Sanctuary' })] });
    await open();
    await user.click(screen.getByText('It is the same as another of yours'));
    await user.click(await within(await screen.findByRole('list', { name: 'Yours' })).findByRole('button'));
    await waitFor(() => expect(api.callsTo('put', ONE).at(-1)!.body).toEqual({ same: 'c-2' }));
  });

  it('keeps the window open with the reason if the choice is refused', async () => {
    api.refuse('put', ONE, { status: 409, code: 'open-batch-creates', detail: 'An open batch creates it right now.' });
    const user = show();
    await user.click(await screen.findByRole('button', { name: 'Choose for Amy’s Bird Sanctuary' }));
    await user.click(await screen.findByRole('button', { name: 'Create a new customer' }));
    expect(await within(screen.getByRole('dialog')).findByText('An open batch creates it right now.')).toBeTruthy();
  });

  it('links all of the same name in one press', async () => {
    api.answer('get', `${AT}/counts`, matchingCounts({ 'same-name': 1_204 }));
    api.answer('post', `${AT}:accept-same-names`, { linked: 1_204 });
    const user = show();
    await user.click(await screen.findByRole('button', { name: 'Link all 1,204' }));
    await waitFor(() => expect(api.callsTo('get', `${AT}/counts`)).toHaveLength(2));
    expect(api.callsTo('post', `${AT}:accept-same-names`)[0]!.body).toEqual({ kind: 'customer' });
  });

  it('shows the products and services, and what only the books have', async () => {
    api.answer('get', `${AT}/counts`, matchingCounts({}, { 'only-there': 2 }));
    const user = show('admin', '/matching/qbo?kind=item&state=only-there');
    await screen.findByText('Zoo');
    expect(api.callsTo('get', `${AT}/books`)[0]!.query).toMatchObject({ kind: 'item', unlinked: 'true' });
    await user.click(screen.getByRole('tab', { name: /Customers/ }));
    await waitFor(() => expect(queries().at(-1)).toEqual({ kind: 'customer', limit: '200' }));
  });

  it('searches everywhere, as a problem’s link does', async () => {
    show('admin', '/matching/qbo?search=c-1');
    await screen.findByText('Amy’s Bird Sanctuary');
    expect(queries()).toEqual([{ kind: 'customer', limit: '200', q: 'c-1' }]);
  });

  it('sends a file, and names its bad lines', async () => {
    const fields = [2, 9].map((line) => ({ field: `line ${line}`, message: `Line ${line} is wrong.` }));
    api.refuse('put', `${AT}.csv`, { status: 400, code: 'bad-request', detail: 'Nothing was changed.', details: { fields } });
    const user = show();
    const file = await screen.findByLabelText<HTMLInputElement>('CSV file');
    await user.upload(file, new File(['kind,key,name,choice\n'], 'm.csv', { type: 'text/csv' }));
    expect(await screen.findByText('line 9: Line 9 is wrong.')).toBeTruthy();
    expect(api.callsTo('put', `${AT}.csv`)[0]!.body).toBe('kind,key,name,choice\n');
    api.answer('put', `${AT}.csv`, { changed: 3, unchanged: 1, withoutChoice: 0 });
    await user.upload(file, new File(['kind,key,name,choice\n'], 'm.csv', { type: 'text/csv' }));
    expect(await screen.findByText('3 lines changed the matching, 1 line changed nothing.')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Download CSV' }).getAttribute('href')).toBe(
      '/v1/companies/amys-hvac/targets/qbo/matching.csv',
    );
  });

  it('lets others than admins read, and change nothing', async () => {
    show('viewer');
    await screen.findByText('Amy’s Bird Sanctuary');
    expect(screen.getByText('“A. Smith”')).toBeTruthy();
    for (const name of [/Choose/, /Change/, /Link /, /Refresh names/, /Upload/])
      expect(screen.queryByRole('button', { name })).toBeNull();
  });

  it('leads to the connection where nothing was ever connected', async () => {
    api.refuse('get', `${AT}/counts`, { status: 409, code: 'not-connected', detail: 'Connect it first.' });
    show();
    expect((await screen.findByRole('link', { name: 'Connect it' })).getAttribute('href')).toBe('/books/qbo');
  });
});
