// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakeApi } from '../../testing/fake-api.ts';
import { QUICKBOOKS, SAASANT } from '../../testing/fixtures.ts';
import { matchingCounts } from '../../testing/matching-answers.ts';
import { renderFor } from '../../testing/render.tsx';
import { MatchingNote } from './matching-note.tsx';

const COUNTS = '/v1/companies/{company}/targets/{target}/matching/counts';

it.each([
  [matchingCounts({ 'to-match': 2, broken: 1 }, { broken: 1 }), '3 customers and 1 product or service can’t be told apart'],
  [matchingCounts({ 'same-name': 5 }), 'Before the first batch'],
])('leads to the Matching page where someone has to decide, or nobody was before the first batch', async (counts, words) => {
  const api = fakeApi();
  api.answer('get', COUNTS, counts);
  renderFor('viewer', api, <MatchingNote target={QUICKBOOKS} />);
  expect(await screen.findByText(new RegExp(words))).toBeTruthy();
  expect(screen.getByRole('link').getAttribute('href')).toBe('/matching/qbo');
});

it.each([matchingCounts({ linked: 5, 'same-name': 1 }), matchingCounts({ 'only-here': 3 }), matchingCounts()])(
  'is silent where everything goes by itself',
  async (counts) => {
    const api = fakeApi();
    api.answer('get', COUNTS, counts);
    renderFor('viewer', api, <MatchingNote target={QUICKBOOKS} />);
    await waitFor(() => expect(api.callsTo('get', COUNTS)).toHaveLength(1));
    expect(screen.queryByRole('link')).toBeNull();
  },
);

it('asks nothing of an accounting system without ids', () => {
  const api = fakeApi();
  renderFor('viewer', api, <MatchingNote target={SAASANT} />);
  expect(api.calls).toEqual([]);
});
