import { type ProblemCodeEntry, row } from './problem-code.ts';

/** What can be wrong with who is who in the books. Part of `PROBLEM_CODES`. */
export const NAME_CODES = {
  'customer-to-match': row(
    'problem',
    'admin',
    'More than one customer could be meant by this name, here or in the books.',
    'Match the customer on the page Matching, then batch again.',
  ),
  'link-broken': row(
    'problem',
    'admin',
    'The customer, product or service in the books that this one is linked to is inactive or no longer there.',
    'Make it active in the books, or match it again on the page Matching.',
  ),
  'customer-changed-after-payment': row(
    'problem',
    'bookkeeper',
    'The invoice got another customer after its payments were posted, and not all of them can follow it.',
    'Give the payments the new customer too, or give the invoice its former customer again.',
  ),
  'spelled-plainly': row(
    'notice',
    'bookkeeper',
    'The books may not keep all letters of a text, so it is written in plain letters.',
    'Nothing, unless two texts look alike then.',
  ),
  'customer-shared-name': row(
    'warning',
    'source',
    'Two customers have one name, and a file has nothing else to tell them apart, so the books treat them as one.',
    'Give one of the two customers another name, here and in the books.',
  ),
  'customer-renamed': row(
    'notice',
    'admin',
    'The customer, product or service has another name now. Its link to the books stays.',
    'Nothing to do. To use the new name in the books too, rename it there, or set names.follow to source.',
  ),
  'name-kept-in-books': row(
    'notice',
    'admin',
    'The books keep the former name, because another one has the new name, or the link is shared.',
    'Rename it in the books, or leave it as it is: the link stays either way.',
  ),
  'item-on-own-account': row(
    'notice',
    'admin',
    'The product or service is on another account in the books than the settings map it to, and its own account counts.',
    'Nothing, if the books are right. Else change its account in the books, or map the category to it.',
  ),
  'link-shared': row(
    'notice',
    'admin',
    'Two customers were posted to one customer of the books before links were kept.',
    'Confirm on the page Matching that they are the same, or match one of them again.',
  ),
} as const satisfies Record<string, ProblemCodeEntry>;
