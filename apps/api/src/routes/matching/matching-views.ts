import { z } from 'zod';
import { instant } from '../../views/views.ts';

/** The ways in which one of ours can stand to the books. */
export const MATCH_STATES = ['linked', 'same-name', 'similar', 'only-here', 'to-match', 'broken'] as const;

export const matchKind = z.enum(['customer', 'item']).describe('`item`: a product or service');
export const matchState = z
  .enum(MATCH_STATES)
  .describe(
    '`linked`: its documents go to that one. `same-name`: exactly one there has its name. `similar`: there are near names, or the same phone, e-mail or address. `only-here`: will be created. `to-match`: a person must choose. `broken`: what it was linked to was merged, deleted or made inactive',
  );

const named = z.object({ externalId: z.string(), name: z.string() });

export const suggestion = named.extend({
  reason: z
    .enum(['same-name', 'near-name', 'phone', 'email', 'address', 'merged'])
    .describe('What is alike. `merged`: the one that it was linked to was merged into this one'),
});

export const matchingRow = z
  .object({
    kind: matchKind,
    key: z.string().describe('Ours: of a customer the record’s id; of an item `service:ID`, or what its lines are called by'),
    name: z.string().describe('Our name of today'),
    documents: z.number().int().describe('Unbatched documents that use it'),
    state: matchState,
    link: z
      .object({
        externalId: z.string(),
        name: z.string().describe('Our name when it was last compared with the books'),
        nameNow: z.string().nullable().describe('Its name in the books when they were last read; null: not known'),
        active: z.boolean().describe('False: it is inactive, deleted or merged there'),
        by: z.string(),
        at: instant,
        shared: z.array(z.string()).readonly().describe('Keys of others of ours that are linked to the same one'),
        toConfirm: z
          .boolean()
          .describe('Documents of before links put two of ours on one: link each again, or leave them as they are'),
      })
      .nullable(),
    wanted: z.enum(['create', 'another', 'same']).nullable().describe('What a person decided; the next batch acts on it'),
    suggestions: z.array(suggestion).readonly().describe('Best first, five at most'),
  })
  .meta({
    id: 'MatchingRow',
    examples: [
      {
        kind: 'customer',
        key: 'c-17',
        name: 'Amy’s Bird Sanctuary',
        documents: 4,
        state: 'similar',
        link: null,
        wanted: null,
        suggestions: [{ externalId: '58', name: 'Amys Bird Sanctuary', reason: 'near-name' }],
      },
    ],
  });

const count = z.number().int();

export const kindCounts = z.object({
  ...(Object.fromEntries(MATCH_STATES.map((state) => [state, count])) as Record<(typeof MATCH_STATES)[number], typeof count>),
  'only-there': count.describe('In the books, and linked to none of ours'),
});

export const matchingCountsView = z
  .object({
    customer: kindCounts,
    item: kindCounts,
    listedAt: instant
      .nullable()
      .describe('When all names were last read from the books; null: never, so nothing is known about the books'),
  })
  .meta({ id: 'MatchingCounts' });

export const bookName = named
  .extend({
    active: z.boolean(),
    parent: z.string().nullable().describe('The full name of the one above it'),
    type: z.string().nullable().describe('Of a product or service, in the books’ own words'),
    account: z.string().nullable().describe('The income account of a product or service'),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    linked: count.describe('How many of ours are linked to it'),
  })
  .meta({ id: 'BookName' });
