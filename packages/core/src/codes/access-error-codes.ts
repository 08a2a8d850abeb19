import { type ErrorCodeEntry, row } from './error-code-entry.ts';

/** What can go wrong with signing in and with people's access: a part of the table in error-codes.ts. */
export const ACCESS_ERROR_CODES = {
  'wrong-password': row(
    401,
    'caller',
    'No person has this address with this password.',
    'Check both, then try again. An admin can give you a link for a new password.',
  ),
  'bad-invitation': row(
    410,
    'caller',
    'The link was used already, was taken back or has expired.',
    'Ask an admin for a new link.',
  ),
  'sign-in-first': row(
    409,
    'caller',
    'The invitation is for someone who already has access to other companies.',
    'Sign in first, then open the link of the invitation again.',
  ),
  'other-person': row(
    409,
    'admin',
    'The account signs in as another person than the one whom the link is for.',
    'Sign in with another account, or ask an admin to join the two people.',
  ),
  'last-admin': row(
    409,
    'admin',
    'Without this person, no person would be an admin any more.',
    'Make someone else an admin first.',
  ),
  'no-access': row(
    403,
    'admin',
    'The account is valid, and nobody has invited it.',
    'Ask an admin for an invitation, then sign in through its link.',
  ),
  'sign-in-failed': row(
    400,
    'caller',
    'The answer of the sign-in provider does not belong to a sign-in that this browser began.',
    'Start the sign-in again, and finish it in the same browser within ten minutes.',
  ),
  'sign-in-unavailable': row(
    503,
    'operator',
    'The sign-in provider can’t be reached, or it refuses this installation.',
    'Check the provider, and the issuer, client id and client secret of the API. Admins can sign in with a key.',
  ),
} as const satisfies Readonly<Record<string, ErrorCodeEntry>>;
